"""Every variant of a punctuation mark becomes one, in a text of the same length, so that patterns know one form only."""

import re
from itertools import pairwise

from kg.text.spaces import HAN

_VARIANTS = {
    "，": "﹐︐",
    "、": "､﹑︑",
    "。": "｡︒",
    ".": "．﹒",
    "；": "﹔︔",
    "：": "﹕︰∶︓",
    "？": "﹖︖",
    "！": "﹗︕",
    "·": "‧・･•∙⋅",
    "（": "﹙︵",
    "）": "﹚︶",
    "《": "≪«⟪︽",
    "》": "≫»⟫︾",
    "〈": "⟨︿",
    "〉": "⟩﹀",
    "<": "﹤＜",
    ">": "﹥＞",
    "〔": "﹝❲⦗︹",
    "〕": "﹞❳⦘︺",
    "[": "［",
    "]": "］",
    "{": "｛﹛︷",
    "}": "｝﹜︸",
    "#": "＃",
    "@": "＠",
    "&": "＆",
    "+": "＋",
    "=": "＝",
    "/": "／",
    "*": "＊",
    '"': "〝〞〟″＂",
    "'": "＇′`´",
    "「": "﹁｢",
    "」": "﹂｣",
    "『": "﹃",
    "』": "﹄",
    "—": "―─⸺﹘︱",
    "-": "–‐‑‒−－﹣",
    "～": "〜∼~",
    "○": "⭘◯",
}
_SAME = str.maketrans({variant: mark for mark, variants in _VARIANTS.items() for variant in variants})
_OPEN = r"(（\[【﹝〔〈<《［{「"
_CLOSE = r"\])）】﹞〕〉>》］}」"
_NUMBER = re.compile(rf"(?<=[{HAN}A-Za-z])[{_OPEN}](?=(?:19|20)\d\d[{_CLOSE}]第?\d+(?:-\d+)?号)")
_NUMBER_END = re.compile(rf"(?<=〔\d{{4}})[{_CLOSE}](?=第?\d+(?:-\d+)?号)")
_ANGLES = re.compile(r"[<〈]([^<>〈〉《》\n]{2,80})[>〉]")
_CHINESE_YEAR = re.compile(
    r"(?<![一-龥0-9A-Za-z○〇])[一二][一二三四五六七八九〇○零OoＯ0]{3}(?=年)|二[〇○零OoＯ0][一二三四五六七八九〇○零OoＯ0]{2}(?=年|[〕\])）])"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:~+@,;!\-]+|(?<![\w.\-])[\w.\-]{1,64}@[\w\-]{1,64}\.[\w.\-]{1,64}", re.A
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d])")
_QUOTE = re.compile("[\"'「」『』“”‘’]")
_CORNERS = re.compile("「[^「」]*(?:」|$)")
_ASCII_MARK = re.compile(r"[,;:!?()\[\].]")
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}


def fold(text: str) -> str:
    """The text with unified punctuation, character for character.

    >>> fold('依据(国办发[2020] 17号),公开25,000条,占3.5%')
    '依据（国办发[2020] 17号），公开25,000条，占3.5%'
    >>> fold('"两化"见浙政办发【2020】20号;「最多跑一次」')
    '“两化”见浙政办发〔2020〕20号；“最多跑一次”'
    """
    return "\n".join(_line(line) if line else "" for line in text.split("\n"))


def _line(line: str) -> str:
    shielded = [found.span() for pattern in (_ADDRESS, _GROUPED) for found in pattern.finditer(line)]
    folded = line.translate(_SAME)
    characters = list(_quotes(folded))
    for found in _ASCII_MARK.finditer(folded):
        characters[found.start()] = _mark(folded, found.start())
    for start, end in shielded:
        characters[start:end] = line[start:end]
    folded = "".join(characters)
    folded = _CHINESE_YEAR.sub(_zeros, folded)
    if (
        "年" not in folded
        and "号" not in folded
        and "<" not in folded
        and "《" not in folded
        and "〈" not in folded
    ):
        return folded
    folded = _NUMBER_END.sub("〕", _NUMBER.sub("〔", folded))
    return _nested(_ANGLES.sub(_title, folded))


def _zeros(found: re.Match[str]) -> str:
    return re.sub("[○OoＯ0]", "〇", found[0]) if not found[0].isascii() else found[0]


def _mark(text: str, at: int) -> str:
    """What an ASCII mark is among its neighbours: Chinese punctuation, or itself between digits or Latin words."""
    mark = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if mark == ".":
        ended = not after or after in " ”’）)" or re.match(f"[{HAN}]", after)
        numbered = at < 6 and re.fullmatch(r"[（(]?[一二三四五六七八九十]{1,3}", text[:at])
        return "。" if re.match(f"[{HAN}”）]", before) and ended and not numbered else "."
    if mark in "[]":
        return mark
    if mark == ":" and before.isdigit() and after.isdigit():
        return mark
    if mark not in "()" and before.isascii() and after.isascii() and before.isalpha():
        latin = after.isalpha() or (after == " " and at + 2 < len(text) and text[at + 2].isascii())
        return mark if latin else _WIDE[mark]
    return _WIDE[mark]


def _quotes(text: str) -> str:
    """Quotation marks of every kind as pairs of “ ” and ‘ ’ within one line."""
    if not _QUOTE.search(text):
        return text
    characters = list(text)
    inside = {at for found in _CORNERS.finditer(text) for at in range(*found.span())}  # 「甲『乙』」
    for pair, marks, single in (("“”", '"「」“”', False), ("‘’", "'‘’", True)):
        places = [
            at
            for at, mark in enumerate(characters)
            if (mark in marks or (mark in "『』" and (at in inside) is single)) and not _apostrophe(text, at)
        ]
        directions = [_direction(characters[at]) for at in places]
        sound = "0" not in directions and all(a != b for a, b in pairwise(directions))
        by_turns = _alternates(directions)
        opened = False
        for at, direction in zip(places, directions, strict=True):
            told = sound or (direction != "0" and not by_turns)
            opens = direction == "+" if told else not opened
            characters[at] = pair[0] if opens else pair[1]
            opened = opens
    return "".join(characters)


def _alternates(directions: list[str]) -> bool:
    """Whether an uneven run of marks is better read as opening and closing by turns."""
    curly = [direction for direction in directions if direction != "0"]
    return len(directions) % 2 == 0 and abs(curly.count("+") - curly.count("-")) > 0


def _direction(mark: str) -> str:
    return "+" if mark in "“‘「『" else "-" if mark in "”’」』" else "0"


def _apostrophe(text: str, at: int) -> bool:
    if text[at] not in "'’":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and before.isascii() and before.isalnum() and (after.isascii() and after.isalnum())


def _title(found: re.Match[str]) -> str:
    """Single angle brackets around Chinese words, which clearly are a title's."""
    words = found[1]
    outside = found.string.count("《", 0, found.start()) > found.string.count("》", 0, found.start())
    if outside:
        return f"〈{words}〉"
    return (
        f"《{words}》"
        if re.search(f"[{HAN}]{{2}}", words) and found[0][0] + found[0][-1] in ("<>", "〈〉")
        else found[0]
    )


def _nested(text: str) -> str:
    """Titles inside titles take single brackets, as the standard of punctuation has it."""
    if text.count("《") < 2 or not re.search("《[^》]*《", text):
        return text
    characters = list(text)
    stack: list[int] = []
    for at, mark in enumerate(text):
        if mark == "《":
            stack.append(at)
        elif mark == "》" and stack:
            start = stack.pop()
            if stack and at - start < 100 and text.find("》", at + 1) > 0:
                characters[start], characters[at] = "〈", "〉"
    return "".join(characters)
