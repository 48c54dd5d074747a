"""What the structure of a store's networks tells: who is central, what bridges, which bodies are alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

import networkx as nx
import pyoxigraph as ox

from kg.errors import QueryError
from kg.network.measures import betweenness, cited, communities, core, degree, pagerank, plain
from kg.network.projection import to_networkx
from kg.store import Rows, Store
from kg.terms import expand

_CITES = frozenset(expand(f"pol:{name}") for name in ("cites", "basedOn", "implements"))
_ISSUED, _BY, _RUN_BY, _USES, _PART = (
    expand(f"pol:{name}") for name in ("issuedBy", "carriedOutBy", "operatedBy", "usesPlatform", "partOf")
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis: columns, and rows from the most telling to the least; ``about`` are the entities of each row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    about: tuple[tuple[str, ...], ...]


def analyse(store: Store, name: str, *, language: str = "zh") -> Analysis:
    """One of ``ANALYSES`` over a store; the same store gives the same rows.

    ``policies``: reports and policies joined by what they cite, rest on or implement. ``agencies``: bodies joined by
    what they do together, belong to, and by whose policies they cite. ``platforms``: which platforms tie bodies and
    initiatives together that nothing else does. ``cities``: which bodies that report are alike, by the policies they cite
    and by the kinds of platforms and initiatives they build. ``all``: everything.

    >>> from kg.store import MemoryStore
    >>> analyse(MemoryStore(), "policies").columns
    ('label', 'class', 'cited_by', 'degree', 'pagerank', 'betweenness', 'core', 'community')
    """
    if name not in ANALYSES:
        raise QueryError(f"unknown analysis “{name}”", hint=f"use one of {', '.join(ANALYSES)}")
    return ANALYSES[name](store, to_networkx(store, facts_only=True, language=language))


def _members(store: Store, cls: str) -> set[str]:
    rows = store.query(f"SELECT DISTINCT ?s {{ ?kind rdfs:subClassOf* {cls} . ?s a ?kind }}")
    assert isinstance(rows, Rows)
    return {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}


def _policies(store: Store, network: "nx.MultiDiGraph[str]") -> Analysis:
    ends = _members(store, "pol:Policy") | _members(store, "pol:Report")
    lines = [(a, b) for a, b, key in network.edges(keys=True) if key in _CITES and {a, b} <= ends]
    return _measured("policies", network, lines)


def _agencies(store: Store, network: "nx.MultiDiGraph[str]") -> Analysis:
    bodies = _members(store, "pol:Agency")
    issuers: dict[str, set[str]] = {}
    doers: dict[str, set[str]] = {}
    lines: set[tuple[str, str]] = set()
    for a, b, key in network.edges(keys=True):
        if key == _ISSUED and b in bodies:
            issuers.setdefault(a, set()).add(b)
        elif key in (_BY, _RUN_BY) and b in bodies:
            doers.setdefault(a, set()).add(b)
        elif key == _PART and {a, b} <= bodies:
            lines.add((a, b))
    for together in doers.values():
        lines |= set(permutations(sorted(together), 2))
    for a, b, key in network.edges(keys=True):
        if key in _CITES:
            lines |= {(x, y) for x in issuers.get(a, ()) for y in issuers.get(b, ()) if x != y}
    return _measured("agencies", network, sorted(lines))


def _everything(store: Store, network: "nx.MultiDiGraph[str]") -> Analysis:
    return _measured("all", network, [(a, b) for a, b in network.edges()])


def _measured(name: str, network: "nx.MultiDiGraph[str]", lines: Iterable[tuple[str, str]]) -> Analysis:
    drawn: nx.DiGraph[str] = nx.DiGraph()
    drawn.add_edges_from(sorted(set(lines)))
    found = [cited(drawn), degree(drawn), pagerank(drawn), betweenness(drawn), core(drawn)]
    group = communities(drawn)
    order = sorted(drawn, key=lambda iri: (-found[2][iri], -found[1][iri], iri))
    return Analysis(
        name,
        ("label", "class", "cited_by", "degree", "pagerank", "betweenness", "core", "community"),
        tuple(
            (*_named(network, iri), *(values[iri] for values in found), float(group[iri])) for iri in order
        ),
        tuple((iri,) for iri in order),
    )


def _platforms(store: Store, network: "nx.MultiDiGraph[str]") -> Analysis:
    """Platforms between bodies and initiatives; those whose loss would cut some off from others first."""
    platforms = _members(store, "pol:Platform")
    lines = [
        (a, b)
        for a, b, key in network.edges(keys=True)
        if key in (_RUN_BY, _USES, _PART, _BY) and (a in platforms or b in platforms or key == _BY)
    ]
    drawn = plain(nx.Graph(lines))
    between = betweenness(drawn)
    cuts = set(nx.articulation_points(drawn))
    bodies, initiatives = _members(store, "pol:Agency"), _members(store, "pol:Initiative")
    order = sorted(
        (iri for iri in drawn if iri in platforms), key=lambda iri: (-between[iri], -drawn.degree(iri), iri)
    )
    return Analysis(
        "platforms",
        ("label", "class", "betweenness", "agencies", "initiatives", "platforms", "bridge"),
        tuple(
            (
                *_named(network, iri),
                between[iri],
                *(float(len(set(drawn[iri]) & kind)) for kind in (bodies, initiatives, platforms)),
                float(iri in cuts),
            )
            for iri in order
        ),
        tuple((iri,) for iri in order),
    )


def _cities(store: Store, network: "nx.MultiDiGraph[str]") -> Analysis:
    reports = _members(store, "pol:Report")
    issuer = {a: b for a, b, key in network.edges(keys=True) if key == _ISSUED and a in reports}
    cites: dict[str, set[str]] = {body: set() for body in issuer.values()}
    builds: dict[str, set[str]] = {body: set() for body in issuer.values()}
    for a, b, key in network.edges(keys=True):
        if key in _CITES and a in issuer:
            cites[issuer[a]].add(b)
        elif key in (_RUN_BY, _BY) and b in builds:
            builds[b].add(str(network.nodes[a]["cls"]))
    rows = []
    for one, other in combinations(sorted(cites), 2):
        shared = len(cites[one] & cites[other])
        alike = (_jaccard(cites[one], cites[other]), _jaccard(builds[one], builds[other]))
        if any(alike):
            rows.append(((one, other), round(sum(alike) / 2, 4), shared, alike))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Analysis(
        "cities",
        ("label", "other", "similarity", "shared_policies", "cites", "builds"),
        tuple(
            (_label(network, one), _label(network, other), alike, float(shared), *parts)
            for (one, other), alike, shared, parts in rows
        ),
        tuple(pair for pair, *_ in rows),
    )


def _jaccard(one: set[str], other: set[str]) -> float:
    """The share of both that is common to both.

    >>> _jaccard({"a", "b"}, {"b", "c"}), _jaccard(set(), set())
    (0.3333, 0.0)
    """
    return round(len(one & other) / len(one | other), 4) if one | other else 0.0


def _named(network: "nx.MultiDiGraph[str]", iri: str) -> tuple[str, str]:
    return _label(network, iri), str(network.nodes[iri]["cls"])


def _label(network: "nx.MultiDiGraph[str]", iri: str) -> str:
    return str(network.nodes[iri]["label"])


ANALYSES: Mapping[str, Callable[[Store, "nx.MultiDiGraph[str]"], Analysis]] = {
    "policies": _policies,
    "agencies": _agencies,
    "platforms": _platforms,
    "cities": _cities,
    "all": _everything,
}
