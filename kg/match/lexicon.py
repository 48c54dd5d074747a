"""Everything that is looked up by its words, in one Aho–Corasick automaton."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from kg.match.agency import Core
from kg.schema.gazetteer import Known
from kg.schema.lexicon import NounRule
from kg.schema.ontology import Ontology
from kg.terms import expand


@dataclass(frozen=True, slots=True)
class RegionForm:
    """A region's name as it may be written; short forms need more to be sure of."""

    name: str
    short: bool
    needs_context: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun and the rules that know it."""

    noun: str
    rules: tuple[NounRule, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word without which some pattern or phrase cannot match."""

    word: str


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """A noun that sums up a list of bodies (等部门, 三个|单位)."""

    word: str


Entry = Core | Known | RegionForm | Head | Anchor | BodyGroup
# Kinds with a name of their own; those of other classes are noun phrases.
_NAMED_BODIES = frozenset(
    expand(f"pol:{name}") for name in ("PublicInstitution", "Government", "GovernmentOffice", "Agency")
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at a place."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Looks up every name, head noun and anchor of an ontology in one pass over a text."""

    __slots__ = ("_automaton", "_entries", "ontology", "surfaces")

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        table: dict[str, list[Entry]] = {}
        for surface, entry in _entries(ontology):
            table.setdefault(surface, []).append(entry)
        self.surfaces = tuple(sorted(surface for surface in table if surface))
        self._entries = [tuple(table[surface]) for surface in self.surfaces]
        self._automaton = AhoCorasick(self.surfaces)

    def hits(self, text: str) -> Iterator[Hit]:
        """Every entry at every place, overlapping ones too, in order of where they end."""
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for entry in self._entries[index]:
                yield Hit(start, end, entry)


def _entries(ontology: Ontology) -> Iterator[tuple[str, Entry]]:
    gazetteer = ontology.gazetteer
    for kind in gazetteer.kinds:
        if not kind.open or kind.cls in _NAMED_BODIES:
            for form in kind.cores:
                yield form, Core(form, kind)
    for word in dict.fromkeys((*ontology.words["bodyGroup"], *ontology.words["countedGroup"])):
        yield word, BodyGroup(word)
    for known in gazetteer.entities:
        if not known.generic:
            for form in known.forms:
                yield form, known
    plain = {*ontology.words["level"], *ontology.words["zone"]}  # 新区 and 新城 are no names
    for surface in ontology.regions.names():
        if surface.kind not in ("letter", "path") and surface.form not in plain:
            bare = surface.kind == "short" and not surface.form.endswith(tuple(ontology.words["level"]))
            yield surface.form, RegionForm(surface.form, bare, surface.needs_context)
        if surface.kind == "short" and len(surface.form) > 1:
            for level in ontology.words["autonomous"]:
                if surface.region.name.endswith(level):
                    yield surface.form + level, RegionForm(surface.form + level, False, False)
    heads: dict[str, list[NounRule]] = {}
    for rule in sorted(ontology.nouns, key=lambda one: _first(ontology, one)):
        for head in rule.heads:
            heads.setdefault(head, []).append(rule)
    for noun, rules in heads.items():
        yield noun, Head(noun, tuple(rules))
    for word in _anchor_words(ontology):
        yield word, Anchor(word)


def _first(ontology: Ontology, rule: NounRule) -> tuple[int, int, str]:
    """Which of two noun rules goes first where both name the same words: that of the deeper class, then the narrower one."""
    ways = {"Quoted": 0, "Governed": 1, "OwnedModified": 1, "Owned": 2, "Modified": 3, "Always": 4}
    widest = max((ways.get(one, 0) for one in rule.accept), default=0)
    return -len(ontology.model.superclasses(rule.cls)), widest, rule.iri


def _anchor_words(ontology: Ontology) -> Iterable[str]:
    words: Mapping[str, None] = dict.fromkeys(
        word for pattern in ontology.patterns for word in pattern.anchors
    ) | dict.fromkeys(word for phrase in ontology.phrases for word in phrase.anchors)
    return words
