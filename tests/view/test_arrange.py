"""Layouts that fit a question: every node has a place of its own, in the part it belongs to."""

from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from kg.query import list_queries
from kg.query.header import LAYOUTS
from kg.store import MemoryStore
from kg.view import html
from kg.view.arrange import Key, arrange
from kg.view.standing import OTHER, Standing, standing_of, standings
from tests.view.conftest import data_of, nodes_of

BOX = (150.0, 40.0)
NETWORK: "nx.Graph[str]" = nx.relabel_nodes(nx.balanced_tree(4, 3), lambda node: f"n{node:03}")
KEYS = {
    iri: Key((place % 4, ""), f"part {place % 4}", place % 3) for place, iri in enumerate(sorted(NETWORK))
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_no_two_nodes_share_a_place(kind: str) -> None:
    places, _ = arrange(kind, NETWORK, dict.fromkeys(NETWORK, BOX), KEYS, "n000")
    assert set(places) == set(NETWORK)
    for one, other in combinations(sorted(places), 2):
        (x, y), (u, v) = places[one], places[other]
        assert abs(x - u) >= BOX[0] - 2 or abs(y - v) >= BOX[1] - 2, (one, other)


@pytest.mark.parametrize("kind", ["layered", "time", "flow", "grouped"])
def test_every_node_stands_in_its_part(kind: str) -> None:
    places, guides = arrange(kind, NETWORK, dict.fromkeys(NETWORK, BOX), KEYS)
    assert [guide.label for guide in sorted(guides, key=lambda guide: guide.label)] == [
        f"part {number}" for number in range(4)
    ]
    frames = {guide.label: guide.box for guide in guides}
    for iri, (x, y) in places.items():
        left, top, right, bottom = frames[KEYS[iri].label]
        assert left <= x <= right, iri
        assert top <= y <= bottom, iri
    for one, other in combinations(frames.values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_order_of_nodes_does_not_matter(kind: str) -> None:
    turned: nx.Graph[str] = nx.Graph()
    turned.add_nodes_from(reversed(list(NETWORK)))
    turned.add_edges_from((other, one) for one, other in reversed(list(NETWORK.edges())))
    boxes = dict.fromkeys(NETWORK, BOX)
    assert arrange(kind, NETWORK, boxes, KEYS, "n000") == arrange(kind, turned, boxes, KEYS, "n000")


@pytest.mark.parametrize("kind", LAYOUTS)
def test_nothing_has_no_places(kind: str) -> None:
    assert arrange(kind, nx.Graph(), {}, {}) == ({}, ())


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("国务院办公厅", 0, ""),
        ("优化营商环境条例", 0, ""),
        ("城市管理局", 0, ""),
        ("云岭省教育厅", 1, "云岭省"),
        ("云川市市场监督管理局", 2, "云川市"),
        ("云岭省云川市人民政府", 2, "云岭省云川市"),
        ("云川市望岚区人民政府办公室", 3, "云川市望岚区"),
        ("青澜县松坪镇人民政府", 4, "青澜县松坪镇"),
        ("和县人民政府", 3, "和县"),
    ],
)
def test_names_tell_where_a_body_stands(name: str, level: int, region: str) -> None:
    assert standing_of(name) == Standing(level, region)


def test_what_belongs_to_a_body_stands_with_it() -> None:
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    drawn.add_edge("site", "city", key="https://w3id.org/policy-kg/ontology#operatedBy")
    drawn.add_edge("page", "site", key="https://w3id.org/policy-kg/ontology#partOf")
    drawn.add_node("lone")
    drawn.add_node("school")
    names = {"city": ("云川市人民政府",), "school": ("启明学院",)}
    kinds = {"city": "pol:Agency", "site": "pol:Platform", "page": "pol:Platform", "school": "pol:Agency"}
    found = standings(drawn, kinds, names, (), {"school"})
    assert {found[iri].region for iri in ("site", "page", "city")} == {"云川市"}
    assert found["lone"] == found["school"] == OTHER


def test_a_query_says_how_it_is_laid_out(store: MemoryStore) -> None:
    page = html(store, query="two-agencies", parameters=dict.fromkeys(("one", "other"), "云川市人民政府"))
    assert [guide[1] for guide in data_of(page)["page"]["guides"]] == ["云川市"]
    layouts = {query.name: query.layout for query in list_queries() if query.view == "network"}
    assert layouts["policy-network"] == "layered"
    assert "" not in layouts.values()


def test_a_query_in_a_file_is_drawn(store: MemoryStore, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "#+ title: 我的图\n#+ layout: time\n#+ parameters:\n#+   who: entity\n"
        "CONSTRUCT { ?a pol:partOf ?who } WHERE { ?a pol:partOf ?who }",
        encoding="utf-8",
    )
    page = html(store, query=str(path), parameters={"who": "云川市人民政府"})
    assert set(nodes_of(page)) == {"云川市人民政府", "云川市人民政府办公室"}
    assert [guide[1] for guide in data_of(page)["page"]["guides"]] == ["2020"]
