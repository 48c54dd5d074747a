"""HTML becomes pieces: the paragraphs and tables of the main text in order, with the page's furniture set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.text.cell_lines import with_tables
from kg.text.characters import LINE_BREAK
from kg.text.cues import Cues
from kg.text.document import Source
from kg.text.main_content import Candidate, choose
from kg.text.markup_blocks import read_blocks
from kg.text.markup_head import read_head
from kg.text.markup_nodes import BLOCKS, children, is_hidden, within
from kg.text.markup_table import is_data, read_table
from kg.text.plain import pieces_of
from kg.text.raw import Block, Grid, Piece, Raw
from kg.text.tokens import TICKET, Tokens, tokenize
from kg.text.traced import Traced

_FURNITURE = frozenset(("nav", "footer", "button", "aside", "option"))
_PARAGRAPHS = frozenset(("p", "div", "li"))
_PREFORMATTED = re.compile(r"white-space\s*:\s*pre", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Walk:
    """What has been met so far on the way through the tree, and what holds where it stands."""

    tokens: Tokens
    candidates: list[Candidate] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    container: int = 0
    heading: int = -1
    furniture: bool = False
    link: int = 0
    bold: int = 0
    lines: bool = False
    parts: list[Traced] = field(default_factory=list)
    linked: int = 0
    emphasised: int = 0
    blanks: int = 0  # paragraphs without words since the last piece
    met: int = 0  # pieces and blank paragraphs so far

    def flush(self) -> None:
        """End the paragraph that has gathered."""
        text = Traced.join(self.parts).strip()
        if text.text:
            length = len(_SPACE.sub("", text.text))
            heading = 0 if self.heading < 0 and self.emphasised >= length else self.heading
            self.candidates.append(
                Candidate(
                    Block(text, heading, gap=self.blanks), self.container, length, self.linked, self.furniture
                )
            )
            self.blanks = 0
            self.met += 1
        self.parts.clear()
        self.linked = self.emphasised = 0

    def add(self, piece: Piece) -> None:
        """Take in a piece that is whole."""
        length = len(piece.text) if isinstance(piece, Block) else sum(len(cell.text) for cell in piece.cells)
        self.candidates.append(Candidate(piece, self.container, length, 0, self.furniture))
        self.blanks = 0
        self.met += 1

    def skip(self) -> None:
        """A paragraph without words."""
        self.blanks += 1
        self.met += 1

    def read(self, node: LexborNode) -> None:
        """Take in the words of a text node, exchanging tickets for what they stand for."""
        content = node.text_content or ""
        here = 0
        for found in TICKET.finditer(content):
            self._gap(content[here : found.start()])
            run = self.tokens.runs[int(found[1])]
            for at, line in enumerate(_lines(run) if self.lines else [run]):
                if at:
                    self.flush()
                self._take(line)
            here = found.end()
        self._gap(content[here:])

    def _take(self, run: Traced) -> None:
        self.parts.append(run)
        length = len(_SPACE.sub("", run.text))
        self.linked += length if self.link else 0
        self.emphasised += length if self.bold else 0

    def _gap(self, between: str) -> None:
        if self.lines and "\n" in between:
            self.flush()
        if between and self.parts and self.parts[-1].ends:
            end = self.parts[-1].ends[-1]
            self.parts.append(Traced.at(" ", end, end))


def read_html(text: str, source: Source, conversions: tuple[str, ...] = (), cues: Cues = Cues()) -> Raw:  # noqa: B008
    """The pieces of an HTML page or fragment, with what its head says in the source's metadata."""
    tokens = tokenize(text)
    tree = LexborHTMLParser(tokens.markup)
    head = read_head(tree, tokens)
    walk = _Walk(tokens)
    if tree.root is not None:
        _go(tree.root, walk)
    pieces, pairs = choose(walk.candidates, walk.parents, head.title, cues)
    source = replace(
        source, title=head.title, address=head.address, metadata=source.metadata + head.metadata + pairs
    )
    return Raw(source, text, tuple(with_tables(pieces)), conversions=conversions)


def _go(root: LexborNode, walk: _Walk) -> None:
    """Visit every node in document order, without recursion, however deep a page is nested."""
    stack: list[tuple[LexborNode, tuple[int, int, bool, int, int, bool, int] | None]] = [(root, None)]
    while stack:
        node, saved = stack.pop()
        tag = node.tag or ""
        if saved is not None:
            if tag in BLOCKS:
                walk.flush()
            if tag in _PARAGRAPHS and walk.met == saved[-1]:
                walk.skip()
            walk.container, walk.heading, walk.furniture, walk.link, walk.bold, walk.lines, _ = saved
            continue
        if tag == "-text":
            walk.read(node)
            continue
        if tag in ("head", "-comment", "-doctype", "rt", "rp") or (tag[:1] != "-" and is_hidden(node)):
            continue
        if tag == "table" and is_data(node, walk.tokens):
            walk.flush()
            walk.add(read_table(node, walk.tokens))
            continue
        blocks = read_blocks(node, walk.tokens)
        if blocks is not None:
            walk.flush()
            walk.add(blocks)
            continue
        typed = _typed(node, walk.tokens) if tag == "pre" else []
        if any(isinstance(piece, Grid) for piece in typed):
            walk.flush()
            for piece in typed:
                walk.add(piece)
            continue
        before = (walk.container, walk.heading, walk.furniture, walk.link, walk.bold, walk.lines)
        blank = tag == "br" and not walk.parts and _after_break(node)
        _enter(node, tag, walk)
        if blank:
            walk.skip()
        stack.append((node, (*before, walk.met)))
        stack.extend((child, None) for child in reversed(children(node)))
    walk.flush()


def _after_break(node: LexborNode) -> bool:
    """Whether nothing stands between a break of the line and the one before."""
    before = node.prev
    while before is not None and before.tag == "-text" and not TICKET.search(before.text_content or ""):
        before = before.prev
    return before is not None and before.tag == "br"


def _enter(node: LexborNode, tag: str, walk: _Walk) -> None:
    attributes = node.attributes if tag[:1] != "-" else {}
    style = attributes.get("style") or ""
    walk.link += tag == "a" and bool(attributes.get("href"))
    walk.lines = walk.lines or tag == "pre" or bool(_PREFORMATTED.search(style))
    walk.bold += tag in ("b", "strong") or bool(_BOLD.search(style))
    if tag not in BLOCKS:
        return
    walk.flush()
    if tag != "br":
        walk.parents.append(walk.container)
        walk.container = len(walk.parents) - 1
    if re.fullmatch("h[1-6]", tag):
        walk.heading = int(tag[1])
    elif walk.heading < 1 and tag not in ("td", "th"):
        walk.heading = (
            0 if tag == "center" or attributes.get("align") == "center" or _CENTRED.search(style) else -1
        )
    walk.furniture = walk.furniture or tag in _FURNITURE


def _typed(node: LexborNode, tokens: Tokens) -> list[Piece]:
    """The pieces of text that stands as it was typed, with its tabs and bars."""
    runs = [
        tokens.runs[int(found[1])]
        for inner in within(node)
        if inner.tag == "-text"
        for found in TICKET.finditer(inner.text_content or "")
    ]
    return pieces_of(list(_lines(Traced.join(runs))))


def _lines(run: Traced) -> Iterator[Traced]:
    """The lines of text that keeps its breaks."""
    here = 0
    for found in LINE_BREAK.finditer(run.text):
        yield run.slice(here, found.start())
        here = found.end()
    yield run.slice(here, len(run))
