"""A store's reports one by one: who wrote them, where and when, and how much of each the graph has taken up."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.graph import text_iri
from kg.query import select
from kg.stats.copies import Passage, copied, passages, shares
from kg.store import Store
from kg.text.document import Span
from kg.text.said import Sentence, said


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence no fact rests on."""

    section: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Reported:
    """One report: its body, year, level and province by name in zh (empty where the graph has none), and how well it is read.

    ``sentences`` are those of its running text, ``unread`` the ones that yield no fact; ``own`` and ``other`` the
    part of its paragraphs (0 to 1) that stands in an earlier report of the same body, of another.
    """

    iri: str
    title: str
    agency: str
    year: str
    level: str
    province: str
    facts: int
    sentences: int
    unread: tuple[Unread, ...]
    findings: Mapping[str, int]
    own: float = 0.0
    other: float = 0.0

    @property
    def coverage(self) -> float:
        """The part of the sentences that some fact rests on; 1 where there is no sentence."""
        return 1 - len(self.unread) / self.sentences if self.sentences else 1.0


@dataclass(frozen=True)
class Corpus:
    """All reports, oldest first, and the passages that several of them share."""

    reports: tuple[Reported, ...]
    passages: tuple[Passage, ...]

    @cached_property
    def by_iri(self) -> Mapping[str, Reported]:
        """The reports by their IRI."""
        return {one.iri: one for one in self.reports}

    def count(self, name: str) -> Mapping[str, int]:
        """How many reports there are by ``year``, ``level`` or ``province``; the empty name counts those without."""
        return dict(sorted(Counter(getattr(one, name) for one in self.reports).items()))


def read_corpus(store: Store) -> Corpus:
    """Read every report's text back and say how well it is covered; texts are read one at a time.

    Raises ``QueryError`` where the extra ``corpus`` is not installed.
    """
    bodies = _bodies(store)
    lengths: dict[str, int] = {}
    read: list[Reported] = []

    def texts() -> Iterator[tuple[str, str]]:
        for iri, body in bodies.items():
            text = _text(store, iri)
            lengths[iri] = sum(map(len, passages(text)))
            read.append(_read(store, iri, body, text))
            yield iri, text

    found = copied(texts())
    part = shares(found, lengths, {iri: body["agency"] or iri for iri, body in bodies.items()})
    return Corpus(
        tuple(
            Reported(
                one.iri, one.title, one.agency, one.year, one.level, one.province, one.facts, one.sentences,
                one.unread, one.findings, *part[one.iri],
            )
            for one in read
        ),
        found,
    )  # fmt: skip


def _bodies(store: Store) -> dict[str, dict[str, str]]:
    rows = select(
        store,
        """SELECT ?report (MIN(?t) AS ?title) (MIN(?n) AS ?agency) (MIN(?y) AS ?year)
             (MIN(?l) AS ?level) (MIN(?p) AS ?province) WHERE {
          ?report a pol:Report ; pol:reportYear ?yy . BIND(SUBSTR(STR(?yy), 1, 4) AS ?y)
          OPTIONAL { ?report skos:prefLabel ?t }
          OPTIONAL { ?report pol:issuedBy ?body . ?body skos:prefLabel ?n
            OPTIONAL { ?body pol:jurisdiction ?place
              OPTIONAL { ?place pol:level/rdfs:label ?l FILTER(LANG(?l) = "zh") }
              OPTIONAL { ?place pol:within* ?all . ?all pol:level pol:Province ; skos:prefLabel ?p } } }
        } GROUP BY ?report ORDER BY ?year ?agency ?report""",
    )
    names = ("title", "agency", "year", "level", "province")
    return {
        row["report"].value: {name: row[name].value if name in row else "" for name in names} for row in rows
    }


def _text(store: Store, report: str) -> str:
    inside = f"GRAPH <{report}/evidence> {{ <{text_iri(report)}> nif:isString ?text }}"
    rows = select(store, f"SELECT ?text WHERE {{ {inside} }}")
    return rows[0]["text"].value if rows else ""


def _read(store: Store, iri: str, body: Mapping[str, str], text: str) -> Reported:
    spoken = bytearray(len(text) + 1)
    facts: set[str] = set()
    for row in select(
        store,
        f"SELECT ?fact ?place WHERE {{ GRAPH <{iri}/evidence> {{ ?fact a pol:Statement ; pol:evidence ?place }} }}",
    ):
        facts.add(row["fact"].value)
        start, _, end = row["place"].value.rpartition("/")[2].partition("-")
        spoken[int(start) : int(end)] = b"\1" * (int(end) - int(start))
    told = said(text)
    return Reported(
        iri,
        body["title"],
        body["agency"],
        body["year"],
        body["level"],
        body["province"],
        facts=len(facts),
        sentences=len(told),
        unread=tuple(_unread(one, text) for one in told if not any(spoken[one.span.start : one.span.end])),
        findings=_findings(store, iri),
    )


def _unread(sentence: Sentence, text: str) -> Unread:
    return Unread(sentence.section, sentence.span, sentence.span.of(text))


def _findings(store: Store, report: str) -> dict[str, int]:
    rows = select(
        store,
        "SELECT ?code (COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH "
        f"<{report}/checks> {{ ?x a pol:Finding ; pol:code ?code }} }} GROUP BY ?code ORDER BY ?code",
    )
    return {row["code"].value: int(row["n"].value) for row in rows}
