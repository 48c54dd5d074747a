  // ---- choosing

  function choose(id, { centred = false, other = false } = {}) {
    if (other && chosen?.ids.size && !chosen.ids.has(id)) return route([...chosen.ids][0], id);
    if (start !== null && start !== id) return route(start, id);
    if (isAway(id)) {
      const kind = kindOf(id);
      if (kind.on || opened.has(id)) opened.set(id, true);
      else kind.on = true;
      if (isAway(id)) setYears(null);
      legendState();
    }
    chosen = { ids: new Set([id]), near: neighbours[id], line: null, path: null };
    tell(id);
    refresh();
    if (centred) centre(draw.position(id), Math.max(draw.scale(), 0.9));
  }

  function chooseLine(place) {
    const line = lines[place];
    chosen = { ids: new Set([line.from, line.to]), near: new Set(), line: place, path: null };
    tellLine(line);
    refresh();
  }

  function release() {
    start = null;
    if (chosen === null && panel.hidden) return;
    chosen = null;
    panel.hidden = true;
    refresh();
  }

  function clicked(id, place, { x, y }, event) {
    const named = drawn.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
    const other = Boolean(event?.shiftKey);
    if (id !== undefined) choose(id, { other });
    else if (named?.id !== undefined) choose(named.id, { other });
    else if (named?.edge !== undefined) chooseLine(named.edge);
    else if (place !== undefined) chooseLine(place);
    else release();
  }
  draw.onClick(clicked);

  // Brings in what is joined to a node, or puts away what nothing else holds.
  const folded = new Set();

  function spread(id, on = null) {
    const near = [...neighbours[id]].filter((other) => other !== id);
    const away = near.filter((other) => hidden[other]);
    if (on ?? (away.length > 0)) {
      for (const other of away) opened.set(other, true);
      folded.delete(id);
    } else {
      for (const other of near) if ([...neighbours[other]].every((one) => one === id || one === other || hidden[one])) opened.set(other, false);
      folded.add(id);
    }
    refresh();
    if (!panel.hidden && chosen?.ids.has(id) && chosen.ids.size === 1) tell(id);
  }

  // ---- the panel: facts under the words they rest on

  function quotation(place) {
    const [exact, prefix, suffix, section, sheet, report] = lore().places[place];
    const where = [section === report ? "" : lore().texts[section], sheet ? say("page", { n: sheet }) : "", lore().texts[report]].filter(Boolean).join(" · ");
    return make("blockquote", {}, "…", prefix, make("b", {}, exact), suffix, "…", make("cite", {}, where));
  }

  function entity(value) {
    if (typeof value !== "number") return String(value);
    return make("button", { type: "button", class: "link", onclick: () => choose(value, { centred: true }) }, ownTitles[value]);
  }

  function cards(facts, incoming) { // facts with the same evidence share a card
    const found = new Map();
    for (const fact of facts) {
      const key = fact[3].join();
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(fact);
    }
    return [...found.values()].map((group) => {
      const list = make("dl");
      for (const fact of group) {
        const name = make("dt", {}, lore().texts[fact[1]]);
        if (incoming) name.prepend(make("span", { class: "arrow", "aria-hidden": "true" }, "←"));
        list.append(name, make("dd", {}, entity(incoming ? fact[0] : fact[2])));
      }
      const card = make("article", { class: "card" }, list, ...group[0][3].map(quotation));
      const more = group[0][4];
      if (more) card.append(make("p", { class: "others" }, say("more_places", { n: more })));
      return card;
    });
  }

  function section(title, facts, incoming) {
    const all = cards(facts, incoming);
    const first = all.length > 14 ? 12 : all.length;
    const part = make("section", {}, make("h3", {}, title, make("span", { class: "count" }, number(facts.length))), ...all.slice(0, first));
    if (first < all.length) {
      const more = make("button", { type: "button", class: "more" }, say("more", { n: all.length - first }));
      more.addEventListener("click", () => more.replaceWith(...all.slice(first)));
      part.append(more);
    }
    return part;
  }

  function show(kind, title, ...parts) {
    const shut = make("button", { type: "button", class: "shut", "aria-label": words.close, title: words.close, onclick: release }, "×");
    const what = make("div", { class: "what" }, make("div", { class: "kind" }, ...kind), make("h2", { dir: "auto" }, title));
    panel.replaceChildren(make("div", { class: "top" }, what, shut), make("div", { class: "body" }, ...parts));
    panel.hidden = false;
    panel.scrollTop = 0;
  }

  function tell(id) {
    const kind = kindOf(id);
    const parts = [make("p", { class: "iri" }, lore().iris[id]), ...ways(id), ...(page.summary.length ? listing(id) : [])];
    const forms = lore().forms[id];
    if (forms.length) {
      parts.push(make("h3", {}, words.forms), make("ul", { class: "forms" }, ...forms.map((form) => make("li", { dir: "auto" }, form))));
    }
    if (lore().told[id].length) parts.push(section(words.facts, lore().told[id], false));
    if (lore().referring[id].length) parts.push(section(words.referred, lore().referring[id], true));
    if (!page.summary.length && !lore().told[id].length && !lore().referring[id].length) parts.push(make("p", { class: "none" }, words.no_facts));
    show([icon(kind), kind.label], ownTitles[id], actions(id), ...parts);
  }

  // The whole of an IRI that the page holds in short: without what all entities begin with, or with a prefix.
  function whole(iri) {
    const [, prefix, local] = /^([^/:]*):(.*)$/su.exec(iri) ?? [null, "", iri];
    return page.spaces[prefix] === undefined ? iri : page.spaces[prefix] + local;
  }

  // Of a picture from a server: to the page of an entity, and to the words it is known from.
  function ways(id) {
    if (!page.served || !location.protocol.startsWith("http")) return [];
    const given = encodeURIComponent(whole(lore().iris[id]));
    const way = (path, text) => make("a", { class: "link", href: `${path}?iri=${given}` }, text);
    const told = lore().told[id].some((fact) => fact[3].length);
    return [make("p", { class: "ways" }, way("/thing", words.own_page), ...(told ? [way("/words", words.own_words)] : []))];
  }

  function tellLine(line) {
    const facts = lore().told[line.from].filter((fact) => fact[2] === line.to && lore().texts[fact[1]] === line.label);
    const ends = make("dl", {}, ...[line.from, line.to].flatMap((id) => [make("dt", {}, kindOf(id).label), make("dd", {}, entity(id))]));
    const quoted = facts.flatMap((fact) => fact[3]).map(quotation);
    const card = make("article", { class: "card" }, ends, ...quoted);
    show([words.relation], line.label, card, ...(quoted.length ? [] : [make("p", { class: "none" }, words.no_facts)]));
  }

