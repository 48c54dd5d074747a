"""The sample reports are as their sources say, marked as invented, and their gold fits the text."""

import importlib.util
import json
import re
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
GOLD = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((DATA / "gold").glob("*-*.json"))
}
TEXT = {path.stem: path.read_text(encoding="utf-8") for path in sorted((DATA / "sources").glob("*.txt"))}
PROMISES = json.loads((DATA / "gold" / "promises.json").read_text(encoding="utf-8"))["promises"]
DIGESTS = dict(
    re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", (DATA / "README.md").read_text("utf-8"), re.M)
)
RETOLD = "quzhou-2020"
CODES = {"R1", "R2", "R3", "R5", "R7", "R8", "TEXT-SPAM", "TEXT-LOSS", "TEXT-CONVERTED"}
Row = list[int]


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("samples", ROOT / "tools" / "samples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["samples"] = module
    spec.loader.exec_module(module)
    return module


SAMPLES = _tool()


def test_every_source_has_report_and_gold() -> None:
    names = {sample.name for sample in SAMPLES.SAMPLES}
    assert names == set(GOLD) == set(TEXT)
    files = {f"{sample.name}.{sample.suffix}" for sample in SAMPLES.SAMPLES}
    assert files == {path.name for path in (DATA / "reports").iterdir()} == set(DIGESTS)


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_digest(name: str) -> None:
    assert sha256((DATA / "reports" / name).read_bytes()).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES.SAMPLES if s.suffix in ("txt", "html")], ids=lambda s: s.name
)
def test_report_is_what_its_source_says(sample: Any) -> None:
    content = (DATA / "reports" / f"{sample.name}.{sample.suffix}").read_bytes()
    assert SAMPLES.WRITERS[sample.suffix](sample) == content


@pytest.mark.parametrize("name", sorted(TEXT))
def test_says_that_it_is_invented(name: str) -> None:
    second = TEXT[name].splitlines()[1]
    if name == RETOLD:
        assert "自己的文字" in second
        assert "invented" not in GOLD[name]
    else:
        assert second.startswith("（本文件为虚构样例")
        assert GOLD[name]["invented"] is True


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_quotes_the_text(name: str) -> None:
    """Titles, numbers, problems and plans stand in the text word for word."""
    gold, text = GOLD[name], TEXT[name]
    for policy in gold["policies"]["must"]:
        assert any(title in text for title in _names(policy["title"])), policy
        assert not _names(policy.get("number")) or any(n in text for n in _names(policy["number"])), policy
    for category in ("problems", "improvements"):
        for item in gold[category]["must"]:
            assert item in text
    assert gold["report"]["title"] in text.splitlines()[0]


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_names_rest_on_the_text(name: str) -> None:
    """A canonical name may be completed, but its last words are the reader's own."""
    for category in ("agencies", "platforms", "initiatives", "regions", "achievements"):
        for item in GOLD[name][category]["must"]:
            assert any(_rests(names, TEXT[name]) for names in _names(item)), (category, item)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_figures_occur(name: str) -> None:
    for figure in GOLD[name]["observations"]["must"]:
        value = abs(Decimal(str(figure.get("change", figure.get("value")))))
        forms = _forms(value)
        assert any(re.search(rf"(?<![\d.]){re.escape(form)}", TEXT[name]) for form in forms), figure


@pytest.mark.parametrize("name", sorted(name for name in GOLD if "tables" in GOLD[name]))
def test_tables_break_exactly_the_rules_that_gold_lists(name: str) -> None:
    gold = GOLD[name]
    listed = sorted(f["kind"] for f in gold["findings"]["must"] if f["kind"] in ("R1", "R2", "R3", "R5"))
    assert sorted(_broken(gold["tables"])) == listed


@pytest.mark.parametrize("name", sorted(name for name in GOLD if "tables" in GOLD[name]))
def test_series_breaks_exactly_what_gold_lists(name: str) -> None:
    place, _, year = name.rpartition("-")
    before = f"{place}-{int(year) - 1}"
    listed = sorted((f["kind"], f["stated"], f["recomputed"]) for f in GOLD[name]["findings"]["series"])
    found = _series(GOLD[before]["tables"], GOLD[name]["tables"]) if "tables" in GOLD.get(before, {}) else []
    assert sorted(found) == listed


@pytest.mark.parametrize("name", sorted(GOLD))
def test_findings_use_known_codes_and_quote(name: str) -> None:
    for finding in GOLD[name]["findings"]["must"]:
        assert finding["kind"] in CODES
        if finding["kind"] in ("R7", "R8", "TEXT-SPAM", "TEXT-LOSS"):
            assert finding["where"] in TEXT[name]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: f"{p['report']}-{p['improvement'][:8]}")
def test_promises_are_plans_and_their_fate_is_quoted(promise: dict[str, str]) -> None:
    assert promise["improvement"] in GOLD[promise["report"]]["improvements"]["must"]
    assert promise["fate"] in ("done", "partly", "repeated", "silent")
    assert ("quote" in promise) == (promise["fate"] != "silent")
    assert promise.get("quote", "") in TEXT[promise["later"]]
    if "repeats" in promise:
        assert promise["repeats"] in GOLD[promise["later"]]["improvements"]["must"]


def test_every_plan_with_a_later_report_has_a_fate() -> None:
    followed = {promise["report"] for promise in PROMISES}
    plans = {(name, item) for name in followed for item in GOLD[name]["improvements"]["must"]}
    assert plans == {(promise["report"], promise["improvement"]) for promise in PROMISES}


@pytest.mark.parametrize("name", sorted(GOLD))
def test_relations_name_what_gold_knows(name: str) -> None:
    gold = GOLD[name]
    known = {gold["report"]["title"]}
    for category in (
        "agencies",
        "platforms",
        "initiatives",
        "regions",
        "achievements",
        "problems",
        "improvements",
    ):
        for side in ("must", "may"):
            known |= {alias for item in gold[category][side] for alias in _names(item)}
    for side in ("must", "may"):
        known |= {alias for policy in gold["policies"][side] for alias in _names(policy["title"])}
    for relation in gold["relations"]["must"]:
        for end in (relation[0], relation[2]):
            aliases = _names(end)
            assert any(alias in known or re.match(r"\d", alias) for alias in aliases), relation


def test_retold_report_copies_no_sentence() -> None:
    shared = ROOT.parent / "shared" / "reports" / f"{RETOLD}.txt"
    if not shared.exists():
        pytest.skip("the published report is not here")
    published = {
        _plain(clause) for clause in re.split(r"[，。；：、,;\n]", shared.read_text(encoding="utf-8"))
    }
    terms = "".join(_flat(GOLD[RETOLD]))
    for clause in re.split(r"[，。；：、\n]", TEXT[RETOLD]):
        plain = _plain(clause)
        assert len(plain) < 22 or plain not in published or plain in _plain(terms), clause


def _names(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _flat(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _flat(item)]


def _plain(text: str) -> str:
    return re.sub(r"[^\w〔〕]", "", text)


def _rests(name: str, text: str) -> bool:
    """Whether the longest tail of a name that the text has is its proper part.

    >>> _rests("衢州市司法局", "由市司法局牵头")
    True
    """
    plain, whole = _plain(name), _plain(text)
    for short, full in (("人民政府", "政府"), ("办公室", "办"), ("中共中央", "党中央"), ("委员会", "委")):
        if plain.replace(short, full) in whole:
            return True
    grams = [plain[i : i + 2] for i in range(len(plain) - 1)]
    return plain in whole or sum(gram in whole for gram in grams) >= 0.6 * len(grams)


_DIGITS = "零一二三四五六七八九"


def _forms(value: Decimal) -> set[str]:
    """How a number may be written: digits, in 万 or 亿, as a small Chinese numeral, or as nothing at all."""
    forms = {f"{value.normalize():f}", f"{value:.1f}"}
    forms |= {
        f"{(value / power).normalize():f}{sign}" for power, sign in ((10_000, "万"), (100_000_000, "亿"))
    }
    if value == 0:
        forms |= {"未", "没有"}
    if value == value.to_integral() and 0 < value < 100:
        tens, ones = divmod(int(value), 10)
        forms.add(
            (("" if tens < 2 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
        )
        forms |= {"两"} if value == 2 else set()
    return forms | {Decimal(100): {"百分之百"}, Decimal(12_000): {"一万二千"}}.get(value, set())


def _broken(tables: dict[str, dict[str, Row]]) -> list[str]:
    three = tables["s3"]
    found = ["R1" for row in three.values() if sum(row[:6]) != row[6]]
    results = [
        row for code, row in three.items() if code not in ("new", "carried_in", "total", "carried_out")
    ]
    for column in range(7):
        if sum(row[column] for row in results) != three["total"][column]:
            found.append("R2")
        came = three["new"][column] + three["carried_in"][column]
        if came != three["total"][column] + three["carried_out"][column]:
            found.append("R3")
    return found + ["R5" for row in tables["s4"].values() if sum(row[:4]) != row[4]]


def _series(before: dict[str, dict[str, Row]], now: dict[str, dict[str, Row]]) -> list[tuple[str, int, int]]:
    pairs = zip(now["s3"]["carried_in"], before["s3"]["carried_out"], strict=True)
    found = [("R4", here, there) for here, there in pairs if here != there]
    for row in ("1.规章", "1.规范性文件"):
        made, repealed, in_force = now["s2"][row]
        follows = before["s2"][row][2] + made - repealed
        if follows != in_force:
            found.append(("R6", in_force, follows))
    return found
