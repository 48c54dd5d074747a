  // ---- what the page holds

  if (data.columns) { // a large picture comes as lists, one an attribute
    const { kinds, kind, label, title, at, hidden: away, properties, lines: ends } = data.columns;
    data.nodes = label.map((name, id) => ({ id, label: name, title: title[id] || name, group: kinds[kind[id]][0], size: kinds[kind[id]][1], x: at[2 * id], y: at[2 * id + 1], hidden: false }));
    for (const id of away) data.nodes[id].hidden = true;
    data.edges = [];
    for (let k = 0; k < ends.length; k += 3) {
      const [name, slight, other] = properties[ends[k + 2]];
      data.edges.push({ from: ends[k], to: ends[k + 1], label: name, other, ...(slight ? { dashes: true } : {}) });
    }
  }
  const given = data.nodes;
  const lines = data.edges;
  const { options, page } = data;
  const words = page.words;
  const $ = (id) => document.getElementById(id);
  const legend = $("legend");
  const panel = $("panel");
  const canvas = $("network");
  const many = Boolean(data.columns); // names and lines are chosen, not all drawn
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const TONES = {
    light: { ink: "#1d2733", fair: "#3a4553", soft: "#5b6675", faint: "#7d8796", lit: "#7d8a9b", line: "#cbd0d8", crowded: "#dfe3e9", dim: "#eceef1", paper: [251, 251, 249], guides: "93, 112, 140" },
    dark: { ink: "#e6e9ee", fair: "#c6cdd6", soft: "#a3adba", faint: "#8d97a5", lit: "#aab5c3", line: "#49525e", crowded: "#343c46", dim: "#262d35", paper: [20, 24, 29], guides: "150, 170, 200" },
  };
  let tone = TONES[night.matches ? "dark" : "light"]; // what the picture is painted in; one that is saved or printed is light
  const fonts = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const number = (n) => numbers.format(n);
  const count = (key, n) => say(n === 1 ? `${key}_one` : key, { n: number(n) });

  // Facts, quotations and other names are read when first asked for.
  let read = null;
  function lore() {
    if (read === null) {
      read = JSON.parse($("lore").textContent);
      read.told = given.map(() => []);
      read.referring = given.map(() => []);
      for (const fact of read.facts) {
        read.told[fact[0]].push(fact);
        if (typeof fact[2] === "number") read.referring[fact[2]].push(fact);
      }
    }
    return read;
  }

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

  const SVG = "http://www.w3.org/2000/svg";

  function shape(kind, x, y, radius, color = kind.color) {
    const corners = CORNERS[kind.shape];
    const mark = document.createElementNS(SVG, corners ? "polygon" : "circle");
    if (corners) mark.setAttribute("points", corners.map(([dx, dy]) => `${(x + dx * radius).toFixed(2)},${(y + dy * radius).toFixed(2)}`).join(" "));
    else for (const [key, value] of [["cx", x.toFixed(2)], ["cy", y.toFixed(2)], ["r", radius.toFixed(2)]]) mark.setAttribute(key, value);
    mark.setAttribute("fill", color);
    return mark;
  }

  // The corners of an arrow's head that ends at the rim of a node; nothing where the line is too short for one.
  function arrowhead([x, y], [u, v], rim, size) {
    const long = Math.hypot(u - x, v - y);
    if (long < rim + size + 2) return null;
    const [dx, dy] = [(u - x) / long, (v - y) / long];
    const [tip, base] = [rim + 1, rim + 1 + size];
    return [[tip, 0], [base, 0.42 * size], [base, -0.42 * size]].map(([back, side]) => [u - dx * back - dy * side, v - dy * back + dx * side]);
  }

  function icon(kind) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("aria-hidden", "true");
    svg.append(shape(kind, 0, 0, 6));
    return svg;
  }

  // ---- the network

  const neighbours = given.map(() => new Set());
  const linesOf = given.map(() => []);
  lines.forEach((line, place) => {
    line.id = place;
    neighbours[line.from].add(line.to);
    neighbours[line.to].add(line.from);
    linesOf[line.from].push(place);
    if (line.to !== line.from) linesOf[line.to].push(place);
  });
  const ownTitles = given.map((node) => node.title);
  const hidden = given.map((node) => Boolean(node.hidden));
  const opened = new Map(); // nodes a person brought in or put away by hand
  let span = null; // the first and the last year that are shown; nothing is every year
  let chosen = null; // { ids: Set of nodes, near: Set of nodes, line: number or null, path: Set of lines or null }
  let sized = null; // a measure that nodes are sized by
  let tinted = null; // colours of nodes by a measure

  const sizeOf = (id) => (sized ? sized[id] : given[id].size);
  const colorOf = (id) => (tinted ? tinted[id] : kindOf(id).color);
  const isDim = (id) => chosen !== null && !chosen.ids.has(id) && !chosen.near.has(id);

  function isLit(line) {
    if (chosen === null) return false;
    if (chosen.path) return chosen.path.has(line.id);
    return chosen.line === null ? chosen.ids.has(line.from) || chosen.ids.has(line.to) : chosen.line === line.id;
  }

  const isSlight = (line) => Boolean(line.dashes) || kindOf(line.from).family.figures || kindOf(line.to).family.figures;
  const seen = (line) => !hidden[line.from] && !hidden[line.to];

  function isAway(id) {
    const years = page.years[id];
    if (span !== null && years.length && !years.some((year) => year >= span[0] && year <= span[1])) return true;
    return opened.has(id) ? !opened.get(id) : !kindOf(id).on;
  }

