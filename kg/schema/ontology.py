"""The whole ontology as one frozen value: model, vocabularies, names, patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from weakref import WeakValueDictionary

from kg.errors import OntologyError
from kg.schema.files import ontology_files
from kg.schema.form import Form
from kg.schema.gazetteer import Gazetteer
from kg.schema.index import TripleIndex, load
from kg.schema.lexicon import NounRule, joint_words_from_index, noun_rules_from_index, words_from_index
from kg.schema.model import Model
from kg.schema.passage import PassageRule, passages_from_index
from kg.schema.pattern import Pattern, patterns_from_index
from kg.schema.phrase import IndicatorPhrase, phrases_from_vocabulary
from kg.schema.regions import Regions
from kg.schema.vocabulary import Indicator, Vocabulary
from kg.text.cues import Cues

_REGIONS = "regions.ttl"
_FIRST_LETTER = 0xE000  # private use: one skeleton character a class
MENTION_TYPES = ("Quantity", "Quote", "Motto")

_loaded: "WeakValueDictionary[tuple[str, ...], Ontology]" = WeakValueDictionary()  # those that somebody holds


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Ontology:
    """What the Turtle of ``ontology/`` and its extensions says."""

    index: TripleIndex
    model: Model
    vocabulary: Vocabulary
    regions: Regions
    gazetteer: Gazetteer
    form: Form
    words: Mapping[str, tuple[str, ...]]
    nouns: tuple[NounRule, ...]
    patterns: tuple[Pattern, ...]
    phrases: tuple[IndicatorPhrase, ...]
    letters: Mapping[str, str]  # skeleton character by class IRI
    digest: str
    passages: tuple[PassageRule, ...] = ()
    regions_digest: str = ""
    joint: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words that stand for several

    @property
    def cues(self) -> Cues:
        """The words that reading a file needs."""
        return Cues.from_words(self.words)

    @property
    def genres(self) -> frozenset[str]:
        """The kinds of report that some rule is for alone."""
        sets = [
            *(one.genres for one in self.nouns),
            *(one.genres for one in self.patterns),
            *(one.genres for one in self.passages),
            *(one.genres for one in self.vocabulary.indicators.values()),
        ]
        return frozenset().union(*sets)

    def of_genre(self, genre: str) -> "Ontology":
        """The ontology without what is for other kinds of report."""

        def fits(rule: NounRule | Pattern | PassageRule | Indicator) -> bool:
            return not rule.genres or genre in rule.genres

        indicators = self.vocabulary.indicators
        return replace(
            self,
            nouns=tuple(rule for rule in self.nouns if fits(rule)),
            patterns=tuple(rule for rule in self.patterns if fits(rule)),
            phrases=tuple(phrase for phrase in self.phrases if fits(indicators[phrase.indicator])),
            passages=tuple(rule for rule in self.passages if fits(rule)),
        )


def load_ontology(extensions: Sequence[Path | str] = ()) -> Ontology:
    """Read the core ontology and the extensions; while somebody holds what the same files gave before, that is given again.

    Raises ``OntologyError`` with file, line and reason where something in them does not hold.

    >>> one = load_ontology()
    >>> load_ontology() is one
    True
    """
    files = ontology_files(extensions)
    state = _state(files)
    known = _loaded.get(state)
    if known is None:
        known = _loaded[state] = _load(files)
    return known


def _state(files: Sequence[Path]) -> tuple[str, ...]:
    """The names of some files with digests of what stands in them."""
    try:
        return tuple(f"{path}\0{sha256(path.read_bytes()).hexdigest()}" for path in files)
    except OSError as error:
        raise OntologyError(error.strerror or str(error), where=str(error.filename)) from None


def _load(files: Sequence[Path]) -> Ontology:
    index = load(path for path in files if path.name != _REGIONS)
    regions_file = next(path for path in files if path.name == _REGIONS)
    regions = Regions.from_file(regions_file)
    places = regions_file.read_bytes()
    digest = sha256(index.digest.encode() + places).hexdigest()
    return replace(ontology_from_index(index, regions, digest), regions_digest=sha256(places).hexdigest())


def load_words() -> dict[str, tuple[str, ...]]:
    """The words of the core ontology by what they are for, without all else in it, which takes five times as long.

    >>> load_words() == load_ontology().words
    True
    """
    return words_from_index(load(path for path in ontology_files(()) if path.name != _REGIONS))


def ontology_from_index(index: TripleIndex, regions: Regions, digest: str = "") -> Ontology:
    """The ontology that some triples make.

    Raises ``OntologyError`` with file, line and reason where something in them does not hold.
    """
    model = Model.from_index(index)
    vocabulary = Vocabulary.from_index(index)
    words = words_from_index(index)
    return Ontology(
        index,
        model,
        vocabulary,
        regions,
        Gazetteer.from_index(index),
        Form.from_index(index),
        words,
        noun_rules_from_index(index, words),
        patterns_from_index(index, words, slot_letters(model)),
        phrases_from_vocabulary(vocabulary),
        _letters(model),
        digest,
        passages_from_index(index, words),
        joint=joint_words_from_index(index),
    )


def slot_letters(model: Model) -> dict[str, str]:
    """The skeleton characters that a slot of a pattern accepts, by the name it is written with."""
    letters = _letters(model)
    by_name: dict[str, str] = {name: letters[name] for name in MENTION_TYPES}
    by_name["Quote"] += by_name["Motto"]  # a motto is a quotation, too
    for iri in sorted(model.classes):
        name = iri.rpartition("#")[2].rpartition("/")[2]
        by_name[name] = "".join(letters[other] for other in sorted(model.classes) if model.is_a(other, iri))
    return by_name


def _letters(model: Model) -> dict[str, str]:
    return {iri: chr(_FIRST_LETTER + n) for n, iri in enumerate([*MENTION_TYPES, *sorted(model.classes)])}
