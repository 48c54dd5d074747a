"""Which numbers of a sentence are figures."""

import re

from kg.extract.counted import Counted, either
from kg.match.mention import Figure, Mention
from kg.match.scan import Scan
from kg.terms import expand


class Countable:
    """Tells figures from the other numbers of a text, with the words of one ontology."""

    def __init__(self, counted: Counted) -> None:
        self._vocabulary = counted.ontology.vocabulary
        self._cue = counted.cue
        self._not_figure = either(counted.ontology.words["notFigure"])
        words = counted.ontology.words
        self._named_by = re.compile(f"[^，。；：、的“”\\d]{{0,8}}?(?:{'|'.join(words['namedByMeasure'])})")
        self._works = re.compile(f"[^，。；：、的了“”\\d]{{0,12}}?(?:{'|'.join(words['ratedWorks'])})")
        self._level = either(words["levelNoun"])
        self._against = either(words["comparedLevel"])

    def counts(self, scan: Scan, mention: Mention) -> bool:
        """Whether a number says how many: no set phrase (两级), part of a text (3个方面), of a name or time limit (7日内)."""
        text, detail = scan.text, mention.detail
        assert isinstance(detail, Figure)
        if self._in_set_phrase(text, mention) or _in_slogan(text, mention.span.start):
            return False
        if _in_name(scan, mention, detail) or self._measures_name(text, mention, detail):
            return False
        if self._cue["partNoun"].match(text, mention.span.end) or self._is_deadline(text, mention, detail):
            return False
        return bool(detail.unit) or self._bare_counts(text, mention)

    def _measures_name(self, text: str, mention: Mention, detail: Figure) -> bool:
        """15分钟生活圈, 50万千瓦光伏项目, 收入10万元以上的村, 高于全省2个百分点: a measure that names, tells apart or compares."""
        start, end = mention.span.start, mention.span.end
        unit = self._vocabulary.symbol(detail.unit)
        if detail.unit.endswith("百分点"):
            return bool(self._against.search(text, max(0, start - 10), start))
        kind = unit.kind if unit is not None else ""
        if kind == "count" and self._level.match(text, end):
            return True
        if kind == "time":
            return self._named_by.match(text, end) is not None
        if unit is not None and unit.base in _RATED:
            return self._works.match(text, end) is not None
        if kind == "money" and detail.bound in ("AtLeast", "AtMost"):
            after = text[end : end + 2]
            return after[:1] == "的" or (text[end - 1] in "上下" and "\u4e00" <= after[:1] <= "\u9fff")
        return False

    def _in_set_phrase(self, text: str, mention: Mention) -> bool:
        start, end = mention.span.start, mention.span.end
        found = self._not_figure.search(text, max(0, start - 6), end + 4)
        while found:
            if found.start() <= start and found.end() >= end - 1 and found.end() > start:
                return True
            found = self._not_figure.search(text, found.start() + 1, end + 4)
        return False

    def _is_deadline(self, text: str, mention: Mention, detail: Figure) -> bool:
        """每两周, 20个工作日内: how often or how long something may take is no count."""
        unit = self._vocabulary.symbol(detail.unit)
        if unit is None or unit.kind != "time":
            return False
        before = text[max(0, mention.span.start - 1) : mention.span.start]
        return (
            bool(self._cue["every"].search(before))
            or (detail.bound == "AtMost" and before not in _TO)
            or bool(self._cue["within"].match(text, mention.span.end))
            or _RATE.match(text, mention.span.end) is not None
        )

    def _bare_counts(self, text: str, mention: Mention) -> bool:
        """A number without a unit is a figure only after a word of total or is, and before a mark."""
        after = text[mention.span.end : mention.span.end + 1]
        before = text[max(0, mention.span.start - 4) : mention.span.start]
        return after in _ENDS and bool(self._cue["bareLead"].search(before))


def _in_slogan(text: str, start: int) -> bool:
    """“三项制度”, “最多跑一次”: a number in characters inside quotation marks is part of a name."""
    if text[start].isascii():
        return False
    opened = text.rfind("“", max(0, start - _SLOGAN), start)
    return opened >= 0 and "”" not in text[opened:start]


def _in_name(scan: Scan, mention: Mention, detail: Figure) -> bool:
    """“20条”, 三星堆, 三元、宏达等企业, 八次全会, 70周年: a number that is part of a name or of a rank."""
    text, start, end = scan.text, mention.span.start, mention.span.end
    if detail.unit not in ("%", "％", "") and _QUOTED_ALONE.match(text, start - 1, end + _SLOGAN):
        return True
    if text[end : end + 1] == "”" and text.rfind("“", max(0, start - _SLOGAN), start) > text.rfind(
        "”", 0, start
    ):
        return True
    if text[start - 1 : start] == "届" or text.startswith("全会", end) or "周年" in text[start : end + 2]:
        return True
    if text[start].isascii():
        return False
    index = scan.words.at(start)
    first, last = int(scan.words.starts[index]), int(scan.words.starts[index + 1])
    named = scan.words.tags[index] in ("n", "nr", "ns", "nz", "nrt", "nt") and last > start + 1
    return (
        (named and first <= start and last >= end)
        or (end - start == 2 and text[end - 1] == "元")
        or bool(_RANKED.search(text, max(0, start - 2), start))
    )


_RATED = (expand("unit:kilogram"), expand("unit:kilowatt"))  # what works are rated by
_QUOTED_ALONE = re.compile(r"“\d[^“”，。；]*”")  # “15分钟服务圈”
_RANKED = re.compile(r"[一二三四五六七八九十][级横]$")  # 四级三类
_RATE = re.compile(r"[^\W\d]{1,5}率")  # 15秒|接通率
_SLOGAN = 16  # characters of a name in quotation marks before its number
_TO = frozenset("-—–－~～至")  # between the least and the most of a range
_ENDS = frozenset("，。；、）")
