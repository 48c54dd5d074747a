"""A sentence with its mentions folded into single letters, and patterns run over it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.link.linker import Linked
from kg.match.mention import Mention
from kg.schema.pattern import Pattern
from kg.text.document import Span


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` has one letter of the mention's class where a mention stood; ``starts`` lead back to the folded text."""

    text: str
    starts: tuple[int, ...]
    mentions: Mapping[int, Linked | Mention]  # by position in ``text``

    def source(self, start: int, end: int) -> Span:
        """The stretch of the folded text a stretch of the skeleton stands for."""
        return Span(self.starts[start], self.starts[end])


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence; slots hold linked mentions or a stretch of text."""

    pattern: Pattern
    span: Span
    mentions: Mapping[str, tuple[Linked | Mention, ...]]
    texts: Mapping[str, Span]


def build_skeleton(
    text: str,
    sentence: Span,
    mentions: Sequence[Mention],
    linked: Mapping[int, Linked],
    letters: Mapping[str, str],
) -> Skeleton:
    """Fold the outermost mentions of a sentence; a mention that means nothing known stays as it is written."""
    parts: list[str] = []
    starts: list[int] = []
    placed: dict[int, Linked | Mention] = {}
    position = sentence.start
    for mention in mentions:
        entry: Linked | Mention | None = linked.get(id(mention))
        cls = mention.cls
        if isinstance(entry, Linked):
            cls = entry.entities[0].cls
        elif mention.cls in letters and "/" not in mention.cls:
            entry = mention  # a quantity or a quotation
        if entry is None or cls not in letters or mention.span.start < position:
            continue
        parts.append(text[position : mention.span.start])
        starts.extend(range(position, mention.span.start))
        placed[len(starts)] = entry
        parts.append(letters[cls])
        starts.append(mention.span.start)
        position = mention.span.end
    parts.append(text[position : sentence.end])
    starts.extend(range(position, sentence.end + 1))
    return Skeleton("".join(parts), tuple(starts), placed)


def matches(skeleton: Skeleton, patterns: Sequence[Pattern]) -> Iterator[Match]:
    """Every match of every pattern, in order of pattern and place."""
    for pattern in patterns:
        for found in pattern.regex.finditer(skeleton.text):
            if found.end() == found.start():
                continue
            mentions: dict[str, tuple[Linked | Mention, ...]] = {}
            texts: dict[str, Span] = {}
            for slot in pattern.slots:
                start, end = found.span(slot.name)
                if start < 0:
                    continue
                if slot.classes == ("Text",):
                    texts[slot.name] = skeleton.source(start, end)
                else:
                    mentions[slot.name] = tuple(
                        skeleton.mentions[at] for at in range(start, end) if at in skeleton.mentions
                    )
            yield Match(pattern, skeleton.source(*found.span()), mentions, texts)


def patterns_by_anchor(patterns: Sequence[Pattern]) -> tuple[dict[str, list[Pattern]], list[Pattern]]:
    """Patterns by the words one of which they need, and those that need none."""
    table: dict[str, list[Pattern]] = {}
    free: list[Pattern] = []
    for pattern in patterns:
        for anchor in pattern.anchors:
            table.setdefault(anchor, []).append(pattern)
        if not pattern.anchors:
            free.append(pattern)
    return table, free
