"""Every public function that takes text, given any text: a result or a refusal in one line.

The functions are found by looking, and what to give them is told by their annotations. A new function that takes something no
strategy is known for fails here until it has one, or a reason why it needs none.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.judge import judge
from fuzz.pieces import HTML, PATTERN, SPARQL, TEXT, TURTLE
from fuzz.targets import SMALL
from kg.match.home import HomeWords
from kg.match.words import segment
from kg.query import parse_query
from kg.query.header import TYPES, Parameter
from kg.schema import Ontology
from kg.schema.pattern import Slot
from kg.store import MemoryStore
from kg.text import Source, Span, read_text
from kg.text.tokens import tokenize
from kg.text.traced import Traced
from kg.values import UnitFinder

PARTS = ("kg.text", "kg.match", "kg.extract", "kg.values", "kg.schema", "kg.query")
_STAGES = "takes what the stages before it made; `fuzz` puts any text through all of them"
_TRIPLES = "takes an index that was read; the target turtle of `fuzz` gives it any"
EXEMPT = {
    "kg.text.main_content.choose": _STAGES,
    "kg.text.sections.find_sections": _STAGES,
    "kg.text.width.find_widths": _STAGES,
    "kg.text.pdf_glyphs.glyphs_of": "takes a page that PDFium opened; the target pdf of `fuzz` gives it any",
    "kg.text.pdf_glyphs.told_glyphs": "takes bytes that PDFium opened; the target pdf of `fuzz` gives it any",
    "kg.text.pdf_glyphs.opened": "takes bytes that PDFium opened; the target pdf of `fuzz` gives it any",
    "kg.text.pdf_table.find_ruled": "takes bytes that PDFium opened; the target pdf of `fuzz` gives it any",
    "kg.text.word_numbers.write_number": "takes a number and the name of a style; the target docx-part of `fuzz` gives it any",
    "kg.match.agency.read_agency": _STAGES,
    "kg.match.called.called": _STAGES,
    "kg.match.office.with_issuing_offices": _STAGES,
    "kg.match.modifier.strip": _STAGES,
    "kg.match.own_name.inherit_places": _STAGES,
    "kg.match.own_name.join_nested": _STAGES,
    "kg.match.own_name.with_units": _STAGES,
    "kg.match.place.unknown_place": "takes a scanner; the title of a report goes through it",
    "kg.match.place.whole_place": "takes a scanner; the title of a report goes through it",
    "kg.extract.closing.pairs.answers": _STAGES,
    "kg.extract.closing.pairs.paired": _STAGES,
    "kg.extract.skeleton.build_skeleton": _STAGES,
    "kg.extract.tables.columns.columns_in": "takes an edition that the form knows",
    "kg.extract.tables.columns.edition_of": "takes names of columns that the form knows",
    "kg.extract.tables.rows.base_unit": "takes a unit that the form knows",
    "kg.schema.files.data_folder": "takes the name of a folder of the package",
    "kg.schema.lexicon.noun_rules_from_index": _TRIPLES,
    "kg.schema.ontology.ontology_from_index": _TRIPLES,
    "kg.schema.passage.passages_from_index": _TRIPLES,
    "kg.schema.pattern.patterns_from_index": _TRIPLES,
    "kg.query.formats.write": "takes an answer and the name of a format, which the command checks",
}


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for part in PARTS:
        module = importlib.import_module(part)
        inner = pkgutil.walk_packages(getattr(module, "__path__", []), f"{part}.")
        for one in (module, *(importlib.import_module(found.name) for found in inner)):
            for name, value in sorted(vars(one).items()):
                plain = inspect.unwrap(value) if callable(value) else None
                if name.startswith("_") or not inspect.isfunction(plain) or plain.__module__ != one.__name__:
                    continue
                if any("str" in _kind(each) or "bytes" in _kind(each) for each in _parameters(plain)):
                    yield f"{one.__name__}.{name}", value


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _kind(parameter: inspect.Parameter) -> str:
    kind = parameter.annotation
    return kind.__name__ if isinstance(kind, type) and not hasattr(kind, "__args__") else str(kind)


FUNCTIONS = dict(_functions())
TRIED = [name for name in FUNCTIONS if name not in EXEMPT]

_PIECES = [
    piece.decode("utf-8", "surrogateescape")
    for group in (TEXT, HTML, PATTERN, SPARQL, TURTLE)
    for piece in group
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_PIECES), max_size=24).map("".join),
    st.tuples(st.sampled_from(_PIECES), st.integers(1, 300)).map(lambda pair: pair[0] * pair[1]),
)
data = st.one_of(
    st.binary(max_size=80),
    texts.map(lambda text: text.encode("utf-8", "surrogateescape" if "\ud800" not in text else "replace")),
)
paths = st.one_of(texts, texts.map(Path))


class Draw:
    """Arguments for the parameters of one call; positions lie in the text that was drawn before them."""

    def __init__(self, draw: st.DataObject, ontology: Ontology) -> None:
        self.draw = draw.draw
        self.ontology = ontology
        self.text = ""

    def argument(self, parameter: inspect.Parameter) -> Any:
        kind, name = _kind(parameter), parameter.name
        if kind == "int":
            return self.position(name)
        if kind == "int | None":
            return len(self.text)
        if kind == "str":
            value = self.draw(texts)
            self.text = self.text or value
            return value
        make = self.makers().get(kind)
        if make is None:
            raise KeyError(f"no strategy for {kind}")
        return make()

    def position(self, name: str) -> int:
        if name in ("least", "limit", "order"):
            return self.draw(st.integers(0, 6))
        if name == "end":
            return len(self.text)
        return self.draw(st.integers(0, len(self.text)))

    def span(self) -> Span:
        start, end = sorted(
            (self.draw(st.integers(0, len(self.text))), self.draw(st.integers(0, len(self.text))))
        )
        return Span(start, end)

    def makers(self) -> dict[str, Callable[[], Any]]:
        draw, ontology = self.draw, self.ontology
        some = lambda: draw(st.lists(texts, max_size=5))  # noqa: E731
        form = ontology.form
        table = form.tables[0] if isinstance(form.tables, Sequence) else next(iter(form.tables.values()))
        words = {"establish": ("建立", "设立"), "issue": ("印发",)}
        return {
            "bytes": lambda: draw(data),
            "Span": self.span,
            "Cues": lambda: ontology.cues,
            "Source": lambda: Source("a.txt", "text/plain", "0" * 64, 1),
            "Document": lambda: read_text(f"公开{self.text}"),
            "Tokens": lambda: tokenize(draw(texts)),
            "Form": lambda: form,
            "FormTable": lambda: table,
            "Label": lambda: table.rows[0].label,
            "UnitFinder": lambda: UnitFinder(ontology.vocabulary.symbols()),
            "Words": lambda: segment(self.text),
            "HomeWords": lambda: HomeWords(ontology.words["level"], frozenset(ontology.words["notPlace"]), ("开发区",)),
            "collections.abc.Set[int]": lambda: draw(st.frozensets(st.integers(0, len(self.text)))),
            "bool": lambda: draw(st.booleans()),
            "Store": MemoryStore,
            "Query": lambda: parse_query(draw(texts), name="a"),
            "Parameter": lambda: Parameter("a", draw(st.sampled_from(TYPES))),
            "tuple[str, ...]": lambda: (),
            "frozenset[str]": lambda: frozenset(some()),
            "collections.abc.Sequence[str]": some,
            "collections.abc.Iterable[str]": some,
            "collections.abc.Collection[int]": tuple,
            "collections.abc.Collection[str]": some,
            "collections.abc.Sequence[kg.text.document.Span]": lambda: [Span(0, min(1, len(self.text)))],
            "collections.abc.Sequence[kg.text.traced.Traced]": lambda: [Traced.of(text) for text in some()],
            "collections.abc.Sequence[kg.schema.pattern.Slot]": lambda: [Slot("it", ("Platform",), False)],
            "collections.abc.Mapping[str, str]": lambda: {"Platform": "P", "Agency": "AB", "a": "x", "?a": "y"},
            "collections.abc.Mapping[str, collections.abc.Sequence[str]]": lambda: words,
            "collections.abc.Mapping[str, object]": lambda: {"a": draw(texts)},
            "collections.abc.Mapping[str, object] | None": lambda: draw(st.none() | st.just({"a": "2020"})),
            "collections.abc.Callable[[str], str]": lambda: lambda name: f"https://example.org/{len(name)}",
            "pathlib.Path | bytes": lambda: draw(data | paths.map(Path)),
            "pathlib.Path | str": lambda: draw(paths),
            "collections.abc.Sequence[pathlib.Path | str]": lambda: [draw(paths)],
            "collections.abc.Iterable[pathlib.Path | str]": lambda: [draw(paths)],
            "collections.abc.Iterable[pathlib.Path] | None": lambda: None,
            "collections.abc.Iterable[tuple[pathlib.Path | str, str]]": lambda: [("core.ttl", SMALL), ("a.ttl", draw(texts))],
        }  # fmt: skip


@pytest.mark.parametrize("name", TRIED)
def test_any_text_is_answered_or_refused_in_one_line(
    name: str, ontology: Ontology, request: pytest.FixtureRequest
) -> None:
    function = FUNCTIONS[name]

    @settings(
        max_examples=request.config.getoption("--examples"),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def holds(drawn: st.DataObject) -> None:
        draw = Draw(drawn, ontology)
        arguments: list[Any] = []
        named: dict[str, Any] = {}

        def call(_: bytes) -> None:
            answer = function(*arguments, **named)
            if isinstance(answer, Iterator):
                list(answer)

        def prepare(_: bytes) -> None:
            for parameter in _parameters(inspect.unwrap(function)):
                value = draw.argument(parameter)
                if parameter.kind is parameter.KEYWORD_ONLY:
                    named[parameter.name] = value
                else:
                    arguments.append(value)

        try:
            prepare(b"")
        except Exception as error:
            if type(error).__name__ in ("QueryError", "InputError"):
                return
            raise
        found = judge(call, b"")
        assert found is None, (found, found and found.words, arguments)

    holds()


def test_an_exemption_is_of_a_function_that_is_there() -> None:
    assert set(EXEMPT) <= set(FUNCTIONS)
