"""The office of a body as who issued a document: 云川市教育局|办公室|关于…的通知."""

from collections.abc import Callable, Sequence

from kg.match.mention import AgencyName, KnownName, Mention, Phrase
from kg.schema.lexicon import NounRule
from kg.text.document import Span


def with_issuing_offices(
    text: str,
    mentions: Sequence[Mention],
    rule: NounRule,
    follow: Sequence[str],
    is_body: Callable[[Mention], bool],
) -> list[Mention]:
    """The mentions, with the office of a body in place of the body where what stands next says that the office issued something.

    ``rule`` has the words for the office; ``follow`` is what goes on after an issuer: 关于, 《, a second issuer's 、.
    """
    taken = {mention.span.end for mention in mentions}
    result: list[Mention] = []
    for mention in mentions:
        at = mention.span.end
        head = next((word for word in rule.heads if text.startswith(word, at)), "")
        end = at + len(head)
        named = isinstance(mention.detail, AgencyName | KnownName) and is_body(mention)
        if named and head and end not in taken and text.startswith(tuple(follow), end):
            span = Span(mention.span.start, end)
            phrase = Phrase(head, mention, Span(at, at), (), "", True)
            result.append(Mention(span, rule.cls, rule.iri, phrase, (span,)))
        else:
            result.append(mention)
    return result
