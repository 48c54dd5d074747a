"""What is wrong, said in Chinese to who reads Chinese; what has no Chinese words yet stays as it is."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.serve.refusal import Refusal

_FILE = Path(__file__).parent / "refusals.toml"
_GAP = re.compile(r"\\\{(\w+)\\\}")


def in_chinese(refusal: Refusal) -> Refusal:
    """The same refusal in Chinese.

    >>> in_chinese(Refusal(400, "line 1, column 2: one “}” is missing", "please report it")).text
    '第 1 行第 2 列：缺一个“}”；请告诉我们\\n'
    >>> in_chinese(Refusal(400, "line 1, column 2: the prefix foo: is not declared")).text
    '第 1 行第 2 列：前缀 foo: 没有声明\\n'
    """
    return replace(refusal, what=_said(refusal.what), hint=_said(refusal.hint), mark="；")


def _said(words: str) -> str:
    for pattern, form in _forms():
        if found := pattern.fullmatch(words):
            # what stands in a gap may be a sentence itself
            return form.format(**{name: _said(part) for name, part in found.groupdict().items()})
    return words


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [
        (re.compile(_GAP.sub(r"(?P<\1>.+?)", re.escape(english)), re.S), chinese)
        for english, chinese in said.items()
    ]
