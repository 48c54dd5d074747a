"""Columns that a text lists without marks behind words that announce them.

主要栏目有：机构设置、政策法规、办事指南 lists them in one clause; 网站设置以下栏目：1.机构概况：…；2.政策法规：… says something of each, in one
sentence or in a line of its own. The words that announce a list are classes of the ontology.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.listing import ListMarks
from kg.extract.plans import is_planned
from kg.extract.rules import RULE
from kg.extract.skeleton import Match, Skeleton
from kg.extract.work import Work
from kg.facts import Entity
from kg.link.linker import Linked
from kg.link.noun import mint_named
from kg.match.mention import Mention, Phrase, Quote
from kg.match.words import alternatives, longest
from kg.schema.ontology import Ontology
from kg.schema.pattern import Pattern, Slot, Template
from kg.terms import expand
from kg.text.document import Span
from kg.values import cjk_number

_COLUMN = expand("pol:Column")
_HOSTS = ("Website", "Column", "NewMedia", "ServicePlatform")
_LEAST, _MOST = 2, 12  # characters of a name
_APART = 400  # characters from one numbered item to the next
_FAR = 6000  # characters that a list may take
_COUNT = r"(?P<count>\d+|[一二三四五六七八九十两]+)(?:余|多)?(?:个|大|项|类)"
_MANY = re.compile(_COUNT)
_NAME = re.compile(r"\s*(?P<name>[^，。；：、（）“”《》\s—-]+)(?P<next>.?)", re.S)
_AND, _COMMA = re.compile(r"以及|[和与及]"), re.compile("、")
_PARTICLES = frozenset("的了在对将把被是不未")
_NO_SKELETON = Skeleton("", (), {})


@dataclass(frozen=True, slots=True)
class _List:
    """Where a list is announced: by which noun, how many items, where they begin, of what they are parts, what kind they are."""

    noun: Span
    many: int
    items: int
    host: Linked | None
    kind: str


class ColumnReader:
    """Reads lists of columns; build it once with an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        words = ontology.words
        noun, verb, lead, divides = (
            alternatives(words[name])
            for name in ("columnNoun", "announcesItems", "leadsToItems", "dividesInto")
        )
        self.marks = ListMarks(words)
        self.kind = words["plainColumn"][0]
        self.nouns = longest(words["columnNoun"])
        self.announced = re.compile(
            rf"(?P<noun>{noun})(?:{_COUNT})?(?:，)?(?P<verb>(?:{lead})?(?:(?P<divides>{divides})|{verb}))?(?P<colon>：)?\s*"
        )
        self.counted = re.compile(_COUNT + r"[^，。；：、]{0,4}$")
        # what may stand behind 等: 甲、乙等|8个栏目, but 甲、乙等|问题 are no columns
        self.rest = re.compile(
            rf"等(?:{_COUNT.replace('?P<count>', '?:')})?(?:{noun}|{alternatives(words['columnContent'])})?(?=[，。；：\n]|$)"
        )
        self.opens = re.compile(f"{alternatives((*words['open'], *words['following']))}")
        self.does = frozenset((*words["establish"], *words["implement"], *words["launch"]))
        templates = (
            Template("?it", expand("rdf:type"), _COLUMN),
            Template("?it", expand("pol:operatedBy"), "?actor"),
        )
        part_of = expand("pol:partOf")
        self.on_site = self._pattern((*templates, Template("?it", part_of, "?site")))
        self.on_host = self._pattern((*templates, Template("?it", part_of, "?host")))

    @staticmethod
    def _pattern(templates: tuple[Template, ...]) -> Pattern:
        slots = tuple(Slot(name, ("Column",), False) for name in ("it", "host"))
        return Pattern(RULE["listed-column"], "", re.compile(""), slots, (), templates, (), (), "")

    def read(self, work: Work) -> Iterator[tuple[Match, Skeleton]]:
        """The columns of every list as matches of a pattern; each gets a mention and a meaning."""
        for sentence in work.document.sentences:
            for one in self._lists(work, sentence):
                names = list(self._numbered(work, one) or self._in_a_row(work, one))
                several = len(names) > 1 or (names and work.scan.text[names[0].start] == "“")
                if not several or is_planned(work, one.noun):
                    continue
                host = one.host or _host(work, sentence, one.noun)
                for name in names:
                    if (linked := self._column(work, name, one.kind)) is not None:
                        where = Span(name.start, name.end)
                        if host is None:
                            yield Match(self.on_site, where, {"it": (linked,)}, {}), _NO_SKELETON
                        else:
                            yield (
                                Match(self.on_host, where, {"it": (linked,), "host": (host,)}, {}),
                                _NO_SKELETON,
                            )

    def _lists(self, work: Work, sentence: Span) -> Iterator[_List]:
        """Where a sentence announces a list of columns."""
        text = work.scan.text
        for found in self.announced.finditer(text, sentence.start, sentence.end):
            noun = Span(*found.span("noun"))
            start = max(text.rfind(mark, sentence.start, noun.start) for mark in "，。；：\n") + 1
            before = text[max(start, sentence.start) : noun.start]
            counted = self.counted.search(before)
            count = found["count"] or (counted["count"] if counted is not None else "")
            told = found["verb"] or (found["colon"] and (count or self.opens.search(before)))
            many = (int(count) if count.isdigit() else int(cjk_number(count) or 0)) if count else 0
            named = _named(work, noun)
            divided = bool(found["divides"]) and bool(named)
            loose = found["divides"] and not named and not found["colon"]  # 栏目设有编辑、审核岗位
            if not told or loose or (named and not divided and not (found["count"] and many > 1)):
                continue
            host = work.linked[id(named[-1])] if divided else None
            kind = self.kind if divided else noun.of(work.document.wording)
            for one in () if divided else named:  # 便民专栏|3个 is no name
                del work.linked[id(one)]
            yield _List(noun, many, found.end(), host, kind)

    def _numbered(self, work: Work, one: _List) -> list[Span]:
        """The names of items with numbers, each up to the first mark behind it."""
        text = work.scan.text
        marks = self.marks.of(text, Span(one.items, min(len(text), one.items + _FAR)))
        first = next(marks, None)
        if first is None or first.value != 1 or first.span.start > one.items + 1:
            return []
        named, listed, last = [], 1, first
        if (name := self._item(work, first.span.end)) is not None:
            named.append(name)
        for mark in marks:
            if mark.kind != first.kind:
                continue
            if mark.value != last.value + 1 or mark.span.start - last.span.end > _APART:
                break
            listed, last = listed + 1, mark
            if (name := self._item(work, mark.span.end)) is not None:
                named.append(name)
        return named if 2 * len(named) > listed and (not one.many or one.many == listed) else []

    def _item(self, work: Work, at: int) -> Span | None:
        """The name that a numbered item begins with."""
        if quotes := self._quoted(work, at):
            return quotes[0] if len(quotes) == 1 else None
        found = _NAME.match(work.scan.text, at)
        if found is None or found["next"] in ("、", "“", "”", "《"):
            return None
        span = self._without_noun(work, Span(*found.span("name")))
        return span if self._is_name(work, span) else None

    def _in_a_row(self, work: Work, one: _List) -> list[Span]:
        """The names that one clause lists, or that stand between semicolons."""
        text = work.scan.text
        if text.startswith("“", one.items):
            return self._quoted(work, one.items)
        full = min((at for mark in "。\n" if (at := text.find(mark, one.items)) >= 0), default=len(text))
        parts = _cut(text, Span(one.items, full), "；")
        if len(parts) > 2:
            found = [self._item(work, part.start) for part in parts]
            return [span for span in found if span is not None] if all(found) else []
        stop = min((at for mark in "，；：" if 0 <= (at := text.find(mark, one.items)) < full), default=full)
        rest = self.rest.search(text, one.items, stop)
        items = _cut(text, Span(one.items, rest.start() if rest is not None else stop), "、")
        last = items[-1]
        joined = [*_AND.finditer(text, last.start + _LEAST, last.end - _LEAST)]
        if joined and len(items) + 1 == (one.many or len(items) + 1):
            items[-1:] = [Span(last.start, joined[-1].start()), Span(joined[-1].end(), last.end)]
        items = [self._without_noun(work, item) for item in items]
        short = one.many and rest is None and one.many != len(items)
        return items if not short and all(self._is_name(work, item) for item in items) else []

    def _quoted(self, work: Work, at: int) -> list[Span]:
        """The quotations that stand here in a row."""
        text, closer, found = work.scan.text, work.scan.marks.closer, []
        while text.startswith("“", at) and at in closer:
            found.append(Span(at, closer[at] + 1))
            at = closer[at] + 1
            join = _AND.match(text, at) or _COMMA.match(text, at)
            if join is not None and text.startswith("“", join.end()):
                at = join.end()
        ends = at >= len(text) or text[at] in "，。；、等（\n"
        return found if ends and all(_LEAST < len(one) <= _MOST + 4 for one in found) else []

    def _without_noun(self, work: Work, span: Span) -> Span:
        """A name without the noun of its kind at its end (机构概况|栏目)."""
        words = span.of(work.scan.text)
        return Span(
            span.start,
            span.start + len(words.removesuffix(next((n for n in self.nouns if words.endswith(n)), ""))),
        )

    def _is_name(self, work: Work, span: Span) -> bool:
        """Whether words can be what a column is called: no clause, nothing that was done."""
        words = span.of(work.scan.text)
        if not _LEAST <= len(words) <= _MOST or not words.isalnum() or _PARTICLES & set(words):
            return False
        if _MANY.search(words):
            return False
        index = work.scan.words.at(span.start)
        first = work.scan.text[span.start : int(work.scan.words.starts[index + 1])]
        return first not in self.does and not words[0].isdigit()

    def _column(self, work: Work, name: Span, kind: str) -> Linked | None:
        """The column that an item names; what is a platform by its own words stays that."""
        text = work.document.wording
        if text[name.start] == "“":
            quote = next(
                (one for one in work.scan.outer if one.span == name and isinstance(one.detail, Quote)), None
            )
            if quote is not None:
                return self._linked(work, quote, kind)
            return None  # a name of something else
        inside = [one for one in work.scan.mentions if one.span.overlaps(name) and id(one) in work.linked]
        if any(work.is_a(one.cls, "Platform") and _sure(one) for one in inside):
            return None
        for one in inside:
            if isinstance(one.detail, Phrase):
                del work.linked[id(one)]
        mention = Mention(name, _COLUMN, RULE["listed-column"], Quote(), (name,))
        work.made.append(mention)
        return self._linked(work, mention, kind)

    def _linked(self, work: Work, mention: Mention, kind: str) -> Linked:
        """The column of a mention, named with the noun of its kind."""
        words = mention.span.of(work.document.wording)
        label = words + kind
        iri = mint_named(work.ontology.model, work.mint, _COLUMN, label, work.report)
        linked = Linked(mention, (Entity(iri, _COLUMN, label, (words,)),), (mention.span,))
        work.linked[id(mention)] = linked
        return linked


def _cut(text: str, span: Span, mark: str) -> list[Span]:
    """The stretches between marks, without spaces at their ends and without an empty last one."""
    found, start = [], span.start
    for words in span.of(text).split(mark):
        lead = len(words) - len(words.lstrip())
        found.append(Span(start + lead, start + max(lead, len(words.rstrip()))))
        start += len(words) + 1
    return found[:-1] if len(found) > 1 and not len(found[-1]) else found


def _sure(mention: Mention) -> bool:
    return not isinstance(mention.detail, Phrase) or mention.detail.accepted


def _named(work: Work, noun: Span) -> list[Mention]:
    """The mentions that a noun ends the name of (政策解读|专栏); what follows one tells what is in it."""
    return [
        one
        for one in work.scan.mentions
        if one.span.start < noun.start
        and one.span.end >= noun.end
        and id(one) in work.linked
        and _sure(one)
        and work.is_a(one.cls, "Platform")
    ]


def _host(work: Work, sentence: Span, noun: Span) -> Linked | None:
    """The site or column named last before a list in its sentence."""
    hosts = [
        work.linked[id(one)]
        for one in work.scan.mentions
        if sentence.start <= one.span.start
        and one.span.end <= noun.start
        and id(one) in work.linked
        and _sure(one)
        and any(work.is_a(one.cls, name) for name in _HOSTS)
    ]
    return hosts[-1] if hosts else None
