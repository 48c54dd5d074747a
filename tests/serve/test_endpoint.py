"""The SPARQL 1.1 Protocol: each way to ask, each way to ask wrongly, each format."""

import io
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.serve import Limits, Settings
from kg.serve.description import service_description
from kg.serve.negotiation import GRAPHS, RESULTS
from kg.terms import PREFIXES
from tests.serve.conftest import TOKEN, filled, running

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s ?l { ?s a pol:Agency ; skos:prefLabel ?l } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s a pol:Agency } WHERE { ?s a pol:Agency }"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

ASKED: dict[str, dict[str, Any]] = {
    "get": {"method": "GET", "params": {"query": ASK}},
    "get with other parameters": {"method": "GET", "params": {"query": ASK, "other": "1"}},
    "form": {"method": "POST", "data": {"query": ASK}},
    "direct": {"method": "POST", "content": ASK, "headers": {"Content-Type": QUERY}},
    "direct in utf-8": {
        "method": "POST",
        "content": ASK,
        "headers": {"Content-Type": f"{QUERY}; charset=UTF-8"},
    },
}


@pytest.mark.parametrize("request_", ASKED.values(), ids=ASKED)
def test_each_way_to_ask(server: httpx.Client, request_: dict[str, Any]) -> None:
    answer = server.request(url="/sparql", **request_)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["boolean"] is True


WRONG: dict[str, tuple[int, dict[str, Any]]] = {
    "method": (405, {"method": "PUT", "content": ASK, "headers": {"Content-Type": QUERY}}),
    "two queries": (400, {"method": "GET", "params": [("query", ASK), ("query", ASK)]}),
    "two queries in a form": (400, {"method": "POST", "content": "query=ASK%20%7B%7D&query=ASK%20%7B%7D", "headers": {"Content-Type": FORM}}),
    "content type": (415, {"method": "POST", "content": ASK, "headers": {"Content-Type": "text/plain"}}),
    "form without its type": (415, {"method": "POST", "content": "query=ASK%20%7B%7D"}),
    "direct without its type": (415, {"method": "POST", "content": ASK}),
    "direct in utf-16": (415, {"method": "POST", "content": ASK.encode("utf-16"), "headers": {"Content-Type": f"{QUERY}; charset=UTF-16"}}),
    "direct with bad bytes": (400, {"method": "POST", "content": b"ASK { ?s ?p '\xff' }", "headers": {"Content-Type": QUERY}}),
    "syntax": (400, {"method": "GET", "params": {"query": "ASK { ?s"}}),
    "nothing in a form": (400, {"method": "POST", "data": {"other": "1"}}),
    "query and update": (400, {"method": "POST", "data": {"query": ASK, "update": "CLEAR ALL"}}),
    "query in the address and in the body": (400, {"method": "POST", "params": {"query": ASK}, "content": ASK, "headers": {"Content-Type": QUERY}}),
    "format": (406, {"method": "GET", "params": {"query": ASK}, "headers": {"Accept": "image/png"}}),
    "another server": (403, {"method": "GET", "params": {"query": "SELECT * { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }"}}),
    "update of a server that reads": (403, {"method": "POST", "data": {"update": "CLEAR ALL"}}),
    "graph that is no IRI": (400, {"method": "GET", "params": {"query": ASK, "default-graph-uri": "no iri"}}),
}  # fmt: skip


@pytest.mark.parametrize(("status", "request_"), WRONG.values(), ids=WRONG)
def test_each_way_to_ask_wrongly(server: httpx.Client, status: int, request_: dict[str, Any]) -> None:
    answer = server.request(url="/sparql", **request_)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.endswith("\n")
    assert len(answer.text.splitlines()) == 1
    if status == 405:
        assert answer.headers["allow"]


def test_an_update_cannot_come_by_get(open_server: httpx.Client) -> None:
    answer = open_server.get("/sparql", params={"update": "CLEAR ALL"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("kind", RESULTS)
def test_rows_in_each_format(server: httpx.Client, kind: str) -> None:
    answer = server.get("/sparql", params={"query": SELECT}, headers={"Accept": kind})
    assert answer.headers["content-type"].partition(";")[0] == kind
    table = rdflib.query.Result.parse(io.BytesIO(answer.content), content_type=kind)
    assert [str(row[0]) for row in table] == [f"http://example.org/a{n}" for n in range(3)]


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib reads JSON-LD with it
@pytest.mark.parametrize("kind", GRAPHS)
def test_triples_in_each_format(server: httpx.Client, kind: str) -> None:
    answer = server.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": kind})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert len(rdflib.Graph().parse(data=answer.content, format=kind)) == 3


def test_yes_or_no_as_xml(server: httpx.Client) -> None:
    answer = server.get("/sparql", params={"query": ASK}, headers={"Accept": "application/xml"})
    assert ElementTree.fromstring(answer.text).findtext("{*}boolean") == "true"


def test_head_says_what_get_would(server: httpx.Client) -> None:
    got = server.get("/sparql", params={"query": SELECT})
    head = server.head("/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))


DATASETS = {
    "all": ([], [], 3, 3),
    "one default graph": (["g0"], [], 1, 0),
    "two default graphs": (["g0", "g1"], [], 2, 0),
    "named graphs": ([], ["g1", "g2"], 0, 2),
    "both": (["g0"], ["g1", "g2"], 1, 2),
}


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize(("default", "named", "seen", "inside"), DATASETS.values(), ids=DATASETS)
def test_the_request_names_its_graphs(
    server: httpx.Client, how: str, default: list[str], named: list[str], seen: int, inside: int
) -> None:
    graphs = [("default-graph-uri", f"http://example.org/{name}") for name in default]
    graphs += [("named-graph-uri", f"http://example.org/{name}") for name in named]
    query = (
        "SELECT (COUNT(DISTINCT ?a) AS ?x) (COUNT(DISTINCT ?b) AS ?y) "
        "{ { ?a a pol:Agency } UNION { GRAPH ?g { ?b a pol:Agency } } }"
    )
    if how == "get":
        answer = server.get("/sparql", params=[("query", query), *graphs])
    elif how == "form":
        form = str(httpx.QueryParams([("query", query), *graphs]))
        answer = server.post("/sparql", content=form, headers={"Content-Type": FORM})
    else:
        answer = server.post("/sparql", params=graphs, content=query, headers={"Content-Type": QUERY})
    row = answer.json()["results"]["bindings"][0]
    assert (row["x"]["value"], row["y"]["value"]) == (str(seen), str(inside))


@pytest.mark.parametrize(
    ("more", "graphs", "count"),
    [("", "", 2), ("", "g0", 1), ("", "g2", 0), ("", "nope", 0), ("FROM <http://example.org/g1>", "", 1), ("FROM <x:nope>", "", 0)],
)  # fmt: skip
def test_a_search_finds_what_the_graphs_of_the_request_name(
    server: httpx.Client, more: str, graphs: str, count: int
) -> None:
    asked = {"query": f'SELECT ?e {more} {{ ?e pol:search "云川" }}'}
    if graphs:
        asked["default-graph-uri"] = f"http://example.org/{graphs}"
    assert len(server.get("/sparql", params=asked).json()["results"]["bindings"]) == count


def test_graphs_of_a_client_that_encodes_the_mark_between_them_are_two(server: httpx.Client) -> None:
    query = "ASK FROM <http://example.org/g0> { GRAPH ?a { ?x a pol:Agency } GRAPH ?b { ?y a pol:Agency } FILTER(?a != ?b) }"
    glued = "http://example.org/g1&named-graph-uri=http://example.org/g2"
    answer = server.post(
        "/sparql", params={"named-graph-uri": glued}, content=query, headers={"Content-Type": QUERY}
    )
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(("default", "named", "seen", "inside"), DATASETS.values(), ids=DATASETS)
def test_graphs_of_the_request_go_before_those_of_the_query(
    server: httpx.Client, default: list[str], named: list[str], seen: int, inside: int
) -> None:
    if not default and not named:
        seen, inside = 1, 1  # then those of the query hold
    graphs = [("default-graph-uri", f"http://example.org/{name}") for name in default]
    graphs += [("named-graph-uri", f"http://example.org/{name}") for name in named]
    query = (
        "SELECT (COUNT(DISTINCT ?a) AS ?x) (COUNT(DISTINCT ?b) AS ?y) FROM <http://example.org/g2> FROM NAMED <http://example.org/g0> "
        "{ { ?a a pol:Agency } UNION { GRAPH ?g { ?b a pol:Agency } } }"
    )
    row = server.get("/sparql", params=[("query", query), *graphs]).json()["results"]["bindings"][0]
    assert (row["x"]["value"], row["y"]["value"]) == (str(seen), str(inside))


def asks(server: httpx.Client, query: str) -> bool:
    return bool(server.get("/sparql", params={"query": query}).json()["boolean"])


@pytest.mark.parametrize("how", ["form", "direct"])
def test_an_update_is_seen_at_once(open_server: httpx.Client, how: str) -> None:
    update = f'INSERT DATA {{ GRAPH <http://example.org/u> {{ <http://example.org/{how}> <x:p> "政" }} }}'
    request: dict[str, Any] = (
        {"data": {"update": update}}
        if how == "form"
        else {"content": update.encode(), "headers": {"Content-Type": UPDATE}}
    )
    assert open_server.post("/sparql", **request).status_code == 204
    assert asks(open_server, f"ASK {{ <http://example.org/{how}> ?p '政' }}")
    assert (
        open_server.post("/sparql", data={"update": "DROP GRAPH <http://example.org/u>"}).status_code == 204
    )
    assert not asks(open_server, f"ASK {{ <http://example.org/{how}> ?p '政' }}")


@pytest.mark.parametrize("named", [False, True])
def test_an_update_of_chosen_graphs(open_server: httpx.Client, named: bool) -> None:
    target = "http://example.org/chosen"
    pattern = "GRAPH ?g { ?s a pol:Agency }" if named else "?s a pol:Agency"
    name = "using-named-graph-uri" if named else "using-graph-uri"
    params = [(name, "http://example.org/g0"), (name, "http://example.org/g1")]
    update = f"CLEAR SILENT GRAPH <{target}> ; INSERT {{ GRAPH <{target}> {{ ?s a <x:Chosen> }} }} WHERE {{ {pattern} }}"
    answer = open_server.post("/sparql", params=params, content=update, headers={"Content-Type": UPDATE})
    assert answer.status_code == 204
    assert [asks(open_server, f"ASK {{ <http://example.org/a{n}> a <x:Chosen> }}") for n in range(3)] == [
        True,
        True,
        False,
    ]
    open_server.delete("/store", params={"graph": target})


BAD_UPDATES: dict[str, tuple[int, dict[str, Any]]] = {
    "syntax": (400, {"data": {"update": "INSERT DATA { ?s"}}),
    "two updates": (400, {"content": "update=CLEAR%20ALL&update=CLEAR%20ALL", "headers": {"Content-Type": FORM}}),
    "content type": (415, {"content": "CLEAR ALL", "headers": {"Content-Type": "text/plain"}}),
    "no type": (415, {"content": "CLEAR ALL"}),
    "bad bytes": (400, {"content": b"CLEAR GRAPH <x:\xff>", "headers": {"Content-Type": UPDATE}}),
    "graphs named twice": (400, {"params": {"using-graph-uri": "x:g"}, "content": "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "headers": {"Content-Type": UPDATE}}),
    "load": (403, {"data": {"update": "LOAD <http://127.0.0.1/x>"}}),
    "service": (403, {"data": {"update": "DELETE WHERE { GRAPH <http://example.org/g0> { ?s ?p ?o } } ; INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }"}}),
    "search": (400, {"data": {"update": 'DELETE { GRAPH <http://example.org/g0> { ?e ?p ?o } } WHERE { ?e pol:search "云川" ; ?p ?o }'}}),
    "without the token": (401, {"data": {"update": "CLEAR ALL"}, "headers": {"Authorization": "Bearer wrong"}}),
}  # fmt: skip


@pytest.mark.parametrize(("status", "request_"), BAD_UPDATES.values(), ids=BAD_UPDATES)
def test_each_wrong_update_changes_nothing(
    open_server: httpx.Client, status: int, request_: dict[str, Any]
) -> None:
    assert open_server.post("/sparql", **request_).status_code == status
    assert asks(open_server, "ASK { GRAPH <http://example.org/g0> { ?s ?p ?o } }")


def test_the_endpoint_describes_itself(open_server: httpx.Client) -> None:
    answer = open_server.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd = SD
    service = graph.value(None, sd.endpoint, rdflib.URIRef(str(answer.url)))
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query, sd.SPARQL11Update}
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph
    assert (service, sd.propertyFeature, rdflib.URIRef(f"{PREFIXES['pol']}search")) in graph
    held = graph.value(service, sd.defaultDataset)
    assert graph.value(held, sd.defaultGraph)
    named = {graph.value(one, sd.name): one for one in graph.objects(held, sd.namedGraph)}
    for number in range(3):
        one = named[rdflib.URIRef(f"http://example.org/g{number}")]
        assert (one, rdflib.RDF.type, sd.NamedGraph) in graph
        content = open_server.get(str(graph.value(one, sd.graph)), headers={"Accept": "text/turtle"})
        assert len(rdflib.Graph().parse(data=content.text)) == 2


def test_more_graphs_than_can_be_listed_are_asked_for() -> None:
    counts = []
    for number in (1000, 1001):
        made = service_description("http://x/sparql", Settings(""), [f"http://x/g{n}" for n in range(number)])
        graph = rdflib.Graph().parse(data=made["text/turtle"])
        told = list(graph.objects(rdflib.URIRef("http://x/sparql#dataset"), rdflib.RDFS.comment))
        counts.append((len(list(graph.subjects(rdflib.RDF.type, SD.NamedGraph))), len(told)))
    assert counts == [(1000, 0), (0, 1)]


def test_the_store_is_described(server: httpx.Client) -> None:
    answer = server.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    graph = rdflib.Graph().parse(data=answer.text, format="nt")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    assert [int(str(count)) for count in graph.objects(None, void.triples) if int(str(count)) == 6] == [6]
    part = graph.value(None, void["class"], rdflib.URIRef("https://w3id.org/policy-kg/ontology#Agency"))
    assert int(str(graph.value(part, void.entities))) == 3


def test_pages_of_chosen_origins_may_ask(server: httpx.Client) -> None:
    for origin, allowed in (("https://pages.example.org", True), ("https://other.example.org", False)):
        answer = server.get("/sparql", params={"query": ASK}, headers={"Origin": origin})
        assert (answer.headers.get("access-control-allow-origin") == origin) is allowed


PREFLIGHTS = [
    ("GET", "Accept", False),
    ("POST", "Content-Type", False),
    ("POST", "Authorization", True),
    ("PUT", "Authorization", True),
    ("PUT", "If-None-Match", True),
    ("DELETE", "Authorization", True),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that pages of another origin may write to."""
    place = filled(tmp_path_factory.mktemp("shared") / "store")
    settings = Settings(str(place), Limits(workers=1), token=TOKEN, cors=("https://pages.example.org",))
    with running(settings) as client:
        yield client


@pytest.mark.parametrize(("method", "header", "writes"), PREFLIGHTS)
def test_a_page_may_write_where_others_may(
    server: httpx.Client, shared: httpx.Client, method: str, header: str, writes: bool
) -> None:
    asked = {
        "Origin": "https://pages.example.org",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": header.lower(),
    }
    assert shared.options("/store", headers=asked).status_code == 200
    assert shared.options("/store", headers={**asked, "Origin": "https://x.example.org"}).status_code == 400
    assert server.options("/store", headers=asked).status_code == (400 if writes else 200)


def test_a_page_sees_where_its_graph_is(shared: httpx.Client) -> None:
    headers = {
        "Origin": "https://pages.example.org",
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": "text/turtle",
    }
    answer = shared.post("/store", content="<x:a> <x:b> <x:c> .", headers=headers)
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == "https://pages.example.org"
    assert answer.headers["access-control-expose-headers"] == "Location"


def test_rdflib_works_unchanged(server: httpx.Client) -> None:
    remote = SPARQLStore(f"{server.base_url}/sparql")
    graph = rdflib.Graph(remote)
    rows = list(graph.query("SELECT ?s WHERE { ?s a <https://w3id.org/policy-kg/ontology#Agency> }"))
    assert len(rows) == len(list(graph.triples((None, rdflib.SKOS.prefLabel, None)))) == 3


def test_answers_are_not_kept_for_other_formats(server: httpx.Client) -> None:
    answer = server.get("/sparql", params={"query": SELECT})
    assert "Accept" in answer.headers["vary"].split(", ")
    assert json.loads(answer.text)["head"]["vars"] == ["s", "l"]
