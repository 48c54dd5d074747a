"""An entity explained: each fact about it, grouped by property, with the words it rests on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import Bound, entity_named, plain, select
from kg.store import Store
from kg.terms import BASE, expand, own_filter, shorten

Row = dict[str, Bound]

_LAST = (expand("rdf:type"), expand("pol:reportedIn"))  # true, and the least telling


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words a fact rests on, in their context, and where they stand."""

    exact: str
    prefix: str
    suffix: str
    section: str
    page: int | None
    start: int
    report: str

    def __str__(self) -> str:
        return " ".join(f"{self.prefix}«{self.exact}»{self.suffix}".split())


@dataclass(frozen=True, slots=True)
class Explained:
    """One fact: the other end, the rules that made it, the words it rests on."""

    value: str
    zh: str
    en: str
    rules: tuple[str, ...]
    quotations: tuple[Quotation, ...]

    def label(self, lang: str) -> str:
        """What the other end is called."""
        return (self.en if lang == "en" else self.zh) or self.zh or self.en


@dataclass(frozen=True, slots=True)
class Group:
    """The facts with one property; ``incoming`` where the entity is the object."""

    property: str
    zh: str
    en: str
    incoming: bool
    facts: tuple[Explained, ...]

    def label(self, lang: str) -> str:
        """What the property is called, or its short IRI."""
        return (self.en if lang == "en" else self.zh) or self.zh or self.en or shorten(self.property)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a store knows of one entity, and why."""

    iri: str
    label: str
    classes: tuple[tuple[str, str, str], ...]  # IRI, zh, en; the most specific only
    forms: tuple[str, ...]
    groups: tuple[Group, ...]
    reports: tuple[tuple[str, str], ...]  # IRI, title

    @property
    def titles(self) -> dict[str, str]:
        """The title of each report that is quoted, by its IRI."""
        return dict(self.reports)

    def text(self, lang: str = "zh") -> str:
        """The explanation for people.

        >>> fact = Explained("http://x/b", "乙", "", ("rule:a",), ())
        >>> group = Group("http://x/p", "发布", "issues", False, (fact,))
        >>> print(Explanation("http://x/a", "甲", (), (), (group,), ()).text("zh"), end="")
        甲  http://x/a
        <BLANKLINE>
        发布
          → 乙  [rule:a]
        """
        names = [(en or zh) if lang == "en" else (zh or en) for _, zh, en in self.classes]
        lines = ["  ".join([self.label or self.iri, *names, self.iri.removeprefix(BASE)])]
        if self.forms:
            lines.append("= " + " | ".join(self.forms))
        titles = self.titles
        for group in self.groups:
            lines += ["", group.label(lang)]
            arrow = "←" if group.incoming else "→"
            for fact in group.facts:
                lines.append(f"  {arrow} {fact.label(lang)}  [{', '.join(map(shorten, fact.rules))}]")
                for quotation in fact.quotations:
                    place = [quotation.section, f"p. {quotation.page}" if quotation.page else ""]
                    place.append(titles.get(quotation.report) or quotation.report.removeprefix(BASE))
                    lines.append(f"      {quotation}")
                    lines.append(f"      — {' · '.join(part for part in place if part)}")
        return "\n".join(lines) + "\n"

    def json(self) -> str:
        """The explanation for programs."""
        content = {
            "iri": self.iri,
            "label": self.label,
            "classes": [iri for iri, _, _ in self.classes],
            "forms": list(self.forms),
            "reports": [{"iri": iri, "title": title} for iri, title in self.reports],
            "facts": [
                {
                    "property": group.property,
                    "label": {"zh": group.zh, "en": group.en},
                    "incoming": group.incoming,
                    "value": fact.value,
                    "valueLabel": {"zh": fact.zh, "en": fact.en},
                    "rules": list(fact.rules),
                    "evidence": [
                        {
                            "exact": quotation.exact,
                            "prefix": quotation.prefix,
                            "suffix": quotation.suffix,
                            "section": quotation.section,
                            "page": quotation.page,
                            "start": quotation.start,
                            "report": quotation.report,
                        }
                        for quotation in fact.quotations
                    ],
                }
                for group in self.groups
                for fact in group.facts
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def explain(store: Store, entity: str, *, incoming: bool = True) -> Explanation:
    """Explain the one entity a name means: its name, another form of it, its IRI, or a part of its name.

    Without ``incoming``, only the facts that say something of the entity itself.

    Raises ``QueryError`` where the name means nothing, or more than one thing: then the error lists them.
    """
    iri = entity_named(store, entity)
    if any(character in iri for character in '<>"{}|^`\\ '):
        raise QueryError(f"“{iri}” is no IRI")
    both = [*_groups(store, iri, incoming=False), *(_groups(store, iri, incoming=True) if incoming else ())]
    groups = tuple(sorted(both, key=lambda group: group.property in _LAST))
    seen = {quotation.report for group in groups for fact in group.facts for quotation in fact.quotations}
    titles = {report: _labels(store, report)[0] for report in sorted(seen)}
    label, forms = _labels(store, iri)
    return Explanation(iri, label, _classes(store, iri), forms, groups, tuple(titles.items()))


def _labels(store: Store, iri: str) -> tuple[str, tuple[str, ...]]:
    rows = select(
        store,
        "SELECT DISTINCT ?p ?l WHERE { VALUES ?p { skos:prefLabel skos:altLabel rdfs:label } "
        f"<{iri}> ?p ?l }} "
        "ORDER BY DESC(?p) LANG(?l) ?l",
    )
    rows.sort(key=lambda row: not row["p"].value.endswith("prefLabel"))
    names = list(dict.fromkeys(row["l"].value for row in rows))
    return (names[0] if names else ""), tuple(names[1:])


def _classes(store: Store, iri: str) -> tuple[tuple[str, str, str], ...]:
    rows = select(
        store,
        f"SELECT DISTINCT ?c ?zh ?en WHERE {{ <{iri}> a ?c FILTER({own_filter('?c')}) "
        f"FILTER NOT EXISTS {{ <{iri}> a ?d . ?d rdfs:subClassOf ?c FILTER(?d != ?c) }} "
        'OPTIONAL { ?c rdfs:label ?zh FILTER(LANG(?zh) = "zh") } '
        'OPTIONAL { ?c rdfs:label ?en FILTER(LANG(?en) = "en") } } ORDER BY ?c',
    )
    found = {row["c"].value: (row["c"].value, _value(row, "zh"), _value(row, "en")) for row in rows}
    return tuple(found.values())


def _groups(store: Store, iri: str, *, incoming: bool) -> Iterable[Group]:
    ends = (
        f"rdf:subject ?other ; rdf:object <{iri}>" if incoming else f"rdf:subject <{iri}> ; rdf:object ?other"
    )
    rows = select(
        store,
        "SELECT DISTINCT ?p ?other ?name ?zh ?en ?rule ?graph ?evidence "
        f"WHERE {{ GRAPH ?graph {{ ?statement {ends} ; rdf:predicate ?p "
        "OPTIONAL { ?statement pol:rule ?rule } OPTIONAL { ?statement pol:evidence ?evidence } } "
        'OPTIONAL { ?p rdfs:label ?zh FILTER(LANG(?zh) = "zh") } '
        'OPTIONAL { ?p rdfs:label ?en FILTER(LANG(?en) = "en") } '
        "OPTIONAL { ?other skos:prefLabel|rdfs:label ?name } } ORDER BY ?p ?other ?graph ?evidence ?rule ?name",
    )
    places = _places(store, rows)
    groups: dict[str, dict[Bound, list[Row]]] = {}
    for row in rows:
        groups.setdefault(row["p"].value, {}).setdefault(row["other"], []).append(row)
    for name, others in groups.items():
        facts = tuple(_fact(other, told, places) for other, told in others.items())
        head = next(iter(others.values()))[0]
        yield Group(name, _value(head, "zh"), _value(head, "en"), incoming, facts)


def _places(store: Store, rows: list[Row]) -> dict[str, Row]:
    """The words and the place of each evidence, asked for by name: joined in one query it takes a thousand times as long."""
    evidence = sorted({str(row["evidence"]) for row in rows if "evidence" in row})
    found = select(
        store,
        f"SELECT ?evidence ?exact ?prefix ?suffix ?start ?section ?page WHERE {{ VALUES ?evidence {{ {' '.join(evidence)} }} "
        "?evidence oa:hasSelector ?quote , ?position . ?quote oa:exact ?exact . ?position oa:start ?start "
        "OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix } "
        "OPTIONAL { ?evidence pol:section ?section } OPTIONAL { ?evidence pol:page ?page } }",
    )
    return {row["evidence"].value: row for row in found}


def _fact(other: Bound, rows: list[Row], places: Mapping[str, Row]) -> Explained:
    quotations = [
        Quotation(
            exact=_value(place, "exact"),
            prefix=_value(place, "prefix"),
            suffix=_value(place, "suffix"),
            section=_value(place, "section"),
            page=int(place["page"].value) if "page" in place else None,
            start=int(place["start"].value),
            report=graph.removesuffix("/evidence"),
        )
        for graph, evidence in dict.fromkeys(
            (row["graph"].value, row["evidence"].value) for row in rows if "evidence" in row
        )
        if (place := places.get(evidence))
    ]
    quotations.sort(key=lambda quotation: (quotation.report, quotation.start))
    rules = sorted({row["rule"].value for row in rows if "rule" in row})
    names: dict[str, str] = {}
    for name in (row.get("name") for row in rows):
        if isinstance(name, ox.Literal):
            names.setdefault("en" if name.language == "en" else "zh", name.value)
    zh = names.get("zh") or ("" if "en" in names else plain(other))
    return Explained(other.value, zh, names.get("en", ""), tuple(rules), tuple(quotations))


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""
