"""What a code means: reason, example, how to mend it; for the terminal and for the documentation."""

from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.inspect.words import words
from kg.schema.findings import FindingKind


def kinds_named(kinds: Mapping[str, FindingKind], prefix: str) -> tuple[FindingKind, ...]:
    """The kinds whose code is, or begins with, some words.

    Raises ``QueryError`` where there is none.
    """
    wanted = prefix.strip().upper()
    found = [kinds[wanted]] if wanted in kinds else [kinds[c] for c in sorted(kinds) if c.startswith(wanted)]
    if not found or not wanted:
        families = ", ".join(sorted({f"{code.partition('-')[0]}-…" for code in kinds}))
        raise QueryError(f"no finding is called “{prefix}”", hint=f"there are {families}; see docs/checks.md")
    return tuple(found)


def explain(kind: FindingKind, lang: str) -> str:
    """A code for the terminal.

    >>> kind = FindingKind("FORM-R3", "error", ("名", "sum"), ("因", "It must."), ("例", "1+1=3"), ("改", "Add."), {})
    >>> print(explain(kind, "en"), end="")
    FORM-R3 sum
      Severity: error
      Why: It must.
      Example: 1+1=3
      How to mend it: Add.
    """
    mark = words("explain", lang)["mark"]
    return f"{kind.code} {kind.name[_one(lang)]}\n" + "".join(
        f"  {name}{mark}{text}\n" for name, text in _rows(kind, lang)
    )


def as_markdown(kinds: Mapping[str, FindingKind]) -> str:
    """Every code as a page: the same text, in both languages."""
    parts = []
    for code in sorted(kinds):
        kind = kinds[code]
        parts.append(f"## {code}\n\n**{kind.name[1]}** · {kind.name[0]}\n")
        for lang in ("en", "zh"):
            mark = words("explain", lang)["mark"]
            parts.append("\n".join(f"- {name}{mark}{text}" for name, text in _rows(kind, lang)) + "\n")
    return "\n".join(parts)


def _rows(kind: FindingKind, lang: str) -> Iterator[tuple[str, str]]:
    """What is said of a kind, each with its name."""
    said, one = words("explain", lang), _one(lang)
    yield said["severity"], said["join"].join(_levels(kind, words("severity", lang)))
    yield said["reason"], kind.reason[one]
    yield said["example"], kind.example[one]
    yield said["remedy"], kind.remedy[one]


def _one(lang: str) -> int:
    return 1 if lang == "en" else 0


def _levels(kind: FindingKind, names: Mapping[str, str]) -> Iterator[str]:
    """The severities a kind is told with, its own first."""
    told = {severity for severity, _, _ in kind.templates.values()}
    used = [kind.severity] if kind.severity in told or not told else []
    yield from (names[one] for one in (*used, *(s for s in names if s in told and s not in used)))
