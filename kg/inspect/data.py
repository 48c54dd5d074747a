"""Findings for programs."""

import json
from collections.abc import Iterable

from kg.inspect.checked import Checked, Point


def as_json(checked: Iterable[Checked]) -> str:
    """The findings of files as JSON: messages and remedies in zh and en, every place with its offsets."""
    content = [
        {
            "file": item.path,
            "title": item.title,
            "previous": item.previous or None,
            "findings": [_point(point) for point in item.points],
        }
        for item in checked
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _point(point: Point) -> dict[str, object]:
    finding = point.finding
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": {"zh": finding.zh, "en": finding.en},
        "remedy": {"zh": point.remedy[0], "en": point.remedy[1]},
        "stated": finding.stated or None,
        "recomputed": finding.recomputed or None,
        "evidence": [
            {
                "exact": place.exact,
                "start": place.start,
                "end": place.end,
                "section": place.section,
                "page": place.page,
                "line": place.line,
                "paragraph": place.paragraph,
            }
            for place in point.places
        ],
    }
