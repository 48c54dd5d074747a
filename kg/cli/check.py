"""``kg check``: what does not hold in reports, without a store."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Lang, Output, check_format
from kg.cli.output import note, progress, put
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.inspect import Checked, Line
    from kg.schema.findings import FindingKind

FORMATS = ("text", "json", "sarif", "html")


def check(
    inputs: Annotated[list[Path] | None, typer.Argument(metavar="INPUT…", show_default=False)] = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "text",
    output: Output = None,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="CODES")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", metavar="FILE")] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="DIR|URL", show_default=False)] = None,
    explain: Annotated[str, typer.Option("--explain", metavar="CODE", show_default=False)] = "",
    extension: Extension = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, show_default=False)] = None,
    lang: Lang = "",
) -> None:
    """Check reports; exits with 1 where a finding is an error, with 2 where a file cannot be read."""
    from kg.build import Failure
    from kg.inspect import Tally, check_files, kinds_named
    from kg.inspect import explain as told
    from kg.schema.findings import declared

    kinds = declared(extension or ())
    if explain:
        put("\n".join(told(kind, lang) for kind in kinds_named(kinds, explain)), output)
        return
    check_format(format, FORMATS, lang)
    if not inputs:
        raise QueryError(say("no_inputs", lang))
    chosen, ignored = (_codes(given, kinds) for given in (select, ignore))
    tally, failures = Tally(), list[Failure]()
    with progress(say("checking_reports", lang)) as (bar, task):
        results = check_files(
            inputs,
            extensions=extension or (),
            previous=previous,
            store=store,
            jobs=jobs,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )

        def passing() -> "Iterator[Checked]":
            for result in results:
                if isinstance(result, Failure):
                    failures.append(result)
                else:
                    yield result.chosen(chosen, ignored)

        waiting = _show(tally.count(passing()), kinds, format, output, lang)
    _print(waiting)
    if format == "text" and output is None:
        put(tally.told(lang) + "\n")
    elif format == "text" or output is not None:
        note(tally.told(lang))
    if previous is not None and not tally.compared:
        note(say("previous_unfit", lang, name=str(previous)))
    for failure in failures:
        note(say("error", lang, error=failure.message))
    if failures or tally.severities["error"]:
        raise typer.Exit(2 if failures else 1)


def _codes(given: Sequence[str] | None, kinds: "dict[str, FindingKind]") -> list[str]:
    """Codes, or beginnings of codes, written with commas or one by one; each must be of some finding."""
    from kg.inspect import kinds_named

    codes = [code.strip().upper() for text in given or () for code in text.split(",") if code.strip()]
    for code in codes:
        kinds_named(kinds, code)
    return codes


def _show(
    checked: "Iterable[Checked]", kinds: "dict[str, FindingKind]", format: str, output: Path | None, lang: str
) -> "list[Line]":
    """Write findings as files pass by, none of which is kept; lines in colour wait until the progress bar is gone."""
    from kg import __version__
    from kg.inspect import as_html, as_json, as_sarif, as_text, lines

    if format == "json":
        put(as_json(checked), output)
    elif format == "sarif":
        put(as_sarif(checked, kinds, lang, version=__version__), output)
    elif format == "html":
        put(as_html(checked, lang), output)
    elif output is not None:
        put("".join(as_text(item, lang) for item in _named(checked, lang)), output)
    elif sys.stdout.isatty():
        return [line for item in _named(checked, lang) for line in lines(item, lang)]
    else:
        for item in _named(checked, lang):
            put(as_text(item, lang))
    return []


def _named(checked: "Iterable[Checked]", lang: str) -> "Iterator[Checked]":
    """Pass files on; those in which nothing was found are named, and those to which the form does not apply."""
    for item in checked:
        if not item.annual:
            note(say("not_annual", lang, name=item.path))
        if not item.points:
            note(say("no_findings", lang, name=item.path))
        yield item


def _print(waiting: "Sequence[Line]") -> None:
    """In colour, on a terminal."""
    if not waiting:
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False)
    for line in waiting:
        console.print(Text.assemble(*line.pieces), soft_wrap=True)
