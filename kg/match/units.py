"""Units of one body in a list that names the body once: 局标准处、|质量处、|宣传处."""

from collections.abc import Sequence
from dataclasses import replace

from kg.match.edge import JOINS, PhraseContext
from kg.match.generic import is_generic
from kg.match.mention import Mention, Phrase
from kg.match.overlap import is_weak
from kg.schema.lexicon import NounRule
from kg.text.document import Span

_LONGEST = 12


def units_listed(
    context: PhraseContext, phrases: Sequence[Mention], rules: Sequence[NounRule], stop: int
) -> list[Mention]:
    """The units listed behind those that are named with their body, by the same last word; ``stop`` is where the sentence ends."""
    owned = {rule.iri: rule for rule in rules if rule.accept == {"OwnedModified"} and rule.owner_in_name}
    taken = {one.span.end for one in phrases if not is_weak(one)} | set(context.ending)
    found = []
    for phrase in phrases:
        detail = phrase.detail
        if phrase.rule not in owned or not isinstance(detail, Phrase) or detail.owner is None:
            continue
        if not detail.accepted or context.lexicon.body_classes.isdisjoint({phrase.cls}):
            continue
        end = phrase.span.end
        while item := _item(context, owned[phrase.rule], detail.head, end, stop):
            if item.end not in taken:
                named = replace(detail, modifier=Span(item.start, item.end - len(detail.head)))
                found.append(replace(phrase, span=item, parts=(item,), detail=named))
            end = item.end
    return found


def _item(context: PhraseContext, rule: NounRule, head: str, end: int, stop: int) -> Span | None:
    """The next unit of a list that goes on here, if it ends in the same word."""
    text, words = context.text, context.words
    join = next((one for one in JOINS if text.startswith(one, end)), "")
    start = end + len(join)
    at = text.find(head, start + rule.least, min(start + _LONGEST, stop)) if join else -1
    if at < 0:
        return None
    close = at + len(head)
    inside = range(words.at(start), words.at(close - 1) + 1)
    parts = [words.text(index) for index in inside]
    lexicon = context.lexicon
    if (
        not text[start:close].isalpha()
        or not words.ends_at(start)
        or not (words.ends_at(close) or text[close : close + 2] in context.lexicon.boundary)  # 宣传处|分别
        or text.startswith(rule.not_after, close)
        or any(part in lexicon.boundary and part not in lexicon.ambiguous for part in parts[:-1])
        or any(part in JOINS for part in parts)
        or is_generic(text[start:at], rule.generic, rule.specific)
    ):
        return None
    return Span(start, close)
