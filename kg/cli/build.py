"""``kg build``: read reports into a store."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Inputs, Lang
from kg.cli.output import note, progress

if TYPE_CHECKING:
    from kg.match.touch import Reason

_FEW = 5  # rules that are told without --verbose


def build(
    inputs: Inputs,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("build"),
    store: Annotated[str | None, typer.Option("--store", metavar="DIR|URL", show_default=False)] = None,
    extension: Extension = None,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, show_default=False)] = None,
    cluster: Annotated[str, typer.Option("--cluster", metavar="ADDRESS", show_default=False)] = "",
    verbose: Annotated[bool, typer.Option("--verbose")] = False,
    lang: Lang = "",
) -> None:
    """Bring the store up to date with the inputs; files that cannot be read are listed at the end."""
    from kg.build import Progress
    from kg.build import build as bring_up_to_date

    if cluster and jobs is not None:
        note(say("jobs_of_cluster", lang))
    with progress(say("building", lang)) as (bar, task):

        def tell(step: Progress) -> None:
            bar.update(task, completed=step.done, total=step.total)

        result = bring_up_to_date(
            inputs,
            out=out,
            store=store,
            extensions=extension or (),
            jobs=jobs,
            cluster=cluster,
            progress=tell,
        )
    for failure in result.failed:
        note(say("error", lang, error=failure.message))
    if result.spared or result.touched:
        note(say("rules_changed", lang, spared=len(result.spared), touched=len(result.touched)))
        for line in _reasons(result.reasons, lang, verbose=verbose):
            note(line)
    note(say("built", lang, store=result.store, **result.counts))
    if result.failed:
        raise typer.Exit(2)


def _reasons(reasons: "Mapping[str, tuple[Reason, ...]]", lang: str, *, verbose: bool) -> Iterator[str]:
    """Which rules touched how many reports; at length, those of each report."""
    if verbose:
        for path, found in sorted(reasons.items()):
            yield say("touched_report", lang, path=path, rules="; ".join(_told(one, lang) for one in found))
        return
    counts = Counter(one for found in reasons.values() for one in found)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].rule))
    for reason, count in ranked[:_FEW]:
        yield say("touched_by", lang, what=_told(reason, lang), count=count)
    if len(ranked) > _FEW:
        yield say("touched_more", lang, count=len(ranked) - _FEW)


def _told(reason: "Reason", lang: str) -> str:
    from kg.terms import shorten

    names = {"": "touched_rest", "program": "touched_program"}
    name = say(names[reason.rule], lang) if reason.rule in names else shorten(reason.rule)
    return f"{name} ({say(f'rule_{reason.how}', lang)})"
