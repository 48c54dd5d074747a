"""Names that one text writes in several ways: which way is the full one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.match.mention import Mention, Phrase
from kg.schema.lexicon import NounRule
from kg.terms import expand

NEW_MEDIA = expand("pol:NewMedia")


@dataclass(frozen=True, slots=True)
class Variants:
    """What a text says in full somewhere and leaves out elsewhere."""

    fuller: frozenset[tuple[str, str]] = (
        frozenset()
    )  # modifier and head where a word more stands between them elsewhere (政务公开|工作|领导小组)
    accounts: tuple[tuple[str, str], ...] = ()  # head and name of each account that is named by a quotation

    @classmethod
    def of(cls, mentions: Iterable[Mention], rules: Mapping[str, NounRule], text: str) -> "Variants":
        """What the mentions of one text say."""
        fuller: set[tuple[str, str]] = set()
        accounts: dict[tuple[str, str], None] = {}
        for mention in mentions:
            detail = mention.detail
            if not isinstance(detail, Phrase) or not detail.accepted:
                continue
            modifier = detail.modifier.of(text)
            for word in rules[mention.rule].dropped:
                if modifier.endswith(word):
                    fuller.add((modifier.removesuffix(word), detail.head))
            if mention.cls == NEW_MEDIA:
                accounts.update(
                    {(detail.head, quote.of(text) + detail.head): None for quote in detail.quotes}
                )
        return cls(frozenset(fuller), tuple(accounts))

    def in_full(self, modifier: str, head: str, dropped: Sequence[str]) -> str:
        """A modifier with the word that the text leaves out here and writes elsewhere.

        >>> variants = Variants(frozenset({("政务公开", "领导小组")}))
        >>> variants.in_full("政务公开", "领导小组办公室", ["工作"])
        '政务公开工作'
        """
        heads = [other for words, other in self.fuller if words == modifier]
        fuller = any(head.startswith(other) or other.startswith(head) for other in heads)
        return modifier + dropped[0] if dropped and fuller else modifier

    def account(self, head: str) -> str:
        """The name of the only account of this kind that the text quotes, else "".

        >>> Variants(accounts=(("微信公众号", "“云川民政”微信公众号"),)).account("公众号")
        '“云川民政”微信公众号'
        """
        named = [name for other, name in self.accounts if other.endswith(head) or head.endswith(other)]
        return named[0] if len(named) == 1 else ""
