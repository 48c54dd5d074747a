"""What the head of an HTML page says of it: title, address, and the pairs of its meta elements."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from kg.text.tokens import TICKET, Tokens

_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff]))\s*")
_HAN = re.compile("[\u3400-\u9fff]")
_SPACE = re.compile(r"\s+")
_ADDRESSES = (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content"), ("base[href]", "href"))


@dataclass(frozen=True, slots=True)
class Head:
    """Title without the site's name, address or ``""``, and the meta elements as pairs, behind them the site's name where the title has it."""

    title: str
    address: str
    metadata: tuple[tuple[str, str], ...]


def read_head(tree: LexborHTMLParser, tokens: Tokens) -> Head:
    """Read the head of a parsed page."""
    title, site = _title(tree, tokens)
    named = [("SiteName", site)] if site else []
    return Head(title, _address(tree), (*_metadata(tree), *named))


def words_of(content: str, tokens: Tokens) -> str:
    """The words of a stretch of the tree, tickets exchanged."""
    return TICKET.sub(lambda found: tokens.runs[int(found[1])].text, content)


def _title(tree: LexborHTMLParser, tokens: Tokens) -> tuple[str, str]:
    """The longest part of a page's title, and the last one where that is another: 2021年年度报告_青川县人民政府."""
    node = tree.css_first("title")
    words = _SPACE.sub(" ", words_of(node.text() or "", tokens)).strip() if node is not None else ""
    parts = [part for part in _SITE.split(words) if part]
    title = max(parts, key=len) if parts else ""
    site = parts[-1] if parts and parts[-1] != title else ""
    return title if len(_HAN.findall(title)) > 3 else "", site


def _address(tree: LexborHTMLParser) -> str:
    for selector, name in _ADDRESSES:
        node = tree.css_first(selector)
        value = (node.attributes.get(name) or "").strip() if node is not None else ""
        if value.startswith(("http://", "https://")):
            return value
    hosts: Counter[str] = Counter()
    for node in tree.css("a[href]")[:2000]:
        value = (node.attributes.get("href") or "").strip()
        if value.startswith(("http://", "https://")):
            try:
                parts = urlsplit(value)
            except ValueError:
                continue
            hosts[f"{parts.scheme}://{parts.netloc}/"] += 1
    return hosts.most_common(1)[0][0] if hosts else ""


def _metadata(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    pairs = []
    for node in tree.css("meta")[:200]:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip()
        value = _SPACE.sub(" ", attributes.get("content") or "").strip()
        if name and value:
            pairs.append((name, value))
    return pairs
