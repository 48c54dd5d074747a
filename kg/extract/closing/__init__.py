"""Problems and plans: the closing part of a report as items, and which plan answers which problem."""

from kg.extract.closing.item import Item
from kg.extract.closing.pairs import answers
from kg.extract.closing.reader import ClosingReader

__all__ = ["ClosingReader", "Item", "answers"]
