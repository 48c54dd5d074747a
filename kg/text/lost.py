"""Places where characters were lost: digits without their 年 and 月, brackets without their partner, broken names."""

import re
from collections.abc import Iterator

from kg.text.cues import Cues
from kg.text.document import Span

_DATES = re.compile(
    r"(?<![\d.])(?:19|20)\d{2}\d{1,4}日"  # 201711日
    r"|(?<!\d)(?:19|20)\d{2}年\d{1,4}日(?!均)"  # 2017年11日
    r"|(?<!\d)(?:19|20)\d{2}\d{1,2}月\d{1,2}日"  # 201711月1日
    r"|(?<=年)\d{3,4}日(?!均)"
    r"|(?<=[自从])(?:19|20)\d{4,6}(?=起?[至到])"  # 自202111起至
)
_NUMBERS = re.compile(
    r"[〔﹝\[【(（](?:19|20)\d{2}\d{1,4}(?:号|(?=[^\d〕﹞\]】)）号]|$))"  # 〔202130 and ﹝20168号
    r"|(?<=[\u4e00-\u9fff])(?:19|20)\d{2}[〕﹞]\d+号"  # 发2020〕17号
    r"|[〔﹝](?:19|20)?\d{0,3}[〕﹞](?=\d+号)(?<![〔﹝]\d{4}[〕﹞])"
)
_UNREADABLE = re.compile("\ufffd+")


def find_lost(text: str, cues: Cues) -> Iterator[Span]:
    """Where the text shows that something is missing.

    >>> text = "自201711日起执行国发〔202130号文件"
    >>> [span.of(text) for span in find_lost(text, Cues())]
    ['201711日', '〔202130号']
    """
    sound = [match.span() for word in cues.not_lost for match in re.finditer(re.escape(word), text)]
    spans = {match.span() for pattern in (_DATES, _NUMBERS, _UNREADABLE) for match in pattern.finditer(text)}
    for word in cues.lost:
        for match in re.finditer(re.escape(word), text):
            if not any(start <= match.start() and match.end() <= end for start, end in sound):
                spans.add(match.span())
    yield from (Span(start, end) for start, end in sorted(spans))
