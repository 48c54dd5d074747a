"""Errors say where and what to do, in the reader's language; parameters are honoured, or refused."""

import tomllib
from pathlib import Path

import httpx
import pytest

from kg.serve import chinese
from kg.serve.chinese import in_chinese
from kg.serve.refusal import Refusal

HTML = {"Accept": "text/html"}
THING = "/thing?iri=http://example.org/a0"
DIGITS = "9" * 5000
SAID = tomllib.loads((Path(chinese.__file__).parent / "refusals.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s a foo:Bar }", "line 1, column 17: the prefix foo: is not declared; add PREFIX foo: <…>\n"),
        ("SELCT * { ?s ?p ?o }", "line 1, column 1: “SELCT” is no word of SPARQL; did you mean SELECT?\n"),
        ("CLEAR ALL", "line 1, column 1: this is an update, not a query; over HTTP, post it as the parameter update\n"),
        ('SELECT * {\n ?e pol:search "云川" .\n ?e a ?c', "line 3, column 9: the query does not parse after “?e a ?c”; one “}” is missing\n"),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_read(server: httpx.Client, query: str, said: str) -> None:
    for answer in (
        server.get("/sparql", params={"query": query}),
        server.post("/sparql", data={"query": query}),
    ):
        assert (answer.status_code, answer.text) == (400, said)


def test_an_update_that_cannot_be_read_is_told_by_its_own_place(open_server: httpx.Client) -> None:
    text = "INSERT DATA { <x:a> <x:b> 1 } ;\nDELETE WHERE { ?s foo:p ?o }"
    answer = open_server.post("/sparql", data={"update": text})
    assert (answer.status_code, answer.text) == (
        400, "line 2, column 19: the prefix foo: is not declared; add PREFIX foo: <…>\n",
    )  # fmt: skip
    answer = open_server.post("/sparql", data={"update": "CLEAR ALL ;\nINSERT DATA { <x:a> <x:b> }"})
    assert answer.text.startswith("line 2, column ")
    assert open_server.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize("path", ["/search?q=云川&limit=", f"{THING}&page=", "/network?depth="])
@pytest.mark.parametrize("value", [DIGITS, "-1", "x", "1.5", "٣"])
def test_what_is_no_number_is_refused(server: httpx.Client, path: str, value: str) -> None:
    answer = server.get(path + value)
    assert answer.status_code == 400
    assert "is no number" in answer.text


def test_what_others_cannot_do_is_not_advised(server: httpx.Client) -> None:
    answer = server.get("/query/nowhere-near-anything")
    assert (answer.status_code, answer.text) == (
        404, "no query is called “nowhere-near-anything”; /query lists the names\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "query", "kind"),
    [
        ("csv", "SELECT ?s { ?s ?p ?o } LIMIT 1", "text/csv; charset=utf-8"),
        ("xml", "SELECT ?s { ?s ?p ?o } LIMIT 1", "application/sparql-results+xml"),
        ("json", "SELECT ?s { ?s ?p ?o } LIMIT 1", "application/sparql-results+json"),
        ("text/csv", "SELECT ?s { ?s ?p ?o } LIMIT 1", "text/csv; charset=utf-8"),
        ("json", "CONSTRUCT { <x:a> <x:b> 1 } {}", "application/ld+json"),
        ("xml", "CONSTRUCT { <x:a> <x:b> 1 } {}", "application/rdf+xml"),
        ("turtle", "CONSTRUCT { <x:a> <x:b> 1 } {}", "text/turtle; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_the_format_as_a_parameter(
    open_server: httpx.Client, parameter: str, name: str, query: str, kind: str
) -> None:
    given = {"query": query, parameter: name}
    for headers in ({}, HTML, {"Accept": "application/sparql-results+xml"}):
        for number in range(5):  # so that the connection is lent
            answer = open_server.get(
                "/sparql", params={**given, "query": f"{query} # {number}"}, headers=headers
            )
            assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert open_server.post("/sparql", data=given).headers["content-type"] == kind


def test_a_format_that_there_is_not(server: httpx.Client) -> None:
    answer = server.get("/sparql", params={"query": "ASK {}", "format": "foo"})
    assert (answer.status_code, answer.text.split(";")[0]) == (400, "unknown format “foo”")
    assert server.get("/sparql", params={"query": "ASK {}", "format": "csv"}).status_code == 406


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        (f"{THING}&format=foo", "text/html", 400),
        (f"{THING}&format=turtle", "text/html", 200),
        (f"{THING}&format=rdfxml", "text/html", 200),
        (THING, "text/csv", 406),
        (THING, "text/turtle", 200),
        (THING, "*/*", 200),
        (THING, "", 200),
    ],
)
def test_the_format_of_a_thing(server: httpx.Client, path: str, accept: str, status: int) -> None:
    answer = server.get(path, headers={"Accept": accept})
    assert answer.status_code == status
    assert status == 200 or answer.text


WRONG = (
    "/id/nothing/here", "/thing?iri=no", "/query/none", f"{THING}&page=x", f"{THING}&format=x", "/nowhere", "/static/none.js",
    "/ontology/none.html", "/network?query=none", "/sparql?query=SELCT", "/sparql?query=SELECT+*+%7B+%3Fs+foo%3Ab",
    "/words?iri=http://example.org/none",
)  # fmt: skip


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_is_said_in_chinese_on_pages_in_chinese(server: httpx.Client, path: str) -> None:
    answer = server.get(path, headers={**HTML, "Accept-Language": "zh-CN"})
    assert answer.status_code >= 400
    told = answer.text
    english = server.get(path, headers={**HTML, "Accept-Language": "en"}).text
    for part in ("there is no", "is no ", "unknown format", "not found", "see / for", "is called"):
        assert part not in told, part
    assert told != english


def test_programs_are_told_in_english_unless_they_ask(server: httpx.Client) -> None:
    for headers, word in (
        ({}, "did you mean"),
        ({"Accept-Language": "zh"}, "是不是想写"),
        ({"Accept-Language": "en"}, "did you"),
    ):
        answer = server.post("/sparql", data={"query": "SELCT * { ?s ?p ?o }"}, headers=headers)
        assert word in answer.text


SENT = {
    "no format": ("POST", "/sparql", "text/plain", b"ASK {}"),
    "other letters": ("POST", "/sparql", "application/sparql-query; charset=utf-16", b"ASK {}"),
    "no prefix": ("POST", "/sparql", "application/sparql-query", b"SELECT * { ?s foo:a ?o }"),
    "both": ("POST", "/sparql", "application/x-www-form-urlencoded", b"query=ASK{}&update=CLEAR+ALL"),
    "nothing": ("POST", "/sparql", "application/x-www-form-urlencoded", b""),
    "no method": ("PATCH", "/sparql", "", b""),
    "no such graph": ("GET", "/store?graph=x:nothing", "", b""),
    "no graph": ("GET", "/store", "", b""),
    "two graphs": ("GET", "/store?graph=x:a&graph=x:b", "", b""),
    "no IRI": ("GET", "/store?graph=a", "", b""),
    "wrong data": ("PUT", "/store?graph=x:a", "text/turtle", b"<x:a>"),
    "no data": ("PUT", "/store?graph=x:a", "text/csv", b"a,b"),
    "search": ("POST", "/sparql", "application/sparql-update", b"DELETE WHERE { ?e pol:search 'a' }"),
    "load": ("POST", "/sparql", "application/sparql-update", b"LOAD <x:a>"),
    "elsewhere": ("POST", "/sparql", "application/sparql-update", b"DELETE WHERE { ?e a pol:Agency }"),
}


@pytest.mark.parametrize(("method", "path", "kind", "content"), SENT.values(), ids=SENT)
def test_what_is_wrong_with_what_was_sent_is_said_in_chinese(
    open_server: httpx.Client, method: str, path: str, kind: str, content: bytes
) -> None:
    headers = {"Accept-Language": "zh-CN", **({"Content-Type": kind} if kind else {})}
    answer = open_server.request(method, path, headers=headers, content=content)
    assert answer.status_code >= 400
    parts = answer.text.strip().split("；")
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in part) for part in parts), parts
    assert not any(f" {word} " in answer.text for word in ("is", "the", "was", "no", "it")), parts


@pytest.mark.parametrize("english", SAID)
def test_each_form_has_the_same_gaps_in_both_languages(english: str) -> None:
    gaps = {
        name: f"«{name}»"
        for name in (
            "line",
            "column",
            "what",
            "prefix",
            "word",
            "words",
            "names",
            "mark",
            "n",
            "name",
            "iri",
            "given",
            "error",
        )
    }
    said = in_chinese(Refusal(400, english.format(**gaps))).what
    assert said == SAID[english].format(**gaps)
    assert all((f"«{name}»" in said) is (f"{{{name}}}" in english) for name in gaps)
