"""What a page says of itself, beside the report: its site, the path to it, who runs it."""

from collections.abc import Iterator, Sequence

from kg.text.document import Document


def page_words(document: Document, publisher: Sequence[str], fields: Sequence[str]) -> Iterator[str]:
    """The words of a page that tell whose it is: fields of its head, lines set aside that hold a publisher's word.

    >>> from array import array
    >>> from kg.text.document import Noise, OffsetMap, Source, Span
    >>> text = "我镇公开信息。首页>青川县>石门镇友情链接：云川市"
    >>> source = Source("a.html", "text/html", "", 0, metadata=(("SiteName", "青川县人民政府"),))
    >>> aside = (Noise("navigation", Span(7, 17), 0), Noise("navigation", Span(17, 25), 0))
    >>> page = Document(source, text, text, OffsetMap(array("l"), array("l")), Span(0, 7), noise=aside)
    >>> list(page_words(page, ("首页", "主办"), ("SiteName",)))
    ['青川县人民政府', '首页>青川县>石门镇']
    """
    wanted = {field.lower() for field in fields}
    for name, value in document.source.metadata:
        if name.lower() in wanted:
            yield value
    for noise in document.noise:
        line = document.folded[noise.span.start : noise.span.end]
        if noise.kind == "navigation" and any(word in line for word in publisher):
            yield line
