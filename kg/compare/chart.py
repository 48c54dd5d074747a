"""A comparison as a chart: a Vega-Lite description, or drawn as SVG or PNG."""

import json
from collections.abc import Mapping
from typing import Any

from kg.compare.data import Compared
from kg.compare.write import as_json
from kg.errors import QueryError

_FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_WIDTH, _HEIGHT = 420, 240


def vega(compared: Compared, words: Mapping[str, str]) -> dict[str, Any]:
    """The Vega-Lite description, its data inside: for each indicator lines over the years, or bars of a single year."""
    shown = "rate" if compared.per else "value"
    data = [one for one in json.loads(as_json(compared)) if one[shown] is not None]
    for one in data:
        one["doubt"] = words["doubt" if one["findings"] or one["other_values"] else "fine"]
        unit = " / ".join(filter(None, (one["unit"], f"{compared.per:,}" if compared.per else "")))
        one["title"] = f"{one['indicator']}（{unit}）" if unit else one["indicator"]
    agency = {"field": "agency", "type": "nominal", "title": words["agency"]}
    value = {"field": shown, "type": "quantitative", "title": None}
    if len({one["year"] for one in data}) > 1:
        year = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
        base = {"x": year, "y": value, "color": agency}
        layer: list[dict[str, Any]] = [
            {"mark": {"type": "line"}, "encoding": base},
            {
                "mark": {"type": "point", "size": 50},
                "encoding": {
                    **base,
                    "shape": {
                        "field": "doubt", "type": "nominal", "title": None, "scale": {"domain": [words["fine"], words["doubt"]], "range": ["circle", "triangle-up"]},
                    },
                },
            },
        ]  # fmt: skip
    else:
        layer = [
            {
                "mark": "bar",
                "encoding": {"y": {**agency, "sort": "-x"}, "x": value, "color": {**agency, "legend": None}},
            }
        ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": data},
        "facet": {"field": "title", "type": "nominal", "title": None, "header": {"labelFontSize": 13, "labelFontWeight": "bold"}},
        "columns": 2,
        "spec": {"width": _WIDTH, "height": _HEIGHT, "layer": layer},
        "resolve": {"scale": {"y": "independent", "x": "independent"}},
        "config": {"font": _FONT, "view": {"stroke": None}, "axis": {"gridColor": "#e4e6e9"}},
    }  # fmt: skip


def chart(compared: Compared, words: Mapping[str, str], format: str) -> bytes:
    """The chart drawn as ``svg`` or ``png``; needs the extra ``charts``. Raises ``QueryError`` where that is not installed."""
    try:
        import vl_convert
    except ImportError:
        raise QueryError(
            f"{format} needs the extra “charts”",
            hint="pip install 'policy-kg[charts]', or take --format vega",
        ) from None
    described = vega(compared, words)
    if format == "svg":
        return str(vl_convert.vegalite_to_svg(described)).encode()
    return bytes(vl_convert.vegalite_to_png(described, scale=2))
