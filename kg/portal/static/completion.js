// What may stand where the cursor is: classes and properties of the data, those of the subject's class first.
const TOKEN = /#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|[?$][\p{L}\p{N}_]+|[\p{L}\p{N}_-]*:[\p{L}\p{N}_.%-]*[\p{L}\p{N}_%-]|[\p{L}\p{N}_-]+:?|[{}().;,[\]]|[^\s]/gu;
const TYPE = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
const NO_TRIPLE = /^(select|construct|ask|describe|distinct|reduced|from|named|order|group|by|having|limit|offset|prefix|base|filter|bind|values|as|asc|desc|service|graph)$/i;

/** The tokens of a query, without comments. */
export function tokens(text) {
  return [...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => !token.startsWith("#"));
}

/** The triples that begin in a text, as far as they go: [subject, property, object], the last ones may be missing. */
export function statements(text) {
  let found = [];
  let now = [];
  let depth = 0;
  for (const token of tokens(text)) {
    if (token === "(") depth += 1;
    if (token === ")") depth = Math.max(0, depth - 1);
    if (depth || token === ")") continue;
    if (/^[.{}[\]]$/.test(token)) [found, now] = [end(found, now), []];
    else if (token === ";") [found, now] = [end(found, now), now.slice(0, 1)];
    else if (token === ",") [found, now] = [end(found, now), now.slice(0, 2)];
    else if (NO_TRIPLE.test(token)) now = [token];
    else if (/^(optional|union|minus|where|exists|not)$/i.test(token)) now = [];
    else if (/^[/|^+*!]$/.test(token) || (now.length && /[/|^!]$/.test(now.at(-1)))) now[now.length - 1] += token;
    else now.push(token);
  }
  return { found, open: now };
}

function end(found, now) {
  return now.length ? [...found, now] : found;
}

/** Where the cursor is: the word before it, whether a class or a property may stand there, and the classes of the subject. */
export function position(text, cursor) {
  const before = text.slice(0, cursor);
  const word = /[\p{L}\p{N}:_-]*$/u.exec(before)[0];
  if (/[?$<"'@^]$/.test(before.slice(0, before.length - word.length))) return null;
  const { open } = statements(before.slice(0, before.length - word.length));
  if (!/[{]/.test(before) || !open.length || NO_TRIPLE.test(open[0])) return null;
  const role = open.length === 1 || /[/|^!]$/.test(open.at(-1)) ? "property" : open.length === 2 && TYPE.has(open[1]) ? "class" : "";
  if (!role) return null;
  const classes = statements(text).found.filter(([subject, property]) => subject === open[0] && TYPE.has(property)).map(([, , object]) => object);
  return { word, role, classes: role === "property" ? classes : [] };
}

/** The terms of a vocabulary that fit, the best first: by prefixed name, local name or a label in either language. */
export function suggestions(vocabulary, where) {
  const all = where.role === "class" ? vocabulary.classes : vocabulary.properties;
  const own = where.classes.length ? all.filter((term) => where.classes.some((one) => term.classes.includes(one))) : all;
  const word = where.word.toLowerCase();
  const rank = (term) => {
    const local = term.name.slice(term.name.indexOf(":") + 1).toLowerCase();
    if (term.name.toLowerCase().startsWith(word)) return 0;
    if (local.startsWith(word) || term.zh.startsWith(word) || term.en.toLowerCase().startsWith(word)) return 1;
    return local.includes(word) || term.zh.includes(word) || term.en.toLowerCase().includes(word) ? 2 : 9;
  };
  return (own.length ? own : all)
    .map((term) => [rank(term), term])
    .filter(([place]) => place < 9)
    .sort(([left, one], [right, other]) => left - right || other.count - one.count || (one.name < other.name ? -1 : 1))
    .map(([, term]) => term);
}

/** The vocabulary as a query can write it: by the prefixes that it declares itself, which may be others for the same names. */
export function written(vocabulary, text, prefixes) {
  const parts = tokens(text);
  const own = new Map(parts.flatMap((part, at) => (/^prefix$/i.test(part) && parts[at + 2] ? [[parts[at + 1].slice(0, -1), parts[at + 2].slice(1, -1)]] : [])));
  if (!own.size) return vocabulary;
  const other = new Map([...own].map(([name, iri]) => [iri, name]));
  const name = (known) => {
    const [prefix, local] = [known.slice(0, known.indexOf(":")), known.slice(known.indexOf(":") + 1)];
    const iri = prefixes[prefix];
    if (iri === undefined) return known;
    if (other.has(iri)) return `${other.get(iri)}:${local}`;
    return own.has(prefix) ? `<${iri}${local}>` : known; // the prefix means something else here
  };
  const all = (terms) => terms.map((term) => ({ ...term, name: name(term.name), ...(term.classes && { classes: term.classes.map(name) }) }));
  return { classes: all(vocabulary.classes), properties: all(vocabulary.properties) };
}

/** The prefixes a query uses and does not declare, as lines to put before it. */
export function declarations(text, prefixes) {
  const used = new Set(tokens(text).flatMap((token) => /^([\p{L}\p{N}_-]+):/u.exec(token)?.[1] ?? []));
  const declared = new Set([...text.matchAll(/prefix\s+([\p{L}\p{N}_-]*):/giu)].map(([, name]) => name));
  return [...used].filter((name) => prefixes[name] && !declared.has(name)).sort().map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
}
