"""Bad inputs that were found, each made here, so that none of them comes back."""

from pathlib import Path

import pytest

from fuzz.targets import packed
from kg.errors import InputError, KgError, OntologyError, QueryError
from kg.query import check_syntax, load_query, parse_query
from kg.schema.files import extension_path
from kg.schema.index import load_texts
from kg.schema.pattern import compile_expression
from kg.store import MemoryStore
from kg.store.rdf import turtle
from kg.text import read_bytes
from kg.text.said import said


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("a\nb.txt", r"a\nb.txt"),
        ("a\u202etxt.exe", r"a\u202etxt.exe"),
        ("a\x1b[2J", r"a\x1b[2J"),
        ("a\udcff", r"a\udcff"),
    ],
)
def test_a_name_that_moves_the_line_is_written_as_codes(where: str, shown: str) -> None:
    assert (
        str(InputError("no such file", where=where, hint="check\nthe path"))
        == f"{shown}: no such file; check the path"
    )


def test_a_message_has_an_end() -> None:
    assert len(str(KgError("公" * 10_000, where="a" * 10_000, hint="b" * 10_000))) < 2000


@pytest.mark.parametrize(
    "expression",
    [
        "…" * 7,
        "建立………平台",
        "(建…)?" * 7,
        "a?" * 30,
        "{?a:Text}、{?b:Text}、{?c:Text}、{?d:Text}、{?e:Text}",
        "建" * 6000,
    ],
)
def test_a_pattern_that_could_run_away_is_refused(expression: str) -> None:
    with pytest.raises(OntologyError):
        compile_expression(expression, {}, {})


@pytest.mark.parametrize(
    "header", ["#+ a: \x01", "#+ \udc80", "#+ " + "[" * 600, "#+ " + "{" * 600, "#+ *b", "#+ \t- a"]
)
def test_a_header_that_is_no_yaml_is_told(header: str) -> None:
    with pytest.raises(QueryError, match=r"^mine:?\d*: the query's header is no YAML"):
        parse_query(f"{header}\nSELECT * {{ ?a ?b ?c }}", name="mine")


@pytest.mark.parametrize(
    "text", ["SELECT *\u2028 { ?x ?y }", "", "\x85\n\n SELECT", "#+ title: a\x0b\nSELECT {"]
)
def test_where_a_query_breaks_is_told_whatever_ends_its_lines(text: str) -> None:
    with pytest.raises(QueryError):
        check_syntax(parse_query(text, name="mine"))


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "\udc80", "a\n" * 200])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises(OntologyError, match="no such extension"):
        extension_path(name)
    with pytest.raises(QueryError, match="cannot be read"):
        load_query(Path(name))


def test_text_that_ends_in_a_line_break_has_its_sentences() -> None:
    assert [one.span.of("公开。\n") for one in said("公开。\n")] == ["公开。"]
    assert said("") == ()


def test_a_literal_may_hold_any_end_of_a_line() -> None:
    """Only a line feed ends a line of N-Quads or Turtle, whatever else Python takes for one."""
    store = MemoryStore()
    line = '<http://x/a> <http://x/b> "甲\u2028乙\x85丙" <http://x/g> .\n'
    store.add({"http://x/g": line.encode()})
    triples = [quad.triple for quad in load_quads(store)]
    assert "甲\u2028乙\x85丙" in turtle(triples)


def load_quads(store: MemoryStore) -> list:  # type: ignore[type-arg]
    return list(store.quads("http://x/g"))


def test_a_broken_name_in_turtle_is_told_in_one_line() -> None:
    with pytest.raises(OntologyError) as caught:
        load_texts([("a.ttl", "<a\x0bb> <c> <d> .")])
    assert len(str(caught.value).splitlines()) == 1


def test_an_iri_of_any_scheme_is_no_prefixed_name() -> None:
    index = load_texts([("a.ttl", "<urn:a> a <https:b> . <mailto:c> <urn:d> <urn:a> .")])
    assert index.nodes("mailto:c", "urn:d") == ["urn:a"]
    assert index.instances("https:b") == ["urn:a"]


def test_a_list_that_leads_back_to_itself_has_an_end() -> None:
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    index = load_texts(
        [
            (
                "a.ttl",
                rdf
                + "<urn:a> rdf:first <urn:x> ; rdf:rest <urn:b> . <urn:b> rdf:first <urn:y> ; rdf:rest <urn:a> .",
            )
        ]
    )
    assert list(index.items("urn:a")) == ["urn:x", "urn:y"]


def test_a_text_box_in_a_text_box_is_read_once() -> None:
    """Each of them was read twice within the one around it, which doubled with every box."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    box, end = "<w:p><w:r><w:t>公开</w:t><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    body = f"<w:document xmlns:w='{space}'><w:body>{box * 40}{end * 40}</w:body></w:document>"
    assert read_bytes(packed(b"\0" + body.encode()), name="a.docx").text.split("\n") == ["公开"] * 40
