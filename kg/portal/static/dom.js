// What the scripts of the pages share: elements made from text alone, and where a thing's page is.
const BASE = "https://w3id.org/policy-kg/id/";
const SVG = "http://www.w3.org/2000/svg";

/** An element; children are elements or text, never markup. */
export function made(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** The address of a thing's page. */
export function address(iri) {
  return iri.startsWith(BASE) ? "/id/" + encodeURI(iri.slice(BASE.length)).replace(/[?#]/g, encodeURIComponent) : "/thing?iri=" + encodeURIComponent(iri);
}

/** A short form of an IRI for the eye. */
export function short(iri) {
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : iri.replace(/^.*[#/](?=[^#/]+$)/, "");
}

/** What a script tag with JSON holds. */
export function held(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Names of things: a map from IRI to {label, kind, color}, for at most some hundreds. */
export async function names(iris) {
  const asked = [...new Set(iris)].slice(0, 600);
  if (!asked.length) return new Map();
  try {
    const answer = await fetch("/labels", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) });
    return new Map(answer.ok ? Object.entries(await answer.json()) : []);
  } catch {
    return new Map(); // without names, things are shown by their addresses
  }
}

/** A term as plain text: a thing by the short form of its IRI, a triple in angle brackets. */
export function plain(term) {
  if (term.type === "triple") return `⟨${parts(term).map(plain).join(" ")}⟩`;
  if (term.type === "uri") return short(term.value);
  return term.type === "bnode" ? "_:" + term.value.replace(/^_:/, "") : term.value;
}

/** What stands in a cell for a term: text, and links to things. */
export function inline(term) {
  if (term.type === "triple") return made("span", { class: "triple" }, "⟨", ...parts(term).flatMap((one, at) => [at ? " " : "", inline(one)]), "⟩");
  if (term.type !== "uri") return plain(term);
  return made("a", { href: address(term.value), title: term.value, "data-iri": term.value }, short(term.value));
}

function parts(term) {
  return [term.value.subject, term.value.predicate, term.value.object];
}

/** The language of a literal, or its datatype unless that is a plain string; "" for any other term. */
export function tag(term) {
  if (!term || term.type === "uri" || term.type === "bnode" || term.type === "triple") return "";
  if (term["xml:lang"]) return "@" + term["xml:lang"];
  return term.datatype && !term.datatype.endsWith("XMLSchema#string") ? short(term.datatype) : "";
}
