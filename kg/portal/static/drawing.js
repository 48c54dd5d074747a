// An answer as a network: things joined by what is said of them, laid out by forces, the same each time.
import { address, drawn, made, names, short } from "./dom.js";

const MOST = 250;
const [WIDTH, HEIGHT] = [960, 620];

/** Edges of triples between things, or of rows with two columns of things. */
export function edges(answer) {
  if (answer.kind === "graph") return answer.triples.filter(([s, , o]) => s.type === "uri" && o.type === "uri").map(([s, p, o]) => [s.value, short(p.value), o.value]);
  const things = answer.columns.filter((name) => answer.rows.some((row) => row[name]?.type === "uri"));
  const [from, to] = things;
  return to ? answer.rows.filter((row) => row[from]?.type === "uri" && row[to]?.type === "uri").map((row) => [row[from].value, to, row[to].value]) : [];
}

export async function drawing(answer, words) {
  const found = edges(answer);
  const nodes = [...new Set(found.flatMap(([from, , to]) => [from, to]))].slice(0, MOST);
  const kept = found.filter(([from, , to]) => nodes.includes(from) && nodes.includes(to));
  const known = await names(nodes);
  const places = layout(nodes, kept);
  const lines = kept.map(([from, name, to]) => {
    const [a, b] = [places.get(from), places.get(to)];
    return drawn("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: "edge" }, drawn("title", {}, name));
  });
  const dots = nodes.map((iri) => {
    const { x, y } = places.get(iri);
    const { label = short(iri), kind = "", color = "#7f8a96" } = known.get(iri) ?? {};
    const text = label.length > 14 ? label.slice(0, 13) + "…" : label;
    return drawn("a", { href: address(iri) }, drawn("title", {}, `${label} ${kind}`), drawn("circle", { cx: x, cy: y, r: 7, fill: color }), drawn("text", { x, y: y + 21, "text-anchor": "middle" }, text));
  });
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": words.network, class: "network" }, ...lines, ...dots);
  return made("figure", { tabindex: 0 }, picture, nodes.length === MOST ? made("figcaption", { class: "hint" }, words.first.replace("{n}", MOST)) : undefined);
}

/** Fruchterman and Reingold's forces from a circle, cooled in fixed steps. */
function layout(nodes, edges) {
  const at = nodes.map((_, place) => ({ x: Math.cos(place * 2.4) * (20 + place * 2), y: Math.sin(place * 2.4) * (20 + place * 2), dx: 0, dy: 0 }));
  const index = new Map(nodes.map((iri, place) => [iri, place]));
  const wish = Math.sqrt((WIDTH * HEIGHT) / Math.max(nodes.length, 1)) * 0.75;
  for (let heat = 60; heat > 0.5; heat *= 0.97) {
    for (const one of at) one.dx = one.dy = 0;
    for (let i = 0; i < at.length; i += 1) for (let j = i + 1; j < at.length; j += 1) push(at[i], at[j], (d) => (wish * wish) / d);
    for (const [from, , to] of edges) push(at[index.get(from)], at[index.get(to)], (d) => (-d * d) / wish);
    for (const one of at) {
      one.dx -= one.x * 0.08 * wish * 0.1;
      one.dy -= one.y * 0.12 * wish * 0.1;
      const far = Math.hypot(one.dx, one.dy) || 1;
      one.x += (one.dx / far) * Math.min(far, heat);
      one.y += (one.dy / far) * Math.min(far, heat);
    }
  }
  const fit = (axis, size, edge) => {
    const [low, high] = [Math.min(...at.map((one) => one[axis])), Math.max(...at.map((one) => one[axis]))];
    for (const one of at) one[axis] = high > low ? edge + ((one[axis] - low) / (high - low)) * (size - 2 * edge) : size / 2;
  };
  fit("x", WIDTH, 80);
  fit("y", HEIGHT, 34);
  return new Map(nodes.map((iri, place) => [iri, at[place]]));
}

function push(one, other, force) {
  if (one === other) return;
  const [dx, dy] = [one.x - other.x, one.y - other.y];
  const far = Math.hypot(dx, dy) || 0.01;
  const by = force(far) / far;
  one.dx += dx * by;
  one.dy += dy * by;
  other.dx -= dx * by;
  other.dy -= dy * by;
}
