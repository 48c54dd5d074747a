  // ---- the same as tables, for screen readers and for whoever likes tables

  const table = $("table");
  const ROWS = 500; // a page of a long table

  function fill(body, rows, from) {
    body.querySelector(".rest")?.remove();
    body.append(...rows.slice(from, from + ROWS).map((row) => row()));
    if (from + ROWS >= rows.length) return;
    const more = make("button", { type: "button", class: "more" }, say("more", { n: number(rows.length - from - ROWS) }));
    more.addEventListener("click", () => fill(body, rows, from + ROWS));
    body.append(make("tr", { class: "rest" }, make("td", { colspan: "5" }, more)));
  }

  function sheet(caption, heads, rows) {
    const body = make("tbody");
    fill(body, rows, 0);
    return make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))), body);
  }

  function tabulate() {
    const leave = (id) => make("button", { type: "button", class: "link", onclick: () => { showTable(false); choose(id, { centred: true }); } }, ownTitles[id].slice(0, 300));
    const shown = given.map((node) => node.id).filter((id) => !hidden[id]).sort((a, b) => importance(b) - importance(a) || a - b);
    const entities = shown.map((id) => () => make("tr", {}, make("th", { scope: "row" }, leave(id)), make("td", {}, kindOf(id).label),
      make("td", {}, page.years[id].join(" ")), make("td", {}, number(neighbours[id].size))));
    const relations = lines.filter(seen).map((line) => () => make("tr", {}, make("td", {}, leave(line.from)), make("td", {}, line.label), make("td", {}, leave(line.to))));
    $("sheets").replaceChildren(
      sheet(count("shown_nodes", entities.length), [words.name, words.class, words.years, words.relations], entities),
      sheet(count("shown_edges", relations.length), [words.from, words.relation, words.to], relations),
    );
  }

  function showTable(on) {
    table.hidden = !on;
    $("as-table").setAttribute("aria-pressed", String(on));
    if (on) {
      tabulate();
      table.focus();
    } else $("as-table").focus();
  }

  $("as-table").addEventListener("click", () => showTable(table.hidden));
  $("shut-table").addEventListener("click", () => showTable(false));
