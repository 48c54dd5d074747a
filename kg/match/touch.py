"""What of an ontology can touch a text: the rules one of whose words it holds, and everything that is no rule.

Two ontologies that touch a text alike read it alike, so a report need not be read again when rules change whose words it does not have.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import pyoxigraph as ox
from ahocorasick_rs import AhoCorasick

from kg.schema.files import data_folder
from kg.schema.index import TripleIndex
from kg.schema.ontology import Ontology
from kg.terms import IND, POL, expand, shorten

_RULES = ("pol:Pattern", "pol:NounRule", "pol:PassageRule")
_MODEL = (
    "owl:Class", "rdfs:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property", "owl:NamedIndividual",
)  # fmt: skip
_ASIDE = ("owl:Ontology", "sh:NodeShape", "sh:PropertyShape")  # tell nothing of how a text is read
_SHOWN = frozenset(
    expand(f"{name}")
    for name in (
        "rdfs:label", "skos:definition", "skos:example", "rdfs:comment", "pol:color", "pol:shape", "pol:size", "pol:exampleTitle", "owl:deprecated",
    )
)  # fmt: skip
_LETTERS = re.compile(
    "[\ue000-\uf8ff]+"
)  # of classes in a skeleton; which is which depends on what else there is


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule, the words without one of which it does nothing, and a text that changes when it does."""

    iri: str
    words: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule whose change touches a text, and what became of it: ``added``, ``removed`` or ``changed``; "" is what is no rule."""

    rule: str
    how: str


class Touch:
    """Tells what can touch a text; build it once for an ontology.

    >>> from kg.schema import load_ontology
    >>> one, two = Touch(load_ontology()), Touch(load_ontology(["press"]))
    >>> one.digest("市民政局公开信息。") == two.digest("市民政局公开信息。")
    True
    >>> one.digest("市民政局召开新闻发布会。") == two.digest("市民政局召开新闻发布会。")
    False
    """

    __slots__ = ("_automaton", "_by_word", "_rest", "rules")

    def __init__(self, ontology: Ontology) -> None:
        rules = list(_rules(ontology))
        free = [rule.content for rule in rules if not rule.words]
        rest = list(_rest(ontology))
        self._rest = _hash([*rest, *sorted(free), ontology.regions_digest])
        self.rules = _summary(rules, _hash([*rest, ontology.regions_digest]))
        table: dict[str, list[str]] = {}
        for rule in rules:
            for word in rule.words:
                table.setdefault(word, []).append(_hash([rule.content]))
        surfaces = sorted(table)
        self._by_word = [tuple(table[word]) for word in surfaces]
        self._automaton = AhoCorasick(surfaces)

    def digest(self, folded: str) -> str:
        """One value for all that can touch a folded text."""
        found = {index for index, _, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True)}
        return _hash([self._rest, *sorted({one for index in found for one in self._by_word[index]})])


def reasons(
    folded: str, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> tuple[Reason, ...]:
    """What of the difference between two summaries of rules (``Touch.rules``) can touch a folded text.

    >>> reasons("市民政局召开发布会", {"rule:a": ("1", "发布会")}, {"rule:a": ("2", "发布会"), "rule:b": ("3", "热线")})
    (Reason(rule='rule:a', how='changed'),)
    """
    found = []
    for rule in sorted({*before, *after}):
        old, new = before.get(rule, ()), after.get(rule, ())
        if tuple(old) == tuple(new):
            continue
        words = {*old[1:], *new[1:]}
        if not words or any(word in folded for word in words):
            found.append(Reason(rule, "changed" if old and new else "added" if new else "removed"))
    return tuple(found)


def _summary(rules: Iterable[_Rule], rest: str) -> dict[str, tuple[str, ...]]:
    """Of each rule a digest and its words; under "" the digest of everything that is no rule."""
    contents: dict[str, list[str]] = {}
    words: dict[str, dict[str, None]] = {}
    for rule in rules:
        contents.setdefault(rule.iri, []).append(rule.content)
        words.setdefault(rule.iri, {}).update(dict.fromkeys(rule.words))
    found = {iri: (_hash(contents[iri])[:16], *sorted(words[iri])) for iri in sorted(contents)}
    return {"": (rest[:16],), **found}


def _hash(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def _rules(ontology: Ontology) -> Iterator[_Rule]:
    model = ontology.model

    def above(*classes: str) -> str:
        return repr([(cls, model.superclasses(cls)) for cls in classes])

    for pattern in ontology.patterns:
        kinds = sorted({one.object for one in pattern.templates if one.predicate == expand("rdf:type")})
        follows = [(one.predicate, model.implied((), one.predicate)) for one in pattern.templates]
        content = (
            pattern.iri, pattern.expression, _LETTERS.sub("", pattern.regex.pattern), pattern.templates, sorted(pattern.genres),
            sorted(pattern.within), above(*kinds), follows, [model.former.get(one.object, ()) for one in pattern.templates],
        )  # fmt: skip
        yield _Rule(pattern.iri, pattern.anchors, repr(content))
    for noun in ontology.nouns:
        values = [getattr(noun, name) for name in noun.__slots__ if name != "where"]
        yield _Rule(noun.iri, noun.heads, repr([_sorted(value) for value in values]) + above(noun.cls))
    for rule in ontology.passages:
        opened = (
            rule.iri, [one.pattern for one in rule.headings], [one.pattern for one in rule.openings], rule.cls, rule.offset, rule.year,
            sorted(rule.genres),
        )  # fmt: skip
        yield _Rule(rule.iri, rule.anchors, repr(opened) + above(rule.cls))
    anchors: dict[str, list[tuple[str, ...]]] = {}
    for phrase in ontology.phrases:
        anchors.setdefault(phrase.indicator, []).append(phrase.anchors)
    for iri, listed in anchors.items():
        indicator = ontology.vocabulary.indicators[iri]
        text = repr([_sorted(getattr(indicator, name)) for name in indicator.__slots__])
        text += repr(model.former.get(iri, ()))
        words = tuple(dict.fromkeys(word for one in listed for word in one)) if all(listed) else ()
        yield _Rule(iri, words, text)


def _sorted(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _rest(ontology: Ontology) -> Iterator[str]:
    """What is said of everything that is no rule; what only pages and drawings show is left out."""
    index, model = ontology.index, ontology.model
    rules = {iri for kind in _RULES for iri in index.instances(kind)}
    indicators = set(index.instances("pol:Indicator"))
    terms = {iri for kind in _MODEL for iri in index.instances(kind)}
    aside = {iri for kind in _ASIDE for iri in index.instances(kind)}
    aside |= _told_by_rules(index)
    words = {iri for iri in index.instances("pol:WordClass") if not _in_core(index, iri)}
    for subject in sorted(index.by_subject):
        if subject.startswith("_:") or subject in rules or subject in aside or subject in words:
            continue
        if subject in indicators:
            if subject.startswith(IND):
                yield repr(
                    (subject, index.texts(subject, "skos:notation"), index.nodes(subject, "skos:broader"))
                )
            continue
        model_term = subject in terms
        if model_term and not subject.startswith(POL) and not index.nodes(subject, "rdfs:isDefinedBy"):
            continue  # of an extension: counted with the rules that use it
        said = sorted(_said(index, subject, _SHOWN if model_term else frozenset()))
        yield f"{subject} {said}"
        for cls in index.nodes(subject, "rdf:type"):
            if cls in model.classes and not cls.startswith(POL):
                yield f"{cls} {model.superclasses(cls)}"


def _told_by_rules(index: TripleIndex) -> set[str]:
    """An extension's kinds of finding that only rules over the graph tell, which are applied to every report again."""
    used = {
        code
        for cls in ("pol:Requirement", "pol:Balance")
        for iri in index.instances(cls)
        for code in index.texts(iri, "pol:codeOfFinding")
    }
    kinds = {
        iri
        for iri in index.instances("pol:FindingKind")
        if index.text(iri, "skos:notation") not in used and not _in_core(index, iri)
    }
    return kinds | {node for iri in kinds for node in index.subjects("pol:messageOf", iri)}


def _in_core(index: TripleIndex, iri: str) -> bool:
    place = index.place(iri)
    root = data_folder("ontology").as_posix()
    return place is not None and place[0].startswith(root) and not place[0].startswith(f"{root}/extensions")


def _said(index: TripleIndex, subject: str, left_out: frozenset[str]) -> Iterator[str]:
    """The statements about a subject, blank nodes written out."""
    for predicate, values in index.by_subject.get(subject, {}).items():
        if predicate in left_out:
            continue
        for value in values:
            if isinstance(value, ox.BlankNode):
                inner = sorted(_said(index, f"_:{value.value}", frozenset()))
                yield f"{shorten(predicate)} [{_hash(inner)}]"
            else:
                yield f"{shorten(predicate)} {value}"
