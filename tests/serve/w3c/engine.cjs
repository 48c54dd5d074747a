// Lets rdf-test-suite put its questions to a SPARQL endpoint over HTTP.
//
// SPARQL_ENDPOINT is the address of queries and updates, UPDATE_ENDPOINT that of updates where it is another one. DEFAULT_GRAPH is the
// graph that stands for the default graph of a test where the endpoint's own is something else, such as the union of all.
const { createRequire } = require('node:module');
const from = createRequire(process.env.RUNNER);
const { TestCaseQueryEvaluationHandler } = from('./lib/testcase/sparql/TestCaseQueryEvaluation');
const { termToString } = from('rdf-string-ttl');
const { DataFactory } = from('rdf-data-factory');
const { Readable } = require('node:stream');

const factory = new DataFactory();
const endpoint = process.env.SPARQL_ENDPOINT;
const writing = process.env.UPDATE_ENDPOINT || endpoint;
const unnamed = process.env.DEFAULT_GRAPH || '';
const JSON_RESULTS = 'application/sparql-results+json';

class Refused extends Error {
  constructor(status, text) {
    super(`${status}: ${text}`);
    this.syntax = status === 400 && /line \d+, column \d+|not valid|rror at/u.test(text);
  }
}

async function send(address, text, kind, graphs, accept) {
  const url = new URL(address);
  for (const [name, value] of graphs) url.searchParams.append(name, value);
  const headers = { 'content-type': `application/sparql-${kind}`, ...(accept ? { accept } : {}) };
  const response = await fetch(url, { method: 'POST', headers, body: text });
  const body = await response.text();
  if (!response.ok) throw new Refused(response.status, body);
  return { body, kind: response.headers.get('content-type') || '' };
}

function placed(quads) {
  const graphs = new Map();
  for (const quad of quads) {
    const name = quad.graph.termType === 'DefaultGraph' ? unnamed : quad.graph.value;
    const triple = [quad.subject, quad.predicate, quad.object].map((term) => termToString(term)).join(' ');
    graphs.set(name, [...(graphs.get(name) || []), `${triple} .`]);
  }
  return graphs;
}

async function load(quads) {
  const blocks = [...placed(quads)].map(([name, lines]) => {
    const block = lines.join('\n');
    return name ? `GRAPH <${name}> { ${block} }` : block;
  });
  await send(writing, `DROP SILENT ALL ; INSERT DATA { ${blocks.join('\n')} }`, 'update', []);
}

// The graphs of a query are those of the test, unless it names them itself.
function dataset(quads, text, [first, others]) {
  if (!unnamed || /\b(FROM|USING|WITH)\b/iu.test(text)) return [];
  const named = [...placed(quads).keys()].filter((name) => name !== unnamed);
  return [[first, unnamed], ...named.map((name) => [others, name])];
}

const based = (text, options) => (options && options.baseIRI ? `BASE <${options.baseIRI}>\n${text}` : text);

module.exports = {
  async parse(text, options) {
    try {
      await send(endpoint, based(text, options), 'query', []);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.syntax) return;
      try {
        await send(writing, based(text, options), 'update', []);
      } catch (other) {
        if (!(other instanceof Refused) || other.syntax) throw other;
      }
    }
  },
  async query(quads, text, options) {
    await load(quads);
    const graphs = dataset(quads, text, ['default-graph-uri', 'named-graph-uri']);
    const accept = `${JSON_RESULTS}, application/n-triples;q=0.9`;
    const { body, kind } = await send(endpoint, based(text, options), 'query', graphs, accept);
    const media = kind.split(';')[0];
    return TestCaseQueryEvaluationHandler.parseQueryResult(media, endpoint, Readable.from([body]), options && options.checkOrder);
  },
  async queryResultFormat(quads, text, media, options) {
    await load(quads);
    const graphs = dataset(quads, text, ['default-graph-uri', 'named-graph-uri']);
    const { body } = await send(endpoint, based(text, options), 'query', graphs, media);
    return Readable.from([body]);
  },
  async update(quads, text, options) {
    await load(quads);
    const several = placed(quads).size > 1;
    const graphs = several ? dataset(quads, text, ['using-graph-uri', 'using-named-graph-uri']) : [];
    await send(writing, based(text, options), 'update', graphs);
    const all = 'SELECT * { { GRAPH ?g { ?s ?p ?o } }' + (unnamed ? ' }' : ' UNION { ?s ?p ?o } }');
    const { body } = await send(endpoint, all, 'query', [], JSON_RESULTS);
    const term = (given) => {
      if (!given) return factory.defaultGraph();
      if (given.type === 'uri') return given.value === unnamed ? factory.defaultGraph() : factory.namedNode(given.value);
      if (given.type === 'bnode') return factory.blankNode(given.value);
      return factory.literal(given.value, given['xml:lang'] || factory.namedNode(given.datatype || 'http://www.w3.org/2001/XMLSchema#string'));
    };
    return JSON.parse(body).results.bindings.map((row) => factory.quad(term(row.s), term(row.p), term(row.o), term(row.g)));
  },
};
