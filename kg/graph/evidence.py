"""Evidence: stretches of a report's text as Web Annotation resources that a reader can check."""

from collections.abc import Iterable, Iterator

from kg.errors import KgError
from kg.graph.closure import TYPE, classes_of
from kg.graph.lines import Block, block, name, node, tail, whole, words
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


def evidence(
    report: str, spans: Iterable[Span], document: Document, model: Model, graph: str
) -> Iterator[Block]:
    """The lines of each stretch's evidence node and of its two selectors, in a graph.

    Raises ``KgError`` where a stretch is empty or reaches past the text: what cannot be found is no evidence.
    """
    end = tail(graph)
    shared = _shared(report, model)
    for span in set(spans):
        yield from _one(report, span, document, shared, end)


def _one(report: str, span: Span, document: Document, shared: list[str], end: str) -> Iterator[Block]:
    text = document.text
    if not span.of(text):
        raise KgError(f"the evidence {span.start}-{span.end} quotes nothing", where=document.source.name)
    original = document.offsets.to_source(span)
    said = [*shared, f"{_SOURCE_START} {whole(original.start)}", f"{_SOURCE_END} {whole(original.end)}"]
    section = document.section_at(span.start)
    if section is not None:
        said.append(f"{_SECTION} {words(' '.join(section.heading.of(text).split()) or section.title)}")
    page = document.page_at(span.start)
    if page is not None:
        said.append(f"{_PAGE} {whole(page)}")
    yield from _selected(report, span, text, said, end)


def quotation(
    report: str,
    span: Span,
    text: str,
    model: Model,
    graph: str,
    *,
    section: str = "",
    page: int | None = None,
) -> Iterator[Block]:
    """The lines of one evidence node, of a report known by its stored text alone."""
    said = _shared(report, model)
    if section:
        said.append(f"{_SECTION} {words(section)}")
    if page is not None:
        said.append(f"{_PAGE} {whole(page)}")
    yield from _selected(report, span, text, said, tail(graph))


def _shared(report: str, model: Model) -> list[str]:
    types = [f"{TYPE} {node(cls)}" for cls in classes_of(model, _EVIDENCE)]
    return [*types, f"{TYPE} {_SPECIFIC}", f"{_SOURCE} {node(text_iri(report))}"]


def _selected(report: str, span: Span, text: str, said: list[str], end: str) -> Iterator[Block]:
    """An evidence node with what is said of it, and its two selectors."""
    exact = span.of(text)
    iri = evidence_iri(report, span)
    position, quote = node(f"{iri}/position"), node(f"{iri}/quote")
    yield block(node(iri), [*said, f"{_SELECTOR} {position}", f"{_SELECTOR} {quote}"], end)
    place = [f"{TYPE} {_POSITION}", f"{_START} {whole(span.start)}", f"{_END} {whole(span.end)}"]
    yield block(position, place, end)
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    quoted = [f"{_EXACT} {words(exact)}", f"{_PREFIX} {words(before)}", f"{_SUFFIX} {words(after)}"]
    yield block(quote, [f"{TYPE} {_QUOTE}", *quoted], end)
