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
let asked = null; // what the answer below was asked with
let shows = 0; // counts views, so that the last one chosen is the one that stays
let running = null; // aborts the run that is under way
let yasqe = null;

const text = () => at("query").value;
const fields = () => [...at("parameters").querySelectorAll("input")];

function write(value) {
  at("query").value = value;
  yasqe?.setValue(value);
  fit();
}

/** A named query, by its name with or without the number before it. */
function called(name) {
  return named.get(name) ?? [...named.values()].find((one) => one.name.replace(/^\d+-/, "") === name.replace(/^\d+-/, ""));
}

/** Parameters are bound in the text that an example came with; once that is changed they no longer apply, which is said. */
function fit() {
  const fits = !chosen || text() === chosen.query;
  for (const field of fields()) field.disabled = !fits;
  at("unfit").hidden = fits || !fields().length;
}

function choose(name) {
  chosen = called(name) ?? null;
  at("examples").value = chosen?.name ?? "";
  at("question").textContent = chosen?.question[words.lang] ?? "";
  at("parameters").replaceChildren(...(chosen?.parameters ?? []).map((one) =>
    made("label", {}, (one.description[words.lang] || one.name) + " ", made("input", { name: one.name, value: one.default ?? "" }))));
  if (chosen) write(chosen.query);
  else fit();
}

/** A named query that was not changed is asked by its name, so that its parameters are bound; any other by its text. */
function target() {
  if (chosen && text() === chosen.query) {
    const given = fields().filter((field) => field.value).map((field) => [field.name, field.value]);
    return { path: "/query/" + encodeURIComponent(chosen.name), given: new URLSearchParams(given), name: chosen.name, text: text() };
  }
  return { path: "/sparql", given: new URLSearchParams([["query", text()]]), text: text() };
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
  const shown = last;
  const mine = (shows += 1);
  const known = views(shown);
  const view = known[name] ? name : Object.keys(known)[0];
  at("views").replaceChildren(...Object.keys(known).map((one) =>
    made("button", { type: "button", "aria-pressed": String(one === view), "data-view": one, onclick: () => { wanted = one; show(one); keep(asked); } }, words["view_" + one])));
  const whole = await known[view](shown, words);
  if (shown !== last || mine !== shows) return;
  at("answer").replaceChildren(whole);
  at("answer").dataset.view = view;
}

/** Run what stands in the field. A run that is under way is given up, so that no other answer comes under this text. */
async function run({ again = false } = {}) {
  const target_ = target();
  const mine = halt();
  const begun = performance.now();
  at("state").textContent = words.running;
  clear();
  at("stop").hidden = false;
  keep(target_, !again);
  let answer;
  try {
    answer = await ask(target_, mine.signal);
  } catch {
    answer = { kind: "error", text: words.away };
  }
  if (running !== mine) return;
  running = null;
  at("stop").hidden = true;
  if (answer.kind === "error") {
    refuse(answer.text);
    return;
  }
  [last, asked] = [answer, target_];
  const count = (answer.rows ?? answer.triples).length;
  at("state").textContent = (count ? words.rows : words.no_rows).replace("{n}", count.toLocaleString()).replace("{s}", ((performance.now() - begun) / 1000).toFixed(2));
  elsewhere(asked, answer.kind);
  at("after").hidden = false;
  await show(wanted || preferred(asked.text));
}

/** Give up the run that is under way; answers what aborts the next one. */
function halt() {
  running?.abort();
  running = new AbortController();
  return running;
}

function stop() {
  running?.abort();
  running = null;
  at("stop").hidden = true;
  at("state").textContent = words.stopped;
}

function clear() {
  last = null;
  at("after").hidden = true;
  at("views").replaceChildren();
  at("answer").replaceChildren();
  delete at("answer").dataset.view;
}

function refuse(what) {
  clear();
  at("state").textContent = "";
  at("answer").replaceChildren(made("pre", { role: "alert" }, what));
}

function address(target_) {
  const kept = new URLSearchParams(target_.name ? [["name", target_.name], ...target_.given] : target_.given);
  if (wanted) kept.set("view", wanted);
  return "#" + kept;
}

/** Everything of this page in its address; with `anew`, so that the way back leads to what was asked before. */
function keep(target_, anew = false) {
  const now = address(target_);
  const [left, right] = [now, location.hash].map((one) => String(new URLSearchParams(one.slice(1))));
  if (anew && location.hash && left !== right) history.pushState(null, "", now);
  else history.replaceState(null, "", now);
  at("permalink").href = location.href;
}

const ACCEPT = { graph: "text/turtle", table: "text/csv", truth: FORMATS.truth.JSON };
const MODULE = { graph: "rdflib", table: "pandas", truth: "json" };
const READ = {
  graph: 'graph = rdflib.Graph().parse(urlopen(request), format="turtle")',
  table: "table = pandas.read_csv(urlopen(request))",
  truth: 'answer = json.load(urlopen(request))["boolean"]',
};

function elsewhere(asked, kind) {
  const where = new URL(asked.path, location.href).href + (asked.name ? query(asked) : "");
  const accept = ACCEPT[kind];
  const quoted = `'${asked.text.replaceAll("'", `'\\''`)}'`;
  at("curl").textContent = `curl -H 'Accept: ${accept}' ${asked.name ? `'${where}'` : `--data-urlencode query=${quoted} '${where}'`}`;
  const body = asked.name ? "" : `, urlencode({"query": ${JSON.stringify(asked.text)}}).encode()`;
  at("python").textContent = [`import ${MODULE[kind]}`, ...(body ? ["from urllib.parse import urlencode"] : []), "from urllib.request import Request, urlopen", "", `request = Request(${JSON.stringify(where)}${body}, headers={"Accept": "${accept}"})`, READ[kind]].join("\n");
  at("downloads").replaceChildren(...Object.entries(FORMATS[kind]).map(([name, type]) => made("button", { type: "button", "data-format": name, onclick: () => save(asked, name, type) }, name)));
}

async function save(asked, name, type) {
  at("unsaved").textContent = "";
  let file;
  try {
    const answer = await request(asked, type);
    if (!answer.ok) throw new Error(await answer.text());
    file = await answer.blob();
  } catch (error) {
    at("unsaved").textContent = words.unsaved + " " + (error instanceof TypeError ? words.away : error.message);
    return;
  }
  const link = made("a", { href: URL.createObjectURL(file), download: `answer.${ENDINGS[name] ?? name.toLowerCase()}` });
  link.click();
  URL.revokeObjectURL(link.href);
}

function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  wanted = given.get("view") ?? "";
  if (given.has("name")) {
    const name = given.get("name");
    choose(name);
    const unknown = [...given.keys()].filter((one) => one !== "name" && one !== "view" && !fields().some((field) => field.name === one));
    if (!chosen || unknown.length) {
      stop();
      refuse(chosen ? words.no_parameter.replace("{name}", unknown.join(", ")) : words.no_query.replace("{name}", name));
      return;
    }
    for (const field of fields()) if (given.has(field.name)) field.value = given.get(field.name);
  } else if (given.has("query")) {
    choose("");
    write(given.get("query"));
  } else return;
  run({ again: true });
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
at("stop").addEventListener("click", stop);
at("query").addEventListener("input", fit);
at("restore").addEventListener("click", () => write(chosen.query));
// The page in the other language shows the same query, also one that was not yet run.
const other = document.querySelector("nav a[hreflang]");
other.addEventListener("click", () => {
  if (location.hash || text() !== at("query").defaultValue) other.hash = address(target());
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
const plainly = new URLSearchParams(location.search);
if (!location.hash && plainly.has("query") && [...plainly.keys()].every((name) => name === "query" || name === "lang")) {
  history.replaceState(null, "", location.pathname); // the address of the form without scripts; the text stands in the field
  run({ again: true });
} else fromAddress();
yasqe = await editor(at("query"), words, words.prefixes, () => run());
yasqe?.on("change", fit);
