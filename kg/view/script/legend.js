  // ---- legend

  const buttons = [];

  function legendState() {
    for (const { button, kinds } of buttons) button.setAttribute("aria-pressed", String(kinds.some((kind) => kind.on)));
    const figures = [...classes.values()].filter((kind) => kind.family.figures);
    $("figures")?.setAttribute("aria-checked", String(figures.some((kind) => kind.on)));
  }

  function turn(kinds, on) {
    for (const kind of kinds) kind.on = on;
    for (const id of [...opened.keys()]) if (kinds.includes(kindOf(id))) opened.delete(id);
    if (chosen !== null && [...chosen.ids].some((id) => !kindOf(id).on)) release();
    legendState();
    refresh();
  }

  function pick(look, label, kinds) {
    const all = kinds.reduce((sum, kind) => sum + kind.count, 0);
    const button = make("button", { type: "button", class: "pick", title: label, "data-class": look.name }, icon(look), make("span", { class: "name" }, label), make("span", { class: "count" }, number(all)));
    button.addEventListener("click", () => turn(kinds, !kinds.some((kind) => kind.on)));
    buttons.push({ button, kinds });
    return button;
  }

  for (const family of page.classes) {
    const kinds = family.classes.map((one) => classes.get(one.name));
    const row = make("div", { class: "row" }, pick(family, family.label, kinds));
    const item = make("li", {}, row);
    if (kinds.length > 1 || kinds[0].name !== family.name) {
      const list = make("ul", {}, ...kinds.map((kind) => make("li", {}, pick(kind, kind.label, [kind]))));
      list.hidden = true;
      const open = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-label": say("subclasses", { name: family.label }) });
      open.addEventListener("click", () => {
        list.hidden = !list.hidden;
        open.setAttribute("aria-expanded", String(!list.hidden));
      });
      row.append(open);
      item.append(list);
    }
    $("families").append(item);
  }

  function fold(away) { // on a narrow screen the legend would lie over the picture
    legend.classList.toggle("folded", away);
    $("fold").setAttribute("aria-expanded", String(!away));
    draw.redraw();
  }
  $("fold").addEventListener("click", () => fold(!legend.classList.contains("folded")));
  if (narrow()) fold(true);

  // ---- years

  const years = [...new Set(page.years.flat())].sort((a, b) => a - b);

  function setYears(wanted) { // [first, last], or nothing for all
    span = wanted !== null && (wanted[0] > years[0] || wanted[1] < years.at(-1)) ? wanted : null;
    const [first, last] = span ?? [years[0], years.at(-1)];
    $("year-from").value = String(years.indexOf(first));
    $("year-to").value = String(years.indexOf(last));
    $("year-name").textContent = span === null ? words.all_years : first === last ? String(first) : `${first}–${last}`;
    $("year-from").setAttribute("aria-valuetext", String(first));
    $("year-to").setAttribute("aria-valuetext", String(last));
    const part = (year) => `${(100 * years.indexOf(year)) / (years.length - 1)}%`;
    $("span").style.setProperty("--from", part(first));
    $("span").style.setProperty("--to", part(last));
  }

  if (years.length > 1) {
    for (const id of ["year-from", "year-to"]) $(id).max = String(years.length - 1);
    setYears(null);
    $("years").hidden = false;
    $("span").addEventListener("input", ({ target }) => {
      let [from, to] = ["year-from", "year-to"].map((id) => Number($(id).value));
      if (from > to) [from, to] = target.id === "year-from" ? [from, from] : [to, to]; // the one takes the other along
      setYears([years[from], years[to]]);
      if (chosen !== null && [...chosen.ids].some(isAway)) release();
      refresh();
    });
  }

  // ---- size and colour by a measure

  const PALETTE = ["#2763d7", "#c05a00", "#0f7f78", "#9a3fb5", "#b3261e", "#5f8f1e", "#b7850b", "#3d4f86", "#c23b7a", "#4a6d7c", "#7a5230", "#6a6f00"];

  function measureBy(name) {
    const values = page.measures.find((one) => one.name === name)?.values ?? null;
    [sized, tinted] = [null, null];
    if (values && name === "community") tinted = values.map((value) => PALETTE[value % PALETTE.length]);
    else if (values) {
      const most = Math.max(...values, 1e-9);
      sized = values.map((value) => 4 + 24 * Math.sqrt(Math.max(0, value) / most));
    }
    refresh();
  }

  for (const one of page.measures) $("measure").append(make("option", { value: one.name }, one.label));
  $("measured").hidden = page.measures.length === 0;
  $("measure").addEventListener("change", ({ currentTarget }) => measureBy(currentTarget.value));

