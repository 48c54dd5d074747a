"""Clients that know nothing of this server: SPARQLWrapper, rdflib's stores, curl."""

import shutil
import subprocess

import httpx
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from tests.serve.conftest import NAMES, TOKEN

POL = rdflib.Namespace("https://w3id.org/policy-kg/ontology#")
SELECT = f"SELECT ?a WHERE {{ ?a a <{POL.Agency}> }} ORDER BY ?a"
CONSTRUCT = f"CONSTRUCT {{ ?a a <{POL.Agency}> }} WHERE {{ ?a a <{POL.Agency}> }}"


def wrapper(server: httpx.Client, query: str, method: str = SPARQLWrapper.GET) -> SPARQLWrapper.SPARQLWrapper:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.base_url}/sparql")
    client.setQuery(query)
    client.setMethod(method)
    return client


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("how", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_asks(server: httpx.Client, method: str, how: str) -> None:
    client = wrapper(server, SELECT, method)
    client.setRequestMethod(how)
    client.setReturnFormat(SPARQLWrapper.JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["a"]["value"] for row in rows] == [f"http://example.org/a{n}" for n in range(3)]


@pytest.mark.parametrize("kind", [SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_in_each_format(server: httpx.Client, kind: str) -> None:
    client = wrapper(server, SELECT)
    client.setReturnFormat(kind)
    answer = client.queryAndConvert()
    text = answer.toxml() if kind == SPARQLWrapper.XML else answer.decode()
    assert text.count("http://example.org/a") == 3


@pytest.mark.parametrize(
    "kind", [SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD, SPARQLWrapper.N3]
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper's
def test_sparqlwrapper_gets_a_graph(server: httpx.Client, kind: str) -> None:
    client = wrapper(server, CONSTRUCT)
    client.setReturnFormat(kind)
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
    assert len(graph) == 3


def test_sparqlwrapper_is_told_what_is_wrong(server: httpx.Client) -> None:
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="does not parse"):
        wrapper(server, "SELECT ?a { ?a").query()


def test_sparqlwrapper_writes(open_server: httpx.Client) -> None:
    for update in (
        "INSERT DATA { GRAPH <http://example.org/w> { <x:w> a <x:Written> } }",
        "DROP GRAPH <http://example.org/w>",
    ):
        client = wrapper(open_server, update, SPARQLWrapper.POST)
        client.setCredentials("anyone", TOKEN)
        assert client.query().response.status == 204


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own
def test_rdflib_reads_and_writes(open_server: httpx.Client) -> None:
    address = f"{open_server.base_url}/sparql"
    store = SPARQLUpdateStore(address, address, auth=("anyone", TOKEN))
    dataset = rdflib.Dataset(store)
    graph = dataset.graph(rdflib.URIRef("http://example.org/r"))
    item = rdflib.URIRef("http://example.org/item")
    graph.add((item, rdflib.RDFS.label, rdflib.Literal("条目 “一”", lang="zh")))
    assert list(graph.objects(item, rdflib.RDFS.label)) == [rdflib.Literal("条目 “一”", lang="zh")]
    graph.remove((item, None, None))
    assert len(graph) == 0
    names = {
        str(row[0]) for row in rdflib.Graph(store).query("SELECT ?n { ?a a pol:Agency ; skos:prefLabel ?n }")
    }
    assert set(NAMES) <= names


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}", "/sparql"], "a\r\nhttp://example.org/a0\r\n"),
        (["-G", "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}", "/sparql"], "a\r\nhttp://example.org/a0\r\n"),
        (["-H", "Content-Type: application/sparql-query", "--data-binary", SELECT, "/sparql"], '{"head":{"vars":["a"]}'),
        (["-I", "/sparql?query=ASK%20%7B%7D"], "HTTP/1.1 200 OK"),
        (["-w", "%{http_code}", "-T", "-", "/sparql"], "PUT is no method of SPARQL"),
        (["-H", "Accept: text/turtle", "/store?graph=http://example.org/g0"], "@prefix"),
        (["-i", "-H", "Origin: https://pages.example.org", "-X", "OPTIONS", "-H", "Access-Control-Request-Method: POST", "/sparql"], "HTTP/1.1 200 OK"),
    ],
    ids=["form", "get", "direct", "head", "put", "graph", "preflight"],
)  # fmt: skip
def test_curl_works(server: httpx.Client, arguments: list[str], expected: str) -> None:
    *options, path = arguments
    command = ["curl", "-s", *options, f"{server.base_url}{path}"]
    ended = subprocess.run(command, capture_output=True, input=b"", timeout=60, check=True)
    assert ended.stdout.decode().startswith(expected)
