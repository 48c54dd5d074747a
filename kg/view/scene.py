"""What a page draws: which entities, which relations, and what of it the opening picture leaves out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.errors import QueryError
from kg.network import outline
from kg.query import Network, Query, ask, entity_named, find_query, load_query, select
from kg.store import Store
from kg.terms import expand, shorten
from kg.view.classes import DrawnClass, classes_of, names_of
from kg.view.standing import OTHER, Standing, standings
from kg.view.words import Family

_REPORTED_IN = expand("pol:reportedIn")
_APPLICANT = expand("pol:applicant")  # the columns of a table break one figure down into many
_TYPE = expand("rdf:type")
_CLASSES = """SELECT ?it (MIN(STR(?c)) AS ?class) WHERE {
  GRAPH ?graph { ?stated rdf:subject ?it ; rdf:predicate rdf:type ; rdf:object ?c } } GROUP BY ?it"""
_COUNTS = f"SELECT ?class (COUNT(?it) AS ?n) WHERE {{ {{ {_CLASSES} }} }} GROUP BY ?class"
_JOINED = "GRAPH ?graph {{ ?stated rdf:object <{}> ; rdf:subject ?it }}"
_NEAR = 300  # figures drawn around an entity where not all are read


@dataclass(frozen=True, slots=True)
class Relation:
    """A line between two entities."""

    source: str
    target: str
    property: str
    count: int = 0  # of a summary: how many lines it stands for


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn. ``nodes`` is class by IRI; ``hidden`` are those left out of the opening picture.

    ``total`` counts what there would be without a limit; ``title`` is a query's title, else empty. ``years`` are
    those of the reports that speak of an entity. ``layout`` is one of a query's header.
    """

    nodes: Mapping[str, str]
    relations: tuple[Relation, ...]
    hidden: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    degrees: Mapping[str, int]
    total: int
    title: str
    focus: str
    layout: str
    years: Mapping[str, tuple[int, ...]]
    standings: Mapping[str, Standing]
    engine: str = "vis"
    counts: Mapping[str, int] = field(default_factory=dict)  # of a summary: how many entities each class has


def scene(
    store: Store,
    classes: Mapping[str, DrawnClass],
    families: Iterable[Family],
    *,
    query: str | None,
    parameters: Mapping[str, object],
    focus: str | None,
    depth: int,
    limit: int,
    most: int,
    lang: str,
    figures: int | None = None,
) -> Scene:
    """Choose what is drawn: up to ``limit`` nodes by pyvis, up to ``most`` by sigma, beyond them the classes only.

    Where there are more than ``figures`` entities, figures are not among them, which a picture hides at first, but for some of those of the
    focus: to read them takes most of the time. Raises ``QueryError`` for a query that is not known or constructs nothing, and a focus that is not there.
    """
    aside = {family.cls for family in families if not family.shown}
    counts = _told(store, classes) if query is None else {}
    total = sum(counts.values())
    told_by = {family.cls for family in families if family.figures}
    without = {name for name in counts if classes[name].family in told_by}
    if figures is None or total <= figures:
        without = set()
    if focus is None and sum(counts[name] for name in counts if classes[name].family not in aside) > most:
        lines = _told_lines(store, counts, without)
        return summary(Tally(counts, lines, total), classes, lang)  # the rest is not even read
    asked = _query(query) if query else None
    centre = entity_named(store, focus) if focus else ""
    if asked is None:
        network = _network(store, without, centre)
        kinds = _kinds(store, network, network, classes)
        drawn = _everything(network, kinds, classes, aside)
    else:
        drawn = _constructed(store, asked, parameters)
        network = outline(store, about=drawn)
        kinds = _kinds(store, drawn, network, classes)
        aside = set()
    if centre:
        drawn = _around(drawn, centre, depth, focus or "")
        aside -= {_family(kinds.get(centre, ""), classes)}
    broken_down = {one for one, _, key in network.edges(keys=True) if key == _APPLICANT}
    ranked = sorted(
        drawn,
        key=lambda iri: (
            iri != centre,
            _family(kinds.get(iri, ""), classes) in aside,
            -drawn.degree(iri),
            iri in broken_down,
            iri,
        ),
    )
    shown_first = sum(_family(kinds.get(iri, ""), classes) not in aside for iri in drawn)
    engine = "vis" if min(len(drawn), shown_first) <= limit else "sigma"
    if engine == "sigma" and shown_first > most:
        return summary(_tally(drawn, kinds, classes), classes, lang)
    kept = sorted(ranked[: limit if engine == "vis" else most])
    chosen = set(kept)
    names = names_of(store, kept, lang)
    sort = {iri: _family(kinds.get(iri, ""), classes) for iri in kept}
    return Scene(
        nodes={iri: kinds.get(iri, "") for iri in kept},
        relations=tuple(
            Relation(*edge)
            for edge in sorted(drawn.edges(keys=True))
            if edge[0] in chosen and edge[1] in chosen
        ),
        hidden=frozenset(iri for iri in kept if _family(kinds.get(iri, ""), classes) in aside),
        names=names,
        degrees={iri: drawn.degree(iri) for iri in kept},
        total=len(drawn) if asked or centre else max(total, len(drawn)),
        title=asked.title.of(lang) if asked else "",
        focus=centre,
        layout=(asked.layout if asked else "") or ("radial" if centre else "force"),
        engine=engine,
        years=_years(network, kept),
        standings=standings(
            nx.MultiDiGraph(drawn.subgraph(kept)),
            sort,
            names,
            provinces(store),
            _institutions(kinds, classes),
        ),
    )


def _network(store: Store, without: Set[str], centre: str) -> "nx.MultiDiGraph[str]":
    """The network without the entities of some classes, except some that are joined to the centre, and the centre itself."""
    network = outline(store, without=without)
    if without:
        network.remove_nodes_from([iri for iri, cls in network.nodes(data="cls") if cls in without])
    if without and centre:
        rows = select(store, f"SELECT DISTINCT ?it WHERE {{ {_JOINED.format(centre)} }}")
        near = sorted({row["it"].value for row in rows} - network.nodes)[:_NEAR]
        network = nx.compose(network, outline(store, about=[centre, *near]))
    return network


def summary(tally: "Tally", classes: Mapping[str, DrawnClass], lang: str) -> Scene:
    """The classes in the place of their entities, with how many there are and how many lines between them."""
    nodes = {expand(name): name for name in sorted(tally.classes)}
    degrees = dict.fromkeys(nodes, 0)
    for one, other, _ in tally.lines:
        degrees[one] += 1
        degrees[other] += 1
    return Scene(
        nodes=nodes,
        relations=tuple(Relation(*line, tally.lines[line]) for line in sorted(tally.lines)),
        hidden=frozenset(),
        names={iri: (f"{classes[name].label} {tally.classes[name]:,}",) for iri, name in nodes.items()},
        degrees=degrees,
        total=tally.total,
        title="",
        focus="",
        layout="force",
        years={},
        standings=dict.fromkeys(nodes, OTHER),
        counts={iri: tally.classes[name] for iri, name in nodes.items()},
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entities each class has, and how many lines of each property there are from one class to another."""

    classes: Mapping[str, int]
    lines: Mapping[tuple[str, str, str], int]
    total: int


def _tally(
    drawn: "nx.MultiDiGraph[str]", kinds: Mapping[str, str], classes: Mapping[str, DrawnClass]
) -> Tally:
    counts = Counter(kinds[iri] for iri in drawn if kinds.get(iri) in classes)
    lines = Counter(
        (expand(kinds[one]), expand(kinds[other]), key)
        for one, other, key in drawn.edges(keys=True)
        if kinds.get(one) in counts and kinds.get(other) in counts
    )
    return Tally(counts, lines, len(drawn))


def _told(store: Store, classes: Mapping[str, DrawnClass]) -> dict[str, int]:
    """How many entities of each class reports speak of, counted by the store."""
    counts = {shorten(row["class"].value): int(row["n"].value) for row in select(store, _COUNTS)}
    return {name: count for name, count in sorted(counts.items()) if name in classes}


def _told_lines(
    store: Store, counts: Mapping[str, int], without: Set[str]
) -> dict[tuple[str, str, str], int]:
    """How many facts join the entities of two classes; from those of the classes that are left out, none."""
    network = outline(store, without=without)
    lines: Counter[tuple[str, str, str]] = Counter()
    for one, other, key in network.edges(keys=True):
        ends = network.nodes[one]["cls"], network.nodes[other]["cls"]
        if key != _REPORTED_IN and ends[0] in counts and ends[1] in counts:
            lines[(expand(ends[0]), expand(ends[1]), key)] += 1
    return lines


def _institutions(kinds: Mapping[str, str], classes: Mapping[str, DrawnClass]) -> set[str]:
    wanted = {name for name, cls in classes.items() if "pol:PublicInstitution" in cls.lineage}
    return {iri for iri, name in kinds.items() if name in wanted}


def provinces(store: Store) -> list[str]:
    """The names of the regions right below the country."""
    rows = select(store, "SELECT DISTINCT ?name { ?r pol:level pol:Province ; skos:prefLabel ?name }")
    return sorted(row["name"].value for row in rows)


def _years(network: "nx.MultiDiGraph[str]", kept: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The years of the reports that speak of each entity, else its own."""
    found = {}
    for iri in kept:
        if iri not in network:
            continue
        reports = {report for _, report, key in network.out_edges(iri, keys=True) if key == _REPORTED_IN}
        years = {int(network.nodes[report]["year"]) for report in reports} or {
            int(network.nodes[iri]["year"])
        }
        found[iri] = tuple(sorted(years - {0}))
    return found


def _query(name: str) -> Query:
    return load_query(name) if name.endswith(".rq") or Path(name).is_file() else find_query(name)


def _constructed(store: Store, query: Query, parameters: Mapping[str, object]) -> "nx.MultiDiGraph[str]":
    """What a CONSTRUCT yields: its triples between two IRIs."""
    answer = ask(store, query, parameters)
    if not isinstance(answer, Network):
        raise QueryError(
            "the query constructs no network", where=query.path or query.name, hint="use one of queries/view"
        )
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for triple in answer.triples:
        one, other, predicate = triple.subject, triple.object, triple.predicate.value
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode) and predicate != _TYPE:
            drawn.add_edge(one.value, other.value, key=predicate)
    return drawn


def _kinds(
    store: Store,
    drawn: "nx.MultiDiGraph[str]",
    network: "nx.MultiDiGraph[str]",
    classes: Mapping[str, DrawnClass],
) -> dict[str, str]:
    """The class of each node, by prefixed name; empty where the ontology declares none."""
    told = {iri: str(network.nodes[iri]["cls"]) if iri in network else "" for iri in drawn}
    unknown = [iri for iri, name in told.items() if name not in classes]
    return told | dict.fromkeys(unknown, "") | classes_of(store, unknown, classes)


def _everything(
    network: "nx.MultiDiGraph[str]",
    kinds: Mapping[str, str],
    classes: Mapping[str, DrawnClass],
    aside: set[str],
) -> "nx.MultiDiGraph[str]":
    """Every entity that reports speak of, with the indicators of their figures.

    That an entity is reported in a report is drawn only where nothing else ties the two together.
    """
    spoken_of = {one for one, _, key in network.edges(keys=True) if key == _REPORTED_IN}
    spoken_of |= {other for _, other, key in network.edges(keys=True) if key == _REPORTED_IN}
    entities = sorted(
        iri
        for iri in network
        if kinds[iri] and (iri in spoken_of or _family(kinds[iri], classes) == "pol:Indicator")
    )
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    drawn.add_nodes_from(entities)
    drawn.add_edges_from(
        edge for edge in network.subgraph(entities).edges(keys=True) if edge[2] not in (_REPORTED_IN, _TYPE)
    )
    core = [iri for iri in entities if _family(kinds[iri], classes) not in aside]
    for one, report in _ties(network, drawn, core):
        drawn.add_edge(one, report, key=_REPORTED_IN)
    return drawn


def _ties(
    network: "nx.MultiDiGraph[str]", drawn: "nx.MultiDiGraph[str]", core: list[str]
) -> list[tuple[str, str]]:
    """One line from each part of the picture to each report that speaks of it and is not in it."""
    known = set(core)
    ties = []
    for part in nx.connected_components(drawn.subgraph(core).to_undirected(as_view=True)):
        nearest: dict[str, tuple[int, str]] = {}
        for one in part:
            for _, report, key in network.out_edges(one, keys=True):
                if key == _REPORTED_IN and report in known and report not in part:
                    rank = (-drawn.degree(one), one)
                    nearest[report] = min(rank, nearest.get(report, rank))
        ties += [(one, report) for report, (_, one) in nearest.items()]
    return sorted(ties)


def _around(drawn: "nx.MultiDiGraph[str]", centre: str, depth: int, name: str) -> "nx.MultiDiGraph[str]":
    if centre not in drawn:
        raise QueryError(
            f"“{name}” is not in this picture", hint="choose an entity that the reports speak of"
        )
    near = nx.single_source_shortest_path_length(drawn.to_undirected(as_view=True), centre, cutoff=depth)
    around: nx.MultiDiGraph[str] = drawn.subgraph(sorted(near)).copy()
    return around


def _family(name: str, classes: Mapping[str, DrawnClass]) -> str:
    return classes[name].family if name in classes else ""


def fallback_name(iri: str) -> str:
    """What to call an entity that has no name.

    >>> fallback_name("https://w3id.org/policy-kg/id/agency/云川市人民政府")
    '云川市人民政府'
    """
    return shorten(iri).rstrip("/").rpartition("/")[2] or iri
