// An answer as a table: things by their names, columns that sort, some hundreds of rows at a time.
import { inline, made, names, plain, tag } from "./dom.js";

const PAGE = 200;

export function table(answer, words) {
  const body = made("tbody");
  const more = made("button", { type: "button", onclick: () => show(shown + PAGE) });
  const common = Object.fromEntries(answer.columns.map((column) => [column, shared(answer.rows, column)]));
  let rows = answer.rows;
  let order = { column: "", down: false };
  let shown = 0;

  async function show(upTo) {
    const part = rows.slice(shown, upTo);
    const added = part.map((row) => made("tr", {}, ...answer.columns.map((column) => cell(row[column], common[column]))));
    body.append(...added);
    shown += part.length;
    more.hidden = shown >= rows.length;
    more.textContent = words.more.replace("{n}", rows.length - shown);
    await named(added, words);
  }

  function sort(column) {
    order = { column, down: order.column === column && !order.down };
    const sign = order.down ? -1 : 1;
    rows = [...answer.rows].sort((one, other) => sign * compare(one[column], other[column]));
    for (const head of heads.children) {
      const on = head.dataset.column === column;
      head.setAttribute("aria-sort", on ? (order.down ? "descending" : "ascending") : "none");
    }
    body.replaceChildren();
    shown = 0;
    show(PAGE);
  }

  const heads = made("tr", {}, ...answer.columns.map((column) =>
    made("th", { scope: "col", "aria-sort": "none", "data-column": column, "data-tag": common[column] || undefined }, made("button", { type: "button", class: "sort", onclick: () => sort(column) }, column))));
  const whole = made("table", { class: "rows" }, made("thead", {}, heads), body);
  show(PAGE);
  return made("div", {}, whole, made("p", {}, more));
}

/** The language or datatype that all literals of a column have; it is said once, in the head. */
function shared(rows, column) {
  const tags = new Set(rows.map((row) => row[column]).filter((term) => term && term.type !== "uri").map(tag));
  return tags.size === 1 ? [...tags][0] : "";
}

function cell(term, common) {
  if (!term) return made("td");
  const own = tag(term);
  return made("td", { class: number(term) === null ? undefined : "number", "data-tag": own && own !== common ? own : undefined }, inline(term));
}

/** Put names in place of IRIs once they are known, and a way to the words beside those that reports speak of. */
async function named(rows, words) {
  const links = rows.flatMap((row) => [...row.querySelectorAll("a[data-iri]")]);
  const known = await names(links.map((link) => link.dataset.iri));
  for (const link of links) {
    const one = known.get(link.dataset.iri);
    link.textContent = one?.label || link.textContent;
    if (one?.told) link.after(made("a", { class: "words", href: "/words?iri=" + encodeURIComponent(link.dataset.iri), "aria-label": words.because + ": " + link.textContent }, words.because));
  }
}

export function number(term) {
  return term && typeof term.value === "string" && term.type !== "uri" && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(term.value) ? Number(term.value) : null;
}

function compare(one, other) {
  const [left, right] = [number(one), number(other)];
  if (left !== null && right !== null) return left - right;
  return (one ? plain(one) : "").localeCompare(other ? plain(other) : "", "zh");
}
