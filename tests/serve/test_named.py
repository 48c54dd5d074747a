"""Named queries and names found by their words, over HTTP."""

import httpx
import pytest
import rdflib

from kg.query import list_queries

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


def test_names_by_their_words(server: httpx.Client) -> None:
    hits = server.get("/search", params={"q": "云川 公开"}).json()
    assert [hit["label"] for hit in hits] == ["云川市政务公开办公室"]
    assert server.get("/search", params={"q": " "}).status_code == 400
    assert server.get("/search", params={"q": "”'; DROP"}).json() == []


def test_names_by_their_words_from_sparql(server: httpx.Client) -> None:
    query = 'SELECT ?e { ?e pol:search "档案" ; a pol:Agency }'
    rows = server.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["e"]["value"] for row in rows] == ["http://example.org/a1"]
