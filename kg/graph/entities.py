"""Entities: types, names, and the report they were found in."""

from collections.abc import Iterable, Iterator, Mapping

from kg.facts import Entity, Extraction, Fact
from kg.graph.lines import Triple, name, node, words
from kg.terms import expand

LANGUAGE = "zh"
REPORT = expand("pol:Report")
TYPE = expand("rdf:type")
REPORTED_IN = expand("pol:reportedIn")

_PREFERRED = name("skos:prefLabel")
_ALTERNATIVE = name("skos:altLabel")
_LABEL = name("rdfs:label")


def names(entity: Entity) -> Iterator[Triple]:
    """The names of an entity, marked as Chinese: canonical, again for plain tools, and other forms seen.

    >>> entity = Entity("http://x/a", REPORT, "衢州市人民政府", ("市政府", "衢州市人民政府"))
    >>> [value for _, _, value in names(entity)]
    ['"衢州市人民政府"@zh', '"衢州市人民政府"@zh', '"市政府"@zh']
    """
    subject = node(entity.iri)
    if entity.label:
        yield subject, _PREFERRED, words(entity.label, LANGUAGE)
        yield subject, _LABEL, words(entity.label, LANGUAGE)
    for form in entity.forms:
        if form and form != entity.label:
            yield subject, _ALTERNATIVE, words(form, LANGUAGE)


def with_report(extraction: Extraction) -> tuple[Entity, ...]:
    """The entities of an extraction, the report itself among them, each once."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in extraction.entities:
        key = (entity.iri, entity.cls)
        seen = found.get(key)
        forms = entity.forms if seen is None else (*seen.forms, seen.label, *entity.forms)
        found[key] = Entity(entity.iri, entity.cls, entity.label, tuple(dict.fromkeys(forms)))
    if not any(iri == extraction.report for iri, _ in found):
        found[extraction.report, REPORT] = Entity(extraction.report, REPORT, extraction.title)
    return tuple(found.values())


def being(entity: Entity, report: str, facts: Mapping[str, Iterable[Fact]]) -> Iterator[Fact]:
    """The facts that an entity is what it is and is spoken of in the report.

    Both rest on the words of the facts the entity takes part in; where the extraction states one of the two
    itself, nothing is added. An entity in no fact yields nothing: there would be no evidence for it.
    """
    about = sorted(facts.get(entity.iri, ()), key=_place)
    if not about:
        return
    if not any(
        fact.subject == entity.iri and fact.predicate == TYPE and fact.object == entity.cls for fact in about
    ):
        first = about[0]
        yield Fact(entity.iri, TYPE, entity.cls, first.evidence[:1], first.rule)
    spoken = any(fact.subject == entity.iri and fact.predicate == REPORTED_IN for fact in about)
    if entity.iri != report and not spoken:
        spans = tuple(sorted({span for fact in about for span in fact.evidence}))
        yield Fact(entity.iri, REPORTED_IN, report, spans, about[0].rule)


def by_entity(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by each entity that takes part in them."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.subject, []).append(fact)
        if isinstance(fact.object, str) and fact.object != fact.subject:
            found.setdefault(fact.object, []).append(fact)
    return found


def _place(fact: Fact) -> tuple[int, int, str, str]:
    first = min(fact.evidence)
    return first.start, first.end, fact.predicate, fact.rule
