// An answer as a chart: bars by name, or lines by year, of one column of numbers at a time.
import { drawn, made, names, plain } from "./dom.js";
import { number } from "./table.js";

const WIDTH = 820;
const COLORS = 8; // as many as portal.css has series
const MOST = 60;

const YEAR = /^(19|20)\d\d(-\d\d(-\d\d)?)?$/;
const NUMERIC = /XMLSchema#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

/** Whether a term is a year or day; 1950 as a number is one only in a column that is called a year. */
function when(term, column) {
  return term.type !== "uri" && YEAR.test(term.value) && (!NUMERIC.test(term.datatype ?? "") || /year|年/i.test(column));
}

/** Columns by what they hold: numbers to draw, a year to draw them by, names to tell them apart. */
export function columns(answer) {
  const values = (name) => answer.rows.map((row) => row[name]).filter(Boolean);
  const all = (name, test) => values(name).length > 0 && values(name).every(test);
  const years = answer.columns.filter((name) => all(name, (term) => when(term, name)));
  const numbers = answer.columns.filter((name) => !years.includes(name) && all(name, (term) => number(term) !== null));
  return { years, numbers, others: answer.columns.filter((name) => !years.includes(name) && !numbers.includes(name)) };
}

export function chart(answer, kind, words) {
  const { years, numbers, others } = columns(answer);
  const place = made("div", { class: "plot" });
  const choice = made("select", { "aria-label": words.measure, onchange: () => show(choice.value) }, ...numbers.map((name) => made("option", {}, name)));
  async function show(column) {
    const known = await names(answer.rows.flatMap((row) => others.map((name) => row[name]).filter((term) => term?.type === "uri").map((term) => term.value)));
    const label = (row, parts) => parts.map((name) => row[name]).filter(Boolean).map((term) => (term.type === "uri" ? known.get(term.value)?.label || plain(term) : plain(term))).join(" · ");
    place.replaceChildren(kind === "line" ? lines(answer.rows, years[0], column, (row) => label(row, others)) : bars(answer.rows, column, (row) => label(row, [...others, ...years]), words));
  }
  show(numbers[0]);
  return made("div", {}, made("p", { hidden: numbers.length < 2 }, made("label", {}, words.measure + " ", choice)), place);
}

function bars(rows, column, label, words) {
  const shown = rows.filter((row) => row[column]).slice(0, MOST);
  const values = shown.map((row) => number(row[column]));
  const top = Math.max(...values, 0);
  const low = Math.min(...values, 0);
  const span = top - low || 1;
  const list = made("ul", { class: "bars" }, ...shown.map((row, at) => {
    const bar = made("span", { class: "bar", style: `margin-left:${((Math.min(values[at], 0) - low) / span) * 100}%;width:${(Math.abs(values[at]) / span) * 100}%` });
    return made("li", {}, made("span", { class: "name" }, label(row) || "–"), made("span", { class: "track", "aria-hidden": "true" }, bar), made("span", { class: "number" }, values[at].toLocaleString()));
  }));
  return made("div", {}, list, rows.length > MOST ? made("p", { class: "hint" }, words.first.replace("{n}", MOST)) : undefined);
}

function lines(rows, year, column, label) {
  const years = [...new Set(rows.map((row) => row[year]?.value).filter(Boolean))].sort();
  const series = new Map();
  for (const row of rows) {
    if (!row[year] || !row[column]) continue;
    const name = label(row) || column;
    if (!series.has(name)) series.set(name, new Map());
    const points = series.get(name);
    points.set(row[year].value, [...new Set([...(points.get(row[year].value) ?? []), number(row[column])])]); // a year may have several values
  }
  const top = Math.max(1, ...[...series.values()].flatMap((points) => [...points.values()].flat()));
  const low = Math.min(0, ...[...series.values()].flatMap((points) => [...points.values()].flat()));
  const [height, left, right, bottom] = [340, 64, 16, 28];
  const x = (at) => left + (years.length > 1 ? (at / (years.length - 1)) * (WIDTH - left - right) : (WIDTH - left - right) / 2);
  const y = (value) => 12 + (1 - (value - low) / (top - low)) * (height - bottom - 12);
  const grid = ticks(low, top).map((value) => drawn("g", {}, drawn("line", { x1: left, x2: WIDTH - right, y1: y(value), y2: y(value), class: "grid" }), drawn("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString())));
  const axis = years.map((name, at) => drawn("text", { x: x(at), y: height - 8, "text-anchor": "middle" }, name));
  const paths = [...series].map(([name, points], place) => {
    const at = years.flatMap((one, index) => (points.get(one) ?? []).map((value) => [index, value]));
    return drawn("g", { class: `series s${place % COLORS}` }, drawn("polyline", { points: at.map(([index, value]) => `${x(index)},${y(value)}`).join(" ") }),
      ...at.map(([index, value]) => drawn("circle", { cx: x(index), cy: y(value), r: 4 }, drawn("title", {}, `${name} ${years[index]}: ${value.toLocaleString()}`))));
  });
  const legend = made("ul", { class: "legend" }, ...[...series.keys()].map((name, place) => made("li", { class: `s${place % COLORS}` }, made("span", { class: "swatch" }), name)));
  return made("figure", { tabindex: 0 }, drawn("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": `${column}: ${[...series.keys()].join(", ")}` }, ...grid, ...axis, ...paths), legend);
}

/** Round values between two, about five. */
function ticks(low, top) {
  const rough = (top - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= top; value += step) found.push(Math.round(value * 1e6) / 1e6);
  return found;
}
