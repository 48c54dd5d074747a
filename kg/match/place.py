"""The place in a name that stands alone: what a writer is called, as a title or an address gives it."""

from kg.match.mention import AgencyName, Place
from kg.match.scan import Scanner
from kg.match.words import longest
from kg.text.document import Span


def unknown_place(scanner: Scanner, words: str) -> tuple[str, ...]:
    """The place that a writer's name begins with or consists of, as far as no table knows its names.

    >>> from kg.match.lexicon import Lexicon
    >>> from kg.schema import load_ontology
    >>> scanner = Scanner(Lexicon(load_ontology()))
    >>> [unknown_place(scanner, name) for name in ("云川市望岚区教育局", "松和场镇", "衢州市", "衢州市和溪镇")]
    [('云川市', '望岚区'), ('松和场镇',), (), ('和溪镇',)]
    """
    for mention in scanner.scan(words, [Span(0, len(words))]).mentions:
        place = mention.detail.place if isinstance(mention.detail, AgencyName) else None
        if place is not None and place.names and place.span.start == 0:
            return _unknown(scanner, place)
    lexicon = scanner.ontology.words
    forms = ("", *lexicon["governmentForm"], *lexicon["governmentWord"])
    wholes = (whole_place(scanner, words.removesuffix(form)) for form in forms)
    return next((_unknown(scanner, whole) for whole in wholes if whole is not None and whole.open), ())


def whole_place(scanner: Scanner, words: str) -> Place | None:
    """The place that a name consists of, known to the table or not.

    >>> from kg.match.lexicon import Lexicon
    >>> from kg.schema import load_ontology
    >>> scanner = Scanner(Lexicon(load_ontology()))
    >>> whole_place(scanner, "云川市望岚区").names, whole_place(scanner, "云川市望岚区教育局")
    (('云川市', '望岚区'), None)
    """
    text = words + scanner.ontology.words["governmentForm"][0]
    for mention in scanner.scan(text, [Span(0, len(text))]).mentions:
        place = mention.detail.place if isinstance(mention.detail, AgencyName) else None
        if place is not None and mention.span == Span(0, len(text)):
            return place
    return _short_place(scanner, words)


def _unknown(scanner: Scanner, place: Place) -> tuple[str, ...]:
    regions = scanner.ontology.regions
    return tuple(name for name in place.names if not regions.named(name)) if place.open else ()


def _short_place(scanner: Scanner, words: str) -> Place | None:
    """A place whose short name holds words that names seldom do (下各镇), where nothing else stands beside it."""
    lexicon = scanner.ontology.words
    level = next((word for word in longest(lexicon["level"]) if words.endswith(word)), "")
    own = words.removesuffix(level)
    common = (*lexicon["determiner"], *lexicon["own"], *lexicon["whole"], *lexicon["level"])
    if not level or not 1 < len(own) < 4 or own in lexicon["notPlace"] or own.startswith(common):
        return None
    return Place(Span(0, len(words)), (words,), open=True)
