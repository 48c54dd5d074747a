"""``kg ontology``: extensions made, tried, checked, compared, documented and searched."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.messages import say
from kg.cli.options import Extension, Lang, Output, check_format
from kg.cli.output import note, progress, put

if TYPE_CHECKING:
    from kg.ontology import Flaw, Term, Trial

_EXTENSION = typer.Argument(metavar="NAME|FILE|DIR", show_default=False)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    *,
    folder: Annotated[Path, typer.Option("--in", metavar="DIR")] = Path(),
    zh: Annotated[str, typer.Option("--zh", metavar="WORD", show_default=False)] = "",
    en: Annotated[str, typer.Option("--en", metavar="WORDS", show_default=False)] = "",
    parent: Annotated[str, typer.Option("--under", metavar="CLASS")] = "Initiative",
    creator: Annotated[str, typer.Option("--creator", metavar="WHO", show_default=False)] = "",
    lang: Lang = "",
) -> None:
    """Write a commented extension that works as it is."""
    from kg.ontology import scaffold

    made = scaffold(name, folder, zh=zh, en=en, parent=parent, creator=creator)
    for path in made:
        note(say("written", lang, path=path))


def try_(
    extension: Annotated[str, _EXTENSION],
    *,
    text: Annotated[list[str] | None, typer.Option("--text", metavar="SENTENCE")] = None,
    on: Annotated[list[Path] | None, typer.Option("--on", metavar="REPORT")] = None,
    together: Extension = None,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Show what an extension matches, and what it adds to today's facts or takes away."""
    from kg.ontology import try_extension

    trials = try_extension(extension, texts=text or (), reports=on or (), together=together or ())
    for trial in trials:
        put(_trial(trial, lang), output)


def check(
    extension: Annotated[str, _EXTENSION] = "",
    *,
    on: Annotated[list[Path] | None, typer.Option("--on", metavar="REPORT")] = None,
    write: Annotated[bool, typer.Option("--write")] = False,
    format: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    explain: Annotated[bool, typer.Option("--codes")] = False,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Check an extension, or the core; exits with 1 where a finding is an error."""
    from kg.ontology import check as check_ontology

    check_format(format, ("text", "json"), lang)
    if explain:
        put(_codes(lang), output)
        return
    with progress(say("checking", lang)):
        found = check_ontology(extension, on=on or (), rewrite=write)
    put(_json(found) if format == "json" else "".join(one.text(lang) + "\n" for one in found), output)
    counts = {name: sum(one.severity == name for one in found) for name in ("error", "warning", "info")}
    note(say("checked", lang, name=extension or "core", **counts))
    if counts["error"]:
        raise typer.Exit(1)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="B", show_default=False)] = "ontology",
    output: Output = None,
    lang: Lang = "",
) -> None:
    """Compare two ontologies: files, folders, extensions or git revisions; as Markdown."""
    from kg.ontology import compare

    put(compare(before, after).markdown(lang), output)


def docs(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR")] = Path("build/ontology"),
    check: Annotated[Path | None, typer.Option("--check", metavar="DIR", show_default=False)] = None,
    store: Annotated[str, typer.Option("--store", metavar="DIR|URL", show_default=False)] = "",
    extension: Extension = None,
    lang: Lang = "",
) -> None:
    """Write the ontology as a bilingual site that needs no network, or check that one is current."""
    from contextlib import nullcontext

    from kg.ontology import stale_pages, write_site
    from kg.store import open_store

    with open_store(store) if store else nullcontext() as opened:
        if check is not None:
            found = stale_pages(check, extensions=extension or (), store=opened)
            put("".join(f"{check / name}  {say(f'page_{how}', lang)}\n" for name, how in found.items()))
            note(say("pages_stale" if found else "pages_current", lang, path=check, n=len(found)))
            if found:
                raise typer.Exit(1)
            return
        made = write_site(output, extensions=extension or (), store=opened)
    note(say("written", lang, path=next(path for path in made if path.name == "index.html")))


def terms(
    words: Annotated[str, typer.Argument(metavar="WORDS", show_default=False)] = "",
    *,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="KIND")] = None,
    extension: Extension = None,
    output: Output = None,
    lang: Lang = "",
) -> None:
    """List terms, or search their names, definitions and wordings."""
    from kg.ontology import find_terms

    put(
        "".join(
            _term(term, lang) for term in find_terms(words, kinds=kind or (), extensions=extension or ())
        ),
        output,
    )


ONTOLOGY: dict[str, Callable[..., None]] = {
    "new": new,
    "try": try_,
    "check": check,
    "diff": diff,
    "docs": docs,
    "terms": terms,
}


def _trial(trial: "Trial", lang: str) -> str:
    from kg.terms import shorten

    lines = [f"── {trial.name}"]
    for match in trial.matches:
        lines.append(f"  {shorten(match.rule)}")
        lines.append(f"    {match.sentence}")
        if match.bound:
            lines.append("    " + "   ".join(f"?{name} = {words}" for name, words in match.bound.items()))
    if not trial.matches:
        lines.append("  " + say("no_match", lang))
    for sign, facts in (("+", trial.added), ("−", trial.removed)):
        lines += [f"  {sign} {one.subject} · {one.predicate} · {one.value}" for one in facts]
    return "\n".join(lines) + "\n"


def _json(found: "tuple[Flaw, ...]") -> str:
    import json

    content = [
        {
            "code": one.code, "severity": one.severity, "file": one.file, "line": one.line, "message": {"zh": one.zh, "en": one.en},
            "mend": {"zh": one.remedy[0], "en": one.remedy[1]},
        }
        for one in found
    ]  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _codes(lang: str) -> str:
    from kg.ontology.finding import catalogue

    at = 1 if lang == "en" else 0
    return "".join(
        f"{kind.code:<16} {kind.severity:<8} {kind.source:<7} {kind.message[at]}\n"
        for kind in catalogue().values()
    )


def _term(term: "Term", lang: str) -> str:
    at = 1 if lang == "en" else 0
    label = term.labels[at] or term.labels[1 - at]
    replaced = f" → {term.replaced_by}" if term.replaced_by else ""
    return f"{term.name}  {term.kind}  {label}{replaced}\n"
