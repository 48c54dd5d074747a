"""A store made by hand: one report of the invented city 云川."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import MemoryStore

HERE = Path(__file__).parent


@pytest.fixture
def store() -> MemoryStore:
    graphs: dict[str, list[str]] = {}
    for quad in ox.parse(HERE.joinpath("yunchuan.trig").read_bytes(), format=ox.RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(f"{quad} .\n")
    memory = MemoryStore()
    memory.add({graph: "".join(lines).encode() for graph, lines in graphs.items()})
    return memory
