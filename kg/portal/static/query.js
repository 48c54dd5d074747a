// The query page: examples with their parameters, the answer in several views, the same query for other tools.
import { FORMATS, ask, query, request } from "./answer.js";
import { chart, columns } from "./chart.js";
import { declarations } from "./completion.js";
import { held, made } from "./dom.js";
import { drawing, edges } from "./drawing.js";
import { editor } from "./editor.js";
import { table } from "./table.js";
import { timeline } from "./timeline.js";

const at = (id) => document.getElementById(id);
const words = held("words");
const named = new Map(held("named").map((one) => [one.name, one]));
const WIKIDATA = { barchart: "bar", linechart: "line", graph: "network", timeline: "timeline", table: "table" };
const ENDINGS = { "N-Triples": "nt", Turtle: "ttl", "JSON-LD": "jsonld", "RDF/XML": "rdf" };
let chosen = null;
let wanted = ""; // the view that the reader asked for
let last = null;
let yasqe = null;

const text = () => at("query").value;
const fields = () => [...at("parameters").querySelectorAll("input")];

function write(value) {
  at("query").value = value;
  yasqe?.setValue(value);
}

function choose(name) {
  chosen = named.get(name) ?? null;
  at("examples").value = chosen?.name ?? "";
  at("question").textContent = chosen?.question[words.lang] ?? "";
  at("parameters").replaceChildren(...(chosen?.parameters ?? []).map((one) =>
    made("label", {}, (one.description[words.lang] || one.name) + " ", made("input", { name: one.name, value: one.default ?? "" }))));
  if (chosen) write(chosen.query);
}

/** A named query that was not changed is asked by its name, so that its parameters are bound; any other by its text. */
function target() {
  if (chosen && text() === chosen.query) {
    const given = fields().filter((field) => field.value).map((field) => [field.name, field.value]);
    return { path: "/query/" + encodeURIComponent(chosen.name), given: new URLSearchParams(given), name: chosen.name };
  }
  return { path: "/sparql", given: new URLSearchParams([["query", text()]]) };
}

/** The view a query's head asks for, in our words or in those of Wikidata. */
function preferred(source) {
  const name = /^#\+?\s*defaultView:\s*(\w+)/im.exec(source)?.[1].toLowerCase() ?? "";
  return WIKIDATA[name] ?? name;
}

function views(answer) {
  if (answer.kind === "graph") return { ...(edges(answer).length && { network: drawing }), triples: (one) => table(asRows(one), words) };
  const { years, numbers } = columns(answer);
  return {
    table: (one) => table(one, words),
    ...(numbers.length && { bar: (one) => chart(one, "bar", words) }),
    ...(numbers.length && years.length && { line: (one) => chart(one, "line", words) }),
    ...(edges(answer).length && { network: drawing }),
    ...(years.length && { timeline }),
  };
}

function asRows(answer) {
  const names = ["subject", "property", "object"];
  return { kind: "table", columns: names, rows: answer.triples.map((terms) => Object.fromEntries(terms.map((term, place) => [names[place], term]))) };
}

async function show(name) {
  const known = views(last);
  const view = known[name] ? name : Object.keys(known)[0];
  at("views").replaceChildren(...Object.keys(known).map((one) =>
    made("button", { type: "button", "aria-pressed": String(one === view), "data-view": one, onclick: () => { wanted = one; show(one); keep(); } }, words["view_" + one])));
  at("answer").replaceChildren(await known[view](last, words));
  at("answer").dataset.view = view;
}

async function run() {
  const asked = target();
  const begun = performance.now();
  at("state").textContent = words.running;
  const answer = await ask(asked);
  const failed = answer.kind === "error";
  at("after").hidden = failed;
  at("views").replaceChildren();
  if (failed) {
    at("state").textContent = "";
    at("answer").replaceChildren(made("pre", { role: "alert" }, answer.text));
    return;
  }
  last = answer;
  const count = (answer.rows ?? answer.triples).length;
  at("state").textContent = (count ? words.rows : words.no_rows).replace("{n}", count.toLocaleString()).replace("{s}", ((performance.now() - begun) / 1000).toFixed(2));
  await show(wanted || preferred(text()));
  elsewhere(asked, answer.kind);
  keep();
}

/** Everything of this page in its address. */
function keep() {
  const asked = target();
  const kept = new URLSearchParams(asked.name ? [["name", asked.name], ...asked.given] : asked.given);
  if (wanted) kept.set("view", wanted);
  history.replaceState(null, "", "#" + kept);
  at("permalink").href = location.href;
}

function elsewhere(asked, kind) {
  const where = new URL(asked.path, location.href).href + (asked.name ? query(asked) : "");
  const accept = kind === "graph" ? "text/turtle" : "text/csv";
  const quoted = `'${text().replaceAll("'", `'\\''`)}'`;
  at("curl").textContent = `curl -H 'Accept: ${accept}' ${asked.name ? `'${where}'` : `--data-urlencode query=${quoted} '${where}'`}`;
  const body = asked.name ? "" : `, urlencode({"query": ${JSON.stringify(text())}}).encode()`;
  const read = kind === "graph" ? 'graph = rdflib.Graph().parse(urlopen(request), format="turtle")' : "table = pandas.read_csv(urlopen(request))";
  at("python").textContent = [`import ${kind === "graph" ? "rdflib" : "pandas"}`, ...(body ? ["from urllib.parse import urlencode"] : []), "from urllib.request import Request, urlopen", "", `request = Request(${JSON.stringify(where)}${body}, headers={"Accept": "${accept}"})`, read].join("\n");
  at("downloads").replaceChildren(...Object.entries(FORMATS[kind]).map(([name, type]) => made("button", { type: "button", "data-format": name, onclick: () => save(asked, name, type) }, name)));
}

async function save(asked, name, type) {
  const file = await (await request(asked, type)).blob();
  const link = made("a", { href: URL.createObjectURL(file), download: `answer.${ENDINGS[name] ?? name.toLowerCase()}` });
  link.click();
  URL.revokeObjectURL(link.href);
}

function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  wanted = given.get("view") ?? "";
  if (given.has("name")) {
    choose(given.get("name"));
    for (const field of fields()) if (given.has(field.name)) field.value = given.get(field.name);
  } else if (given.has("query")) {
    choose("");
    write(given.get("query"));
  } else return;
  run();
}

for (const one of document.querySelectorAll("button[data-copy]")) {
  one.addEventListener("click", async () => {
    await navigator.clipboard.writeText(at(one.dataset.copy).textContent);
    at("state").textContent = words.copied;
  });
}
at("declare").addEventListener("click", () => write(declarations(text(), words.prefixes) + text()));
at("examples").addEventListener("change", () => {
  wanted = "";
  choose(at("examples").value);
  if (chosen) run();
});
at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
at("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
addEventListener("hashchange", fromAddress);
for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
fromAddress();
yasqe = await editor(at("query"), words, words.prefixes, run);
