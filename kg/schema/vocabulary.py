"""What figures count and the units they are in: the indicator and unit vocabularies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.errors import OntologyError
from kg.schema.index import TripleIndex
from kg.terms import expand

_KINDS = ("count", "money", "share", "time", "score", "physical")
_LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure counts, and how running text says it.

    ``phrases`` and ``not_phrases`` are written in the pattern language. ``unit`` and ``measure`` are what
    a figure has where its text does not say; ``units`` those it is plausibly counted in, empty for any.
    """

    iri: str
    notation: str
    labels: Mapping[str, str]
    others: tuple[str, ...]  # other Chinese names
    definitions: Mapping[str, str]
    broader: tuple[str, ...]
    matches: tuple[str, ...]  # the same or nearly the same indicator of another edition of the form
    unit: str
    measure: str
    phrases: tuple[str, ...]
    not_phrases: tuple[str, ...]
    units: tuple[str, ...]
    genres: frozenset[str] = frozenset()  # the kinds of report its phrases are for; empty: all
    contexts: tuple[
        str, ...
    ] = ()  # one of these must stand before a phrase in its sentence; empty: none need
    kinds: tuple[str, ...] = ()  # phrases of things that are kinds of it, and called otherwise


@dataclass(frozen=True, slots=True)
class Applicant:
    """A kind of applicant: a column of section three."""

    iri: str
    notation: str
    labels: Mapping[str, str]
    broader: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and how it is written; ``factor`` of its ``base`` make one, and a base unit is its own base."""

    iri: str
    labels: Mapping[str, str]
    symbols: tuple[str, ...]
    factor: Decimal
    base: str
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The indicators, applicants and units of one ontology, by IRI.

    >>> from pathlib import Path
    >>> from kg.schema.index import load
    >>> vocabulary = Vocabulary.from_index(load(Path("ontology/vocab").glob("[iu]n*.ttl")))
    >>> vocabulary.notation("s3.new").labels["en"]
    'requests received this year'
    >>> vocabulary.symbol("万元").factor, vocabulary.starting("人次左右").iri
    (Decimal('10000'), 'https://w3id.org/policy-kg/unit/person-time')
    """

    indicators: Mapping[str, Indicator]
    applicants: Mapping[str, Applicant]
    units: Mapping[str, Unit]
    _notations: Mapping[str, str]
    _applicants: Mapping[str, str]
    _symbols: Mapping[str, str]  # longest first

    def notation(self, code: str) -> Indicator | None:
        """The indicator with this code."""
        return self.indicators.get(self._notations.get(code, ""))

    def applicant(self, code: str) -> Applicant | None:
        """The kind of applicant with this code."""
        return self.applicants.get(self._applicants.get(code, ""))

    def symbol(self, text: str) -> Unit | None:
        """The unit that is written so."""
        return self.units.get(self._symbols.get(text, ""))

    def kind(self, symbol: str) -> str:
        """What is measured in a unit that is written so (money, share, time); empty where no unit is."""
        unit = self.symbol(symbol)
        return unit.kind if unit is not None else ""

    def symbols(self) -> tuple[str, ...]:
        """Every way a unit is written, longest first."""
        return tuple(self._symbols)

    def starting(self, text: str) -> Unit | None:
        """The unit with the longest symbol that the text starts with."""
        return next(
            (self.units[iri] for symbol, iri in self._symbols.items() if text.startswith(symbol)), None
        )

    def whole(self, iri: str) -> tuple[str, ...]:
        """Every indicator broader than this one, nearest first."""
        found: dict[str, None] = {}
        layer = [iri]
        while layer:
            above = [one for key in layer if key in self.indicators for one in self.indicators[key].broader]
            layer = [one for one in dict.fromkeys(above) if one not in found]
            found |= dict.fromkeys(layer)
        return tuple(found)

    @staticmethod
    def from_index(index: TripleIndex) -> "Vocabulary":
        """Read the vocabularies from the ontology's triples.

        Raises ``OntologyError`` where a code or symbol is used twice, or a unit lacks what it needs.
        """
        units = {iri: _unit(index, iri) for iri in sorted(set(index.instances("pol:Unit")))}
        indicators = {iri: _indicator(index, iri) for iri in sorted(set(index.instances("pol:Indicator")))}
        applicants = {
            iri: _applicant(index, iri) for iri in sorted(set(index.instances("pol:ApplicantKind")))
        }
        for unit in units.values():
            if unit.base not in units:
                raise OntologyError(f"the base unit {unit.base} is not known", where=index.where(unit.iri))
        symbols = _unique(
            index, ((symbol, unit.iri) for unit in units.values() for symbol in unit.symbols), "symbol"
        )
        return Vocabulary(
            indicators,
            applicants,
            units,
            _unique(index, ((one.notation, one.iri) for one in indicators.values()), "code"),
            _unique(index, ((one.notation, one.iri) for one in applicants.values()), "code"),
            dict(sorted(symbols.items(), key=lambda item: (-len(item[0]), item[0]))),
        )


def _unique(index: TripleIndex, pairs: Iterable[tuple[str, str]], what: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, iri in pairs:
        if not key:
            raise OntologyError(f"no {what}", where=index.where(iri), hint=f"give it a {what}")
        if found.setdefault(key, iri) != iri:
            raise OntologyError(f"the {what} “{key}” is also that of {found[key]}", where=index.where(iri))
    return found


def _labels(index: TripleIndex, iri: str, predicate: str = "skos:prefLabel") -> dict[str, str]:
    return {language: text for language in _LANGUAGES if (text := index.text(iri, predicate, language))}


def _indicator(index: TripleIndex, iri: str) -> Indicator:
    return Indicator(
        iri,
        index.text(iri, "skos:notation"),
        _labels(index, iri),
        tuple(index.texts(iri, "skos:altLabel", "zh")),
        _labels(index, iri, "skos:definition"),
        tuple(index.nodes(iri, "skos:broader")),
        tuple(dict.fromkeys((*index.nodes(iri, "skos:exactMatch"), *index.nodes(iri, "skos:closeMatch")))),
        index.node(iri, "pol:defaultUnit"),
        index.node(iri, "pol:defaultMeasure", expand("pol:Count")),
        tuple(index.texts(iri, "pol:phrase")),
        tuple(index.texts(iri, "pol:notPhrase")),
        tuple(index.nodes(iri, "pol:countedUnit")),
        frozenset(index.nodes(iri, "pol:genre")),
        tuple(index.texts(iri, "pol:phraseContext")),
        tuple(index.texts(iri, "pol:kindPhrase")),
    )


def _applicant(index: TripleIndex, iri: str) -> Applicant:
    return Applicant(
        iri,
        index.text(iri, "skos:notation"),
        _labels(index, iri),
        tuple(index.nodes(iri, "skos:broader")),
        tuple(index.texts(iri, "pol:phrase")),
    )


def _unit(index: TripleIndex, iri: str) -> Unit:
    kind, number = index.text(iri, "pol:kind"), index.text(iri, "pol:multiplier", default="1")
    if kind not in _KINDS:
        raise OntologyError(
            f"“{kind}” is no kind of unit", where=index.where(iri), hint=f"one of {', '.join(_KINDS)}"
        )
    try:
        factor = Decimal(number)
    except InvalidOperation:
        raise OntologyError(
            f"“{number}” is no number", where=index.where(iri), hint="mend its pol:multiplier"
        ) from None
    return Unit(
        iri,
        _labels(index, iri),
        tuple(index.texts(iri, "pol:symbol")),
        factor.quantize(Decimal(1)) if factor == factor.to_integral_value() else factor,
        index.node(iri, "pol:baseUnit", iri),
        kind,
    )
