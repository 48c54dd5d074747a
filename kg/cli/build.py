"""``kg build``: read reports into a store."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Inputs, Lang
from kg.cli.output import note, progress


def build(
    inputs: Inputs,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("build"),
    store: Annotated[str | None, typer.Option("--store", metavar="DIR|URL", show_default=False)] = None,
    extension: Extension = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, show_default=False)] = None,
    lang: Lang = "",
) -> None:
    """Bring the store up to date with the inputs; files that cannot be read are listed at the end."""
    from kg.build import Progress
    from kg.build import build as bring_up_to_date

    with progress(say("building", lang)) as (bar, task):

        def tell(step: Progress) -> None:
            bar.update(task, completed=step.done, total=step.total)

        result = bring_up_to_date(
            inputs,
            out=out,
            store=store,
            extensions=extension or (),
            jobs=jobs,
            progress=tell,
        )
    for failure in result.failed:
        note(say("error", lang, error=failure.message))
    if result.spared or result.touched:
        note(say("rules_changed", lang, spared=len(result.spared), touched=len(result.touched)))
    note(say("built", lang, store=result.store, **result.counts))
    if result.failed:
        raise typer.Exit(2)
