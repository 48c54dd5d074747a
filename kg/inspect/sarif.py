"""Findings as SARIF 2.1.0, the format in which editors and review tools take what a linter says."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from kg.inspect.checked import Checked, Place, Point
from kg.schema.findings import FindingKind

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def as_sarif(checked: Iterable[Checked], kinds: Mapping[str, FindingKind], lang: str, *, version: str) -> str:
    """One run over all files; every kind of finding is a rule of the driver, with its help."""
    names = sorted(kinds)
    rules = [_rule(kinds[name], lang) for name in names]
    index = {name: number for number, name in enumerate(names)}
    results = [_result(item, point, index, lang) for item in checked for point in item.points]
    content = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "policy-kg", "version": version, "rules": rules}},
                "language": "zh-CN" if lang == "zh" else "en-US",
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _rule(kind: FindingKind, lang: str) -> dict[str, object]:
    one = 1 if lang == "en" else 0
    return {
        "id": kind.code,
        "shortDescription": {"text": kind.name[one]},
        "fullDescription": {"text": kind.reason[one]},
        "help": {"text": f"{kind.remedy[one]} {kind.example[one]}"},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _result(item: Checked, point: Point, index: Mapping[str, int], lang: str) -> dict[str, object]:
    finding = point.finding
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": point.message(lang)},
        "locations": [_location(item, point.place)],
        "partialFingerprints": {"finding/v1": _fingerprint(point)},
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if len(point.places) > 1:
        result["relatedLocations"] = [
            {"id": number, **_location(item, place)} for number, place in enumerate(point.places[1:], 1)
        ]
    if finding.stated and finding.recomputed:
        result["properties"] = {"stated": finding.stated, "recomputed": finding.recomputed}
    return result


def _location(item: Checked, place: Place | None) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(item.path)}}
    location: dict[str, object] = {"physicalLocation": physical}
    if place is None:
        return location
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "snippet": {"text": place.exact}}
    names = [{"name": place.section, "kind": "section"}] if place.section else []
    if place.page is not None:
        names.append({"name": f"{place.page}", "kind": "page"})
    elif place.line is None:
        names.append({"name": f"{place.paragraph}", "kind": "paragraph"})
    if names:
        location["logicalLocations"] = names
    return location


def _uri(path: str) -> str:
    """A path as a URI: relative where it is, with everything but its slashes quoted."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _fingerprint(point: Point) -> str:
    place = point.place
    parts = (
        point.finding.code,
        point.finding.zh,
        place.section if place else "",
        place.exact if place else "",
    )
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
