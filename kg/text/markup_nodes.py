"""What elements of an HTML page are, whatever they hold: blocks that end a line, and elements that nobody sees."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_NAMES = (
    "-document address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot "
    "th thead title tr ul"
)
BLOCKS = frozenset(_NAMES.split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$)"
    r"|(?:left|top|right|text-indent)\s*:\s*-\d{4,}",
    re.I,
)


def children(node: LexborNode) -> list[LexborNode]:
    """The nodes right inside a node, texts among them."""
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def elements(node: LexborNode) -> list[LexborNode]:
    """The elements right inside a node that are seen."""
    return [child for child in children(node) if (child.tag or "-")[0] not in "-!" and not is_hidden(child)]


def within(node: LexborNode) -> Iterator[LexborNode]:
    """Every node inside a node that is seen, in document order, blocks again where they end; no recursion."""
    stack = [(child, False) for child in reversed(children(node))]
    while stack:
        here, ended = stack.pop()
        tag = here.tag or "-"
        if tag in ("-comment", "rt", "rp") or (tag[0] != "-" and is_hidden(here)):
            continue
        yield here
        if ended:
            continue
        if here.tag in BLOCKS:
            stack.append((here, True))
        stack.extend((child, False) for child in reversed(children(here)))


def is_hidden(node: LexborNode) -> bool:
    """Whether an element says of itself that it is not shown."""
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
