"""Units of one body in a list that names the body once: 局标准处、|质量处、|宣传处."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kg.match.edge import JOINS, PhraseContext
from kg.match.generic import is_generic
from kg.match.mention import Mention, Phrase
from kg.match.overlap import is_weak
from kg.schema.lexicon import NounRule
from kg.text.document import Span

_LONGEST = 12


@dataclass(frozen=True, slots=True)
class UnitRules:
    """The rules of units that are named with the body they belong to, and of offices that such units are listed behind."""

    units: Mapping[str, NounRule]
    offices: frozenset[str]

    @classmethod
    def of(cls, rules: Sequence[NounRule], bodies: Set[str]) -> "UnitRules":
        """Those among all rules; ``bodies`` are the classes of bodies."""
        named = [rule for rule in rules if rule.owner_in_name and rule.cls in bodies]
        return cls(
            {rule.iri: rule for rule in named if rule.accept == {"OwnedModified"} and rule.least < 3},
            frozenset(rule.iri for rule in named if rule.accept == {"Owned"}),
        )


def units_listed(
    context: PhraseContext, phrases: Sequence[Mention], rules: UnitRules, stop: int
) -> list[Mention]:
    """The units listed behind a unit or the office of a body that is named; ``stop`` is where the sentence ends.

    Behind a unit they end in the same word (局标准处、|质量处), behind an office in a word for units (部办公厅、|规划司).
    """
    taken = {one.span.end for one in phrases if not is_weak(one)} | set(context.ending)
    found = []
    for phrase in phrases:
        detail = phrase.detail
        if not isinstance(detail, Phrase) or detail.owner is None or not detail.accepted:
            continue
        rule = rules.units.get(phrase.rule)
        options = [(rule, detail.head)] if rule is not None else []
        if phrase.rule in rules.offices:
            options = [(one, head) for one in rules.units.values() for head in one.heads if len(head) == 1]
        end = phrase.span.end
        while items := [
            (item, one, head) for one, head in options if (item := _item(context, one, head, end, stop))
        ]:
            item, one, head = min(items, key=lambda found: (found[0].end, found[2]))
            if item.end not in taken:
                named = replace(detail, head=head, modifier=Span(item.start, item.end - len(head)))
                found.append(
                    replace(phrase, span=item, cls=one.cls, rule=one.iri, parts=(item,), detail=named)
                )
                taken.add(item.end)
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
        or (text.startswith(rule.not_after, close) and not text.startswith(lexicon.severally, close))
        or any(part in lexicon.boundary and part not in lexicon.ambiguous for part in parts[:-1])
        or any(part in JOINS for part in parts)
        or any(end in context.ending for end in range(start + 1, close))
        or is_generic(text[start:at], rule.generic, rule.specific)
    ):
        return None
    return Span(start, close)
