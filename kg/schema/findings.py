"""What a check can find, with severity, reason, remedy and the messages it is told in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.schema.files import data_folder, ontology_files
from kg.schema.index import TripleIndex, load

_FIELD = re.compile(r"\{(\w+)\}")
_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One code with its severity and, in zh and en, its name, reason, an example, and how to mend it."""

    code: str
    severity: str
    name: tuple[str, str]
    reason: tuple[str, str]
    example: tuple[str, str]
    remedy: tuple[str, str]
    templates: Mapping[str, tuple[str, str, str]]  # case → (severity, zh, en); "" is the plain case


@dataclass(frozen=True, slots=True)
class Messages:
    """Every finding code the ontology declares.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> messages = Messages.from_index(load([Path("ontology/vocab/findings.ttl")]))
    >>> messages.tell("FORM-TABLE", "missing", table="第三部分")[1:]
    ('缺少统计表：第三部分。', 'The table is missing: 第三部分.')
    """

    kinds: Mapping[str, FindingKind]

    def tell(self, code: str, case: str = "", **values: object) -> tuple[str, str, str]:
        """Severity and message in zh and en."""
        kind = self.kinds.get(code)
        if kind is None or case not in kind.templates:
            raise OntologyError(
                f"no message for {code} {case}".strip(), hint="declare it in ontology/vocab/findings.ttl"
            )
        severity, zh, en = kind.templates[case]
        return severity, _fill(zh, values), _fill(en, values)

    @staticmethod
    def from_index(index: TripleIndex) -> "Messages":
        """Read the codes from the ontology."""
        kinds = {}
        for iri in sorted(index.instances("pol:FindingKind")):
            code = index.text(iri, "skos:notation")
            severity = index.text(iri, "pol:severity")
            if severity not in _SEVERITIES:
                raise OntologyError(
                    f"“{severity}” is no severity", where=index.where(iri), hint="error, warning or info"
                )
            templates = {
                index.text(node, "pol:case"): (
                    index.text(node, "pol:severity", default=severity),
                    *_both(index, node, "pol:template"),
                )
                for node in index.subjects("pol:messageOf", iri)
            }
            kinds[code] = FindingKind(
                code,
                severity,
                _both(index, iri, "rdfs:label"),
                _both(index, iri, "pol:reason"),
                _both(index, iri, "pol:exampleText"),
                _both(index, iri, "pol:remedy"),
                templates,
            )
        return Messages(kinds)


def declared(extensions: Sequence[Path | str] = ()) -> dict[str, FindingKind]:
    """The kinds of finding of the core and of extensions, without reading the rest of the ontology.

    >>> declared()["FORM-R3"].severity
    'error'
    """
    root = data_folder("ontology")
    own = root / "vocab" / "findings.ttl"
    more = [path for path in ontology_files(extensions) if not path.is_relative_to(root / "vocab")]
    extra = [path for path in more if path.parent != root and not path.is_relative_to(root / "patterns")]
    return dict(Messages.from_index(load([own, *extra])).kinds)


def _both(index: TripleIndex, subject: str, predicate: str) -> tuple[str, str]:
    zh, en = index.text(subject, predicate, "zh"), index.text(subject, predicate, "en")
    if not zh or not en:
        raise OntologyError(f"{predicate} is needed in zh and en", where=index.where(subject))
    return zh, en


def _fill(template: str, values: Mapping[str, object]) -> str:
    return _FIELD.sub(lambda found: str(values.get(found[1], found[0])), template)
