"""Names that one text writes in several ways: which way is the full one."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.match.mention import AgencyName, Mention, Phrase, RegionName, SelfName
from kg.schema.lexicon import NounRule
from kg.terms import expand
from kg.text.document import Span

_ALIAS = re.compile(
    r"“([^“”]{2,10})”[（(](?:网址|域名)?[：:为]?(?:http|www)"
)  # 门户网站|“中国·某市”（http://
NEW_MEDIA, HOTLINE, WEBSITE = expand("pol:NewMedia"), expand("pol:Hotline"), expand("pol:Website")


@dataclass(frozen=True, slots=True)
class Variants:
    """What a text says in full somewhere and leaves out elsewhere.

    ``fuller`` has the owner, modifier and head of names with a word between the last two (政务公开|工作|领导小组); ``accounts`` the head
    and name of each account that is named by a quotation; ``plain`` platforms named without marks; ``portals`` whose sites are called
    portals, None where nothing says; ``quoted`` the words, the full name and the class of what is named by a quotation; ``hotlines``
    the words of those that a place has (望岚区12345热线); ``sites`` whose sites are named other than by 政府网站 alone, ``aliases`` what a
    quotation between a site and its address calls it.
    """

    fuller: frozenset[tuple[str, str, str]] = frozenset()
    accounts: tuple[tuple[str, str], ...] = ()
    plain: frozenset[str] = frozenset()
    portals: tuple[Mention | None, ...] = ()
    quoted: tuple[tuple[str, str, str], ...] = ()
    hotlines: tuple[tuple[str, Mention], ...] = ()
    sites: tuple[Mention | None, ...] = ()
    aliases: tuple[tuple[str, Mention], ...] = ()

    @classmethod
    def of(cls, mentions: Iterable[Mention], rules: Mapping[str, NounRule], text: str) -> "Variants":
        """What the mentions of one text say."""
        fuller: set[tuple[str, str, str]] = set()
        accounts: dict[tuple[str, str], None] = {}
        plain: set[str] = set()
        portals: dict[str, Mention | None] = {}
        quoted: dict[tuple[str, str, str], None] = {}
        hotlines: dict[str, Mention] = {}
        sites: dict[str, Mention | None] = {}
        aliases: dict[str, Mention] = {}
        for mention in mentions:
            detail = mention.detail
            if not isinstance(detail, Phrase) or not detail.accepted:
                continue
            modifier, rule = detail.modifier.of(text), rules[mention.rule]
            if rule.owned_heads and rule.canonical_head.startswith(detail.head) and not modifier:
                portals.setdefault(_owner(detail, text), detail.owner)
            by_body = mention.cls == WEBSITE and detail.owner is not None and detail.head in rule.plain_heads
            if (
                (rule.owned_heads or by_body)  # 县政府|网
                and (not modifier or modifier in rule.generic)
                and (detail.owner is not None or rule.canonical_head == detail.head)
            ):
                sites.setdefault(_owner(detail, text), detail.owner)
            if rule.owned_heads and (alias := _ALIAS.match(text, mention.span.end)):
                aliases.setdefault(alias[1], mention)
            for word in rule.dropped:
                if modifier.endswith(word):
                    fuller.add((_owner(detail, text), modifier.removesuffix(word), detail.head))
            if not detail.quotes and "“" not in mention.span.of(text):
                plain.add(mention.span.of(text))
            quoted.update(
                {(words, name, mention.cls): None for words, name in _quoted(mention, detail, text)}
            )
            if mention.cls == HOTLINE and isinstance(
                detail.owner and detail.owner.detail, RegionName | AgencyName
            ):
                hotlines.setdefault(modifier, mention)
            if mention.cls == NEW_MEDIA:
                accounts.update({(detail.head, name): None for name in _accounts(mention, detail, text)})
        return cls(
            frozenset(fuller),
            tuple(accounts),
            frozenset(plain),
            tuple(portals.values()),
            tuple(quoted),
            tuple(hotlines.items()),
            tuple(sites.values()),
            tuple(aliases.items()),
        )

    def in_full(self, detail: Phrase, text: str, dropped: Sequence[str]) -> str:
        """A modifier with the word that the text leaves out here and writes elsewhere.

        >>> from kg.text.document import Span
        >>> variants = Variants(frozenset({("", "政务公开", "领导小组")}))
        >>> group = Phrase("领导小组办公室", None, Span(0, 4), (), "", True)
        >>> variants.in_full(group, "政务公开领导小组办公室", ["工作"])
        '政务公开工作'
        """
        owner, modifier = _owner(detail, text), detail.modifier.of(text)
        heads = [
            head
            for of, words, head in self.fuller
            if words == modifier and (not of or not owner or of == owner)
        ]
        fuller = any(detail.head.startswith(head) or head.startswith(detail.head) for head in heads)
        return modifier + dropped[0] if dropped and fuller else modifier

    def account(self, head: str) -> str:
        """The name of the only account of this kind that the text quotes, else "".

        >>> Variants(accounts=(("微信公众号", "“云川民政”微信公众号"),)).account("公众号")
        '“云川民政”微信公众号'
        """
        named = [name for other, name in self.accounts if other.endswith(head) or head.endswith(other)]
        return named[0] if len(named) == 1 else ""

    def own_account(self, head: str, kinds: Iterable[Sequence[str]]) -> str:
        """The name of the only account that the text quotes the name of, of the kind that a head is of, else "".

        ``kinds`` are the endings of each kind of account.

        >>> one = Variants(accounts=(("微信公众号", "“云川民政”微信公众号"),))
        >>> one.own_account("政务微信", [("微博",), ("微信", "微信公众号")])
        '“云川民政”微信公众号'
        """
        kind = next((tuple(ends) for ends in kinds if head.endswith(tuple(ends))), ())
        named = [name for other, name in self.accounts if kind and other.endswith(kind)]
        quotes = {name[: name.index("”")] for name in named}
        return named[0] if len(quotes) == 1 else ""

    def in_quotes(self, label: str, classes: Container[str]) -> str:
        """The full name of the one thing of these classes that the text names by a quotation of just these words, else the label itself.

        >>> Variants(quoted=(("局长信箱", "“局长信箱”栏目", "Column"),)).in_quotes("局长信箱", {"Column"})
        '“局长信箱”栏目'
        """
        bare = label.strip("“”")
        named = {name for words, name, cls in self.quoted if words == bare and cls in classes}
        return named.pop() if len(named) == 1 else label

    def hotline(self, label: str) -> Mention | None:
        """The hotline of a place that the text names by the number of the known one with this label: 12345 is the district's there."""
        number = label[: len(label) - len(label.lstrip("0123456789"))]
        return next((one for words, one in self.hotlines if number and words.startswith(number)), None)

    def unmarked(self, label: str) -> str:
        """A name that is a quotation whole, without its marks where the text also has it so.

        >>> Variants(plain=frozenset({"云川政务网"})).unmarked("“云川政务网”")
        '云川政务网'
        """
        return label[1:-1] if label[1:-1] in self.plain and label[0] + label[-1] == "“”" else label


def _accounts(mention: Mention, detail: Phrase, text: str) -> Iterator[str]:
    """The full names of the accounts that a phrase names by quotations."""
    if len(mention.parts) == 2 and mention.parts[1] == mention.span:
        if mention.parts[0].of(text).startswith("“"):
            yield mention.parts[0].of(text) + mention.span.of(text)  # “甲”微信公众号、|政务微博
        return
    before = len(detail.quotes) == 1 and detail.quotes[0].end <= detail.modifier.end
    for quote in detail.quotes:
        yield quote.of(text) + (Span(quote.end, mention.span.end).of(text) if before else detail.head)


def _quoted(mention: Mention, detail: Phrase, text: str) -> Iterator[tuple[str, str]]:
    """The words in each quotation that a name begins with, and the name."""
    several = len(mention.parts) > 1 or (detail.quotes and detail.quotes[-1].start > detail.modifier.end)
    for quote in detail.quotes if mention.span not in detail.quotes else ():
        name = quote.of(text) + detail.head if several else Span(quote.start, mention.span.end).of(text)
        yield quote.of(text)[1:-1], name


def _owner(detail: Phrase, text: str) -> str:
    """Whose a thing is said to be, "" where it is the writer's or nothing says."""
    if detail.owner is None or isinstance(detail.owner.detail, SelfName):
        return ""
    own = isinstance(detail.owner.detail, RegionName) and detail.owner.detail.place.own
    return "" if own else detail.owner.span.of(text)
