// Questions put to the server, and answers read: rows of a table, triples of a graph, or what is wrong.
const TABLE = "application/sparql-results+json";

// The formats of each kind of answer; those of SPARQL 1.1 for ASK are JSON and XML alone.
export const FORMATS = {
  truth: { JSON: TABLE, XML: "application/sparql-results+xml" },
  table: { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: TABLE, XML: "application/sparql-results+xml" },
  graph: { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json", "RDF/XML": "application/rdf+xml" },
};

/** The request for a target: a named query by its address, any other by its text, which may be long. */
export function request(target, accept, signal) {
  const headers = { Accept: accept, "Accept-Language": document.documentElement.lang };
  if (target.path !== "/sparql") return fetch(target.path + query(target), { headers, signal });
  return fetch("/sparql", { method: "POST", headers, body: target.given, signal });
}

export function query(target) {
  return String(target.given) ? "?" + target.given : "";
}

/** Ask; answers {kind: "table" or "truth", columns, rows}, {kind: "graph", triples} or {kind: "error", text}; throws where no answer comes. */
export async function ask(target, signal) {
  const answer = await request(target, `${TABLE}, application/n-triples;q=0.9`, signal);
  const body = await answer.text();
  if (!answer.ok) return { kind: "error", text: body };
  if (!answer.headers.get("content-type").startsWith(TABLE)) return { kind: "graph", triples: triples(body) };
  const data = JSON.parse(body);
  if (data.results) return { kind: "table", columns: data.head.vars, rows: data.results.bindings };
  return { kind: "truth", columns: ["answer"], rows: [{ answer: { type: "literal", value: String(data.boolean) } }] };
}

const TOKEN = /<<\(?|\)?>>|<([^>]*)>|(_:[^\s)>]+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/gu;

/** The triples of N-Triples, also of those whose terms are triples. */
export function triples(text) {
  return text.split("\n").flatMap((line) => {
    const open = [[]];
    for (const found of line.matchAll(TOKEN)) {
      if (found[0].startsWith("<<")) open.push([]);
      else if (found[0].endsWith(">>") && found[1] === undefined && found[3] === undefined) {
        const [subject, predicate, object] = open.pop();
        open.at(-1)?.push({ type: "triple", value: { subject, predicate, object } });
      } else open.at(-1)?.push(term(found));
    }
    return open.length === 1 && open[0].length === 3 ? open : [];
  });
}

function term([, iri, blank, literal, lang, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank) return { type: "bnode", value: blank };
  return { type: "literal", value: unescaped(literal), "xml:lang": lang, datatype };
}

const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text) {
  return text.replace(/\\(?:u(.{4})|U(.{8})|(.))/gs, (_, four, eight, one) => (one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(four || eight, 16))));
}
