"""``kg check``: what does not hold in reports, without a store."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Lang, Output
from kg.cli.output import note, progress, put
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.inspect import Checked
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
    from kg.inspect import Checked, check_files, kinds_named
    from kg.inspect import explain as told
    from kg.schema.findings import declared

    kinds = declared(extension or ())
    if explain:
        put("\n".join(told(kind, lang) for kind in kinds_named(kinds, explain)), output)
        return
    if format not in FORMATS:
        raise QueryError(say("bad_format", lang, formats=", ".join(FORMATS)))
    if not inputs:
        raise QueryError(say("no_inputs", lang))
    chosen, ignored = (_codes(given, kinds) for given in (select, ignore))
    checked: list[Checked] = []
    failures: list[Failure] = []
    with progress(say("checking_reports", lang)) as (bar, task):
        results = check_files(
            inputs,
            extensions=extension or (),
            previous=previous,
            store=store,
            jobs=jobs,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        for result in results:
            if isinstance(result, Failure):
                failures.append(result)
            else:
                checked.append(result.chosen(chosen, ignored))
    _show(checked, kinds, format, output, lang)
    if previous is not None and not any(item.previous for item in checked):
        note(say("previous_unfit", lang, name=str(previous)))
    for failure in failures:
        note(say("error", lang, error=failure.message))
    if failures or any(item.has_errors for item in checked):
        raise typer.Exit(2 if failures else 1)


def _codes(given: Sequence[str] | None, kinds: "dict[str, FindingKind]") -> list[str]:
    """Codes, or beginnings of codes, written with commas or one by one; each must be of some finding."""
    from kg.inspect import kinds_named

    codes = [code.strip().upper() for text in given or () for code in text.split(",") if code.strip()]
    for code in codes:
        kinds_named(kinds, code)
    return codes


def _show(
    checked: "Sequence[Checked]",
    kinds: "dict[str, FindingKind]",
    format: str,
    output: Path | None,
    lang: str,
) -> None:
    from kg import __version__
    from kg.inspect import as_html, as_json, as_sarif, as_text, summary

    if format == "json":
        put(as_json(checked), output)
    elif format == "sarif":
        put(as_sarif(checked, kinds, lang, version=__version__), output)
    elif format == "html":
        put(as_html(checked, lang), output)
    elif output is None and sys.stdout.isatty():
        _print(checked, lang)
    else:
        put("".join(as_text(item, lang) for item in checked), output)
    if format == "text":
        for item in checked:
            if not item.points:
                note(say("no_findings", lang, name=item.path))
        put(summary(checked, lang) + "\n") if output is None else note(summary(checked, lang))
    elif output is not None:
        note(summary(checked, lang))


def _print(checked: "Sequence[Checked]", lang: str) -> None:
    """In colour, on a terminal."""
    from rich.console import Console
    from rich.text import Text

    from kg.inspect import lines

    console = Console(file=sys.stdout, highlight=False)
    for item in checked:
        for line in lines(item, lang):
            console.print(Text.assemble(*line.pieces), soft_wrap=True)
