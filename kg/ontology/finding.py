"""What a check of an ontology can find; the words stand in ``checks.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in an ontology that does not hold: its code, place, message and remedy in zh and en."""

    code: str
    severity: str  # "error", "warning", "info"
    file: str
    line: int
    zh: str
    en: str
    remedy: tuple[str, str]

    def text(self, lang: str) -> str:
        """One line that says where, how bad, which code and what, and one that says how to mend it.

        >>> print(flaw("P08", "a.ttl", 3, what="ext:Thing", detail="rdfs:label@en").text("en"))
        a.ttl:3: error P08 ext:Thing has no rdfs:label@en
            write it, in Chinese and English
        """
        place = f"{self.file}:{self.line}" if self.line else self.file
        message, remedy = (self.en, self.remedy[1]) if lang == "en" else (self.zh, self.remedy[0])
        return f"{place}: {self.severity} {self.code} {message}\n    {remedy}"


@dataclass(frozen=True, slots=True)
class CheckKind:
    """One code of the catalogue: its severity, where it comes from, its name and remedy in zh and en."""

    code: str
    severity: str
    source: str  # "OOPS!", "FOOPS!" or "" for the project's own
    message: tuple[str, str]
    remedy: tuple[str, str]


@cache
def catalogue() -> Mapping[str, CheckKind]:
    """Every code a check of an ontology can give.

    >>> catalogue()["P06"].source, catalogue()["RESERVED"].severity
    ('OOPS!', 'error')
    """
    text = files("kg.ontology").joinpath("checks.toml").read_text(encoding="utf-8")
    return {
        code: CheckKind(
            code,
            entry["severity"],
            entry.get("source", ""),
            (entry["zh"], entry["en"]),
            (entry["mend_zh"], entry["mend_en"]),
        )
        for code, entry in tomllib.loads(text).items()
    }


@cache
def words(part: str) -> Mapping[str, tuple[str, str]]:
    """The words of a kind of page, each in Chinese and English.

    >>> words("difference")["removed"]
    ('删除', 'Removed')
    """
    text = files("kg.ontology").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: (zh, en) for name, (zh, en) in tomllib.loads(text)[part].items()}


def flaw(code: str, file: str, line: int = 0, **words: object) -> Flaw:
    """A flaw of the catalogue, at a place, with its words filled in."""
    kind = catalogue()[code]
    return Flaw(
        code,
        kind.severity,
        file,
        line,
        kind.message[0].format(**words),
        kind.message[1].format(**words),
        kind.remedy,
    )
