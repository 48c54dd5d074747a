"""Gold files: what a careful reader finds in one report, read from JSON."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.errors import InputError

NAMED = ("agencies", "platforms", "initiatives", "regions", "achievements", "problems", "improvements")
Names = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Both(Generic[T]):
    """What must be found, and what may be."""

    must: tuple[T, ...] = ()
    may: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPolicy:
    """A policy: its possible titles, numbers and issuers."""

    titles: Names
    numbers: Names
    issuers: Names


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure; ``kind`` is ``count``, ``share`` of ``whole``, ``rate`` (any other %) or ``change``."""

    indicators: Names
    kind: str
    value: Decimal
    units: Names
    year: int | None
    approximate: bool
    whole: Names
    compared_with: int | None


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """Subject, relation and object, each end by its possible names."""

    subject: Names
    relation: str
    object: Names


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A rule the report breaks."""

    kind: str
    where: str
    stated: Decimal | None
    recomputed: Decimal | None


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file.

    ``tables`` maps table → row → the cells as printed, blank as None; ``quotes`` a name → other words that name the same in the text.
    """

    name: str
    title: str
    issuers: Names
    year: int | None
    regions: Names
    named: Mapping[str, Both[Names]]
    policies: Both[GoldPolicy]
    figures: Both[GoldFigure]
    relations: Both[GoldRelation]
    findings: Both[GoldFinding]
    tables: Mapping[str, Mapping[str, tuple[Decimal | None, ...]]]
    quotes: Mapping[str, Names]


def load_gold(path: Path | str) -> Gold:
    """Read a gold file. Raises ``InputError`` where it is no JSON or lacks what a gold file has."""
    path = Path(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise InputError(f"the gold file cannot be read ({error.strerror})", where=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("the gold file is not UTF-8", where=str(path)) from None
    except json.JSONDecodeError as error:
        raise InputError(f"no JSON ({error.msg})", where=f"{path}:{error.lineno}:{error.colno}") from None
    try:
        return parse_gold(content, path.name)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise InputError(
            f"not in the form of a gold file ({type(error).__name__}: {error})",
            where=str(path),
            hint="compare it with a file of data/gold",
        ) from None


def gold_files(paths: Iterable[Path | str]) -> list[Path]:
    """The given files, and of the given folders every JSON file that speaks of a report; others lie beside gold too.

    Raises ``InputError`` where a folder holds none.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = [file for file in sorted(path.glob("*.json")) if _speaks_of_a_report(file)]
            if not inside:
                raise InputError(
                    "no gold file in this folder", where=str(path), hint="gold is JSON with a “report”"
                )
            found += inside
        else:
            found.append(path)
    return found


def _speaks_of_a_report(path: Path) -> bool:
    """Whether to read it as gold; a file that is no JSON is, so that its fault is told."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return True
    return isinstance(content, dict) and "report" in content


def parse_gold(content: Mapping[str, Any], name: str) -> Gold:
    """The value of a gold file's JSON.

    >>> content = {"report": {"title": "t", "issuer": "云川市人民政府", "year": 2020},
    ...     "agencies": {"must": ["国务院", ["中共中央", "中国共产党中央委员会"]]},
    ...     "observations": {"must": [{"indicator": "受理", "change": -25.6, "vs": 2019, "year": 2020}]}}
    >>> gold = parse_gold(content, "x.json")
    >>> gold.named["agencies"].must[1], gold.figures.must[0].kind, gold.figures.must[0].value
    (('中共中央', '中国共产党中央委员会'), 'change', Decimal('-25.6'))
    """
    report = content["report"]
    return Gold(
        name=name,
        title=str(report.get("title") or ""),
        issuers=_names(report.get("issuer")),
        year=None if report.get("year") is None else int(report["year"]),
        regions=_names(report.get("region")),
        named={category: _both(content.get(category), _names) for category in NAMED},
        policies=_both(content.get("policies"), _policy),
        figures=_both(content.get("observations"), _figure),
        relations=_both(content.get("relations"), _relation),
        findings=_both(content.get("findings"), _finding),
        tables={
            table: {row: tuple(_decimal(cell) for cell in cells) for row, cells in rows.items()}
            for table, rows in content.get("tables", {}).items()
        },
        quotes={str(name): _names(words) for name, words in content.get("quotes", {}).items()},
    )


def _both(content: Any, read: Callable[[Any], T]) -> Both[T]:
    content = content or {}
    return Both(
        must=tuple(read(item) for item in content.get("must", ())),
        may=tuple(read(item) for item in content.get("may", ())),
    )


def _names(value: Any) -> Names:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(str(name) for name in value)
    return (str(value),)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _policy(item: Any) -> GoldPolicy:
    if isinstance(item, str):
        item = {"title": item}
    return GoldPolicy(_names(item["title"]), _names(item.get("number")), _names(item.get("issuer")))


def _figure(item: Any) -> GoldFigure:
    unit = _names(item.get("unit"))
    kind = (
        "change"
        if "change" in item
        else "share"
        if "share_of" in item
        else "rate"
        if "%" in unit
        else "count"
    )
    value = _decimal(item["change"] if kind == "change" else item["value"])
    if value is None:
        raise ValueError(f"observation without a value: {item['indicator']}")
    return GoldFigure(
        indicators=_names(item["indicator"]),
        kind=kind,
        value=value,
        units=tuple(dict.fromkeys((*unit, *_names(item.get("units"))))),
        year=item.get("year"),
        approximate=bool(item.get("approx")),
        whole=_names(item.get("share_of")),
        compared_with=item.get("vs"),
    )


def _relation(item: Any) -> GoldRelation:
    subject, relation, value = item
    return GoldRelation(_names(subject), str(relation), _names(value))


def _finding(item: Any) -> GoldFinding:
    return GoldFinding(
        kind=str(item["kind"]),
        where=str(item.get("where", "")),
        stated=_decimal(item.get("stated")),
        recomputed=_decimal(item.get("recomputed")),
    )
