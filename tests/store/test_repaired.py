"""An update leaves the default graph as the union of the named ones, and for most updates without a look at the whole store."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import DEFAULT, MemoryStore
from kg.store.sparql import UNION, repaired, taken_by_default, with_union

BEFORE = "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 , 2 . <x:c> <x:d> 'e}' } GRAPH <x:h> { <x:a> <x:b> 1 . <x:k> <x:l> 1 } }"
NARROW = {
    "a triple": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 3 } }",
    "several graphs": "PREFIX p: <x:> INSERT DATA { GRAPH <x:g> { p:a p:b 3 ; p:c '#;{' } GRAPH p:k { p:a p:b 3 } }",
    "a triple that another graph states": "DELETE DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
    "a triple of one graph": "DELETE DATA { GRAPH <x:g> { <x:a> <x:b> 2 } }",
    "with a base": "BASE <x:y/> INSERT DATA { GRAPH <g> { <a> <b> 3 } }",
    "a graph cleared": "CLEAR GRAPH <x:g>",
    "a graph dropped": "DROP SILENT GRAPH <x:g>",
    "a graph that is not there": "CLEAR SILENT GRAPH <x:n>",
    "a graph that must be there": "DROP GRAPH <x:n>",
    "a graph by prefix": "PREFIX x: <x:> CLEAR GRAPH x:g",
    "a base of its own": "BASE <x:> CLEAR GRAPH <g>",
    "a new graph": "CREATE GRAPH <x:n>",
    "nothing new": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 1 } }",
    "no triple": "DELETE DATA { }",
    "data without a graph": "INSERT DATA { <x:a> <x:b> 3 . GRAPH <x:g> { <x:a> <x:b> 4 } <x:a> <x:b> 5 }",
    "data taken from no graph": "DELETE DATA { <x:a> <x:b> 1 . GRAPH <x:h> { <x:a> <x:b> 1 } }",
    "a blank node": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> _:n } GRAPH <x:h> { <x:a> <x:b> _:n } }",
    "copied": "COPY <x:g> TO <x:h>",
    "moved": "MOVE GRAPH <x:g> TO GRAPH <x:n>",
    "moved from nowhere": "MOVE SILENT <x:n> TO <x:g>",
    "added": "PREFIX x: <x:> ADD SILENT x:g TO <x:h>",
    "a pattern": "DELETE WHERE { GRAPH <x:g> { <x:a> <x:b> ?o } }",
    "a pattern of any graph": "DELETE WHERE { GRAPH ?g { ?s <x:b> ?o . } . GRAPH <x:h> { ?k <x:l> ?m } }",
    "a pattern of no graph": "DELETE WHERE { ?s <x:b> ?o }",
    "moved by pattern": "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH <x:m> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "changed by pattern": "delete { graph ?g { ?s ?p ?o } } insert { graph ?g { ?s ?p ?n } } where { graph ?g { ?s ?p ?o FILTER(isNumeric(?o)) BIND(?o + 1 AS ?n) } }",
    "of a graph by name": "WITH <x:g> DELETE { ?s ?p ?o } INSERT { ?s <x:n> ?o . GRAPH <x:h> { ?s ?p ?o . } . ?s <x:n> 4 . } WHERE { ?s ?p ?o }",
    "taken from a graph by name": "WITH <x:g> DELETE { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "a graph that nobody binds": "DELETE { GRAPH ?u { ?s ?p ?o } } INSERT { GRAPH ?u { ?s <x:n> ?o } } WHERE { ?s ?p ?o }",
    "a node for each row": "INSERT { GRAPH <x:m> { ?s ?p _:n . _:n <x:is> ?o } } WHERE { ?s ?p ?o }",
    "comments and braces": "INSERT { GRAPH <x:m> { ?s ?p '[{#' # [ {\n } } # hm {\n WHERE # { \n { ?s ?p ?o # }\n } # end",
    "into no graph": "INSERT { ?s <x:n> ?o } WHERE { ?s ?p ?o }",
    "of graphs that are chosen": "DELETE { GRAPH <x:g> { ?s ?p ?o } } USING <x:h> WHERE { ?s ?p ?o }",
    "of named graphs that are chosen": "DELETE { GRAPH <x:g> { ?s ?p ?o } } USING NAMED <x:h> USING<x:g>WHERE { GRAPH ?g { ?s ?p ?o } }",
    "of a union": "INSERT { GRAPH <x:m> { ?s ?p ?o } } WHERE { { ?s ?p ?o } UNION { ?s ?p ?o FILTER(?o > 1) } }",
}  # fmt: skip
WHOLE = {
    "a node without a name": "INSERT { GRAPH <x:m> { ?s ?p [ <x:is> ?o ] } } WHERE { ?s ?p ?o }",
    "a list": "INSERT { GRAPH <x:m> { ?s ?p ( ?o 1 ) } } WHERE { ?s ?p ?o }",
    "data with such a node": "INSERT DATA { GRAPH <x:m> { <x:a> <x:b> [] } }",
    "a triple that is told of": "INSERT { GRAPH <x:m> { <x:a> <x:b> 1 {| <x:q> 2 |} } } WHERE {}",
    "all": "CLEAR ALL",
    "the named ones": "DROP NAMED",
    "the default graph": "CLEAR DEFAULT",
    "copied from the default graph": "COPY DEFAULT TO <x:n>",
    "moved to the default graph": "MOVE <x:g> TO DEFAULT",
}
WRONG = [
    "nothing",
    "CLEAR ALL ;; CLEAR ALL",
    "INSERT DATA {",
    "INSERT DATA { <x:g> { <x:a> <x:b> 3 } }",
    "DELETE { ?s ?p _:b } WHERE { ?s ?p ?o }",
]
EMPTY = ["", "# nothing", "PREFIX x: <x:>", "PREFIX x: <x:> # no more"]
PLAIN = [
    text
    for text in (*NARROW.values(), *WHOLE.values())
    if not text.startswith(("PREFIX", "BASE")) and "# end" not in text
]


def left(update: str) -> tuple[list[str], list[str], tuple[str, ...], str]:
    """The named graphs, the default graph, the names, and what went wrong."""
    store = MemoryStore()
    store.engine.update(with_union(BEFORE))
    wrong = ""
    try:
        store.engine.update(update)
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        wrong = type(error).__name__
    quads = sorted(re.sub("_:[0-9a-f]+", "_:n", str(quad)) for quad in store.quads())
    default = sorted(re.sub("_:[0-9a-f]+", "_:n", str(quad.triple)) for quad in store.quads(DEFAULT))
    return quads, default, store.graphs(), wrong


def plain(*updates: str) -> str:
    """The updates, each followed by a repair of the whole."""
    return "\n;\n".join(f"{update}\n;\n{UNION}" for update in updates)


@pytest.mark.parametrize("update", NARROW.values(), ids=NARROW)
def test_the_narrow_way_leaves_the_same(update: str) -> None:
    narrow = repaired(update)
    assert UNION not in narrow
    assert left(narrow) == left(plain(update))


@pytest.mark.parametrize("update", WHOLE.values(), ids=WHOLE)
def test_any_other_update_looks_at_the_whole(update: str) -> None:
    assert UNION in repaired(update)
    assert left(repaired(update)) == left(plain(update))


@settings(deadline=None)
@given(st.lists(st.sampled_from(PLAIN), min_size=2, max_size=4))
def test_one_after_the_other(updates: list[str]) -> None:
    assert left(repaired(" ; ".join(updates))) == left(plain(*updates))
    assert left(repaired("\n;".join(updates) + " ; # end")) == left(plain(*updates))


@pytest.mark.parametrize("update", WRONG)
def test_what_is_wrong_stays_wrong_and_changes_nothing(update: str) -> None:
    before = left("")
    for text in (update, f"CLEAR ALL ; {update}", f"{update} ; CLEAR ALL"):
        quads, default, graphs, wrong = left(repaired(text))
        assert wrong
        assert (quads, default, graphs, "") == before


@pytest.mark.parametrize("update", EMPTY)
def test_an_update_may_do_nothing(update: str) -> None:
    assert left(repaired(update)) == left("")


def test_names_are_those_of_the_prologues_before_an_operation() -> None:
    """The engine itself takes prologues before the first operation alone."""
    text = (
        "PREFIX p: <x:> CLEAR ALL ; INSERT DATA { GRAPH p:g { p:a p:b 'p:a', 9 . p:a p:c p:d\\-e. } } ; "
        "INSERT { GRAPH p:g { ?s p:n ?o } } WHERE { ?s p:b ?o FILTER(?o<10) } ; # PREFIX p: <z:>\n"
        "PREFIX p: <y:> INSERT { GRAPH p:g { ?s p:m ?o } } WHERE { ?s <x:b> ?o FILTER(isNumeric(?o)) } ; "
        "BASE <http://y/> PREFIX : <#> INSERT DATA { GRAPH p:g { <a> :b '<a>'@en, '1'^^p:c, _:d . } } ; BASE <http://z/> # end"
    )
    quads, default, graphs, wrong = left(repaired(text))
    ten = '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert (wrong, graphs) == ("", ("x:g", "x:h", "y:g"))
    assert quads == sorted([
        '<x:a> <x:b> "p:a" <x:g>', f"<x:a> <x:b> {ten} <x:g>", "<x:a> <x:c> <x:d-e> <x:g>", f"<x:a> <x:n> {ten} <x:g>",
        f"<x:a> <y:m> {ten} <y:g>", '<http://y/a> <http://y/#b> "<a>"@en <y:g>', '<http://y/a> <http://y/#b> "1"^^<y:c> <y:g>',
        "<http://y/a> <http://y/#b> _:n <y:g>",
    ])  # fmt: skip
    assert default == sorted(quad.rsplit(" ", 1)[0] for quad in quads)


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR ALL ; PREFIX p: <y:> INSERT DATA { GRAPH q:g { p:a p:b 1 } }",
        "CLEAR ALL ; PREFIX p: <y: > CLEAR ALL",
    ],
)
def test_a_name_that_nobody_declares_is_wrong(text: str) -> None:
    before = left("")
    assert left(repaired(text)) == (*before[:3], "SyntaxError")


@pytest.mark.parametrize(
    ("update", "query"),
    [
        ("DELETE DATA { <x:a> <x:b> 1 }", "CONSTRUCT { <x:a> <x:b> 1 } WHERE {}"),
        ("DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }", "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p 1 }"),
        ("DELETE { ?s ?p 1 } USING <x:g> WHERE { ?s ?p 1 }", ""),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p 2 }", ""),
        ("CLEAR ALL ; DELETE WHERE { ?s ?p 1 }", ""),
        ("DELETE", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_an_update_takes_from_the_default_graph(update: str, query: str) -> None:
    assert taken_by_default(update) == query
