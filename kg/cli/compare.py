"""``kg compare``: bodies and years side by side."""

import re
import sys
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put
from kg.errors import QueryError
from kg.files import write

FORMATS = ("table", "csv", "json", "vega", "svg", "png")
_DRAWN = ("svg", "png")


def compare(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[AGENCY|INDICATOR]…", show_default=False)
    ] = None,
    years: Annotated[str, typer.Option("--years", metavar="FIRST-LAST", show_default=False)] = "",
    per: Annotated[int, typer.Option("--per", metavar="N", min=0, show_default=False)] = 0,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "table",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Set bodies and indicators side by side, year by year."""
    import json

    from kg.compare import as_csv, as_json, as_table, chart, vega
    from kg.compare import compare as compared
    from kg.store import open_store

    check_format(format, FORMATS, lang)
    span = _years(years, lang)
    words = {
        name: say(f"compare_{name}", lang)
        for name in ("indicator", "unit", "agency", "change", "rank", "doubt", "fine")
    }
    with open_store(store) as opened:
        found = compared(opened, names or (), years=span, per=per, lang="en" if lang == "en" else "zh")
    if format in _DRAWN:
        drawn = chart(found, words, format)
        if output is None:
            sys.stdout.buffer.write(drawn)
        else:
            write(output, drawn)
        return
    if format == "vega":
        put(json.dumps(vega(found, words), ensure_ascii=False, indent=1) + "\n", output)
    else:
        put(
            as_csv(found)
            if format == "csv"
            else as_json(found)
            if format == "json"
            else as_table(found, words),
            output,
        )


def _years(given: str, lang: str) -> tuple[int, int] | None:
    if not given:
        return None
    told = re.fullmatch(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?", given.strip())
    if told is None or int(told[2] or told[1]) < int(told[1]):
        raise QueryError(say("bad_years", lang, given=given))
    return int(told[1]), int(told[2] or told[1])
