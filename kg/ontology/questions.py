"""Competency questions of an extension: asked over its example reports, answered as written beside them."""

from collections.abc import Iterator
from pathlib import Path

from kg.build.pipeline import standard
from kg.errors import KgError
from kg.ontology.extension import shown
from kg.ontology.finding import Flaw, flaw
from kg.ontology.scope import Scope
from kg.query import ask, check_syntax, load_query, write
from kg.store import MemoryStore
from kg.terms import BASE


def questions(scope: Scope, *, rewrite: bool = False) -> Iterator[Flaw]:
    """Flaws of the queries of an extension; with ``rewrite`` the expected rows are written first."""
    extension = scope.extension
    if scope.is_core:
        return
    if not extension.queries:
        yield scope.flaw("QUESTION-ASKED", scope.header)
        return
    store = MemoryStore()
    pipeline = standard(extension.extensions, BASE)
    store.add(dict(pipeline.reference()))
    for path in extension.reports:
        try:
            store.add(dict(pipeline(path).graphs))
        except KgError as error:
            yield flaw("REPORT", shown(path), what=error.what)
    for path in extension.queries:
        if path.parent.name == "lint":  # finds what is wrong in reports, and in the examples nothing need be
            continue
        yield from _question(path, store, asked=bool(extension.reports), rewrite=rewrite)


def _question(path: Path, store: MemoryStore, *, asked: bool, rewrite: bool) -> Iterator[Flaw]:
    here, beside = shown(path), path.with_suffix(".csv")
    try:
        query = load_query(path)
        check_syntax(query)
        answer = write(ask(store, query, {}), "csv") if asked else ""
    except KgError as error:
        line = error.where.split(":")[1:2]
        yield flaw("QUESTION", here, int(line[0]) if line and line[0].isdecimal() else 1, what=error.what)
        return
    for language in ("zh", "en"):
        if not getattr(query.title, language) or not getattr(query.question, language):
            yield flaw("P08", here, 1, what=path.stem, detail=f"title, question @{language}")
    if not asked:
        yield flaw("QUESTION-EMPTY", here, 1, what=path.stem)
        return
    if rewrite:
        beside.write_text(answer, encoding="utf-8", newline="\n")
    if answer.count("\n") < 2:
        yield flaw("QUESTION-EMPTY", here, 1, what=path.stem)
    if not beside.is_file():
        yield flaw("QUESTION-NONE", here, 1, what=path.stem)
        return
    expected = beside.read_text(encoding="utf-8")
    if answer != expected:
        yield flaw(
            "QUESTION-ROWS",
            shown(beside),
            *_first(expected, answer),
            what=path.stem,
            detail=_difference(expected, answer),
        )


def _first(expected: str, answer: str) -> tuple[int]:
    one, two = expected.split("\n"), answer.split("\n")
    return (
        next(
            (n for n, (a, b) in enumerate(zip(one, two, strict=False), 1) if a != b), min(len(one), len(two))
        ),
    )


def _difference(expected: str, answer: str) -> str:
    one, two = expected.splitlines(), answer.splitlines()
    gone, new = [row for row in one if row not in two], [row for row in two if row not in one]
    return f"− {gone[0] if gone else ''} + {new[0] if new else ''}"
