"use strict";
// The page's own script: vis-network draws nodes and lines; names, search, legend and panel are here. All text goes in as text.
(() => {
  const { nodes: given, edges: lines, options, page } = JSON.parse(document.getElementById("data").textContent);
  const words = page.words;
  const $ = (id) => document.getElementById(id);
  const legend = $("legend");
  const panel = $("panel");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const fonts = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "class") element.className = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // ---- classes

  const classes = new Map();
  for (const family of page.classes) for (const one of family.classes) classes.set(one.name, { ...one, family, on: false, count: 0 });
  for (const node of given) {
    const kind = classes.get(node.group);
    kind.count += 1;
    if (!node.hidden) kind.on = true;
  }
  const kindOf = (id) => classes.get(given[id].group);

  const CORNERS = {
    square: [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => [x * 0.84, y * 0.84]),
    diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
    triangle: [[0, -1], [1, 0.8], [-1, 0.8]],
    triangleDown: [[0, 1], [1, -0.8], [-1, -0.8]],
    hexagon: [0, 1, 2, 3, 4, 5].map((k) => [Math.cos((k * Math.PI) / 3), Math.sin((k * Math.PI) / 3)]),
    star: Array.from({ length: 10 }, (_, k) => {
      const far = k % 2 ? 0.5 : 1.15;
      return [far * Math.sin((k * Math.PI) / 5), -far * Math.cos((k * Math.PI) / 5)];
    }),
  };

  function icon(kind) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("aria-hidden", "true");
    const corners = CORNERS[kind.shape];
    const mark = document.createElementNS(space, corners ? "polygon" : "circle");
    if (corners) mark.setAttribute("points", corners.map(([x, y]) => `${(x * 6).toFixed(2)},${(y * 6).toFixed(2)}`).join(" "));
    else mark.setAttribute("r", "5.6");
    mark.setAttribute("fill", kind.color);
    svg.append(mark);
    return svg;
  }

  // ---- the network

  const neighbours = given.map(() => new Set());
  const together = new Map();
  lines.forEach((line, number) => {
    line.id = number;
    neighbours[line.from].add(line.to);
    neighbours[line.to].add(line.from);
    const pair = [line.from, line.to].sort((a, b) => a - b).join();
    together.set(pair, [...(together.get(pair) ?? []), number]);
    line.title = `${given[line.from].title} — ${line.label} → ${given[line.to].title}`;
  });
  for (const several of together.values()) { // lines between the same two nodes are bent apart
    if (several.length < 2) continue;
    several.forEach((number, place) => {
      const line = lines[number];
      const side = line.from < line.to ? 1 : -1;
      const bend = (place - (several.length - 1) / 2) * 0.3 * side;
      line.smooth = bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false;
    });
  }
  const ownTitles = given.map((node) => node.title);
  given.forEach((node) => { node.title = `${node.title}\n${kindOf(node.id).label}`.trim(); });
  const nodes = new vis.DataSet(given.map((node) => ({ ...node, physics: !node.hidden })));
  const edges = new vis.DataSet(lines);
  const hidden = given.map((node) => Boolean(node.hidden));
  const canvas = $("network");
  const network = new vis.Network(canvas, { nodes, edges }, options);
  let growth = 1;
  let chosen = null; // { ids: Set of nodes, near: Set of nodes, line: number or null }

  function refresh() {
    const nodeChanges = [];
    given.forEach((node, id) => {
      const away = !kindOf(id).on;
      const dim = chosen !== null && !chosen.ids.has(id) && !chosen.near.has(id);
      hidden[id] = away;
      nodeChanges.push({ id, hidden: away, physics: !away, opacity: dim ? 0.16 : 1 });
    });
    nodes.update(nodeChanges);
    restyle();
    order = null;
    const seen = lines.filter((line) => !hidden[line.from] && !hidden[line.to]).length;
    const count = (key, n) => say(n === 1 ? `${key}_one` : key, { n: n.toLocaleString(document.documentElement.lang) });
    $("shown").textContent = `${count("shown_nodes", hidden.filter((away) => !away).length)} · ${count("shown_edges", seen)}`;
    network.redraw();
  }

  function restyle() {
    edges.update(lines.map((line) => {
      const slight = line.dashes || kindOf(line.from).family.figures || kindOf(line.to).family.figures;
      const lit = chosen !== null && (chosen.line === null ? chosen.ids.has(line.from) || chosen.ids.has(line.to) : chosen.line === line.id);
      const color = lit ? "#7d8a9b" : options.edges.color.color;
      return {
        id: line.id,
        hidden: hidden[line.from] || hidden[line.to],
        color: { ...options.edges.color, color, opacity: lit ? 1 : (chosen === null ? 1 : 0.25) * (slight ? 0.6 : 1) },
        width: (lit ? 1.7 : slight ? 0.8 : 1.1) * growth,
        arrows: { to: { enabled: !slight || lit, scaleFactor: 0.36 * Math.sqrt(growth) } },
      };
    }));
  }

  // ---- names, drawn in the page's own size: the more important first, none over another

  let order = null;
  let drawn = [];
  let relationNames = true;
  const widths = new Map();

  function importance(id) {
    if (chosen !== null && chosen.ids.has(id)) return 1e6;
    const near = chosen !== null && chosen.near.has(id) ? 1e3 : 0;
    return near + given[id].size * 1.5 + 6 * Math.log2(1 + neighbours[id].size);
  }

  function measure(context, text) {
    const key = context.font + text;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  }

  class Room { // rectangles by the cells they touch
    constructor() { this.cells = new Map(); }
    *keys([left, top, right, bottom]) {
      for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
        for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield `${x},${y}`;
      }
    }
    hits(box, own) {
      for (const key of this.keys(box)) {
        for (const [other, owner] of this.cells.get(key) ?? []) {
          if (owner !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
        }
      }
      return false;
    }
    take(box, owner) {
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push([box, owner]);
      }
    }
  }

  function paint(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const scale = network.getScale();
    const wide = context.canvas.clientWidth;
    const high = context.canvas.clientHeight;
    const middle = network.getViewPosition();
    const place = (x, y) => [(x - middle.x) * scale + wide / 2, (y - middle.y) * scale + high / 2];
    order ??= given.map((node) => node.id).filter((id) => !hidden[id]).sort((a, b) => importance(b) - importance(a) || a - b);
    const at = network.getPositions(order);
    const room = new Room();
    const names = new Room(); // a large node's name may lie over small nodes, never over large ones and names
    for (const over of [legend, panel]) {
      if (over.offsetWidth) names.take([over.offsetLeft, over.offsetTop, over.offsetLeft + over.offsetWidth, over.offsetTop + over.offsetHeight], null);
    }
    context.font = `600 13px ${fonts}`;
    for (const [, label, left, top] of page.guides) {
      const [x, y] = place(left, top);
      names.take([x + 8, y + 5, x + 16 + measure(context, label), y + 25], null);
    }
    const spots = new Map();
    for (const id of order) {
      const [x, y] = place(at[id].x, at[id].y);
      const radius = given[id].size * growth * scale;
      if (x < -200 || y < -40 || x > wide + 200 || y > high + 40) continue;
      spots.set(id, [x, y, radius]);
      const circle = [x - radius, y - radius, x + radius, y + radius];
      room.take(circle, id);
      if (given[id].size >= 14) names.take(circle, id);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    context.strokeStyle = "rgba(251, 251, 249, .92)";
    drawn = [];
    for (const [id, [x, y, radius]] of spots) {
      const lit = chosen !== null && chosen.ids.has(id);
      const dim = chosen !== null && !lit && !chosen.near.has(id);
      const large = given[id].size >= 14;
      const size = large ? 13 : 12;
      context.font = `${lit || large ? 600 : 400} ${size}px ${fonts}`;
      const text = given[id].label;
      const half = measure(context, text) / 2;
      const rise = size * 0.62;
      const centres = [
        [x, y + radius + rise + 3],
        [x + radius + half + 5, y],
        [x - radius - half - 5, y],
        [x, y - radius - rise - 3],
      ];
      const boxes = centres.map(([cx, cy]) => [cx - half - 2, cy - rise, cx + half + 2, cy + rise]);
      const inside = (box) => !names.hits(box, id) && box[0] >= 0 && box[2] <= wide && box[1] >= 0 && box[3] <= high;
      let free = boxes.findIndex((box) => inside(box) && !room.hits(box, id));
      if (free < 0 && (large || lit)) free = boxes.findIndex(inside);
      if (free < 0 && !lit) continue;
      const [cx, cy] = centres[Math.max(free, 0)];
      const box = boxes[Math.max(free, 0)];
      room.take(box, -1 - id);
      names.take(box, -1 - id);
      drawn.push({ id, text, box });
      context.globalAlpha = dim ? 0.22 : 1;
      context.textAlign = "center";
      context.lineWidth = 3.5;
      context.strokeText(text, cx, cy);
      context.fillStyle = lit || large ? "#1d2733" : "#3a4553";
      context.fillText(text, cx, cy);
    }
    if (relationNames) paintRelations(context, place, room, spots);
    context.restore();
  }

  function paintRelations(context, place, room, spots) {
    context.font = `400 10.5px ${fonts}`;
    context.fillStyle = "#7d8796";
    context.lineWidth = 3;
    for (const line of lines) {
      const lit = chosen !== null && (chosen.line === null ? chosen.ids.has(line.from) || chosen.ids.has(line.to) : chosen.line === line.id);
      if (hidden[line.from] || hidden[line.to] || (chosen === null ? line.dashes || kindOf(line.from).family.figures : !lit)) continue;
      const one = spots.get(line.from);
      const other = spots.get(line.to);
      if (!one || !other) continue;
      const half = measure(context, line.label) / 2;
      if (Math.hypot(one[0] - other[0], one[1] - other[1]) < 2 * half + one[2] + other[2] + 24) continue;
      let [x, y] = [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
      const drawing = network.body.edges[line.id]?.edgeType;
      if (line.smooth && drawing?.getPoint) {
        const point = drawing.getPoint(0.5);
        [x, y] = place(point.x, point.y);
      }
      const box = [x - half - 2, y - 7, x + half + 2, y + 7];
      if (room.hits(box, `line ${line.id}`)) continue;
      room.take(box, `line ${line.id}`);
      drawn.push({ edge: line.id, text: line.label, box });
      context.globalAlpha = 1;
      context.strokeText(line.label, x, y);
      context.fillText(line.label, x, y);
    }
  }

  // Parts of the picture with a heading of their own, under everything else.
  function paintGuides(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const wide = context.canvas.clientWidth;
    const high = context.canvas.clientHeight;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    page.guides.forEach(([kind, label, left, top, right, bottom], number) => {
      const x = (left - middle.x) * scale + wide / 2;
      const y = (top - middle.y) * scale + high / 2;
      context.fillStyle = kind === "group" || number % 2 === 0 ? "rgba(93, 112, 140, .055)" : "rgba(93, 112, 140, .025)";
      context.beginPath();
      context.roundRect(x, y, (right - left) * scale, (bottom - top) * scale, 10);
      context.fill();
      context.font = `600 13px ${fonts}`;
      context.fillStyle = "#5b6675";
      context.textBaseline = "top";
      context.fillText(label, x + 12, y + 9);
    });
    context.restore();
  }

  network.on("beforeDrawing", paintGuides);
  network.on("afterDrawing", paint);

  // ---- moving about

  const narrow = () => innerWidth <= 860;

  function insets() {
    return {
      left: narrow() ? 12 : legend.offsetWidth + 40,
      right: panel.hidden || narrow() ? 28 : panel.offsetWidth + 24,
      top: 24,
      bottom: panel.hidden || !narrow() ? 34 : panel.offsetHeight + 20,
    };
  }

  function move(position, scale, quick) {
    grow(scale);
    network.moveTo({ position, scale, animation: quick || still ? false : { duration: 450, easingFunction: "easeInOutCubic" } });
  }

  function fit(quick) {
    const seen = given.map((node) => node.id).filter((id) => !hidden[id]);
    const points = Object.values(network.getPositions(seen));
    if (!points.length) return;
    const free = insets();
    const wide = canvas.clientWidth - free.left - free.right;
    const high = canvas.clientHeight - free.top - free.bottom;
    const halves = seen.map((id) => 6.2 * given[id].label.length); // names keep their size whatever the scale
    const extent = (scale) => {
      const boxes = page.guides.map(([, , ...box]) => box.map((value) => value * scale));
      const left = Math.min(...points.map((point, k) => point.x * scale - halves[k]), ...boxes.map((box) => box[0]));
      const right = Math.max(...points.map((point, k) => point.x * scale + halves[k]), ...boxes.map((box) => box[2]));
      const top = Math.min(...points.map((point) => point.y * scale - 16), ...boxes.map((box) => box[1]));
      const bottom = Math.max(...points.map((point) => point.y * scale + 32), ...boxes.map((box) => box[3]));
      return [left, top, right, bottom];
    };
    let [low, scale] = [0.03, 1.25];
    for (let step = 0; step < 24; step += 1) {
      const trial = step ? (low + scale) / 2 : scale;
      const [left, top, right, bottom] = extent(trial);
      if (right - left <= wide && bottom - top <= high) {
        low = trial;
        if (!step) break;
      } else scale = trial;
    }
    const [left, top, right, bottom] = extent(low);
    centre({ x: (left + right) / 2 / low, y: (top + bottom) / 2 / low }, low, quick);
  }

  function centre(point, scale, quick) { // in the middle of what legend and panel leave free
    const free = insets();
    move({ x: point.x - (free.left - free.right) / 2 / scale, y: point.y - (free.top - free.bottom) / 2 / scale }, scale, quick);
  }

  function zoom(factor) {
    move(network.getViewPosition(), Math.min(5, Math.max(0.05, network.getScale() * factor)));
  }

  // Seen from afar, nodes and lines shrink less than the distances between them.
  function grow(scale) {
    const wanted = Math.min(6, Math.max(0.5, scale ** -0.6));
    if (Math.abs(Math.log(wanted / growth)) < 0.12) return;
    growth = wanted;
    nodes.update(given.map((node) => ({ id: node.id, size: node.size * growth, borderWidth: 1.5 * growth })));
    restyle();
  }

  // ---- choosing

  function choose(id, { centred = false } = {}) {
    const kind = kindOf(id);
    if (!kind.on) {
      kind.on = true;
      legendState();
    }
    chosen = { ids: new Set([id]), near: neighbours[id], line: null };
    network.selectNodes([id], false);
    tell(id);
    refresh();
    if (centred) centre(network.getPosition(id), Math.max(network.getScale(), 0.9));
  }

  function chooseLine(number) {
    const line = lines[number];
    chosen = { ids: new Set([line.from, line.to]), near: new Set(), line: number };
    network.setSelection({ nodes: [], edges: [number] });
    tellLine(line);
    refresh();
  }

  function release() {
    if (chosen === null && panel.hidden) return;
    chosen = null;
    network.unselectAll();
    panel.hidden = true;
    refresh();
  }

  network.on("click", ({ nodes: [id], edges: [number], pointer }) => {
    const { x, y } = pointer.DOM;
    const named = drawn.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
    if (id !== undefined) choose(id);
    else if (named?.id !== undefined) choose(named.id);
    else if (named?.edge !== undefined) chooseLine(named.edge);
    else if (number !== undefined) chooseLine(number);
    else release();
  });
  network.on("hoverNode", () => { canvas.style.cursor = "pointer"; });
  network.on("hoverEdge", () => { canvas.style.cursor = "pointer"; });
  network.on("blurNode", () => { canvas.style.cursor = ""; });
  canvas.addEventListener("pointerleave", () => { // the tooltip would stay
    const tip = canvas.querySelector(".vis-tooltip");
    if (tip) tip.style.visibility = "hidden";
  });
  network.on("blurEdge", () => { canvas.style.cursor = ""; });

  // ---- the panel: facts under the words they rest on

  const told = given.map(() => []);
  const referring = given.map(() => []);
  page.facts.forEach((fact) => {
    told[fact[0]].push(fact);
    if (typeof fact[2] === "number") referring[fact[2]].push(fact);
  });

  function quotation(number) {
    const [exact, prefix, suffix, section, sheet, report] = page.places[number];
    const where = [section === report ? "" : page.texts[section], sheet ? say("page", { n: sheet }) : "", page.texts[report]].filter(Boolean).join(" · ");
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
        const name = make("dt", {}, page.texts[fact[1]]);
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
    const part = make("section", {}, make("h3", {}, title, make("span", { class: "count" }, String(facts.length))), ...all.slice(0, first));
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
    const parts = [make("p", { class: "iri" }, page.iris[id])];
    const forms = page.forms[id];
    if (forms.length) {
      parts.push(make("h3", {}, words.forms), make("ul", { class: "forms" }, ...forms.map((form) => make("li", { dir: "auto" }, form))));
    }
    if (told[id].length) parts.push(section(words.facts, told[id], false));
    if (referring[id].length) parts.push(section(words.referred, referring[id], true));
    if (!told[id].length && !referring[id].length) parts.push(make("p", { class: "none" }, words.no_facts));
    show([icon(kind), kind.label], ownTitles[id], ...parts);
  }

  function tellLine(line) {
    const facts = told[line.from].filter((fact) => fact[2] === line.to && page.texts[fact[1]] === line.label);
    const ends = make("dl", {}, ...[line.from, line.to].flatMap((id) => [make("dt", {}, kindOf(id).label), make("dd", {}, entity(id))]));
    const quoted = facts.flatMap((fact) => fact[3]).map(quotation);
    const card = make("article", { class: "card" }, ends, ...quoted);
    show([words.relation], line.label, card, ...(quoted.length ? [] : [make("p", { class: "none" }, words.no_facts)]));
  }

  // ---- legend

  const buttons = [];

  function legendState() {
    for (const { button, kinds } of buttons) button.setAttribute("aria-pressed", String(kinds.some((kind) => kind.on)));
    const figures = [...classes.values()].filter((kind) => kind.family.figures);
    $("figures")?.setAttribute("aria-checked", String(figures.some((kind) => kind.on)));
  }

  function turn(kinds, on) {
    for (const kind of kinds) kind.on = on;
    if (chosen !== null && [...chosen.ids].some((id) => !kindOf(id).on)) release();
    legendState();
    refresh();
  }

  function pick(look, label, kinds) {
    const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
    const button = make("button", { type: "button", class: "pick", title: label, "data-class": look.name }, icon(look), make("span", { class: "name" }, label), make("span", { class: "count" }, String(count)));
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

  // ---- search

  const search = $("search");
  const matches = $("matches");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const names = given.map((node, id) => [ownTitles[id], node.label, ...page.forms[id]].map(plain));
  let active = -1;

  function find(text) {
    const wanted = plain(text.trim());
    if (!wanted) return [];
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
      const item = make("li", { role: "option", id: `match-${id}`, "data-node": id, title: ownTitles[id] }, icon(kindOf(id)),
        make("span", { class: "name", dir: "auto" }, ownTitles[id]), make("span", { class: "kind" }, kindOf(id).label));
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

  // ---- switches and keys

  $("figures")?.addEventListener("click", () => {
    const kinds = [...classes.values()].filter((kind) => kind.family.figures);
    turn(kinds, !kinds.some((kind) => kind.on));
  });
  $("relations").addEventListener("click", ({ currentTarget }) => {
    relationNames = !relationNames;
    currentTarget.setAttribute("aria-checked", String(relationNames));
    network.redraw();
  });
  $("motion").addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-checked") !== "true";
    currentTarget.setAttribute("aria-checked", String(on));
    network.setOptions({ physics: { ...options.physics, enabled: on } });
    if (on) network.startSimulation();
    else network.storePositions();
  });
  $("fit").addEventListener("click", () => fit(false));
  $("zoom-in").addEventListener("click", () => zoom(1.35));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "Escape" && !typing) release();
    else if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });

  // ---- opening

  if (!given.length) {
    $("empty").textContent = page.empty;
    $("empty").hidden = false;
    legend.hidden = true;
  }
  legendState();
  refresh();
  fit(true);
  network.on("zoom", ({ scale }) => grow(scale));
  if (page.focus >= 0) {
    choose(page.focus);
    fit(true);
  }
  document.fonts?.ready.then(() => { widths.clear(); network.redraw(); });
  window.kgView = { network, nodes, edges, choose, release, labels: () => drawn, hidden: () => hidden, ready: true };
})();
