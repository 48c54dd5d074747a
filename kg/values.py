"""Numbers, units and dates in running text become quantities.

The grammar of numbers lives here; which words are units comes from the unit vocabulary. All functions read folded text
(full-width punctuation, half-width digits) and return half-open code point positions into it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod

from kg.text.document import Span

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "壹": 1, "贰": 2}
_NO_COUNT = frozenset(
    "第〔“十数几初星周届"
)  # before a numeral that counts nothing: 第|三, 初|五, 星期, 周|二
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "百": Decimal(100)}
_CJK = "零〇○一二两三四五六七八九十百千万亿"

NUMBER = re.compile(
    r"(?P<digits>(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|(?<=[\u3400-\u9fff])(?<![图表第])[1-9]\d{0,2}(?: \d{3})+(?![\d ])(?:\.\d+)?"  # 意见1 234条
    r"|(?<![\d.])\d+(?:\.\d+)?)"
    r"(?P<more>余|多|来|几)?(?P<myriad>万亿|千万|百万|千亿|百亿|万|亿|千(?![瓦米克])|百(?!分))?(?P<more2>余|多|来)?"
    r"(?:(?<=[亿万])(?P<low>\d+(?:\.\d+)?)(?P<more5>余|多)?(?P<lower>千万|百万|万|千(?![瓦米克])|百(?!分)))?"  # 1亿|2千万元
    rf"|(?P<cjk>[{_CJK}]+)(?P<more3>余|多|来|几)?(?P<tail>[万亿])?(?P<more4>余|多)?"
)
_ROUNDED = ("上", "过")  # before 百, 千, 万 alone: 上千个
_LONGEST = 15  # digits of one figure; more are several that ran together
_PERCENT_WORDS = re.compile(rf"百分之(?P<n>\d+(?:\.\d+)?|[{_CJK}点]+)")
# Parts and multiples in words: 三成, 三成五, 四分之三, 半数, 一半, 过半, 翻一番, 翻番, 一倍; not 三成立, 第一成果, 十一倍.
_ROUGHLY = re.compile(
    r"(?<![第之唯“数十百千万一二三四五六七八九])(?:(?P<tenths>[一二两三四五六七八九])成(?P<rest>[半一二三四五六七八九])?"
    r"(?![立功员果效年本都套长品熟就交因群型人绩形分])"
    r"|(?P<parts>[二三四五六七八九十])分之(?P<of>[一两二三四五六七八九])(?![一二三四五六七八九十])"
    r"|(?P<half>过?半数|一半|过半(?=[，。；、）]|$))|(?P<once>一倍|(?<=翻)倍|(?<=翻)番|(?<=翻了)番)"
    r"|(?:(?<=翻)|(?<=翻了))(?P<doublings>[一两二三四五])番)"
)
_HALF, _TENTH, _TIMES = Decimal(50), Decimal(10), "倍"
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})年度?(?!\d)")
_BEFORE = re.compile(
    r"(?P<more>超过|超出|超|逾|突破|不少于|不低于|至少|高达|多达)$|(?P<near>将近|接近|(?<![附最邻临亲靠])近)$|(?P<about>大约|大概|约为|(?<![签节预违公契合条特])约)$|(?P<most>不超过|不多于|至多|最多|(?<!存在)(?<!问题和)不足)$"
)
_AFTER = re.compile(r"(?P<more>以上|有余|之多)|(?P<about>左右|上下)|(?P<most>以内|以下)")
# What surrounds a number that is no figure: dates, ordinals, document and article numbers, telephones, versions.
_DATE_AFTER = re.compile(
    r"年(?!来|底前|均)|月(?!均|报|度|活)|日(?!均|报|志)|号|时\d|[:：]\d|[-—–－~～]\d+(?:年|月|日|号|[-—–]\d)|〕|条第|款|届|时(?:许|起|至)|起[至到止]|点(?:钟|半|整)|世纪"
)
_RANK = re.compile(r"级(?!别)")  # 30万吨级航道: how large a thing is built for
_LEAST_RANK = 100  # 百亿级, 千万级
_TELEPHONE = re.compile("电话$")  # a number with a unit right after it counts calls
_ORDINAL_BEFORE = re.compile(r"(?:第|〔|No\.?|[A-Za-z]|[-—–/:：=&?#]|电话[:：]|邮编[:：]?|编码[:：]?|\d[.])$")


_BETWEEN = ("、", "和", "与", "及")  # what joins the numbers of a list that share a unit
_JOIN = re.compile(r"(?:[-－~～]|[—–]{1,2}|至)(?=\d)")
_CHANGE_FROM = re.compile(
    r"[从由][^，。；、]{0,7}$"
)  # 由5%至6% is a change from one to the other, and no range


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it stands in a text.

    ``value`` is multiplied out (万, 亿); ``unit`` is the symbol found or ``""``; ``bound`` is a local name of the contract
    (``Exact``, ``AtLeast``, ``Nearly``, ``About``, ``AtMost``); ``start``/``end`` cover number, unit and bound words.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str
    number_end: int
    words: bool  # written in Chinese numerals
    decimals: int = 0


def cjk_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is none.

    >>> cjk_number("一千二百零五"), cjk_number("二○二○"), cjk_number("十二"), cjk_number("三万六千")
    (Decimal('1205'), Decimal('2020'), Decimal('12'), Decimal('36000'))
    """
    if not text or any(c not in _CJK for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    seen = False
    for c in text:
        if c in _DIGITS:
            digit, seen = _DIGITS[c], True
        elif c in _POWERS:
            section += (digit if seen or digit else 1) * _POWERS[c]
            digit, seen = 0, False
        else:
            section += digit
            if section == 0:
                return None
            total = (total + section) * (10_000 if c == "万" else 100_000_000)
            section = digit = 0
            seen = False
    return Decimal(total + section + digit)


def years(text: str) -> Iterator[tuple[int, int, int]]:
    """Calendar years in a text as (start, end, year).

    >>> list(years("比2019年的598件，二○一二年"))
    [(1, 6, 2019), (12, 17, 2012)]
    """
    for found in _YEAR.finditer(text):
        value = found["year"]
        number = Decimal(value) if value.isdigit() and value.isascii() else cjk_number(value)
        if number is not None and 1978 <= number <= 2099:
            yield found.start(), found.end(), int(number)


_PART_OF_YEAR = re.compile(r"(?:第?[一二三四1-4]季度|[上下]半年|年[初中底末]|\d{1,2}月(?:份|[初底末])?)的?$")


def part_of_year(text: str) -> int:
    """Where a part of a year begins that a text ends in; the text's length where it ends in none.

    >>> part_of_year("由一季度的"), part_of_year("由年度的")
    (1, 4)
    """
    found = _PART_OF_YEAR.search(text)
    return found.start() if found is not None else len(text)


_DATE = re.compile(r"((?:19|20)\d{2})(?:年(\d{1,2})月(\d{1,2})日|[-/.](\d{1,2})[-/.](\d{1,2})(?!\d))")


def last_date(text: str, body: Span) -> tuple[str, Span] | None:
    """The last full date of a text, in ISO form, with where it stands: the day a document is signed.

    >>> last_date("国务院办公厅\\n2018年12月27日", Span(0, 20))
    ('2018-12-27', Span(start=7, end=18))
    """
    return _day(next(reversed(list(_DATE.finditer(text, body.start, body.end))), None))


def first_date(text: str, span: Span) -> tuple[str, Span] | None:
    """The first full date of a stretch, in ISO form, with where it stands.

    >>> first_date("2020年5月6日公布，2020年7月1日起施行", Span(0, 22))
    ('2020-05-06', Span(start=0, end=9))
    """
    return _day(_DATE.search(text, span.start, span.end))


def _day(found: re.Match[str] | None) -> tuple[str, Span] | None:
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}-{day:02}", Span(*found.span())


class UnitFinder:
    """Finds the longest unit symbol at a position.

    >>> UnitFinder(["件", "人", "人次", "%"]).at("3人次", 1)
    '人次'
    """

    __slots__ = ("_pattern",)

    def __init__(self, symbols: Iterable[str]) -> None:
        ordered = sorted(set(symbols), key=lambda symbol: (-len(symbol), symbol))
        self._pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")

    def at(self, text: str, position: int) -> str:
        """The symbol that stands here, or the empty string."""
        found = self._pattern.match(text, position)
        return found[0] if found else ""


def quantities(text: str, units: UnitFinder, *, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every quantity of a stretch of folded text, in order.

    Dates, ordinals, document numbers, telephone numbers and the like are left out.

    >>> finder = UnitFinder(["件", "期", "条", "%", "人"])
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("共受理456件，比2019年的598件下降25.6%，通报300多期，3.99多万条", finder)]
    [('456', '件', 'Exact'), ('598', '件', 'Exact'), ('25.6', '%', 'Exact'), ('300', '期', 'AtLeast'), ('39900', '条', 'AtLeast')]
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("每次3-5人，电话0570-3080112", finder)]
    [('3', '人', 'AtLeast'), ('5', '人', 'AtMost')]
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("答复上千件，近万人参加，千条建议", finder)]
    [('1000', '件', 'AtLeast'), ('10000', '人', 'Nearly')]
    >>> [str(q.value) for q in quantities("2亿3500万条，3万5千余件，1.2万5期", finder)]
    ['235000000', '35000', '12000', '5']
    >>> [(str(q.value), q.unit) for q in quantities("分别受理7、12和9件", finder)]
    [('7', '件'), ('12', '件'), ('9', '件')]
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("增长5%—5.5%，覆盖3万至5万人", finder)]
    [('5', '%', 'AtLeast'), ('5.5', '%', 'AtMost'), ('30000', '人', 'AtLeast'), ('50000', '人', 'AtMost')]
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("减少三成，近九成，翻两番，增加一倍，半数以上，成立三个", finder)]
    [('30', '%', 'About'), ('90', '%', 'Nearly'), ('3', '倍', 'Exact'), ('1', '倍', 'Exact'), ('50', '%', 'AtLeast')]
    >>> [(str(q.value), q.unit, q.bound) for q in quantities("不足八成，三分之二，四分之三以上，十分之一", finder)]
    [('80', '%', 'AtMost'), ('66.7', '%', 'About'), ('75', '%', 'AtLeast'), ('10', '%', 'About')]
    """
    found = list(_separate(text, units, start, len(text) if end is None else end))
    yield from (_with_unit(text, found, index) for index in range(len(found)))


def _with_unit(text: str, found: Sequence[Quantity], index: int) -> Quantity:
    """The quantity; a number in a list that ends in a unit has that unit: 提高4.2、2.6个百分点."""
    one, last = found[index], index
    while not found[last].unit and last + 1 < len(found):
        if text[found[last].end : found[last + 1].start] not in _BETWEEN:
            return one
        last += 1
    return one if last == index or not text[one.start].isdigit() else replace(one, unit=found[last].unit)


def _separate(text: str, units: UnitFinder, start: int, stop: int) -> Iterator[Quantity]:
    taken = start
    for spoken in sorted(_spoken(text, start, stop), key=lambda one: (one.number_end, one.start)):
        if spoken.number_end - 1 < taken:
            continue
        yield from _plain(text, units, taken, spoken.start)
        yield spoken
        taken = spoken.end
    yield from _plain(text, units, taken, stop)


def _spoken(text: str, start: int, stop: int) -> Iterator[Quantity]:
    """Percentages and multiples in words: 百分之三十, 三成, 翻一番."""
    for found in _PERCENT_WORDS.finditer(text, start, stop):
        value = _percent_value(found["n"])
        if value is not None:
            bound, left, right = _bound(text, *found.span())
            yield Quantity(left, right, value, "%", bound, found.end(), words=True)
    for found in _ROUGHLY.finditer(text, start, stop):
        unit = "%" if found["tenths"] or found["half"] or found["parts"] else _TIMES
        quantity = _finish(text, *found.span(), _rough(found), "", False, words=False, decimals=0)
        bound = quantity.bound if quantity.bound != "Exact" or unit == _TIMES else "About"
        over = (found["half"] or "").startswith("过")  # 过半, 超过半数
        yield replace(quantity, unit=unit, bound="AtLeast" if over else bound)


def _rough(found: re.Match[str]) -> Decimal:
    """What a part or a multiple in words is, in per cent or in times more."""
    if found["half"]:
        return _HALF
    if found["parts"]:
        return round(_DIGITS[found["of"]] * Decimal(100) / _DIGITS.get(found["parts"], 10), 1)
    if found["once"]:
        return Decimal(1)
    if found["doublings"]:
        return Decimal(2) ** _DIGITS[found["doublings"]] - 1
    rest = Decimal(5) if found["rest"] == "半" else Decimal(_DIGITS[found["rest"]] if found["rest"] else 0)
    return _DIGITS[found["tenths"]] * _TENTH + rest


def is_rough(words: str) -> bool:
    """Whether words say a part in tenths or halves, and not in per cent.

    >>> is_rough("近九成"), is_rough("半数以上"), is_rough("90%")
    (True, True, False)
    """
    found = _ROUGHLY.search(words)
    return found is not None and bool(found["tenths"] or found["half"] or found["parts"])


def _plain(text: str, units: UnitFinder, start: int, stop: int) -> Iterator[Quantity]:
    position = start
    while found := NUMBER.search(text, position, stop):
        position = found.end()
        span = _range(text, found, units)
        if span is not None:
            yield from span
            position = span[1].end
            continue
        quantity = _cjk(text, found, units) if found["cjk"] else _arabic(text, found, units)
        if quantity is not None:
            position = max(position, quantity.end)
            yield quantity


def _range(text: str, found: re.Match[str], units: UnitFinder) -> tuple[Quantity, Quantity] | None:
    """3-5天, 10至15个, 5%—5.5%, 3万至5万户: the least and the most, in one unit."""
    if not found["digits"]:
        return None
    first_unit = units.at(text, found.end())
    own = bool(first_unit or found["myriad"])
    join = _JOIN.match(text, found.end() + len(first_unit))
    last = NUMBER.match(text, join.end()) if join else None
    if (
        last is None
        or not last["digits"]
        or _ORDINAL_BEFORE.search(text[max(0, found.start() - 6) : found.start()])
    ):
        return None
    unit = units.at(text, last.end())
    if not unit or first_unit not in ("", unit) or _DATE_AFTER.match(text, last.end()):
        return None
    if own and _CHANGE_FROM.search(text[max(0, found.start() - 9) : found.start()]):
        return None
    low = _multiplied(found, found["myriad"] if own else last["myriad"])
    high = _multiplied(last, last["myriad"])
    if low >= high:
        return None
    stop, end = found.end() + len(first_unit), last.end() + len(unit)
    return (
        Quantity(found.start(), stop, low, unit, "AtLeast", found.end(), words=False),
        Quantity(last.start(), end, high, unit, "AtMost", last.end(), words=False),
    )


def _digits(found: re.Match[str]) -> str:
    """The digits of a number without the marks between thousands: 1,234 and 1 234."""
    return "".join(c for c in found["digits"] if c.isdigit() or c == ".")


def _multiplied(found: re.Match[str], myriads: str | None) -> Decimal:
    """The digits of a number with its 万 and 亿 multiplied out."""
    value = Decimal(_digits(found))
    for myriad in myriads or "":
        value *= _MYRIADS[myriad]
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _arabic(text: str, found: re.Match[str], units: UnitFinder) -> Quantity | None:
    start, end = found.span()
    before = text[max(0, start - 6) : start]
    if _ORDINAL_BEFORE.search(before) and not re.search(r"[^A-Za-z\d][:：/—]$", before + ""):
        return None
    if before.endswith(("第", "〔")) or _DATE_AFTER.match(text, end):
        return None
    plain = _digits(found)
    if (len(plain) > 1 and plain[0] == "0" and "." not in plain) or len(plain) > _LONGEST:
        return None
    value = Decimal(plain)
    for myriad in found["myriad"] or "":
        value *= _MYRIADS[myriad]
    if found["low"]:
        value += prod((_MYRIADS[myriad] for myriad in found["lower"]), start=Decimal(found["low"]))
    unit = units.at(text, end)
    if (unit and _RANK.match(text, end + len(unit))) or (_TELEPHONE.search(before) and not unit):
        return None
    if (
        not unit
        and text[end : end + 1] == "（"
        and (inner := units.at(text, end + 1))
        and text[end + 1 + len(inner) : end + 2 + len(inner)] == "）"
    ):
        bracketed = _finish(
            text,
            start,
            end + 1,
            value,
            inner,
            bool(found["more"]),
            words=False,
            decimals=len(plain.partition(".")[2]),
        )
        return replace(bracketed, number_end=end, end=bracketed.end + 1)
    more = bool(found["more"] or found["more2"] or found["more5"])
    decimals = len(plain.partition(".")[2])
    return _finish(text, start, end, value, unit, more, words=False, decimals=decimals)


def _cjk(text: str, found: re.Match[str], units: UnitFinder) -> Quantity | None:
    start, end = found.span()
    words = found["cjk"]
    alone = len(words) == 1 and words in _MYRIADS  # 万|余条, 上|千个
    value = _MYRIADS[words] if alone else cjk_number(words)
    round_word = text[start - 1 : start] if alone else ""
    if found["more3"] == "几" or text[max(0, start - 1) : start] in _NO_COUNT:
        return None
    if _in_date(text, start, end):
        return None
    unit = units.at(text, end)
    if (
        value is None
        or not unit
        or (value <= 1 and words not in ("零", "〇"))
        or (alone and not found["more3"] and round_word not in (*_ROUNDED, *"近超逾"))
        or (unit == "级" and value >= _LEAST_RANK)
    ):
        return None
    if found["tail"]:
        value *= _MYRIADS[found["tail"]]
    more = bool(found["more3"] or found["more4"])
    if round_word in _ROUNDED:
        start, more = start - 1, True
    return _finish(text, start, end, value, unit, more, words=True, decimals=0)


def _in_date(text: str, start: int, end: int) -> bool:
    """Whether a numeral is the year, month or day of a date: 二○二三年|二月|十六日."""
    after, words = text[end : end + 1], text[start:end]
    if after == "年":
        return len(words) == 4 and all(c in _DIGITS for c in words)
    return (after == "月" and text[start - 1 : start] == "年") or (
        after in ("日", "号") and text[start - 1 : start] == "月"
    )


def _finish(
    text: str, start: int, end: int, value: Decimal, unit: str, more: bool, *, words: bool, decimals: int
) -> Quantity:
    stop = end + len(unit)
    bound, left, right = _bound(text, start, stop)
    if (
        text[stop : stop + 1] in ("余", "多")
        and unit
        and text[stop : stop + 2] not in ("多个", "多家", "多种", "多项")
    ):
        more, right = True, stop + 1
    if text[stop : stop + 1] == "+" and not text[stop + 1 : stop + 2].isdigit():  # 10万+
        more, right = True, stop + 1
    whole = value.to_integral_value()
    value = whole if value == whole else value.normalize()
    return Quantity(left, right, value, unit, "AtLeast" if more else bound, end, words, decimals)


def _bound(text: str, start: int, end: int) -> tuple[str, int, int]:
    names = {"more": "AtLeast", "near": "Nearly", "about": "About", "most": "AtMost"}
    after = _AFTER.match(text, end)
    if after:
        return names[str(after.lastgroup)], start, after.end()
    window = text[max(0, start - 4) : start]
    before = _BEFORE.search(window)
    if before:
        return names[str(before.lastgroup)], start - len(before[0]), end
    return "Exact", start, end


def _percent_value(text: str) -> Decimal | None:
    if text[0].isascii():
        return Decimal(text)
    whole, _, fraction = text.partition("点")
    number = cjk_number(whole)
    if number is None or not fraction:
        return number
    tail = "".join(str(_DIGITS[c]) for c in fraction if c in _DIGITS)
    return Decimal(f"{number}.{tail}") if tail else number
