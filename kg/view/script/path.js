  // ---- the way from one node to another

  let start = null; // the node a way begins at, while the other is looked for

  function way(from, to, free) { // breadth first, in a fixed order
    const before = new Map([[from, null]]);
    let ring = [from];
    while (ring.length && !before.has(to)) {
      const next = [];
      for (const one of ring) {
        for (const place of linesOf[one]) {
          const line = lines[place];
          const other = line.from === one ? line.to : line.from;
          if (before.has(other) || (free && hidden[other])) continue;
          before.set(other, place);
          next.push(other);
        }
      }
      ring = next;
    }
    if (!before.has(to)) return null;
    const steps = [];
    for (let at = to; at !== from;) {
      const line = lines[before.get(at)];
      steps.unshift(line);
      at = line.from === at ? line.to : line.from;
    }
    return steps;
  }

  function route(from, to) {
    start = null;
    const steps = way(from, to, true) ?? way(from, to, false); // by what is seen, else by anything
    if (steps === null) {
      chosen = { ids: new Set([from, to]), near: new Set(), line: null, path: new Set() };
      show([words.path], words.path, make("p", { class: "none" }, say("no_path", { one: ownTitles[from], other: ownTitles[to] })));
      return refresh();
    }
    const ids = new Set([from, to, ...steps.flatMap((line) => [line.from, line.to])]);
    for (const id of ids) if (isAway(id)) opened.set(id, true);
    chosen = { ids, near: new Set(), line: null, path: new Set(steps.map((line) => line.id)) };
    const list = make("ol", { class: "path" });
    let at = from;
    for (const line of steps) {
      const forth = line.from === at;
      const next = forth ? line.to : line.from;
      list.append(make("li", {}, entity(at), make("span", { class: "step" }, forth ? ` — ${line.label} → ` : ` ← ${line.label} — `), entity(next)));
      at = next;
    }
    const facts = steps.flatMap((line) => lore().told[line.from].filter((fact) => fact[2] === line.to && lore().texts[fact[1]] === line.label));
    show([words.path], `${given[from].label} ⇢ ${given[to].label}`, make("p", {}, count("steps", steps.length)), list, ...(facts.length ? [section(words.evidence, facts, false)] : []));
    refresh();
  }

  function actions(id) {
    const near = [...neighbours[id]].filter((other) => other !== id);
    const away = near.filter((other) => hidden[other]).length;
    const row = make("div", { class: "actions" });
    const act = (key, text, action) => row.append(make("button", { type: "button", "data-act": key, onclick: action }, text));
    if (away) act("expand", say("expand", { n: number(away) }), () => spread(id, true));
    if (near.length > away) act("collapse", words.collapse, () => spread(id, false));
    act("path", words.path_from, () => {
      start = id;
      show([words.path], ownTitles[id], make("p", { class: "none" }, words.path_to));
      search.focus();
      search.select();
    });
    return row;
  }

