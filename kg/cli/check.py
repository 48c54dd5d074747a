"""``kg check``: what does not hold in reports, without a store."""

from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Inputs, Lang, Output
from kg.cli.output import note, put
from kg.errors import QueryError


def check(
    inputs: Inputs,
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    output: Output = None,
    extension: Extension = None,
    lang: Lang = "",
) -> None:
    """Check reports; exits with 1 where a finding is an error, with 2 where a file cannot be read."""
    from kg.build import Failure
    from kg.inspect import Checked, as_json, as_text, check_files

    if format not in ("text", "json"):
        raise QueryError(say("bad_format", lang, formats="text, json"))
    results = list(check_files(inputs, extensions=extension or ()))
    checked = [result for result in results if isinstance(result, Checked)]
    if format == "json":
        put(as_json(checked), output)
    else:
        put("".join(as_text(item, lang) for item in checked), output)
        for item in checked:
            if not item.findings:
                note(say("no_findings", lang, name=item.path))
    failures = [result for result in results if isinstance(result, Failure)]
    for failure in failures:
        note(say("error", lang, error=failure.message))
    if failures or any(item.has_errors for item in checked):
        raise typer.Exit(2 if failures else 1)
