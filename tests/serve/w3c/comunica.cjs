// Asks a SPARQL endpoint by Comunica and prints the rows as JSON: node comunica.cjs ADDRESS QUERY
const { createRequire } = require('node:module');
const { QueryEngine } = createRequire(process.env.PACKAGE)('./lib/index.js');

(async () => {
  const [address, query] = process.argv.slice(2);
  const rows = await (await new QueryEngine().queryBindings(query, { sources: [{ type: 'sparql', value: address }] })).toArray();
  console.log(JSON.stringify(rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])))));
})();
