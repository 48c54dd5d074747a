"""Initiatives and platforms that went from place to place: who told of them first, who took them up later."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import QueryError
from kg.lineage.data import Place, Quote, Spread
from kg.lineage.descent import QUOTES, quote
from kg.query import select
from kg.store import Store
from kg.terms import expand
from kg.text.fold import fold

KINDS = ("Initiative", "Platform")
_AT_ONCE = 200
_MARKS = re.compile(r"[“”‘’\"'《》〈〉「」『』\s]")
_TOO_SHORT = 3  # characters that are left of a name without its place: too general to be one thing


@dataclass(frozen=True, slots=True)
class _Told:
    thing: str
    name: str
    kind: str
    report: str
    writer: str
    body: str
    body_name: str
    year: int


def spread(store: Store, name: str = "", kind: str = "") -> tuple[Spread, ...]:
    """What bodies of two or more places have, the most widespread first; ``name`` keeps those with it in their name.

    What has one operator counts for it, all else for the body whose report tells of it. Two things are one where their names are the same without quotation marks and without the names of their body and
    its places: 甲市公共数据开放平台 and 乙市公共数据开放平台 are. ``kind`` is ``Initiative``, ``Platform`` or empty for
    both; raises ``QueryError`` for any other.
    """
    if kind and kind not in KINDS:
        raise QueryError(f"“{kind}” is no kind of thing that spreads", hint=f"one of {', '.join(KINDS)}")
    places = _places(store)
    groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for told in _told(store, kind):
        bare = _bare(told.name, places.get(told.body, ()), told.body_name)
        if len(bare) >= _TOO_SHORT and _bare(name, (), "") in bare:
            groups[told.kind, bare].append(told)
    found = []
    for group in groups.values():
        first: dict[str, _Told] = {}
        for one in group:
            first.setdefault(one.body, one)
        if len({_place(one, places) for one in first.values()}) > 1:
            found.append(tuple(first.values()))
    found.sort(key=lambda one: (-len(one), one[0].year, one[0].name))
    return _quoted(store, found, places)


def _quoted(
    store: Store, groups: list[tuple[_Told, ...]], places: Mapping[str, tuple[str, ...]]
) -> tuple[Spread, ...]:
    wanted = sorted({one.thing for group in groups for one in group})
    quotes: dict[tuple[str, str], Quote] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(
            f"(<{thing}> <{expand('rdf:type')}> UNDEF)" for thing in wanted[start : start + _AT_ONCE]
        )
        for row in select(store, QUOTES.format(values=values)):
            quotes.setdefault((row["s"].value, row["report"].value), quote(row))
    made = []
    for group in groups:
        at = tuple(
            Place(one.body_name, _place(one, places), one.year, quotes[one.thing, one.report])
            for one in group
            if (one.thing, one.report) in quotes
        )  # fmt: skip
        if len(at) > 1:
            made.append(Spread(_name(group[0], places), f"pol:{group[0].kind}", at))
    return tuple(made)


def _place(told: _Told, places: Mapping[str, tuple[str, ...]]) -> str:
    """The body's region; where it has none, that of the report's writer if the body is called by it; else the body."""
    own, here = places.get(told.body, ()), places.get(told.writer, ())
    if not own and any(told.body_name.startswith(name) for name in here):
        own = here
    return own[0] if own else told.body_name


def _name(first: _Told, places: Mapping[str, tuple[str, ...]]) -> str:
    bare = _bare(first.name, places.get(first.body, ()), first.body_name)
    return first.name if bare == _bare(first.name, (), "") else f"…{bare}"


def _told(store: Store, kind: str) -> list[_Told]:
    values = " ".join(f"pol:{one}" for one in ((kind,) if kind else KINDS))
    rows = select(
        store,
        f"""SELECT ?x ?name ?kind ?r ?writer ?n ?one ?y WHERE {{
          {{ SELECT ?x ?kind ?r (COUNT(DISTINCT ?runs) AS ?n) (MIN(?runs) AS ?one) WHERE {{
            VALUES ?kind {{ {values} }} GRAPH ?r {{ ?x a ?kind . OPTIONAL {{ ?x pol:operatedBy ?runs }} }}
          }} GROUP BY ?x ?kind ?r }}
          ?r pol:issuedBy ?writer ; pol:reportYear ?y . ?x skos:prefLabel ?name FILTER(LANG(?name) != "en")
        }}""",
    )
    names: dict[str, list[str]] = defaultdict(
        list
    )  # in a question of their own, for not every engine can join with a choice
    for row in select(
        store,
        """SELECT DISTINCT ?body ?issuer WHERE { ?any pol:issuedBy|pol:operatedBy ?body .
          ?body skos:prefLabel ?issuer FILTER(LANG(?issuer) != "en") } ORDER BY ?body ?issuer""",
    ):
        names[row["body"].value].append(row["issuer"].value)
    found = []
    for row in rows:
        body = row["one" if row["n"].value == "1" else "writer"].value
        for issuer in names.get(body, ()):
            found.append(
                _Told(
                    row["x"].value,
                    row["name"].value,
                    row["kind"].value.rpartition("#")[2],
                    row["r"].value,
                    row["writer"].value,
                    body,
                    issuer,
                    int(row["y"].value[:4]),
                )
            )
    return sorted(
        found, key=lambda told: (told.year, told.body, told.thing, told.report, told.name, told.body_name)
    )


def _places(store: Store) -> dict[str, tuple[str, ...]]:
    """The names of each body's region, and of those around it; the first is its own."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in select(
        store,
        """SELECT DISTINCT ?body ?region ?l ?own WHERE {
          ?any pol:issuedBy|pol:operatedBy ?body . ?body pol:jurisdiction ?own . ?own pol:within* ?region .
          ?region skos:prefLabel|skos:altLabel ?l . FILTER(LANG(?l) != "en")
          OPTIONAL { ?region skos:prefLabel ?main FILTER(?main = ?l) }
          BIND(IF(?region = ?own, 0, 1) AS ?far) BIND(IF(BOUND(?main), 0, 1) AS ?also)
        } ORDER BY ?body ?far ?also ?l""",
    ):
        found[row["body"].value][row["l"].value] = None
    return {body: tuple(names) for body, names in found.items()}


def _bare(name: str, places: tuple[str, ...], body: str) -> str:
    """A name without marks, its body and its places.

    >>> _bare("“云川发布”微信公众号", ("云川市", "云川"), "云川市人民政府"), _bare("云川市门户网站", ("云川市",), "云川市人民政府")
    ('发布微信公众号', '门户网站')
    """
    words = _MARKS.sub("", fold(name))
    for place in sorted({*places, body}, key=lambda one: (-len(one), one)):
        if len(place) > 1:
            words = words.replace(fold(place), "")
    return words
