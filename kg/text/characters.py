"""Characters that are the same letter in another shape become that letter; invisible ones go."""

import re
import unicodedata

from kg.text.traced import Traced

# Radicals of the CJK supplement that PDF text layers use for characters; Unicode gives them no decomposition.
_RADICALS = dict(
    zip(
        "⺁⺇⺈⺉⺋⺌⺍⺐⺑⺒⺓⺕⺖⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺤⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺸⺹⺺⺼⺾⻀⻁⻂⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几刀刂㔾小小尢尣已幺彐忄㣺扌攵旡月母民氵水灬爫丬犭王疋罒示礻竹糸纟罓罒网羊羊羊耂肀月艹艹虎衤西见角角讠贝足车辶辶辶阝钅长長长门阜阝雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿竜龙龟龟龟",
        strict=True,
    )
)
_FOLDED_RANGES = (
    (0xFF10, 0xFF19),  # full-width digits
    (0xFF21, 0xFF3A),  # and letters
    (0xFF41, 0xFF5A),
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x2F800, 0x2FA1F),
    (0x1D7CE, 0x1D7FF),  # mathematical digits
)
_WIDENED_RANGES = ((0x3220, 0x3229), (0x2474, 0x249B), (0x2160, 0x217F), (0xFB00, 0xFB06))  # ㈠ ⑴ ⒈ Ⅳ ﬁ
_CIRCLED = ((0x2776, 10), (0x2780, 10), (0x278A, 10), (0x24F5, 10), (0x3280, 10))  # ❶ ➀ ➊ ⓵ ㊀
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LOST = "\ufffd"
_VARIANTS = {"陜": "陕", "戸": "户", "敎": "教", "淸": "清"}  # shapes that converters of script leave alone


def _single() -> dict[int, str]:
    table = {ord(radical): letter for radical, letter in _RADICALS.items()}
    for first, last in _FOLDED_RANGES:
        for code in range(first, last + 1):
            normal = unicodedata.normalize("NFKC", chr(code))
            if len(normal) == 1:
                table[code] = normal
    table |= {ord("％"): "%", ord("﹪"): "%"}
    table |= {first + n: chr(ord("①") + n) for first, count in _CIRCLED for n in range(count)}
    table |= {ord(variant): letter for variant, letter in _VARIANTS.items()}
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    table |= dict.fromkeys(range(0xD800, 0xE000), _LOST)
    return table


def _several() -> dict[str, str]:
    return {
        chr(code): unicodedata.normalize("NFKC", chr(code))
        for first, last in _WIDENED_RANGES
        for code in range(first, last + 1)
    }


_SINGLE = _single()
_SEVERAL = _several()
_ODD = re.compile("[" + "".join(_SEVERAL) + "]")
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]+"
)
LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def unify(traced: Traced) -> Traced:
    """Letters, digits, radicals and spaces in their plain shape; control and zero-width characters gone.

    Punctuation keeps its shape here (see ``fold``), and ① stays, since a bare 1 would join the digits beside it.

    >>> unify(Traced.of("２０２０年⺠政\\u200b㈠")).text
    '2020年民政(一)'
    """
    text = traced.text
    if text.isascii() and text.isprintable():
        return traced
    traced = traced.same_length(text.translate(_SINGLE)).sub(_INVISIBLE, "").sub(_POINT, ".")
    return traced.sub(_ODD, lambda found: _SEVERAL[found[0]]) if _ODD.search(traced.text) else traced
