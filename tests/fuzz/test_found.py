"""Bad inputs that were found, each made here, so that none of them comes back."""

from pathlib import Path

import pytest

from fuzz.judge import judge
from fuzz.targets import TARGETS, packed
from kg.errors import InputError, KgError, OntologyError, QueryError
from kg.nesting import check_query
from kg.query import check_syntax, load_query, parse_query
from kg.schema.files import extension_files, extension_path
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


def test_a_long_run_of_figures_takes_its_length_in_time() -> None:
    """What stands before each of them was looked for among all mentions of the text."""
    text = "云川市教育局2022年政府信息公开工作年度报告\n" + "3.5%" * 15_000
    assert judge(TARGETS["whole"].run, text.encode()) is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 50_000 + "}" * 50_000,
        "ASK { FILTER " + "(" * 50_000 + "1" + ")" * 50_000 + " }",
        "ASK { FILTER (?a<" + "(" * 50_000 + "1>0" + ")" * 50_000 + ") }",
        "ASK { FILTER (" + "!" * 50_000 + "true) }",
        "ASK { ?a " + "(" * 50_000 + "<x:>" + "/<x:>)*" * 50_000 + " ?b }",
        "ASK { ?a ?b " + "[ ?b " * 50_000 + "1" + " ]" * 50_000 + " }",
        "ASK { ?a ?b " + "<<( ?a ?b " * 50_000 + "1" + " )>>" * 50_000 + " }",
        "ASK { FILTER (1" + "+1" * 50_000 + ") }",
        "ASK { FILTER (1" + " || 1" * 50_000 + ") }",
        "ASK { ?a <x:>" + "|<x:>" * 50_000 + " ?b }",
        "ASK { " + "MINUS { ?a ?b ?c }" * 50_000 + " }",
        "SELECT " + " ".join(f"(1 AS ?a{n})" for n in range(50_000)) + " {}",
        "INSERT {} WHERE " + "{" * 50_000 + "}" * 50_000,
        "INSERT DATA { <x:a> <x:b> " + "( " * 50_000 + " )" * 50_000 + " }",
    ],
)  # fmt: skip
def test_a_query_that_an_engine_cannot_follow_is_refused(query: str) -> None:
    store = MemoryStore()
    for ask in (store.query, store.update):
        with pytest.raises(
            QueryError, match=r"^the query (is nested too deeply|has more than \d+ operators)"
        ):
            ask(query)
    with pytest.raises(QueryError, match=r"^mine: the query (is nested too deeply|has more than)"):
        check_syntax(parse_query(query, name="mine"))


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?a ?b '" + "(" * 500 + "', '''it's " + "{" * 500 + "''' } # " + "[" * 500,
        "ASK { ?a ?b <http://x/" + "(" * 500 + "> }",
        "ASK { ?a ?b x:a" + r"\(" * 500 + "}",
        "ASK { VALUES ?a { " + "'a' " * 5000 + "} }",
        "ASK { FILTER (?a IN (" + ", ".join(f"<x:a-b/{n}>" for n in range(5000)) + ")) }",
        "INSERT DATA { " + "<x:a> x:b-c -1 . " * 5000 + "}",
        "SELECT * " + "{" * 150 + "}" * 150,
    ],
)
def test_what_is_long_and_nests_little_is_no_such_query(query: str) -> None:
    check_query(query)


def test_turtle_that_an_engine_cannot_follow_is_refused() -> None:
    terms = "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 50_000 + "1" + " )>>" * 50_000 + " ."
    with pytest.raises(OntologyError, match=r"^a\.ttl: more than \d+ brackets"):
        load_texts([("a.ttl", terms)])
    nodes = "<urn:a> <urn:b> " + "[ <urn:b> " * 250 + "1" + " ]" * 250 + " ."
    with pytest.raises(OntologyError, match="brackets within each other"):
        load_texts([("a.ttl", nodes)])


def test_a_folder_that_is_no_extension_is_not_walked_to_its_end(tmp_path: Path) -> None:
    for place in ("examples", "other"):
        (tmp_path / place).mkdir()
        for number in range(5001):
            (tmp_path / place / f"{number}.txt").touch()
        if place == "examples":
            (tmp_path / "a.ttl").touch()
            assert extension_files(tmp_path) == [tmp_path / "a.ttl"]
    with pytest.raises(OntologyError, match="are no extension; give a folder that holds Turtle files"):
        extension_files(tmp_path)
