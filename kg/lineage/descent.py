"""What came of a policy: the policies that implement it, the initiatives based on it, their platforms and results."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from kg.errors import QueryError
from kg.lineage.data import Lineage, Quote, Step, Thing
from kg.query import entity_named, select
from kg.store import Store
from kg.terms import expand, shorten

_NUMBERED = re.compile(r"[〔\[（(［【]((?:19|20)\d\d)[〕\])）］】]")
_UP = ("pol:implements", "pol:basedOn", "pol:resultOf")
_POLICY = "pol:Policy"
_AT_ONCE = 200  # values of one query
_QUOTES = 3  # of one step


@dataclass(frozen=True, slots=True)
class _Known:
    things: Mapping[str, Thing]
    above: Mapping[tuple[str, str], str]  # child and parent, with the property between them


def descent(store: Store, policy: str = "") -> tuple[Lineage, ...]:
    """The lineage of one policy by any of its names; or of each that has offspring and follows from no other.

    A policy that is said to implement both a central notice and the provincial one that implements it stands under the
    provincial one. What is older than the thing it is said to follow from is left out. Raises ``QueryError`` where the
    name means nothing, or no policy.
    """
    chosen = entity_named(store, policy) if policy else ""
    known = _known(store)
    if chosen and chosen not in known.things:
        known = _Known({**known.things, **_things(store, [chosen], {})}, known.above)
    if chosen and (chosen not in known.things or known.things[chosen].cls != _POLICY):
        raise QueryError(f"“{policy}” is no policy", where=store.location, hint="kg explain tells what it is")
    tree = _tree(known)
    below: dict[str, list[str]] = defaultdict(list)
    for child, parent in tree.edges:
        below[parent].append(child)
    roots = (
        [chosen]
        if chosen
        else [one for one in below if not tree.out_degree(one) and known.things[one].cls == _POLICY]
    )
    reached = {root: nx.ancestors(tree, root) | {root} if root in tree else {root} for root in roots}
    every = set().union(*reached.values()) if reached else set()
    quotes = _quotes(store, {edge: known.above[edge] for edge in tree.edges if every.issuperset(edge)})
    cited = _cited(store, roots)
    made = [
        Lineage(_step(root, "", known, below, quotes), dict(sorted(cited.get(root, {}).items())))
        for root in roots
    ]
    return tuple(sorted(made, key=lambda one: (-len(list(one.root.walk())), one.root.thing.iri)))


def _known(store: Store) -> _Known:
    above: dict[tuple[str, str], str] = {}
    for name in _UP:
        for row in select(
            store,
            f"SELECT DISTINCT ?child ?parent WHERE {{ ?child {name} ?parent . FILTER(?child != ?parent) "
            "FILTER NOT EXISTS { ?child a pol:Report } }",
        ):
            above.setdefault((row["child"].value, row["parent"].value), name)
    first = _first_years(store)
    things = _things(store, sorted({one for edge in above for one in edge}), first)
    return _Known(
        things, {edge: name for edge, name in above.items() if edge[0] in things and edge[1] in things}
    )


def _tree(known: _Known) -> "nx.DiGraph[str]":
    """From child to parent, without what is older than its parent, without circles, and without short cuts."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for child, parent in sorted(known.above):
        young, old = known.things[child], known.things[parent]
        if young.year is not None and old.year is not None and young.year < old.year:
            continue
        graph.add_edge(child, parent)
    for component in list(nx.strongly_connected_components(graph)):
        inside = sorted(edge for edge in graph.edges if component.issuperset(edge))
        graph.remove_edges_from(edge for edge in inside if edge[0] <= edge[1])
    return nx.transitive_reduction(graph)


def _step(
    iri: str, property: str, known: _Known, below: Mapping[str, Sequence[str]], quotes: Mapping[tuple[str, str], tuple[Quote, ...]],
    parent: str = "",
) -> Step:  # fmt: skip
    steps = [_step(child, known.above[child, iri], known, below, quotes, iri) for child in below.get(iri, ())]
    steps.sort(key=lambda step: (step.thing.year or 9999, step.thing.cls, step.thing.iri))
    return Step(known.things[iri], property, quotes.get((iri, parent), ()), tuple(steps))


def _things(store: Store, iris: Sequence[str], first: Mapping[str, int]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for values in _batches(iris):
        for row in select(
            store,
            f"""SELECT ?x (MIN(STR(?l)) AS ?name) (MIN(STR(?c)) AS ?cls) (MIN(?n) AS ?number) (MIN(STR(?d)) AS ?day) WHERE {{
              VALUES ?x {{ {values} }} ?x skos:prefLabel ?l FILTER(LANG(?l) != "en")
              ?x a ?c . VALUES ?c {{ pol:Policy pol:Initiative pol:Platform pol:Observation pol:Result }}
              OPTIONAL {{ ?x pol:documentNumber ?n }} OPTIONAL {{ ?x dcterms:issued ?d }}
            }} GROUP BY ?x""",
        ):
            iri, number = row["x"].value, row["number"].value if "number" in row else ""
            day = row["day"].value if "day" in row else ""
            cls = shorten(row["cls"].value)
            found[iri] = Thing(
                iri,
                row["name"].value,
                cls,
                number,
                year=_year(number, day) if cls == _POLICY else first.get(iri),
                day=date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None,
            )
        by: dict[str, dict[str, None]] = defaultdict(dict)
        for row in select(
            store,
            f"""SELECT DISTINCT ?x ?name WHERE {{ VALUES ?x {{ {values} }}
              ?x pol:issuedBy|pol:carriedOutBy|pol:operatedBy ?b . ?b skos:prefLabel ?l FILTER(LANG(?l) != "en")
              BIND(STR(?l) AS ?name) }} ORDER BY ?x ?name""",
        ):
            by[row["x"].value][row["name"].value] = None
        for iri, names in by.items():
            if iri in found:
                found[iri] = replace(found[iri], by=tuple(names))
    return found


def _first_years(store: Store) -> dict[str, int]:
    rows = select(
        store,
        """SELECT ?x (MIN(STR(?y)) AS ?year) WHERE {
          { ?x pol:basedOn|pol:implements ?any } UNION { ?x pol:resultOf ?any } UNION { ?any pol:resultOf ?x }
          ?x pol:reportedIn ?r . ?r pol:reportYear ?y } GROUP BY ?x""",
    )
    return {row["x"].value: int(row["year"].value[:4]) for row in rows}


def _cited(store: Store, policies: Sequence[str]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for values in _batches(policies):
        for row in select(
            store,
            f"""SELECT ?x ?y (COUNT(DISTINCT ?r) AS ?n) WHERE {{ VALUES ?x {{ {values} }}
              ?x pol:reportedIn ?r . ?r pol:reportYear ?y }} GROUP BY ?x ?y""",
        ):
            found[row["x"].value][int(row["y"].value[:4])] = int(row["n"].value)
    return found


def _quotes(store: Store, edges: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], tuple[Quote, ...]]:
    found: dict[tuple[str, str], dict[Quote, None]] = defaultdict(dict)
    pairs = sorted(edges)
    for start in range(0, len(pairs), _AT_ONCE):
        values = " ".join(
            f"(<{child}> <{expand(edges[child, parent])}> <{parent}>)"
            for child, parent in pairs[start : start + _AT_ONCE]
        )
        for row in select(store, QUOTES.format(values=values)):
            found[row["s"].value, row["o"].value][quote(row)] = None
    return {edge: tuple(quotes)[:_QUOTES] for edge, quotes in found.items()}


# The words that statements rest on, for rows of subject, predicate and object.
QUOTES = """SELECT DISTINCT ?s ?o ?report ?title ?year ?words ?start ?end WHERE {{
  VALUES (?s ?p ?o) {{ {values} }}
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pol:evidence ?e .
  ?e oa:hasSource/dcterms:isFormatOf ?report ; oa:hasSelector ?q , ?at .
  ?q oa:exact ?words . ?at oa:start ?start ; oa:end ?end .
  ?report skos:prefLabel ?title ; pol:reportYear ?year
}} ORDER BY ?year ?report ?start ?end"""


def quote(row: Mapping[str, object]) -> Quote:
    """A row of ``QUOTES`` as a value."""
    said = {
        name: str(getattr(row[name], "value", ""))
        for name in ("report", "title", "year", "words", "start", "end")
    }
    return Quote(
        said["report"], said["title"], int(said["year"][:4]), " ".join(said["words"].split()), int(said["start"]), int(said["end"])
    )  # fmt: skip


def _year(number: str, day: str) -> int | None:
    if found := _NUMBERED.search(number):
        return int(found[1])
    return int(day[:4]) if day else None


def _batches(iris: Sequence[str]) -> Iterable[str]:
    for start in range(0, len(iris), _AT_ONCE):
        yield " ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE])
