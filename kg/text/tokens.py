"""HTML as tags and runs of text, each run with its place in the source, so that offsets survive parsing.

A parser repairs broken markup but forgets where its text stood. So each run of text is replaced by a ticket, the parser
builds the tree, and the tickets in the tree are exchanged for the runs they stand for.
"""

import html
import re
from dataclasses import dataclass

from kg.text.traced import Edit, Traced

_OPEN, _CLOSE = "\ue000", "\ue001"
TICKET = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TAG = re.compile(r"""</?[A-Za-z](?:"[^"]*"|'[^']*'|[^'">])*+>""")
_PLAIN_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_RAW_NAMES = ("script", "style", "noscript", "template", "textarea", "iframe", "svg", "object", "select")
_RAW = re.compile(rf"<({'|'.join(_RAW_NAMES)})\b", re.I)
_RAW_END = {name: re.compile(rf"</{name}\s*>", re.I) for name in _RAW_NAMES}
_WHOLE_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_NESTING = frozenset(
    ("a", "article", "b", "center", "div", "em", "font", "i", "section", "span", "strong", "table", "u")
)
_DEEPEST = 400
_PATIENCE = 50


@dataclass(frozen=True, slots=True)
class Tokens:
    """Markup with tickets in place of text, and the runs of text the tickets stand for."""

    markup: str
    runs: tuple[Traced, ...]


def tokenize(source: str) -> Tokens:
    """Take the text out of some markup.

    >>> tokens = tokenize("<p>A&amp;B</p><!-- c -->")
    >>> tokens.runs[0].text, tokens.runs[0].starts.tolist(), "c" in tokens.markup
    ('A&B', [3, 4, 9], False)
    """
    markup: list[str] = []
    runs: list[Traced] = []
    missed = depth = 0
    unclosed: set[str] = set()
    here = text_from = 0

    def flush(upto: int) -> None:
        words = source[text_from:upto]
        if not words:
            return
        if words.isspace():
            markup.append(words[0])
            return
        markup.append(f"{_OPEN}{len(runs)}{_CLOSE}")
        runs.append(unescape(Traced.of(words, text_from)))

    while True:
        at = source.find("<", here)
        if at < 0 or (end_mark := source.find(">", at)) < 0:
            break
        following = source[at + 1 : at + 2]
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            end = end + 3 if end >= 0 else end_mark + 1
        elif following in ("!", "?"):
            end = end_mark + 1
        elif following.isascii() and (
            following.isalpha() or (following == "/" and source[at + 2 : at + 3].isalpha())
        ):
            found = _TAG.match(source, at) if missed < _PATIENCE else None
            if found is None:
                missed += 1
                found = _PLAIN_TAG.match(source, at)
            if found is None:
                here = at + 1
                continue
            end = found.end()
        else:
            here = at + 1
            continue
        flush(at)
        raw = _RAW.match(source, at)
        if raw and source[end - 2] != "/":
            name = raw[1].lower()
            closed = _RAW_END[name].search(source, end) if name not in unclosed else None
            if closed:
                end = closed.end()
            elif name in ("script", "style"):
                end = len(source)
            else:
                unclosed.add(name)
        elif following not in ("!", "?"):
            tag = source[at:end].replace(_OPEN, "").replace(_CLOSE, "")
            name = _NAME.match(tag)
            if name and name[1].lower() in _NESTING:
                depth = max(0, depth + (-1 if following == "/" else 1))
            if depth <= _DEEPEST or following == "/":
                markup.append(tag)
        here = text_from = end
    flush(len(source))
    return Tokens("".join(markup), tuple(runs))


def unescape(traced: Traced, *, whole: bool = False) -> Traced:
    """Character references as the characters they stand for; ``whole`` ones only, in text that is no markup.

    >>> unescape(Traced.of("&#20013;&nbsp;&lt;")).text
    '中\\xa0<'
    """
    if "&" not in traced.text:
        return traced
    edits: list[Edit] = []
    for found in (_WHOLE_REFERENCE if whole else _REFERENCE).finditer(traced.text):
        new = html.unescape(found[0])
        if new != found[0]:
            edits.append((found.start(), found.end(), new))
    # A reference as long as what it stands for would pass for unchanged text, but no reference is that short.
    return traced.edit(edits)
