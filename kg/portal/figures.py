"""Figures as people tell them apart: what is counted, for which column of the form, how much, in which year, by whose report."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.portal.links import Link, links
from kg.portal.render import saying
from kg.query import Bound, select
from kg.store import Store
from kg.store.sparql import checked
from kg.terms import BASE, expand, own_filter
from kg.view.classes import select_for

MOST = 400  # on one page
_KIND = "pol:Observation"
_COUNT, _PERCENT = expand("pol:Count"), "https://w3id.org/policy-kg/unit/percent"
_TOLD = (
    "?it sdmx-measure:obsValue ?value ; pol:indicator ?indicator OPTIONAL { ?it pol:applicant ?column } OPTIONAL { ?it pol:unit ?unit } "
    "OPTIONAL { ?it pol:measure ?measure } OPTIONAL { ?it pol:scope ?scope } OPTIONAL { ?it sdmx-dimension:refPeriod ?period } "
    "OPTIONAL { ?it pol:reportedIn ?report OPTIONAL { ?report pol:reportYear ?own } }"
)
_BODIES = "?it pol:observedFor ?body"
# The figures that point at a thing, each with its year.
_OF = (
    "?it ?p <{iri}> ; a pol:Observation FILTER({own} && ?p != pol:evidence) OPTIONAL {{ ?it sdmx-dimension:refPeriod ?period }} "
    "OPTIONAL {{ ?it pol:reportedIn/pol:reportYear ?own }} BIND(STR(COALESCE(?period, ?own, '')) AS ?year)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation: ``parts`` are what is counted and, where the figure has them, whose it is, its column, measure and extent."""

    link: Link
    parts: tuple[Link, ...]
    amount: str
    unit: str
    year: str
    told: str  # the year of the report that tells it, where that is another
    report: Link | None
    notes: tuple[str, ...] = ()  # where it stands, if others are told in the same words


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that point at a thing: how many of each year, and those of one."""

    counts: Mapping[str, int]
    year: str
    here: tuple[Figure, ...]
    iri: str

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    def query(self) -> str:
        """The query that lists all."""
        pattern = _OF.format(iri=self.iri, own=own_filter("?p"))
        return f"SELECT DISTINCT ?year ?it ?name ?value WHERE {{ {pattern} ?it skos:prefLabel ?name ; sdmx-measure:obsValue ?value }} ORDER BY ?year ?it"


def figures(store: Store, iri: str, lang: str, year: str = "") -> Figures:
    """The figures that point at a thing, of one year; of the latest where none is given."""
    pattern = _OF.format(iri=checked(iri), own=own_filter("?p"))
    counts = {
        row["year"].value: int(row["n"].value)
        for row in select(
            store,
            f"SELECT ?year (COUNT(DISTINCT ?it) AS ?n) WHERE {{ {pattern} }} GROUP BY ?year ORDER BY ?year",
        )
    }
    if not counts:
        return Figures({}, "", (), iri)
    chosen = year if year in counts else max(counts)
    rows = select(
        store,
        f'SELECT DISTINCT ?it WHERE {{ {pattern} FILTER(?year = "{chosen}") }} ORDER BY ?it LIMIT {MOST}',
    )
    return Figures(
        counts, chosen, tuple(told(store, [row["it"].value for row in rows], lang, apart=iri).values()), iri
    )


def named(store: Store, known: Mapping[str, Link], lang: str) -> dict[str, Link]:
    """These links, figures with their column and year in the name, in the language.

    >>> from kg.store import MemoryStore
    >>> named(MemoryStore(), {"x:a": Link("x:a", "甲")}, "zh")["x:a"].label
    '甲'
    """
    found = told(store, [iri for iri, link in known.items() if link.cls == _KIND], lang)
    return {iri: found[iri].link if iri in found else link for iri, link in known.items()}


def told(store: Store, iris: Iterable[str], lang: str, apart: str = "") -> dict[str, Figure]:
    """Each of these figures, in the order of the form; parts that are the thing ``apart`` are left out.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore()
    >>> pol, measure = "https://w3id.org/policy-kg/ontology#", "http://purl.org/linked-data/sdmx/2009/measure#"
    >>> period = "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod"
    >>> lines = (f'<x:o> <{measure}obsValue> "1260" <x:g> .', f"<x:o> <{pol}indicator> <x:i> <x:g> .", f'<x:o> <{period}> "2022" <x:g> .')
    >>> store.add({"x:g": "".join(line + "\\n" for line in lines).encode()})
    >>> told(store, ["x:o"], "zh")["x:o"].link.label
    'x:i · 文中 1,260（2022年）'
    """
    rows: dict[str, dict[str, Bound]] = {}
    for row in select_for(store, iris, _TOLD):
        rows.setdefault(row["it"].value, row)  # of one report each
    bodies: dict[str, list[str]] = {}
    for row in select_for(store, rows, _BODIES):
        bodies.setdefault(row["it"].value, []).append(row["body"].value)
    own = {
        row[name].value
        for row in rows.values()
        for name in ("indicator", "column", "unit", "measure", "scope", "report")
        if name in row
    }
    known = links(store, {*rows, *own, *(one for some in bodies.values() for one in some)}, lang)
    own_words = {iri for iri in own if iri.startswith(BASE)}  # indicators of one report, none of a form
    seen: Counter[str] = Counter()
    made = {}
    for iri in sorted(
        rows,
        key=lambda iri: ("/cell/" not in iri, rows[iri]["indicator"].value, _value(rows[iri], "column"), iri),
    ):
        row = rows[iri]
        whose = bodies.get(iri, ()) if apart else ()
        measure = _value(row, "measure")
        parts = [row["indicator"].value, *sorted(whose), *(_value(row, name) for name in ("column", "scope"))]
        parts.append("" if measure == _COUNT else measure)
        year, told_in = _value(row, "period") or _value(row, "own"), _value(row, "own")
        one = Figure(
            known[iri],
            tuple(known[part] for part in parts if part and part != apart),
            f"{Decimal(row['value'].value):,f}",
            _unit(row, measure, known, lang),
            year,
            told_in if told_in != year else "",
            known[row["report"].value] if "report" in row else None,
        )
        if row["indicator"].value not in own_words and "/cell/" not in iri:
            one = replace(one, notes=(saying(lang)("in_text"),))
        seen[_label(one, lang)] += 1
        if (place := seen[_label(one, lang)]) > 1:
            one = replace(one, notes=(*one.notes, saying(lang)("place", n=place)))
        made[iri] = replace(one, link=replace(known[iri], label=_label(one, lang)))
    return made


def _label(one: Figure, lang: str) -> str:
    say = saying(lang)
    parts = " · ".join((*(part.label for part in one.parts), *one.notes))
    label = say("figure_of", parts=parts, amount=one.amount + one.unit)
    if one.told:
        return label + say("of_year_told", year=one.year, told=one.told)
    return label + say("of_year", year=one.year) if one.year else label


def _unit(row: Mapping[str, Bound], measure: str, known: Mapping[str, Link], lang: str) -> str:
    """The unit behind a figure; in English none behind a count, where its name says nothing that the counted does not."""
    unit = _value(row, "unit")
    if unit == _PERCENT:
        return "%"
    if not unit or (lang == "en" and measure == _COUNT):
        return ""
    return known[unit].label if lang == "zh" else f" {known[unit].label}"


def _value(row: Mapping[str, Bound], name: str) -> str:
    return str(getattr(row.get(name), "value", ""))
