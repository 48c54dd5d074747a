"""How often a PDF draws its forms: one that draws others twice, and so on, makes a small file grow without end in memory.

Source: ISO 32000-1, 8.10 (form XObjects).
"""

import io
import logging
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

MOST_DRAWN = 100_000  # forms drawn by all pages of a file; a page of a report draws a few
_DEEPEST = 40  # forms within each other that are drawn at all
_FORM = re.compile(rb"/(?:F|#46)(?:o|#6[fF])(?:r|#72)(?:m|#6[dD])")
_DO = re.compile(rb"(?:/([^\s/<>\[\](){}%]*)\s+)?(?<![^\s\]>)])Do(?![^\s/\[<(%])")
_CODE = re.compile(r"#([0-9a-fA-F]{2})")


def draws_too_much(data: bytes, pages: int) -> bool:
    """Whether the first pages of a PDF draw more forms than any report does, counted without drawing them.

    A file that cannot be taken apart is left to who draws it.
    """
    if not _FORM.search(data):
        return False
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    forms = _Forms()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        for page in islice(PDFPage.create_pages(document), pages):
            streams = [resolve1(one) for one in page.contents]
            if forms.of(page.resources):
                content = b"\n".join(one.get_data() for one in streams if isinstance(one, PDFStream))
                forms.add(content, page.resources)
            if forms.drawn > MOST_DRAWN:
                return True
    except Exception:  # pdfminer raises what it happens upon
        return False
    return False


class _Forms:
    """The forms of a file, and how many of them its pages draw."""

    def __init__(self) -> None:
        self.drawn = 0
        self._uses: dict[int, list[PDFStream]] = {}
        self._counts: dict[tuple[int, int], int] = {}

    def of(self, resources: object) -> dict[str, PDFStream]:
        """The forms among what a page or a form may draw, by name."""
        given = resolve1(resources)
        named = resolve1(given.get("XObject")) if isinstance(given, Mapping) else None
        if not isinstance(named, Mapping):
            return {}
        found = {name: resolve1(one) for name, one in named.items()}
        return {name: one for name, one in found.items() if isinstance(one, PDFStream) and _is_form(one)}

    def add(self, content: bytes, resources: object) -> None:
        """Count what a page draws."""
        for form in _drawn(content, self.of(resources)):
            self.drawn += self._count(form, resources, 1)
            if self.drawn > MOST_DRAWN:
                return

    def _count(self, form: PDFStream, around: object, level: int) -> int:
        """How many forms one draws with itself; what it does not bring of its own it takes from what is around it."""
        key = (form.objid or id(form), level)
        if key not in self._counts:
            resources = form.attrs.get("Resources", around)
            if key[0] not in self._uses:
                self._uses[key[0]] = _drawn(form.get_data(), self.of(resources))
            total = 1
            for inner in self._uses[key[0]] if level < _DEEPEST else ():
                total += self._count(inner, resources, level + 1)
                if total > MOST_DRAWN:
                    break
            self._counts[key] = total
        return self._counts[key]


def _is_form(stream: PDFStream) -> bool:
    kind: Any = resolve1(stream.attrs.get("Subtype"))
    return isinstance(kind, PSLiteral) and kind.name in ("Form", b"Form")


def _drawn(content: bytes, forms: Mapping[str, PDFStream]) -> list[PDFStream]:
    """The forms that a content stream draws, each as often as it does; by a name that cannot be made out it may be any."""
    found: list[PDFStream] = []
    for one in _DO.finditer(content) if forms else ():
        if len(found) > MOST_DRAWN:
            break
        if one[1] is None:
            found += forms.values()
            continue
        name = _CODE.sub(lambda code: chr(int(code[1], 16)), one[1].decode("latin-1"))
        found += [forms[name]] if name in forms else []
    return found
