"""Finding names: one pass of the lexicon against what else one would pick."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from bench.clock import timed
from bench.corpus import write_corpus
from bench.table import Part
from kg.match.lexicon import Lexicon
from kg.match.scan import Scanner
from kg.schema import load_ontology
from kg.schema.ontology import Ontology
from kg.text import read
from kg.text.document import Document

PATTERNS = 200
Way = Callable[[Document], object]


def names(folder: Path, count: int, times: int) -> Part:
    """Million characters a second of each way over the same texts, in turn."""
    ontology = load_ontology()
    documents = [read(path, cues=ontology.cues) for path in write_corpus(folder / "corpus", count)]
    lexicon = Lexicon(ontology)
    surfaces = lexicon.surfaces
    scanner = Scanner(lexicon)
    ways: list[tuple[str, str, Way]] = [
        ("lexicon", f"{len(surfaces):,} words, all kinds", lambda one: sum(1 for _ in lexicon.hits(one.folded))),
        ("lexicon, then full mentions", "names, noun phrases, policies, figures", lambda one: scanner.scan(one.folded, one.sentences)),
        *_expressions(ontology, surfaces),
    ]  # fmt: skip
    missing = []
    for package, make in (("jieba", _jieba), ("spacy", _spacy)):
        if find_spec(package):
            ways.append(make(surfaces))
        else:
            missing.append(f"{package} is not installed, so it is left out; it comes with the extra `bench`.")
    speeds: dict[str, list[float]] = {way: [] for way, _, _ in ways}
    letters = sum(len(one.folded) for one in documents)
    for _ in range(times):
        for way, _, find in ways:
            _, took = timed(partial(_all, find, documents))
            speeds[way].append(letters / took.cpu / 1e6)
    first = median(speeds["lexicon"])
    rows = [
        [way, what, f"{median(speeds[way]):.3f} ({min(speeds[way]):.3f}–{max(speeds[way]):.3f})", f"{first / median(speeds[way]):,.1f}"]
        for way, what, _ in ways
    ]  # fmt: skip
    note = f"{count} reports, {letters:,} characters, {times} times in turn; median (least–most), of processor time. {' '.join(missing)}"
    return Part(
        "Finding names",
        ("way", "what it finds", "million characters a second", "lexicon is faster, times"),
        rows,
        note.strip(),
    )


def _all(find: Way, documents: Sequence[Document]) -> None:
    for one in documents:
        find(one)


def _expressions(ontology: Ontology, surfaces: Sequence[str]) -> Iterator[tuple[str, str, Way]]:
    """What one begins with: an expression for each word, or for each noun that ends a name."""
    step = max(1, len(surfaces) // PATTERNS)
    heads = sorted(
        {head for rule in ontology.nouns for head in rule.heads}
        | {form for kind in ontology.gazetteer.kinds for form in kind.cores}
    )
    some = heads[:: max(1, len(heads) // PATTERNS)][:PATTERNS]
    for what, made in (
        (f"{PATTERNS} of the words", [re.escape(word) for word in surfaces[::step][:PATTERNS]]),
        (
            f"{PATTERNS} nouns with what stands before them",
            [rf"[一-鿿]{{2,12}}{re.escape(word)}" for word in some],
        ),
    ):
        compiled = [re.compile(one) for one in made]
        yield f"{len(compiled)} `re` patterns: {what.partition(' ')[2]}", what, partial(_findall, compiled)


def _findall(compiled: Sequence[re.Pattern[str]], one: Document) -> int:
    return sum(1 for pattern in compiled for _ in pattern.finditer(one.folded))


def _jieba(surfaces: Sequence[str]) -> tuple[str, str, Way]:
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    for word in surfaces:
        jieba.add_word(word, tag="nt")
    return "jieba.posseg", "all words as its dictionary", lambda one: list(jieba.posseg.cut(one.folded))


def _spacy(surfaces: Sequence[str]) -> tuple[str, str, Way]:
    import spacy

    model = spacy.blank("zh")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "NAME", "pattern": word} for word in surfaces])
    return "spaCy `EntityRuler`, blank zh", "all words as phrases", lambda one: model(one.folded).ents
