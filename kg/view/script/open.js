  // ---- switches and keys

  $("figures")?.addEventListener("click", () => {
    const kinds = [...classes.values()].filter((kind) => kind.family.figures);
    turn(kinds, !kinds.some((kind) => kind.on));
  });
  $("relations").addEventListener("click", ({ currentTarget }) => {
    relationNames = !relationNames;
    currentTarget.setAttribute("aria-checked", String(relationNames));
    draw.redraw();
  });
  $("tongue").addEventListener("click", ({ currentTarget }) => {
    foreign = !foreign;
    currentTarget.setAttribute("aria-pressed", String(foreign));
    draw.redraw();
  });
  if (draw.motion === null) $("motion").hidden = true;
  $("motion").addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-checked") !== "true";
    currentTarget.setAttribute("aria-checked", String(on));
    draw.motion(on);
  });
  $("fit").addEventListener("click", () => fit(false));
  $("zoom-in").addEventListener("click", () => zoom(1.35));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.35));

  function step(by) { // to the next entity, the most important first
    const ids = given.map((node) => node.id).filter((id) => !hidden[id]).sort((a, b) => rankOf(b) - rankOf(a) || a - b);
    if (!ids.length) return;
    const at = chosen?.ids.size === 1 ? ids.indexOf([...chosen.ids][0]) : by > 0 ? -1 : 0;
    choose(ids[(at + by + ids.length) % ids.length], { centred: true });
  }

  const KEYS = {
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
    "+": () => zoom(1.35), "=": () => zoom(1.35), "-": () => zoom(1 / 1.35), 0: () => fit(false),
    n: () => step(1), p: () => step(-1), Enter: () => { if (chosen?.ids.size === 1) spread([...chosen.ids][0]); },
  };

  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !table.hidden) showTable(false);
    else if (event.key === "Escape" && !typing) release();
    else if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (KEYS[event.key] && (event.target === canvas || canvas.contains(event.target) || event.target === document.body)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  // ---- opening

  if (!given.length) {
    $("empty").textContent = page.empty;
    $("empty").hidden = false;
    legend.hidden = true;
  }
  legendState();
  fit(true);
  refresh();
  fit(true);
  if (page.focus >= 0) {
    choose(page.focus);
    fit(true);
  }
  night.addEventListener("change", () => {
    tone = TONES[night.matches ? "dark" : "light"];
    refresh();
    draw.redraw();
  });
  document.fonts?.ready.then(() => { widths.clear(); draw.redraw(); });
  if (many) setTimeout(() => { if (hasCard()) change(); }, 400);
  window.kgView = {
    get draw() { return draw; },
    choose, release, route, spread, setYears, svgOf, pngOf, gexfOf, graphmlOf,
    network: draw.network, nodes: draw.nodes, edges: draw.edges,
    labels: () => drawn, hidden: () => hidden, chosen: () => chosen, ready: true,
  };
