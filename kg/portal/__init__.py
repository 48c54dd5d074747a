"""What the pages of the server show: functions from a store to values, and templates from values to HTML."""

from kg.portal.address import first_known, iris_at
from kg.portal.compare import Compared, compare
from kg.portal.content import Content, content, is_graph
from kg.portal.entity import Entity, entity
from kg.portal.home import Home, home
from kg.portal.lineage import Policies, Spreads, lineage, spreads
from kg.portal.promises import Promises, promises
from kg.portal.reader import Reading, reading
from kg.portal.record import Record, record
from kg.portal.render import href, language, render, static, words
from kg.portal.vocabulary import terms_called, vocabulary

__all__ = [
    "Compared",
    "Content",
    "Entity",
    "Home",
    "Policies",
    "Promises",
    "Reading",
    "Record",
    "Spreads",
    "compare",
    "content",
    "entity",
    "first_known",
    "home",
    "href",
    "iris_at",
    "is_graph",
    "language",
    "lineage",
    "promises",
    "reading",
    "record",
    "render",
    "spreads",
    "static",
    "terms_called",
    "vocabulary",
    "words",
]
