"""What the structure of a small store tells, counted by hand."""

from collections.abc import Iterable

import networkx as nx
import pytest

from kg.errors import QueryError
from kg.network import ANALYSES, analyse, to_networkx, write_analysis
from kg.network.measures import betweenness, communities, core, degree, measured, pagerank
from kg.store import MemoryStore, Rows
from kg.terms import Mint, expand
from tests.view.conftest import Said, fact, say

MINT = Mint()
BODIES = {name: MINT.entity("agency", name) for name in ("甲市人民政府", "乙市人民政府", "甲市教育局")}
REPORTS = {name: MINT.report(name, 2020) for name in ("甲市人民政府", "乙市人民政府")}
LAW, PLAN = MINT.entity("policy", "条例"), MINT.entity("policy", "甲市要点")
SITES = {name: MINT.entity("platform", f"{name}网站") for name in ("甲", "乙")}
TALKS = MINT.entity("initiative", "会商机制")


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    """Two cities that cite one law and run a site each; a plan and what two bodies do together."""
    memory = MemoryStore()
    classes = {
        **dict.fromkeys(BODIES.values(), ("pol:Agency", "pol:Government")),
        **dict.fromkeys(REPORTS.values(), ("pol:Report",)),
        LAW: ("pol:Policy", "pol:AdministrativeRegulation"),
        PLAN: ("pol:Policy", "pol:Plan"),
        **dict.fromkeys(SITES.values(), ("pol:Platform", "pol:Website")),
        TALKS: ("pol:Initiative", "pol:Mechanism"),
    }
    for city, report in REPORTS.items():
        own = city[0]
        facts: list[Said] = [
            fact(report, "pol:issuedBy", BODIES[city]),
            fact(report, "pol:cites", LAW),
            fact(SITES[own], "pol:operatedBy", BODIES[city]),
        ]
        if own == "甲":
            facts += [
                fact(report, "pol:cites", PLAN),
                fact(PLAN, "pol:basedOn", LAW),
                fact(PLAN, "pol:issuedBy", BODIES[city]),
                fact(TALKS, "pol:carriedOutBy", BODIES[city]),
                fact(TALKS, "pol:carriedOutBy", BODIES["甲市教育局"]),
                fact(TALKS, "pol:usesPlatform", SITES["甲"]),
            ]
        told = {said.subject for said in facts} | {
            said.value.value for said in facts if "://" in said.value.value
        }
        facts += [fact(iri, "rdf:type", expand(cls)) for iri in sorted(told) for cls in classes[iri][-1:]]
        facts += [fact(iri, "pol:reportedIn", report) for iri in sorted(told - {report})]
        names: dict[str, Iterable[str]] = {iri: [iri.rpartition("/")[2]] for iri in told}
        say(memory, report, names, facts)
    memory.update(
        "INSERT DATA { GRAPH <http://x/types> { "
        + " ".join(f"<{iri}> a <{expand(cls)}> ." for iri, listed in classes.items() for cls in listed)
        + " } }"
    )
    return memory


def rows(store: MemoryStore, name: str) -> dict[str, dict[str, str | float]]:
    found = analyse(store, name)
    return {str(row[0]): dict(zip(found.columns, row, strict=True)) for row in found.rows}


def test_the_law_is_cited_most(store: MemoryStore) -> None:
    found = rows(store, "policies")
    assert next(iter(found)) == "条例"
    assert (found["条例"]["cited_by"], found["条例"]["degree"], found["条例"]["core"]) == (3, 3, 2)
    assert found["甲市要点"]["cited_by"] == 1
    assert found["条例"]["class"] == "pol:AdministrativeRegulation"


def test_bodies_are_joined_by_what_they_do_together(store: MemoryStore) -> None:
    found = rows(store, "agencies")
    assert found["甲市教育局"]["degree"] == 1
    assert "乙市人民政府" not in found  # it cites nobody's policy that has an issuer


def test_the_site_that_ties_two_bodies_is_a_bridge(store: MemoryStore) -> None:
    found = rows(store, "platforms")
    assert (found["甲网站"]["agencies"], found["甲网站"]["initiatives"]) == (1, 1)
    assert found["乙网站"]["bridge"] == 0


def test_cities_are_alike_by_what_they_cite_and_build(store: MemoryStore) -> None:
    found = analyse(store, "cities")
    assert found.columns[2:] == ("similarity", "shared_policies", "cites", "builds")
    # one of two policies, one of two kinds of things built
    assert found.rows == (("乙市人民政府", "甲市人民政府", 0.5, 1.0, 0.5, 0.5),)


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_is_kept_as_rdf_with_its_method(store: MemoryStore, name: str) -> None:
    found = analyse(store, name)
    graph = write_analysis(store, found)
    before = sorted(map(str, store.quads(graph)))
    write_analysis(store, analyse(store, name))
    assert sorted(map(str, store.quads(graph))) == before
    asked = store.query(
        f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ GRAPH <{graph}> {{ ?m dqv:isMeasurementOf/skos:definition ?how ; "
        "dqv:value ?value ; dqv:computedOn ?entity } }"
    )
    assert isinstance(asked, Rows)
    figures = sum(not isinstance(value, str) for row in found.rows for value in row)
    assert int(next(iter(asked))[0].value) == figures  # type: ignore[union-attr]
    store.remove([graph])


def test_an_unknown_analysis_is_told(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match="policies, agencies"):
        analyse(store, "nothing")


def test_measures_do_not_depend_on_the_order() -> None:
    network = nx.relabel_nodes(nx.karate_club_graph(), lambda node: f"n{node:02}")
    turned: nx.Graph[str] = nx.Graph()
    turned.add_edges_from((other, one) for one, other in reversed(list(network.edges())))
    for measure in (degree, betweenness, core, communities):
        assert measure(network) == measure(turned)
    assert len(set(communities(network).values())) > 1


def test_pagerank_is_that_of_networkx() -> None:
    network = nx.relabel_nodes(nx.gnp_random_graph(40, 0.1, seed=3, directed=True), str)
    ours = pagerank(network)
    assert sum(ours.values()) == pytest.approx(1, abs=1e-3)
    for iri in network:  # the equation it solves
        rank = 0.15 / 40 + 0.85 * sum(
            ours[one] / network.out_degree(one) for one in network.predecessors(iri)
        )
        rank += 0.85 * sum(ours[one] for one in network if not network.out_degree(one)) / 40
        assert ours[iri] == pytest.approx(rank, abs=1e-4)


def test_large_networks_are_measured_from_fixed_starts() -> None:
    network = nx.relabel_nodes(nx.star_graph(1600), lambda node: f"n{node:04}")
    found = betweenness(network)
    assert max(found, key=lambda iri: found[iri]) == "n0000"
    assert "betweenness" not in measured(nx.relabel_nodes(nx.path_graph(3001), str))


def test_the_networkx_graph_has_labels_classes_years_and_evidence(store: MemoryStore) -> None:
    network = to_networkx(store)
    assert network.nodes[LAW]["label"] == "条例"
    assert network.nodes[LAW]["cls"] == "pol:AdministrativeRegulation"
    assert network.nodes[LAW]["reports"] == 2
    assert network.edges[SITES["甲"], BODIES["甲市人民政府"], expand("pol:operatedBy")]["quote"] == "原文"
