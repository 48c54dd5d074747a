"""Evidence: stretches of a report's text as Web Annotation resources that a reader can check."""

from collections.abc import Iterable, Iterator

from kg.errors import KgError
from kg.graph.closure import TYPE, typed
from kg.graph.lines import Triple, name, node, whole, words
from kg.schema.model import Model
from kg.terms import expand
from kg.text.document import Document, Span

CONTEXT = 24  # characters quoted before and after

_EVIDENCE = expand("pol:Evidence")
_SPECIFIC = name("oa:SpecificResource")
_SOURCE = name("oa:hasSource")
_SELECTOR = name("oa:hasSelector")
_POSITION = name("oa:TextPositionSelector")
_QUOTE = name("oa:TextQuoteSelector")
_START, _END = name("oa:start"), name("oa:end")
_EXACT, _PREFIX, _SUFFIX = name("oa:exact"), name("oa:prefix"), name("oa:suffix")
_SECTION, _PAGE = name("pol:section"), name("pol:page")
_SOURCE_START, _SOURCE_END = name("pol:sourceStart"), name("pol:sourceEnd")


def evidence_iri(report: str, span: Span) -> str:
    """The evidence node of a stretch; statements that rest on the same words share it.

    >>> evidence_iri("https://w3id.org/policy-kg/id/report/衢州市人民政府/2020", Span(3, 9))
    'https://w3id.org/policy-kg/id/report/衢州市人民政府/2020/evidence/3-9'
    """
    return f"{report}/evidence/{span.start}-{span.end}"


def text_iri(report: str) -> str:
    """The normalised text that evidence points into."""
    return f"{report}/text"


def evidence(report: str, spans: Iterable[Span], document: Document, model: Model) -> Iterator[Triple]:
    """The triples of each stretch's evidence node.

    Raises ``KgError`` where a stretch is empty or reaches past the text: what cannot be found is no evidence.
    """
    source = node(text_iri(report))
    for span in sorted(set(spans)):
        yield from _one(report, span, document, model, source)


def _one(report: str, span: Span, document: Document, model: Model, source: str) -> Iterator[Triple]:
    text = document.text
    exact = span.of(text)
    if not exact:
        raise KgError(f"the evidence {span.start}-{span.end} quotes nothing", where=document.source.name)
    iri = evidence_iri(report, span)
    here, position, quote = node(iri), node(f"{iri}/position"), node(f"{iri}/quote")
    yield from typed(model, iri, _EVIDENCE)
    yield here, TYPE, _SPECIFIC
    yield here, _SOURCE, source
    yield here, _SELECTOR, position
    yield here, _SELECTOR, quote
    yield position, TYPE, _POSITION
    yield position, _START, whole(span.start)
    yield position, _END, whole(span.end)
    yield quote, TYPE, _QUOTE
    yield quote, _EXACT, words(exact)
    yield quote, _PREFIX, words(text[max(0, span.start - CONTEXT) : span.start])
    yield quote, _SUFFIX, words(text[span.end : span.end + CONTEXT])
    section = document.section_at(span.start)
    if section is not None:
        yield here, _SECTION, words(" ".join(section.heading.of(text).split()) or section.title)
    page = document.page_at(span.start)
    if page is not None:
        yield here, _PAGE, whole(page)
    original = document.offsets.to_source(span)
    yield here, _SOURCE_START, whole(original.start)
    yield here, _SOURCE_END, whole(original.end)
