"""An ontology checked: every point by itself, so that one fault hides no other."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import KgError
from kg.extract.extract import Extractor
from kg.ontology.finding import Flaw
from kg.ontology.header import header
from kg.ontology.questions import questions
from kg.ontology.reason import reason
from kg.ontology.rules import compile_rules, examples, relations, whole_ontology
from kg.ontology.scope import Scope, open_scope
from kg.ontology.shapes import shapes
from kg.ontology.structure import structure
from kg.ontology.trial import FactLine, try_extension
from kg.ontology.wording import wording
from kg.terms import shorten

_RANK = {"error": 0, "warning": 1, "info": 2}


def check(
    extension: Path | str = "",
    *,
    on: Sequence[Path | str] = (),
    rewrite: bool = False,
    reasoned: bool = True,
) -> tuple[Flaw, ...]:
    """What does not hold in an extension, given by name, file or folder, or in the core.

    ``on`` are reports whose core facts it must leave alone unless it says so; ``rewrite`` writes the expected rows
    of its questions anew; without ``reasoned`` no reasoner is asked.

    Raises ``OntologyError`` where there is no such extension.

    >>> [flaw.code for flaw in check("press", reasoned=False)]
    []
    """
    scope = open_scope(extension)
    found = list(dict.fromkeys((*scope.unread, *_check(scope, on, rewrite, reasoned))))
    return tuple(sorted(found, key=lambda one: (_RANK[one.severity], one.file, one.line, one.code, one.en)))


def _check(scope: Scope, on: Sequence[Path | str], rewrite: bool, reasoned: bool) -> Iterator[Flaw]:
    if not scope.unread:  # what a file declares that cannot be read is not known
        yield from header(scope)
    yield from wording(scope)
    yield from structure(scope)
    done = compile_rules(scope)
    yield from done.flaws
    yield from relations(scope, done)
    ontology, unloaded = whole_ontology(scope, done.broken)
    yield from unloaded
    if ontology is not None:
        extractor = Extractor.of(ontology)  # held, for what is asked below reads with it too
        yield from examples(scope, ontology, extractor, done.broken)
    yield from shapes(scope)
    if ontology is not None and not done.broken and not scope.unread:
        try:
            yield from questions(scope, rewrite=rewrite)
            yield from changed_facts(scope, on)
        except KgError as error:
            yield scope.flaw("LOAD", scope.header, what=str(error))
    if reasoned:
        yield from reason(scope)


def changed_facts(scope: Scope, on: Sequence[Path | str]) -> Iterator[Flaw]:
    """Facts of the core that reports lose with the extension, where it does not say that it changes their class."""
    if scope.is_core or not on:
        return
    declared = scope.own.nodes(scope.header, "pol:changes")
    for trial in try_extension(scope.extension.given, reports=on):
        for line in trial.removed:
            if not scope.within(line.cls, declared):
                yield scope.flaw(
                    "CORE", scope.header, what=_told(line), detail=f"{trial.name}, {shorten(line.cls)}"
                )


def _told(line: FactLine) -> str:
    return f"{line.subject} · {line.predicate} · {line.value}"
