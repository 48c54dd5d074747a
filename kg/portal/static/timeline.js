// An answer as a timeline: what each year or day has, in order.
import { inline, made, names } from "./dom.js";
import { columns } from "./chart.js";

export function timeline(answer) {
  const { years } = columns(answer);
  const others = answer.columns.filter((name) => name !== years[0]);
  const groups = Map.groupBy(answer.rows.filter((row) => row[years[0]]), (row) => row[years[0]].value);
  const items = [...groups.keys()].sort().map((when) =>
    made("li", {}, made("h2", {}, when), made("ul", {}, ...groups.get(when).map((row) => made("li", {}, ...parts(row, others))))));
  const whole = made("ol", { class: "timeline" }, ...items);
  const links = [...whole.querySelectorAll("a")];
  names(links.map((link) => link.title)).then((known) => links.forEach((link) => (link.textContent = known.get(link.title)?.label || link.textContent)));
  return whole;
}

function parts(row, others) {
  return others.flatMap((name, at) => {
    const term = row[name];
    if (!term) return [];
    return [at ? " · " : "", inline(term)];
  });
}
