"""``kg remove``: take a report out of a store."""

from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import STORE, Lang, Store
from kg.cli.output import note


def remove(
    report: Annotated[str, typer.Argument(metavar="REPORT", show_default=False)],
    store: Store = STORE,
    lang: Lang = "",
) -> None:
    """Remove one report with its evidence and findings; what other reports say stays."""
    from kg.build import find_report
    from kg.build import remove as take_out
    from kg.store import open_store

    with open_store(store) as opened:  # a store that is not there is told, and not made
        found = find_report(report, opened)
    with open_store(store, writable=True) as opened:
        take_out(found, opened)
    note(say("removed", lang, report=found))
