"""Named queries and names found by their words, over HTTP."""

from types import SimpleNamespace
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib.plugins.sparql import prepareQuery

from kg.query import list_queries
from kg.terms import PREFIXES

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_each_named_query_answers(open_server: httpx.Client, query: object) -> None:
    name, parameters = query.name, query.parameters  # type: ignore[attr-defined]
    values = {"year": "2020", "entity": "青澜县人民政府", "integer": "1", "string": "a", "zh": "a"}
    params = {
        p.name: values.get(p.type, "1")
        for p in parameters
        if p.type == "entity" or (p.default is None and not p.optional)
    }
    answer = open_server.get(f"/query/{name}", params=params)
    assert answer.status_code == 200, answer.text


def test_formats_and_what_is_wrong(open_server: httpx.Client) -> None:
    answer = open_server.get("/query/policies-most-cited", params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert open_server.get("/query/policies-most-cited", params={"format": "doc"}).status_code == 400
    assert open_server.get("/query/no-such").status_code == 404
    assert open_server.get("/query/policies-most-cited", params={"colour": "red"}).status_code == 400
    assert open_server.get("/query/platforms-of-an-agency").status_code == 400


def test_the_list_as_rdf_and_json(server: httpx.Client) -> None:
    answer = server.get("/query", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text)
    named = set(graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable))
    assert len(named) == len(list_queries()) == len(server.get("/query").json())
    asked = rdflib.URIRef(f"{server.base_url}/query/02-platforms-of-an-agency")
    assert asked in named
    assert [str(graph.value(p, SH.name)) for p in graph.objects(asked, SH.parameter)] == ["agency"]


HELPER: Any = SPARQLQueryHelper  # which has no types
TEXTS = (SH.select, SH.construct, SH.ask)


def test_each_published_query_runs_with_the_prefixes_it_declares(open_server: httpx.Client) -> None:
    answer = open_server.get("/query", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph(bind_namespaces="none").parse(data=answer.text)
    for node in graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable):
        (text,) = (str(one) for name in TEXTS for one in graph.objects(node, name))
        declared = [
            (str(graph.value(one, SH.prefix)), str(graph.value(one, SH.namespace)))
            for source in graph.objects(node, SH.prefixes)
            for one in graph.objects(source, SH.declare)
        ]
        assert len(declared) == len(PREFIXES)
        helper = HELPER(None, node, text)
        helper._shape = SimpleNamespace(sg=SimpleNamespace(graph=graph))
        helper.collect_prefixes()
        assert {prefix: str(space) for prefix, space in helper.prefixes.items()} == PREFIXES == dict(declared)
        alone = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared) + text
        ox.Store().query(alone)
        prepareQuery(alone, initNs={})


def test_a_published_query_gives_what_it_gives_here(open_server: httpx.Client) -> None:
    answer = open_server.get("/query", headers={"Accept": "application/n-triples"})
    graph = rdflib.Graph().parse(data=answer.text, format="nt")
    node = rdflib.URIRef(f"{open_server.base_url}/query/09-citations-upwards")
    assert graph.value(graph.value(node, SH.parameter), SH.defaultValue) == rdflib.Literal("通知")
    least = graph.value(rdflib.URIRef(f"{open_server.base_url}/query/01-policies-most-cited"), SH.parameter)
    assert graph.value(least, SH.datatype) == rdflib.XSD.integer
    assert graph.value(least, SH.defaultValue) == rdflib.Literal(2)
    assert (least, SH.optional, rdflib.Literal(True)) in graph


@pytest.mark.parametrize("there", [True, False])
def test_what_a_default_names_is_published_where_it_is_there(open_server: httpx.Client, there: bool) -> None:
    city = "http://example.org/city"
    data = f'<{city}> skos:prefLabel "云川市人民政府"@zh ; a pol:Agency'
    update = f"INSERT DATA {{ GRAPH <http://example.org/cities> {{ {data} }} }}"
    try:
        if there:
            assert open_server.post("/sparql", data={"update": update}).status_code == 204
        answer = open_server.get("/query", headers={"Accept": "text/turtle"})
    finally:
        open_server.delete("/store", params={"graph": "http://example.org/cities"})
    graph = rdflib.Graph().parse(data=answer.text)
    agency = graph.value(
        rdflib.URIRef(f"{open_server.base_url}/query/02-platforms-of-an-agency"), SH.parameter
    )
    assert graph.value(agency, SH.nodeKind) == SH.IRI
    assert graph.value(agency, SH.datatype) is None
    assert graph.value(agency, SH.defaultValue) == (rdflib.URIRef(city) if there else None)
    assert graph.value(agency, SH.optional) == rdflib.Literal(there)


def test_names_by_their_words(server: httpx.Client) -> None:
    hits = server.get("/search", params={"q": "云川 公开"}).json()
    assert [hit["label"] for hit in hits] == ["云川市政务公开办公室"]
    assert server.get("/search", params={"q": " "}).status_code == 400
    assert server.get("/search", params={"q": "”'; DROP"}).json() == []


def test_names_by_their_words_from_sparql(server: httpx.Client) -> None:
    query = 'SELECT ?e { ?e pol:search "档案" ; a pol:Agency }'
    rows = server.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["e"]["value"] for row in rows] == ["http://example.org/a1"]
