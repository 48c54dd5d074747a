"""``kg eval``: score a store against reports annotated by hand."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Output, Store, check_format
from kg.cli.output import put
from kg.errors import QueryError


def eval_(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD…", show_default=False)],
    *,
    verbose: Annotated[bool, typer.Option("-v", "--verbose")] = False,
    by: Annotated[str, typer.Option("--by", metavar="rule", show_default=False)] = "",
    format: Annotated[str, typer.Option("--format", metavar="table|json")] = "table",
    store: Store = STORE,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Compare the store with each gold file, and with all of them together."""
    from kg.evaluate import as_json, as_table, evaluate, gold_files, load_gold, rules_table, total
    from kg.store import open_store

    check_format(format, ("table", "json"), lang)
    if by not in ("", "rule"):
        raise QueryError(say("bad_by", lang, kinds="rule"))
    read = [load_gold(path) for path in gold_files(gold)]
    with open_store(store) as opened:
        reports = [evaluate(opened, item) for item in read]
    if format == "json":
        put(as_json(reports), output)
        return
    if by:
        put(rules_table(total(reports).rules, verbose=verbose), output)
        return
    tables = [as_table(report, verbose=verbose) for report in reports]
    if len(reports) > 1:
        tables.append(as_table(total(reports)))
    put("\n".join(tables), output)
