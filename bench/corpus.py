"""Many reports out of the sample reports: other places, other figures, other layouts.

The same seed gives the same bytes. What a sample says is kept as it is but for names of places, figures of the running
text (up or down by a fifth) and tables (multiplied, so that their sums still hold).
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
if str(ROOT / "tools") not in sys.path:
    sys.path.append(str(ROOT / "tools"))

import samples as tool  # noqa: E402  # a script in tools/, found by the line above

SEED = 20_220_131
_FIRST, _SECOND = "澄泓渌浔溎沄汐潆滢澹", "屏岫岑峤岩岘崧嵊岵峪"
_PLACES = ("衢州", "云川", "望岚", "青澜", "松坪")
_PLACE = re.compile("|".join(_PLACES))
_FIGURE = re.compile(r"(?<![\d.〔年])\d+(?=余?(?:件|条|次|场|期|人|户|项|篇|份|起|个))")
_NAMES = ("quzhou-2020", "yunchuan-2021", "yunchuan-2022", "yunchuan-2023", "wanglan-2021", "wanglan-2022", "qinglan-2022",
    "qinglan-2023", "shijianju-2022", "shijianju-2023", "songping-2022")  # fmt: skip
_LAYOUTS = ("pipes", "spaces", "cells", "pipes", "html")


def write_corpus(folder: Path, count: int, *, seed: int = SEED) -> list[Path]:
    """Write so many reports into a folder; of no two are issuer and year the same."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (suffix, content) in enumerate(reports(count, seed=seed)):
        paths.append(folder / f"{number:05}.{suffix}")
        paths[-1].write_bytes(content)
    return paths


def reports(count: int, *, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """The suffix and the bytes of each report."""
    chance = random.Random(seed)
    for number in range(count):
        name = _NAMES[number % len(_NAMES)]
        yield _report(name, _place_names(number // len(_NAMES)), chance)


def _place_names(number: int) -> Mapping[str, str]:
    """Invented names in the place of each sample's, others for each number."""
    names = [first + second for first in _FIRST for second in _SECOND]
    return {place: names[(number + 7 * shift) % len(names)] + "山川江河"[number // len(names) % 4] * (number >= len(names))
        for shift, place in enumerate(_PLACES)}  # fmt: skip


def _report(name: str, places: Mapping[str, str], chance: random.Random) -> tuple[str, bytes]:
    layout = chance.choice(_LAYOUTS)
    factor = chance.randint(1, 5)
    parts: list[str] = []
    for line in _source(name):
        if line.startswith("{{"):
            parts.append("\n".join(_table(name, line.strip("{}"), layout, factor)))
            continue
        told = _FIGURE.sub(lambda found: str(max(1, round(int(found[0]) * chance.uniform(0.8, 1.2)))), line)
        told = _PLACE.sub(lambda found: places[found[0]], told)
        parts.append(f"<p>{told}</p>" if layout == "html" else told)
    if layout == "html":
        return "html", _page(parts).encode()
    return "txt", ("\n".join(parts) + "\n").encode(chance.choice(("utf-8", "utf-8", "gb18030")))


def _page(parts: list[str]) -> str:
    body = "\n".join(parts)
    title = re.sub("<.*?>", "", parts[0])
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>\n{body}\n</body></html>\n'


def _table(name: str, part: str, layout: str, factor: int) -> Iterator[str]:
    form, values = _tables(name)
    more = {
        row: [None if cell is None else cell * factor for cell in cells]
        for row, cells in values[part].items()
    }
    if part == "s2":
        edition = "2021" if len(more["1.规章"]) == 3 and "5.其他对外管理服务事项" not in more else "2019"
        grids = list(tool.section_two(form["s2"][edition], more))
    else:
        grids = [(tool.section_three if part == "s3" else tool.section_four)(form[part], more)]
    for grid in grids:
        if layout == "html":
            yield tool.html_table(grid)
        else:
            yield from tool.plain_rows(grid, layout)


@cache
def _source(name: str) -> tuple[str, ...]:
    lines = (tool.SOURCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(filter(None, lines))


@cache
def _tables(name: str) -> tuple[Any, Any]:
    form = json.loads((tool.SOURCES / "form.json").read_text(encoding="utf-8"))
    gold = json.loads((tool.DATA / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return form, gold["tables"]
