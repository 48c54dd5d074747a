"""Reads back from a store what it says of one report."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.errors import StoreError
from kg.evaluate.actual import CLASSES, RELATIONS, Actual, Fault, Figure, Quote, Thing, Triple
from kg.evaluate.fold import fold
from kg.evaluate.gold import Gold
from kg.query import Bound, select
from kg.store import Store
from kg.terms import expand

Properties = Mapping[str, list[Bound]]
Described = Mapping[str, Properties]

_SYMBOLS = ("skos:prefLabel", "pol:symbol", "qudt:symbol", "skos:notation", "rdfs:label", "skos:altLabel")
_AROUND = " ".join((*_SYMBOLS, "pol:documentNumber", "pol:issuedBy"))


def read_actual(store: Store, gold: Gold) -> Actual:
    """Find gold's report, by issuer and year, else by title, and read what the store says of it.

    Raises ``StoreError`` where the store has no such report.
    """
    report = _find(store, gold)
    own = _described(store, f"GRAPH <{report}> {{ ?s ?p ?o }}")
    around = _described(
        store,
        f"{{ SELECT DISTINCT ?s WHERE {{ {{ GRAPH <{report}> {{ ?x ?q ?s }} }} "
        f"UNION {{ GRAPH <{report}> {{ ?s ?q ?x }} }} "
        f"UNION {{ GRAPH <{report}> {{ ?x a ?c }} ?x pol:issuedBy ?s }} FILTER(isIRI(?s)) }} }} "
        f"VALUES ?p {{ {_AROUND} }} ?s ?p ?o",
    )
    rules = _rules(store, report)
    properties = frozenset(RELATIONS.values())
    reference = 'GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?g), "/graph/%s"))'
    return Actual(
        report=_thing(report, around),
        year=_year(_terms(own.get(report, {}), "pol:reportYear")),
        things={
            category: tuple(_thing(iri, around) for iri in _instances(own, cls))
            for category, cls in CLASSES.items()
        },
        figures=tuple(_figures(own, around, rules)),
        stated=frozenset(
            (subject, predicate, value)
            for subject, described in own.items()
            for predicate in described.keys() & properties
            for value in _iris(described[predicate])
        ),
        known=_relations(store, report, "?s ?p ?o"),
        reference=_relations(store, report, reference % "ontology")
        | _relations(store, report, reference % "regions"),
        faults=tuple(_faults(store, report)),
        quotes=tuple(_quotes(store, report)),
    )


def _find(store: Store, gold: Gold) -> str:
    rows = select(
        store,
        "SELECT DISTINCT ?report ?title ?issuer ?year WHERE { ?report a pol:Report "
        "OPTIONAL { ?report skos:prefLabel ?title } OPTIONAL { ?report pol:issuedBy/skos:prefLabel ?issuer } "
        "OPTIONAL { ?report pol:reportYear ?year } } ORDER BY ?report ?title ?issuer",
    )
    issuers = {fold(name) for name in gold.issuers}
    for row in rows:
        if fold(_text(row.get("issuer"))) in issuers and _year([row.get("year")]) == gold.year:
            return row["report"].value
    for row in rows:
        if fold(_text(row.get("title"))) == fold(gold.title):
            return row["report"].value
    raise StoreError(
        "the store has no report of this issuer and year, nor of this title",
        where=gold.name,
        hint=f"build it from the report: {gold.title}",
    )


def _described(store: Store, pattern: str) -> Described:
    found: dict[str, dict[str, list[Bound]]] = {}
    for row in select(store, f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?s ?p ?o"):
        found.setdefault(row["s"].value, {}).setdefault(row["p"].value, []).append(row["o"])
    return found


def _terms(properties: Properties, name: str) -> list[Bound]:
    return properties.get(expand(name), [])


def _instances(own: Described, cls: str) -> list[str]:
    full = expand(f"pol:{cls}")
    return [iri for iri, properties in own.items() if full in _iris(_terms(properties, "rdf:type"))]


def _iris(terms: Iterable[object]) -> list[str]:
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]


def _text(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _texts(described: Described, iris: Iterable[str], *names: str) -> tuple[str, ...]:
    """Literal values in the order of entities and properties, Chinese before English, each once."""
    values: dict[str, None] = {}
    for iri in iris:
        for name in names:
            literals = [term for term in _terms(described.get(iri, {}), name) if isinstance(term, ox.Literal)]
            for literal in sorted(literals, key=lambda literal: (literal.language == "en", literal.value)):
                values[literal.value] = None
    return tuple(values)


def _thing(iri: str, around: Described) -> Thing:
    label, *others = _texts(around, [iri], "skos:prefLabel", "rdfs:label", "skos:altLabel") or ("",)
    issuers = _iris(_terms(around.get(iri, {}), "pol:issuedBy"))
    return Thing(
        iri,
        label,
        tuple(others),
        numbers=_texts(around, [iri], "pol:documentNumber"),
        issuers=_texts(around, issuers, "skos:prefLabel"),
    )


def _year(terms: Iterable[object]) -> int | None:
    digits = (_text(term)[:4] for term in terms)
    return next((int(text) for text in digits if text.isdigit()), None)


def _decimal(terms: Iterable[object]) -> Decimal | None:
    for term in terms:
        try:
            return Decimal(_text(term))
        except InvalidOperation:
            continue
    return None


def _local(terms: Iterable[object]) -> str:
    return next((_text(term).rpartition("#")[2] for term in terms), "")


def _figures(own: Described, around: Described, rules: Mapping[str, list[str]]) -> Iterator[Figure]:
    for iri in _instances(own, "Observation"):
        properties = own[iri]
        value = _decimal(_terms(properties, "sdmx-measure:obsValue"))
        if value is None:
            continue
        indicators = _iris(_terms(properties, "pol:indicator"))
        codes = _texts(around, indicators, "skos:notation")
        applicants = _texts(around, _iris(_terms(properties, "pol:applicant")), "skos:notation")
        units = _iris(_terms(properties, "pol:unit"))
        yield Figure(
            iri=iri,
            indicators=_texts(around, indicators, "skos:prefLabel", "rdfs:label", "skos:altLabel"),
            codes=codes,
            applicants=applicants,
            measure=_local(_terms(properties, "pol:measure")),
            value=value,
            units=_texts(around, units, *_SYMBOLS),
            year=_year(_terms(properties, "sdmx-dimension:refPeriod")),
            bound=_local(_terms(properties, "pol:bound")) or "Exact",
            whole=_texts(around, _iris(_terms(properties, "pol:shareOf")), "skos:prefLabel", "rdfs:label"),
            compared_with=_year(_terms(properties, "pol:comparedWith")),
            cell=_is_cell(rules.get(iri, []), codes, applicants),
        )


def _is_cell(rules: list[str], codes: tuple[str, ...], applicants: tuple[str, ...]) -> bool:
    """A figure is a table's cell if only rules for tables made it; without rules, if it is coded like one."""
    if rules:
        return all(rule.rpartition("/")[2].startswith("table") for rule in rules)
    return bool(applicants) or any(code.startswith(("s2.", "s4.")) for code in codes)


def _rules(store: Store, report: str) -> dict[str, list[str]]:
    rows = select(
        store,
        f"SELECT DISTINCT ?s ?rule WHERE {{ GRAPH <{report}/evidence> {{ "
        "?statement rdf:subject ?s ; rdf:predicate sdmx-measure:obsValue ; pol:rule ?rule } } "
        "ORDER BY ?s ?rule",
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["s"].value, []).append(row["rule"].value.casefold())
    return found


def _relations(store: Store, report: str, pattern: str) -> frozenset[Triple]:
    properties = " ".join(f"<{iri}>" for iri in RELATIONS.values())
    rows = select(
        store,
        "SELECT DISTINCT ?s ?p ?o WHERE { "
        f"{{ SELECT DISTINCT ?s WHERE {{ GRAPH <{report}> {{ ?s a ?c }} }} }} "
        f"VALUES ?p {{ {properties} }} {pattern} }}",
    )
    return frozenset((row["s"].value, row["p"].value, row["o"].value) for row in rows)


def _faults(store: Store, report: str) -> Iterator[Fault]:
    rows = select(
        store,
        "SELECT ?f ?code ?stated ?recomputed (MIN(?m) AS ?message) WHERE { "
        f"GRAPH <{report}/checks> {{ ?f pol:code ?code OPTIONAL {{ ?f pol:stated ?stated }} "
        "OPTIONAL { ?f pol:recomputed ?recomputed } OPTIONAL { ?f pol:message ?m } } } "
        "GROUP BY ?f ?code ?stated ?recomputed ORDER BY ?f",
    )
    for row in rows:
        yield Fault(
            code=row["code"].value,
            stated=_decimal([row.get("stated")]),
            recomputed=_decimal([row.get("recomputed")]),
            message=_text(row.get("message")),
        )


def _quotes(store: Store, report: str) -> Iterator[Quote]:
    inside = f"VALUES ?g {{ <{report}/evidence> <{report}/checks> }} GRAPH ?g {{ ?e oa:hasSource ?source"
    texts = {
        row["source"].value: row["text"].value
        for row in select(
            store, f"SELECT DISTINCT ?source ?text WHERE {{ {inside} }} ?source nif:isString ?text }}"
        )
    }
    rows = select(
        store,
        f"SELECT DISTINCT ?e ?source ?start ?end ?exact WHERE {{ {inside} ; "
        "oa:hasSelector ?position , ?quote . "
        "?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact } } "
        "ORDER BY ?e ?start",
    )
    for row in rows:
        text = texts.get(row["source"].value)
        start, end, exact = int(row["start"].value), int(row["end"].value), row["exact"].value
        holds = text is not None and 0 <= start <= end <= len(text) and text[start:end] == exact
        yield Quote(row["e"].value, exact, holds)
