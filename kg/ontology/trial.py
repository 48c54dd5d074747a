"""Rules tried on sentences and reports: what they match, and what they add to today's facts or take away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.inputs import find_inputs
from kg.extract.extract import Extractor
from kg.facts import Extraction, Literal
from kg.ontology.extension import open_extension
from kg.schema import Ontology, load_ontology
from kg.schema.index import TripleIndex, load
from kg.schema.model import Model
from kg.terms import Mint, expand, shorten
from kg.text import read, read_text
from kg.text.document import Document, Span

TYPE, INDICATOR = expand("rdf:type"), expand("pol:indicator")
ANNUAL = expand("pol:AnnualReport")
_RULES = ("pol:Pattern", "pol:NounRule", "pol:Indicator", "pol:PassageRule")
_OPEN, _CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule found in a text: the sentence with the words marked, and what its variables are bound to."""

    rule: str
    sentence: str
    words: str
    bound: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in words: subject, predicate, value; ``cls`` is the class of its subject."""

    subject: str
    predicate: str
    value: str
    cls: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What an extension does to one text."""

    name: str
    matches: tuple[RuleMatch, ...]
    added: tuple[FactLine, ...]
    removed: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """Two readers: of today's ontology, and of the one with the extension."""

    before: Extractor
    after: Extractor
    rules: frozenset[str]  # those of the extension


def bench(extension: Path | str, together: Sequence[Path | str] = ()) -> Bench:
    """Make the readers; ``together`` are extensions that both have.

    Raises ``OntologyError`` where something does not load.
    """
    own = load(open_extension(extension).turtle)
    today = load_ontology([one for one in together if str(one) != str(extension)])
    rules = frozenset(iri for kind in _RULES for iri in own.instances(kind))
    return Bench(Extractor.of(today), Extractor.of(load_ontology([*together, extension])), rules)


def try_extension(
    extension: Path | str,
    *,
    texts: Sequence[str] = (),
    reports: Iterable[Path | str] = (),
    together: Sequence[Path | str] = (),
) -> Iterator[Trial]:
    """Try an extension on sentences and reports; where none are given, on its own examples.

    >>> [trial] = try_extension("press", texts=["市民政局召开“惠民政策”新闻发布会。"])
    >>> [(match.words, dict(match.bound)["who"]) for match in trial.matches if match.bound.get("who")]
    [('市民政局召开“惠民政策”新闻发布会', '市民政局')]
    """
    tools = bench(extension, together)
    paths = list(reports)
    if not texts and not paths:
        for text, genre in _examples(tools.after.ontology.index, tools.rules):
            yield _trial(tools, text.split("\n")[-1], _document(tools.after.ontology, text, genre))
        paths = list(open_extension(extension).reports)
    for text in texts:
        yield _trial(tools, text, _document(tools.after.ontology, text, ANNUAL))
    for path in find_inputs(paths).files if paths else ():
        yield _trial(tools, path.name, read(path, cues=tools.after.ontology.cues))


def _examples(index: TripleIndex, rules: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The example sentences of rules, each once, with the kind of report they are from."""
    seen: dict[tuple[str, str], None] = {}
    for rule in sorted(rules):
        genre = index.node(rule, "pol:genre", ANNUAL)
        for node in index.nodes(rule, "pol:example"):
            seen[index.text(node, "pol:text"), genre] = None
    yield from seen


def _document(ontology: Ontology, text: str, genre: str) -> Document:
    return example_document(ontology.index, ontology, text, genre)


def example_document(index: TripleIndex, ontology: Ontology, text: str, genre: str) -> Document:
    """A sentence inside a report of a kind, so that there is an issuer and a year."""
    title = index.text(genre, "pol:exampleTitle") or index.text(ANNUAL, "pol:exampleTitle")
    return read_text(f"{title}\n{text}", name="text", cues=ontology.cues)


def _trial(tools: Bench, name: str, document: Document) -> Trial:
    before = tools.before.extract(document, Mint())
    after = tools.after.extract(document, Mint())
    model = tools.after.ontology.model
    one, two = fact_lines(before, model), fact_lines(after, model)
    return Trial(
        name,
        tuple(rule_matches(tools.after, document, after, tools.rules)),
        tuple(two[key] for key in two if key not in one),
        tuple(one[key] for key in one if key not in two),
    )


def fact_lines(
    extraction: Extraction, model: Model, lang: str = "en"
) -> dict[tuple[str, str, str | Literal], FactLine]:
    """The facts of a report in words, by what they state."""
    names = {entity.iri: entity.label for entity in extraction.entities}
    classes = {entity.iri: entity.cls for entity in extraction.entities}
    found = {}
    for fact in extraction.facts:
        value = (
            fact.object.value
            if isinstance(fact.object, Literal)
            else names.get(fact.object) or model.label(fact.object, lang)
        )
        subject = names.get(fact.subject) or shorten(fact.subject)
        predicate = "a" if fact.predicate == TYPE else model.label(fact.predicate, lang)
        found[fact.subject, fact.predicate, fact.object] = FactLine(
            subject, predicate, value, classes.get(fact.subject, "")
        )
    return found


def rule_matches(
    extractor: Extractor, document: Document, extraction: Extraction, rules: frozenset[str]
) -> Iterator[RuleMatch]:
    """Every place where one of some rules made something of the text."""
    for match, span in extractor.pattern_spans(document):
        if match[0] in rules:
            yield RuleMatch(match[0], _marked(document, span), span.of(document.text), match[1])
    told = set()
    for fact in extraction.facts:
        rule = fact.object if fact.predicate == INDICATOR else fact.rule if fact.predicate == TYPE else ""
        if rule in rules and isinstance(rule, str):
            for span in fact.evidence:
                if (rule, span) not in told:
                    told.add((rule, span))
                    words = span.of(document.text)
                    yield RuleMatch(rule, _marked(document, span), words, {})


def _marked(document: Document, span: Span) -> str:
    """The sentence of a span, with the span between brackets."""
    text = document.text
    sentence = next((one for one in document.sentences if one.start <= span.start < one.end), span)
    stop = max(sentence.end, span.end)
    words = f"{text[sentence.start : span.start]}{_OPEN}{span.of(text)}{_CLOSE}{text[span.end : stop]}"
    return " ".join(words.split())
