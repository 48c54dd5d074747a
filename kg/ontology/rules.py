"""Rules: that expressions compile, that examples give what they say, and that relations join what they may."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError, OntologyError
from kg.extract.extract import Extractor
from kg.match.mention import Phrase
from kg.ontology.finding import Flaw
from kg.ontology.scope import DCAM, Scope
from kg.ontology.trial import ANNUAL, example_document, rule_matches
from kg.schema import Ontology, load_ontology
from kg.schema.files import data_folder
from kg.schema.index import TripleIndex, prefixes_of
from kg.schema.lexicon import noun_rules_from_index, words_from_index
from kg.schema.model import Model
from kg.schema.ontology import ontology_from_index, slot_letters
from kg.schema.passage import passages_from_index
from kg.schema.pattern import Slot, Template, compile_expression, read_templates
from kg.schema.regions import Regions
from kg.terms import Mint, expand, shorten
from kg.text import Document

TYPE = expand("rdf:type")
PATTERN, NOUN, PASSAGE, INDICATOR = "pol:Pattern", "pol:NounRule", "pol:PassageRule", "pol:Indicator"
RULES = (PATTERN, NOUN, PASSAGE, INDICATOR)
# ?report is left out: it is a policy where the text is one
_CONTEXT = {
    "issuer": "Agency",
    "subject": "Agency",
    "actor": "Agency",
    "region": "Region",
    "site": "Website",
    "topic": "Initiative",
}


@dataclass(slots=True)
class Compiled:
    """What could be made of the rules: the flaws told, the subjects to leave out, the templates of patterns."""

    flaws: list[Flaw]
    broken: set[str]
    templates: dict[str, tuple[tuple[Slot, ...], tuple[Template, ...]]]


def compile_rules(scope: Scope) -> Compiled:
    """Compile every rule by itself, so that one that is broken hides no other."""
    done = Compiled([], set(), {})
    done.broken.update(_circular(scope))
    index = mended(scope).without(done.broken)
    try:
        words = words_from_index(index)
        letters = slot_letters(Model.from_index(index))
    except OntologyError as error:
        done.flaws.append(scope.flaw("LOAD", scope.header, what=str(error)))
        return done
    mine = {kind: scope.declared((kind,)) for kind in RULES}
    texts = dict(scope.own.files)
    for rule in mine[PATTERN]:
        own = prefixes_of(texts.get((scope.own.place(rule) or ("", 0))[0], ""))
        expressions = scope.own.texts(rule, "pol:expression")
        if not expressions:
            _break(scope, done, rule, "", "no pol:expression")
        for expression in expressions:
            try:
                _, slots, _ = compile_expression(expression, words, letters)
                templates = read_templates(scope.own.text(rule, "pol:yields"), slots, own)
            except OntologyError as error:
                _break(scope, done, rule, expression, error.what)
                continue
            done.templates[rule] = (slots, templates)
            done.flaws += _unknown(scope, rule, templates)
    for rule in mine[INDICATOR]:
        for predicate in ("pol:phrase", "pol:kindPhrase", "pol:notPhrase", "pol:phraseContext"):
            for expression in scope.own.texts(rule, predicate):
                try:
                    compile_expression(expression, {}, {})
                except OntologyError as error:
                    _break(scope, done, rule, expression, error.what)
    for kind, read in ((NOUN, noun_rules_from_index), (PASSAGE, passages_from_index)):
        for rule in mine[kind]:
            others = set(index.instances(kind)) - {rule}
            try:
                read(index.without(others), words)
            except (OntologyError, ValueError) as error:
                _break(scope, done, rule, "", str(getattr(error, "what", error)))
    return done


def mended(scope: Scope) -> TripleIndex:
    """All triples but those that name word classes nobody declares, which are told as such."""
    index = scope.whole
    for predicate in ("pol:generic", "pol:governor", "pol:specific", "pol:includes"):
        values = {one for one in index.by_object.get(expand(predicate), {}) if one not in index.by_subject}
        if values:
            index = index.keeping(predicate, index.by_subject)
    return index


def _break(scope: Scope, done: Compiled, rule: str, expression: str, why: str) -> None:
    done.broken.add(rule)
    done.flaws.append(
        scope.flaw("PATTERN", rule, text=expression, what=expression or shorten(rule), detail=why)
    )


def _circular(scope: Scope) -> Iterator[str]:
    """Subjects in a circle, which the structure checks tell of."""
    for up in ("rdfs:subClassOf", "rdfs:subPropertyOf", "pol:includes"):
        for subject in scope.own.by_subject:
            if scope.own.nodes(subject, up) and subject in scope.above(subject, up):
                yield subject


def _unknown(scope: Scope, rule: str, templates: Sequence[Template]) -> Iterator[Flaw]:
    """Classes and properties that a pattern yields and nobody declares."""
    for template in templates:
        for term in (template.predicate, template.object):
            if not term.startswith("?") and term != TYPE and term not in scope.whole.by_subject:
                yield scope.flaw("TERM", rule, text=shorten(term), what=shorten(term))


def whole_ontology(scope: Scope, broken: set[str]) -> tuple[Ontology | None, list[Flaw]]:
    """The ontology without what is broken, or why even that cannot be loaded."""
    gone = set(broken)
    if not gone and not scope.unread and mended(scope) is scope.whole:
        try:
            return load_ontology(scope.extension.extensions), []
        except OntologyError:
            pass  # what it speaks of is left out below
    regions = Regions.from_file(data_folder("ontology") / "vocab" / "regions.ttl")
    for _ in range(8):  # each time, what an error speaks of is left out
        index = mended(scope).without(gone)
        try:
            return ontology_from_index(index, regions), []
        except OntologyError as error:
            culprit = next((s for s in _mine(scope) if s not in gone and index.where(s) == error.where), "")
            if not culprit:
                return None, [scope.flaw("LOAD", scope.header, what=str(error))]
            gone.add(culprit)
    return None, []


def _mine(scope: Scope) -> list[str]:
    return [subject for subject in scope.own.by_subject if not subject.startswith("_:")]


def examples(scope: Scope, ontology: Ontology, extractor: Extractor, broken: set[str]) -> Iterator[Flaw]:
    """Flaws of the sentences that rules carry: what must match and does not, what must not and does."""
    index = scope.own
    for kind in RULES:
        for rule in scope.declared((kind,)):
            if rule in broken:
                continue
            good, bad = index.nodes(rule, "pol:example"), index.texts(rule, "pol:counterExample")
            wanted = kind in (PATTERN, NOUN)
            for name, found in (("pol:example", good), ("pol:counterExample", bad)):
                if wanted and not found:
                    yield scope.flaw("BARE", rule, detail=name)
            genre = index.node(rule, "pol:genre", ANNUAL)
            for node in good:
                yield from _example(scope, ontology, extractor, rule, node, genre)
            for text in bad:
                hits = _hits(scope.whole, ontology, extractor, rule, text, genre)
                if hits:
                    yield scope.flaw("COUNTER", rule, text=text, what=text.split("\n")[-1], detail=hits[0][0])


def _example(
    scope: Scope, ontology: Ontology, extractor: Extractor, rule: str, node: str, genre: str
) -> Iterator[Flaw]:
    text = scope.own.text(node, "pol:text")
    gives = [one.partition("=") for one in scope.own.texts(node, "pol:gives")]
    wanted = {name.strip().removeprefix("?"): words.strip() for name, equals, words in gives if equals}
    names = [name.strip() for name, equals, _ in gives if not equals]
    if names:  # what a noun rule finds, whether or not it means anything in a report
        named = _named(extractor, rule, example_document(scope.whole, ontology, text, genre))
        if names != named:
            detail = f"→ {'、'.join(named) or '∅'}"
            yield scope.flaw("EXAMPLE", rule, text=text, what=text.split("\n")[-1], detail=detail)
        return
    hits = _hits(scope.whole, ontology, extractor, rule, text, genre)
    if not hits:
        yield scope.flaw("EXAMPLE", rule, text=text, what=text.split("\n")[-1], detail="→ ∅")
        return
    if any(_fits(wanted, words, bound) for words, bound in hits):
        return
    words, bound = hits[0]
    given = " ".join(f"?{name} = {value}" for name, value in bound.items()) or words
    yield scope.flaw("EXAMPLE", rule, text=text, what=text.split("\n")[-1], detail=f"→ {given}")


def _named(extractor: Extractor, rule: str, document: Document) -> list[str]:
    scan = extractor.scanner.scan(document.folded, document.sentences)
    return [
        mention.span.of(scan.text)
        for mention in scan.mentions
        if mention.rule == rule and isinstance(mention.detail, Phrase) and mention.detail.accepted
    ]


def _fits(wanted: Mapping[str, str], words: str, bound: Mapping[str, str]) -> bool:
    if bound:
        return wanted.items() <= bound.items()
    return all(value in words if name == "n" else value == words for name, value in wanted.items())


def _hits(
    index: TripleIndex, ontology: Ontology, extractor: Extractor, rule: str, text: str, genre: str
) -> list[tuple[str, Mapping[str, str]]]:
    document = example_document(index, ontology, text, genre)
    try:
        extraction = extractor.extract(document, Mint())
    except InputError:
        return []
    return [
        (one.words, one.bound) for one in rule_matches(extractor, document, extraction, frozenset({rule}))
    ]


def relations(scope: Scope, done: Compiled) -> Iterator[Flaw]:
    """Flaws of what patterns yield: classes that a property's domain and range do not allow, or that exclude each other."""
    for rule, (slots, templates) in sorted(done.templates.items()):
        kinds = {f"?{slot.name}": [_class_named(scope, name) for name in slot.classes] for slot in slots}
        kinds |= {f"?{name}": [expand(f"pol:{cls}")] for name, cls in _CONTEXT.items()}
        if scope.whole.nodes(rule, "pol:genre") == [expand("pol:PolicyText")]:
            kinds["?report"] = [expand("pol:Policy")]  # the text is no report but the policy itself
        for template in templates:
            if template.predicate == TYPE and template.object in scope.whole.by_subject:
                kinds[template.subject] = [template.object]
        for template in templates:
            if template.predicate == TYPE:
                continue
            for side, term in (("domain", template.subject), ("range", template.object)):
                ends = scope.whole.nodes(template.predicate, f"rdfs:{side}") or scope.whole.nodes(
                    template.predicate, f"{DCAM}{side}Includes"
                )
                for cls in kinds.get(term, ()):
                    if ends and cls and not _joins(scope, cls, ends):
                        yield scope.flaw(
                            "DOMAIN", rule, text=shorten(template.predicate), what=shorten(template.predicate),
                            detail=f"rdfs:{side}", other=f"{term} ({shorten(cls)})",
                        )  # fmt: skip


def _joins(scope: Scope, cls: str, ends: Sequence[str]) -> bool:
    """Whether a class can be at an end: it is one of the classes there, or they are kinds of it."""
    return scope.within(cls, ends) or any(scope.within(end, [cls]) for end in ends)


def _class_named(scope: Scope, name: str) -> str:
    for kind in ("owl:Class", "rdfs:Class"):
        for iri in scope.whole.instances(kind):
            if iri.rpartition("#")[2].rpartition("/")[2] == name:
                return iri
    return ""
