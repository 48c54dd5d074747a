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
    acts: Sequence[str] = (),
) -> list[Mention]:
    """The mentions, with the office of a body in place of the body where what stands next says that the office issued something.

    ``rule`` has the words for the office; ``follow`` is what goes on after an issuer: 关于, 《, a second issuer's 、. At the start of
    a title ``acts`` say so, too: 《某部办公厅|全面推进…》, 《某部办公厅|另一部办公厅关于…》, but 《某局办公室|管理制度》 is of the bureau.
    """
    taken = {mention.span.end for mention in mentions}
    bodies = {mention.span.start for mention in mentions if is_body(mention)}
    result: list[Mention] = []
    for mention in mentions:
        at = mention.span.end
        head = next((word for word in rule.heads if text.startswith(word, at)), "")
        end = at + len(head)
        named = isinstance(mention.detail, AgencyName | KnownName) and is_body(mention)
        titled = text.endswith("《", 0, mention.span.start)
        issues = text.startswith(tuple(follow), end) or (
            titled and (end in bodies or text.startswith(tuple(acts), end))
        )
        if named and head and end not in taken and issues:
            span = Span(mention.span.start, end)
            phrase = Phrase(head, mention, Span(at, at), (), "", True)
            result.append(Mention(span, rule.cls, rule.iri, phrase, (span,)))
        else:
            result.append(mention)
    return result
