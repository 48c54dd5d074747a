  // ---- of a picture of classes: their entities, some at a click

  const PAGE = 25;

  async function list(id, target, from) {
    const iri = page.classIris[id];
    const query = `SELECT ?it (SAMPLE(?l) AS ?label) WHERE { ?it a <${iri}> . OPTIONAL { ?it <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } } GROUP BY ?it ORDER BY ?it LIMIT ${PAGE} OFFSET ${from}`;
    if (!page.served || !location.protocol.startsWith("http")) {
      target.replaceChildren(make("p", {}, words.list_how), make("pre", {}, `kg query -e '${query}'`));
      return;
    }
    const more = target.querySelector(".more");
    more?.remove();
    try {
      const answer = await fetch(`${page.served}?query=${encodeURIComponent(query)}`, { headers: { Accept: "application/sparql-results+json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const rows = (await answer.json()).results.bindings;
      target.append(...rows.map((row) => make("a", { class: "listed", href: `/thing?iri=${encodeURIComponent(row.it.value)}` }, row.label?.value ?? row.it.value)));
      const left = page.summary[id] - from - rows.length;
      if (rows.length === PAGE && left > 0) {
        target.append(make("button", { type: "button", class: "more", onclick: () => list(id, target, from + PAGE) }, say("list_more", { n: number(Math.min(PAGE, left)) })));
      }
    } catch {
      target.append(make("p", { class: "none" }, words.list_failed));
    }
  }

  function listing(id) {
    const target = make("div", { class: "listing" });
    const button = make("button", { type: "button", "data-act": "list", onclick: () => { button.remove(); list(id, target, 0); } }, words.list);
    return [make("div", { class: "actions" }, button), target];
  }

