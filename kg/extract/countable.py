"""Which numbers of a sentence are figures."""

import re

from kg.extract.counted import Counted, figure_at
from kg.extract.listing import ListMarks
from kg.extract.wording import either
from kg.match.mention import Figure, Mention
from kg.match.scan import Scan
from kg.match.words import alternatives
from kg.text.document import Span


class Countable:
    """Tells figures from the other numbers of a text, with the words of one ontology."""

    def __init__(self, counted: Counted) -> None:
        self._vocabulary = counted.ontology.vocabulary
        self._cue = counted.cue
        self._bare_count = counted.ontology.words["bareCount"]
        self._not_figure = either(counted.ontology.words["notFigure"])
        self._words = counted.ontology.words
        self._marks = ListMarks(self._words)
        self._circle = re.compile(rf"[一-龥]{{0,6}}?(?:{alternatives(self._words['circle'])})")
        self._opens = re.compile(rf"[^，；。：\d\n]{{0,6}}?(?:{alternatives(self._words['itemNoun'])})：")

    def counts(self, scan: Scan, mention: Mention) -> bool:
        """Whether a number says how many: no set phrase (两级), part of a text (3个方面) or time limit (7日内)."""
        detail = mention.detail
        assert isinstance(detail, Figure)
        text = scan.text
        if _begins_word(scan, mention.span):
            return False
        if (
            _is_name(text, mention.span)
            or self._in_set_phrase(text, mention)
            or _in_slogan(text, mention.span.start)
        ):
            return False
        if _RANKED.match(text, mention.span.end) or self._in_name(text, mention.span, detail):
            return False
        end = mention.span.end
        part = self._cue["partNoun"].match(text, end)
        told = self._cue["caseOutcome"].match(text, end)
        if (part and not told and figure_at(scan, part.end()) is None) or self._is_deadline(
            text, mention, detail
        ):
            return False
        if self._is_convention(text, mention, detail) or self._leads_a_list(text, mention, detail):
            return False
        return bool(detail.unit) or self._bare_counts(text, mention)

    def _in_name(self, text: str, span: Span, detail: Figure) -> bool:
        """15分钟|生活圈, “富民30条”, 建县70周年, 3.0版, 四季度, 第9至12条, 前移2位: a number in a name, in a reference, or of places moved."""
        words = self._words
        end = span.end
        if detail.unit in words["ofTime"] and self._circle.match(text, end):
            return True
        opened = text.rfind("“", max(0, span.start - _SLOGAN), span.start)
        within = opened >= 0 and text[end : end + 1] == "”" and text[opened + 1 : span.start].isalpha()
        if within and detail.unit in words["itemMeasure"]:
            return True
        if detail.unit in words["anniversary"]:
            return True
        if detail.unit in words["release"] and detail.decimals:
            return True
        if detail.unit in words["quarter"] and not text.startswith("个", end - len(detail.unit) - 1):
            return detail.value <= _QUARTERS
        if detail.unit in words["articleMeasure"] and _REFERENCE.search(
            text, max(0, span.start - 8), span.start
        ):
            return True
        return self._is_move(text, span, detail)

    def _is_move(self, text: str, span: Span, detail: Figure) -> bool:
        """前移|2位, 提升2个|位次, 排名上升3位: by how many places something moved in an order."""
        words = self._words
        if detail.unit in words["place"] and text.endswith(words["gainsPlaces"], 0, span.start):
            return True
        if not text.endswith((*words["gainsPlaces"], *words["movesPlaces"]), 0, span.start):
            return False
        closes = text[span.end : span.end + 1] in _ENDS
        return text.startswith(words["orderNoun"], span.end) or (detail.unit in words["place"] and closes)

    def _in_set_phrase(self, text: str, mention: Mention) -> bool:
        start, end = mention.span.start, mention.span.end
        found = self._not_figure.search(text, max(0, start - 6), end + 4)
        while found:
            counted = found[0].isdigit() and found.end() < end and not text[end : end + 1].isalnum()
            if found.start() <= start and found.end() >= end - 1 and found.end() > start and not counted:
                return True  # but 公开信息12345条
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

    def _is_convention(self, text: str, mention: Mention, detail: Figure) -> bool:
        """同一信息计1条, 《条例》施行2年来, 按10%的比例抽查: how things are counted, and how long something has lasted, count nothing."""
        before = text[max(0, mention.span.start - 6) : mention.span.start]
        unit = self._vocabulary.symbol(detail.unit)
        if (
            unit is not None
            and unit.kind == "share"
            and text.startswith(self._words["ofStandard"], mention.span.end)
        ):
            return before.endswith(self._words["countsAs"])
        if unit is not None and unit.kind == "time" and before.endswith(self._words["inARow"]):
            return True
        if unit is not None and unit.kind == "time" and detail.unit.endswith(_LASTING):
            return before.endswith(self._words["lasting"])
        return (
            detail.value == 1
            and before.endswith(self._words["countsAs"])
            and not before.endswith(self._words["total"])
        )

    def _leads_a_list(self, text: str, mention: Mention, detail: Figure) -> bool:
        """抓好以下3项工作, 存在2个问题：一是: how many items a list has that follows."""
        start, end = mention.span.start, mention.span.end
        if detail.unit not in self._words["itemMeasure"] or detail.value > _MOST_ITEMS:
            return False
        if text.endswith(self._words["following"], 0, start):
            return True
        if self._opens.match(text, end):
            return True
        stop = min([at for mark in "。！？\n" if (at := text.find(mark, end)) >= 0], default=len(text))
        first = next(self._marks.of(text, Span(end, min(len(text), stop + 6))), None)
        between = text[end : first.span.start] if first is not None and first.value == 1 else ""
        if not between or len(between) > _TO_ITEMS or between.strip()[-1:] not in tuple("，：；。"):
            return False
        named = between.strip(" ，：；。\n")
        return named.endswith(self._words["itemNoun"]) or (
            not named and text.endswith(self._words["itemNoun"], 0, start)
        )

    def _bare_counts(self, text: str, mention: Mention) -> bool:
        """A number without a unit is a figure only after a word of total or is, or after a noun for what is counted, and before a mark."""
        after = text[mention.span.end : mention.span.end + 1]
        before = text[max(0, mention.span.start - 4) : mention.span.start]
        if after not in _ENDS:
            return False
        year = _YEAR.fullmatch(mention.span.of(text)) is not None
        return bool(self._cue["beforeBareNumber"].search(before)) or (
            not year and before.endswith(self._bare_count)
        )


def _is_name(text: str, span: Span) -> bool:
    """出台“15条”: a number that is all of a quotation is what something is called."""
    return text[span.start - 1 : span.start] == "“" and text[span.end : span.end + 1] == "”"


def _begins_word(scan: Scan, span: Span) -> bool:
    """三星堆, 五峰山: a number in characters that a longer word begins with is part of it."""
    words = scan.words
    index = words.at(span.start)
    return (
        not scan.text[span.start].isascii()
        and words.starts[index] == span.start
        and words.starts[index + 1] > span.end
    )


def _in_slogan(text: str, start: int) -> bool:
    """“三项制度”, “最多跑一次”: a number in characters inside quotation marks is part of a name."""
    if text[start].isascii():
        return False
    opened = text.rfind("“", max(0, start - _SLOGAN), start)
    return opened >= 0 and "”" not in text[opened:start]


_QUARTERS = 4
_REFERENCE = re.compile(
    r"第[\d一二三四五六七八九十百]+[条款项章节页号]?(?:至|到|、|和|及|与|[-—－~～]{1,2})第?$"
)  # 第9至|12条
_YEAR = re.compile(r"(?:19|20)\d\d")  # may be one, where no unit says otherwise
_RANKED = re.compile(
    r"[\u3400-\u9fff]{1,8}(?:中|里)?的?第[\d一二三四五六七八九十]{1,3}(?:位|名)"
)  # 28个乡镇第6位
_RATE = re.compile(r"[^\W\d]{1,5}率")  # 15秒|接通率
_LASTING = "年"
_MOST_ITEMS = 12  # items of a list that a sentence leads in
_TO_ITEMS = 16  # characters from their number to the first of them
_SLOGAN = 16  # characters of a name in quotation marks before its number
_TO = frozenset("-—–－~～至")  # between the least and the most of a range
_ENDS = frozenset("，。；、）")
