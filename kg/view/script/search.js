  // ---- search

  const search = $("search");
  const matches = $("matches");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  let names = null; // made when first looked for
  let active = -1;

  function find(text) {
    const wanted = plain(text.trim());
    if (!wanted) return [];
    names ??= given.map((node, id) => [ownTitles[id], node.label, ...lore().forms[id]].map(plain));
    const rank = (id) => {
      const [name, ...others] = names[id];
      if (name === wanted) return 0;
      if (name.startsWith(wanted)) return 1;
      if (name.includes(wanted)) return 2;
      return others.some((other) => other.includes(wanted)) ? 3 : 9;
    };
    return given.map((node) => [rank(node.id) + (kindOf(node.id).family.figures ? 4 : 0), node.id]).filter(([place]) => place < 9)
      .sort(([a, one], [b, other]) => a - b || importance(other) - importance(one) || one - other).slice(0, 12).map(([, id]) => id);
  }

  function mark(place) {
    const items = [...matches.querySelectorAll("[role=option]")];
    active = items.length ? (place + items.length) % items.length : -1;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active >= 0) {
      search.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
  }

  function closeMatches() {
    matches.hidden = true;
    active = -1;
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  }

  function take(id) {
    search.value = ownTitles[id];
    closeMatches();
    choose(id, { centred: true });
  }

  search.addEventListener("input", () => {
    const found = find(search.value);
    if (!search.value.trim()) return closeMatches();
    matches.replaceChildren(...(found.length ? found.map((id) => {
      const item = make("li", { role: "option", id: `match-${id}`, "data-node": id, title: ownTitles[id].slice(0, 300) }, icon(kindOf(id)),
        make("span", { class: "name", dir: "auto" }, ownTitles[id].slice(0, 200)), make("span", { class: "kind" }, kindOf(id).label));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(id); });
      return item;
    }) : [make("li", { class: "none" }, words.no_match)]));
    matches.hidden = false;
    search.setAttribute("aria-expanded", "true");
    mark(0);
  });
  search.addEventListener("keydown", (event) => {
    const items = matches.querySelectorAll("[role=option]");
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0 && items[active]) take(Number(items[active].dataset.node));
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (matches.hidden) search.blur();
      else closeMatches();
    }
  });
  search.addEventListener("blur", closeMatches);

