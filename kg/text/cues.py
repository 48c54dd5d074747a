"""The words the text layer must know: marks of advertisers, navigation, footers, and of text that was lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Cues:
    """Word classes of ``ontology/vocab/reading.ttl``, each a tuple of plain strings; empty by default.

    Each field bears the local name of its word class, so that a new word is a line of Turtle.

    >>> Cues(navigation=("来源",)).navigation
    ('来源',)
    """

    spam: tuple[str, ...] = ()
    """Words that alone give an advertiser away."""
    spam_tail: tuple[str, ...] = ()
    """Words that join an advertiser's name but also stand in honest text."""
    genuine: tuple[str, ...] = ()
    """Words of public bodies: a name that holds one of them is never an advertiser's."""
    firm: tuple[str, ...] = ()
    """Last words of names of firms."""
    firm_trade: tuple[str, ...] = ()
    """Trades of firms that advertise on copied pages and publish no report."""
    advert: tuple[str, ...] = ()
    """What an advertisement offers or asks in place of a name (网站优化, 哪家好)."""
    run_in: tuple[str, ...] = ()
    """Words of a heading or sentence about work: what holds one is no advertiser's name."""
    firm_own: tuple[str, ...] = ()
    """How a firm speaks of itself and what is its own."""
    body_own: tuple[str, ...] = ()
    """How a public body speaks of itself."""
    latin_terms: tuple[str, ...] = ()
    """Latin words of honest text (APP, PDF, PPP): no brand."""
    navigation: tuple[str, ...] = ()
    """Labels of a web page's furniture, followed by a value: source, time, editor."""
    buttons: tuple[str, ...] = ()
    """Words that stand alone on a web page's furniture: print, close, share."""
    footer: tuple[str, ...] = ()
    """Marks of a page's footer: copyright, filing number, sponsor."""
    imprint: tuple[str, ...] = ()
    """Words that no report but only a page's footer holds, whatever sentences stand there."""
    info: tuple[str, ...] = ()
    """Row names of the table that government sites put above a document."""
    document_nouns: tuple[str, ...] = ()
    """Nouns that end the title of a document."""
    section_titles: tuple[str, ...] = ()
    """Titles of sections as the official forms word them."""
    section_parts: tuple[str, ...] = ()
    """Titles of parts within sections, also with a colon at the head of a paragraph."""
    table_rows: tuple[str, ...] = ()
    """Row names of the forms' tables, which look like headings where a table has lost its lines."""
    lost: tuple[str, ...] = ()
    """Wordings that only arise where characters were lost."""
    not_lost: tuple[str, ...] = ()
    """Sound wordings that happen to hold one of ``lost``."""
    taiwan_keep: tuple[str, ...] = ()
    """Words of the mainland that look like Taiwan wording once simplified, and stay as they are."""

    @classmethod
    def from_words(cls, words: Mapping[str, Sequence[str]]) -> "Cues":
        """The cues among an ontology's word classes; classes of other stages are passed over.

        >>> Cues.from_words({"footer": ["版权所有"], "negation": ["未"]}).footer
        ('版权所有',)
        """
        return cls(**{field.name: tuple(words.get(field.name, ())) for field in fields(cls)})
