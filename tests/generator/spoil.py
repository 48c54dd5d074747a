"""What befalls a text on its way: script, encoding, injected names, lost characters."""

import codecs
import re
from functools import cache
from random import Random

from opencc import OpenCC

SCRIPTS = ("simplified", "traditional", "taiwan", "pinyin")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")
_READINGS = {
    "數": "shù",
    "據": "jù",
    "開": "kāi",
    "關": "guān",
    "報": "bào",
    "發": "fā",
    "業": "yè",
    "無": "wú",
    "處": "chù",
}
SPAM = ("qv77体育官网入口", "乐豪娱乐app下载", "金鼎棋牌官方网站", "mk9体育登录")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def written(text: str, script: str, random: Random) -> str:
    """The text in another script, by machine."""
    if script == "simplified":
        return text
    changed = _converter("s2twp" if script == "taiwan" else "s2t").convert(text)
    if script != "pinyin":
        return changed
    return "".join(
        f"{letter}({_READINGS[letter]})" if letter in _READINGS and random.random() < 0.4 else letter
        for letter in changed
    )


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text; what Big5 does not have is written as its like, or not at all."""
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(encoding, "strict" if encoding != "big5" else "replace")


def advertised(paragraphs: list[str], random: Random) -> list[str]:
    """An advertiser's name between sentences, at the ends of paragraphs, and in place of the name that signs."""
    name = random.choice(SPAM)
    found = []
    for words in paragraphs:
        changed = words
        if words.endswith("。") and random.random() < 0.6:
            cuts = [at + 1 for at, letter in enumerate(words) if letter == "。"]
            at = random.choice(cuts)
            changed = words[:at] + name + words[at:]
        elif words[-1:] not in "。0123456789日" and "、" not in words and random.random() < 0.5:
            changed = name
        found.append(changed)
    return found


def lost(text: str, random: Random) -> str:
    """年, 月 and 日 lost between digits."""
    return _DATE.sub(lambda found: "".join(found.groups()) if random.random() < 0.7 else found[0], text)
