"""Reports checked without a store: read, extract, check, and tell what does not hold."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build import Failure
from kg.build.inputs import find_inputs
from kg.errors import KgError
from kg.facts import Finding
from kg.terms import Mint
from kg.text.document import Document


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that could be read, and what does not hold in it."""

    path: str
    document: Document
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether a finding is more than a warning."""
        return any(finding.severity == "error" for finding in self.findings)


def check_files(
    inputs: Iterable[Path | str], *, extensions: Sequence[Path | str] = ()
) -> Iterator[Checked | Failure]:
    """Check files and folders, one after the other; a file that cannot be read stops no other.

    Raises ``InputError`` where there is nothing to read.
    """
    from kg.check import check
    from kg.extract.extract import Extractor
    from kg.schema import load_ontology
    from kg.text import read

    found = find_inputs(inputs)
    ontology = load_ontology(extensions)
    extractor = Extractor(ontology)
    here = Path.cwd()
    for path in (file.relative_to(here) if file.is_relative_to(here) else file for file in found.files):
        try:
            document = read(path, cues=ontology.cues)
            extraction = extractor.extract(document, Mint())
            findings = (*extraction.findings, *check(document, extraction, ontology))
            yield Checked(str(path), document, tuple(dict.fromkeys(findings)))
        except KgError as error:
            yield Failure(str(path), str(error))


def as_text(checked: Checked, lang: str) -> str:
    """The findings of a file for people: severity, code, message, and the words it rests on.

    >>> from kg.text import read_text
    >>> finding = Finding("FORM-R8", "error", "应为24%", "should be 24%")
    >>> print(as_text(Checked("a.txt", read_text("下降25%。"), (finding,)), "en"), end="")
    a.txt: error FORM-R8 should be 24%
    """
    lines = []
    for finding in checked.findings:
        message = (finding.en if lang == "en" else finding.zh) or finding.zh or finding.en
        lines.append(f"{checked.path}: {finding.severity} {finding.code} {message}")
        for place in _places(finding, checked.document):
            where = " · ".join(str(part) for part in (place["section"], place["page"]) if part)
            lines.append(f"    «{' '.join(str(place['exact']).split())}»" + (f" — {where}" if where else ""))
    return "".join(line + "\n" for line in lines)


def as_json(checked: Iterable[Checked]) -> str:
    """The findings of files for programs."""
    content = [
        {
            "file": item.path,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": {"zh": finding.zh, "en": finding.en},
                    "stated": finding.stated or None,
                    "recomputed": finding.recomputed or None,
                    "evidence": list(_places(finding, item.document)),
                }
                for finding in item.findings
            ],
        }
        for item in checked
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _places(finding: Finding, document: Document) -> Iterator[dict[str, str | int | None]]:
    for span in finding.evidence:
        section = document.section_at(span.start)
        yield {
            "exact": span.of(document.text),
            "start": span.start,
            "end": span.end,
            "section": " ".join(section.heading.of(document.text).split()) if section else "",
            "page": document.page_at(span.start),
        }
