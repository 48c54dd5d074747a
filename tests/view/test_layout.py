"""Places: fixed, apart, and near what they belong to."""

from itertools import combinations

import networkx as nx
import pytest

from kg.view.layout import Point, beside, layout

BOX = (150.0, 40.0)
NETWORKS = {
    "one": nx.empty_graph(1),
    "strangers": nx.empty_graph(23),
    "pair": nx.path_graph(2),
    "path": nx.path_graph(12),
    "star": nx.star_graph(40),
    "ring": nx.cycle_graph(17),
    "tree": nx.balanced_tree(3, 3),
    "all with all": nx.complete_graph(12),
    "parts": nx.disjoint_union_all(
        [nx.star_graph(5), nx.path_graph(4), nx.cycle_graph(3), nx.empty_graph(4)]
    ),
    "loop": nx.Graph([(0, 0), (0, 1)]),
}


def named(network: "nx.Graph[int]") -> "nx.Graph[str]":
    return nx.relabel_nodes(network, {node: f"n{node:03}" for node in network})


def overlap(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < BOX[0] - 2 and abs(one[1] - other[1]) < BOX[1] - 2


@pytest.mark.parametrize("name", NETWORKS)
def test_names_do_not_lie_over_each_other(name: str) -> None:
    network = named(NETWORKS[name])
    places = layout(network, dict.fromkeys(network, BOX))
    assert set(places) == set(network)
    assert not [pair for pair in combinations(sorted(places), 2) if overlap(places[pair[0]], places[pair[1]])]


def test_the_order_of_nodes_and_lines_does_not_matter() -> None:
    network = named(NETWORKS["tree"])
    turned: nx.Graph[str] = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((other, one) for one, other in reversed(list(network.edges())))
    assert layout(network, dict.fromkeys(network, BOX)) == layout(turned, dict.fromkeys(network, BOX))


def test_neighbours_are_nearer_than_strangers() -> None:
    network = named(NETWORKS["path"])
    places = layout(network, dict.fromkeys(network, BOX))

    def far(one: str, other: str) -> float:
        return abs(complex(*places[one]) - complex(*places[other]))

    assert far("n000", "n001") < far("n000", "n005") < far("n000", "n011")


def test_guests_find_free_room_near_their_neighbours() -> None:
    hosts = {"a": (0, 0), "b": (1000, 0)}
    guests = {f"g{number:03}": ["a" if number % 2 else "b"] for number in range(60)} | {
        "far": ["g001"],
        "lone": [],
    }
    boxes = dict.fromkeys([*hosts, *guests], (60.0, 30.0))
    places = beside(hosts, boxes, guests)
    assert set(places) == set(guests)
    assert len(set(places.values())) == len(guests)
    for guest, (x, y) in places.items():
        assert not any(abs(x - hx) < 30 and abs(y - hy) < 15 for hx, hy in hosts.values()), guest
    assert all(
        abs(places[guest][0] - hosts[near[0]][0]) < 300
        for guest, near in guests.items()
        if near and near[0] in hosts
    )


def test_an_empty_network_has_no_places() -> None:
    assert layout(nx.Graph(), {}) == {}
