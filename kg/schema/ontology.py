"""The whole ontology as one frozen value: model, vocabularies, names, patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.schema.files import ontology_files
from kg.schema.form import Form
from kg.schema.gazetteer import Gazetteer
from kg.schema.index import TripleIndex, load
from kg.schema.lexicon import NounRule, noun_rules_from_index, words_from_index
from kg.schema.model import Model
from kg.schema.pattern import Pattern, patterns_from_index
from kg.schema.phrase import IndicatorPhrase, phrases_from_vocabulary
from kg.schema.regions import Regions
from kg.schema.vocabulary import Vocabulary
from kg.text.cues import Cues

_FIRST_LETTER = 0xE000  # private use: one skeleton character a class
MENTION_TYPES = ("Quantity", "Quote")


@dataclass(frozen=True, slots=True)
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

    @property
    def cues(self) -> Cues:
        """The words that reading a file needs."""
        return Cues.from_words(self.words)


def load_ontology(extensions: Sequence[Path | str] = ()) -> Ontology:
    """Read the core ontology and the extensions.

    Raises ``OntologyError`` with file, line and reason where something in them does not hold.
    """
    files = ontology_files(extensions)
    plain = [path for path in files if path.name != "regions.ttl"]
    index = load(plain)
    regions_file = next(path for path in files if path.name == "regions.ttl")
    regions = Regions.from_file(regions_file)
    model = Model.from_index(index)
    vocabulary = Vocabulary.from_index(index)
    words = words_from_index(index)
    classes = sorted(model.classes)
    letters = {iri: chr(_FIRST_LETTER + n) for n, iri in enumerate([*MENTION_TYPES, *classes])}
    by_name: dict[str, str] = {name: letters[name] for name in MENTION_TYPES}
    for iri in classes:
        name = iri.rpartition("#")[2].rpartition("/")[2]
        by_name[name] = "".join(letters[other] for other in classes if model.is_a(other, iri))
    return Ontology(
        index,
        model,
        vocabulary,
        regions,
        Gazetteer.from_index(index),
        Form.from_index(index),
        words,
        noun_rules_from_index(index, words),
        patterns_from_index(index, words, by_name),
        phrases_from_vocabulary(vocabulary),
        letters,
        sha256(index.digest.encode() + regions_file.read_bytes()).hexdigest(),
    )
