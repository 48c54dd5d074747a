"""Queries that never end, or hold more than there is, are stopped at their limit and told so, while another query answers."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.serve import Limits, Settings
from kg.store import OxigraphStore
from tests.serve.conftest import running

NODES = 400
ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
NEVER = "FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l))) < 1)"
# A text of 4 MB: 16 characters doubled 18 times.
BIG = "BIND('0123456789abcdef' AS ?x0) " + " ".join(
    f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(18)
)
ENDLESS = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}",
    "deep path": "SELECT (COUNT(*) AS ?n) { ?a (x:p|^x:q)+ ?b . ?b (x:p/x:q)* ?c . ?c (!x:r)+ ?d . ?d x:p* ?e }",
    "huge sort": f"SELECT * {{ {ANY} }} ORDER BY DESC(CONCAT(STR(?c), STR(?d))) LIMIT 1",
    "huge group": f"SELECT ?a ?d (SUM(STRLEN(STR(?i))) AS ?n) {{ {ANY} }} GROUP BY ?a ?d",
    "listed values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(9))
    + " }",
    "counted repeats": r'SELECT * { ?a x:r ?t . ?b x:r ?u FILTER REGEX(?t, "(\\w{1,200}){1,20}$") } ORDER BY ?u',
    "graph": f"CONSTRUCT {{ ?a ?b ?l }} WHERE {{ {ANY} {NEVER} }}",
    "description": f"DESCRIBE ?a {{ {ANY} {NEVER} }}",
}
HEAVY = {
    "text joined": f"SELECT (STRLEN(GROUP_CONCAT(?t)) AS ?n) {{ {BIG} ?a x:p ?c BIND(CONCAT(?x18, STR(?a)) AS ?t) }}",
    "text doubled": "SELECT (STRLEN(?x36) AS ?n) { "
    + BIG
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(18, 36))
    + " }",
    "distinct rows": f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?t {{ {BIG} ?a x:p ?c BIND(CONCAT(?x18, STR(?a)) AS ?t) }} }}",
    "sorted rows": f"SELECT (MAX(?t) AS ?n) {{ SELECT ?t {{ {BIG} ?a x:p ?c BIND(CONCAT(?x18, STR(?a)) AS ?t) }} ORDER BY ?t }}",
}
NESTED = {
    "brackets": f"ASK {{ ?a ?b ?c FILTER({'(' * 50_000}1{')' * 50_000}) }}",
    "groups": f"ASK {'{' * 50_000}?a ?b ?c{'}' * 50_000}",
}
PROLOGUE = "PREFIX x: <http://example.org/>\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nodes with two ways on from each, and a name."""
    graph = "http://example.org/web"
    lines = "".join(
        f"<http://example.org/n{n}> <http://example.org/{kind}> {target} <{graph}> .\n"
        for n in range(NODES)
        for kind, target in (
            ("p", f"<http://example.org/n{(n * 7 + 1) % NODES}>"),
            ("q", f"<http://example.org/n{(n * 11 + 3) % NODES}>"),
            ("r", f'"{"a" * 40}{n}"'),
        )
    )
    folder = tmp_path_factory.mktemp("web") / "store"
    with OxigraphStore(folder, writable=True) as store:
        store.add({graph: lines.encode()})
    return folder


@pytest.fixture(scope="module")
def hasty(web: Path) -> Iterator[httpx.Client]:
    with running(Settings(str(web), Limits(seconds=1, workers=2))) as client:
        yield client


@pytest.fixture(scope="module")
def small(web: Path) -> Iterator[httpx.Client]:
    with running(Settings(str(web), Limits(seconds=50, memory=800 << 20, workers=2))) as client:
        yield client


def put(server: httpx.Client, query: str) -> httpx.Response:
    """The answer to a query that is meant to fail, while which another one must be answered, and after which both workers serve."""
    got: list[httpx.Response] = []
    data = {"query": PROLOGUE + query}
    other = threading.Thread(target=lambda: got.append(server.post("/sparql", data=data)))
    other.start()
    while other.is_alive():
        assert server.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200
    codes = [server.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code for _ in range(3)]
    assert codes == [200] * 3
    return got[0]


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_a_query_without_end_is_stopped_in_time(hasty: httpx.Client, query: str) -> None:
    answer = put(hasty, query)
    assert (answer.status_code, answer.text) == (
        504,
        "the query was stopped after 1 seconds; make it more selective, or add LIMIT\n",
    )


@pytest.mark.parametrize("query", HEAVY.values(), ids=HEAVY)
def test_a_query_that_holds_too_much_is_stopped(small: httpx.Client, query: str) -> None:
    answer = put(small, query)
    assert (answer.status_code, answer.text) == (
        503,
        "the query needed too much memory; make it more selective, or add LIMIT\n",
    )


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_a_query_nested_too_deeply_is_told_so(small: httpx.Client, query: str) -> None:
    answer = put(small, query)
    assert (answer.status_code, answer.text) == (
        400,
        "the query is nested too deeply; use at most 200 brackets within each other\n",
    )


def test_an_expression_does_not_go_back_and_forth(hasty: httpx.Client) -> None:
    """What takes other engines 2 to the power of 40 steps: Oxigraph's expressions read a text once."""
    query = r'SELECT (COUNT(*) AS ?n) { ?a x:r ?t FILTER REGEX(?t, "^(a+)+b|(a|aa)+c$") }'
    answer = hasty.get("/sparql", params={"query": PROLOGUE + query})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "0"
