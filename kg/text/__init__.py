"""Bytes of any format become one normalised text with sections, tables and a way back."""

from kg.text.cues import Cues
from kg.text.document import Cell, Document, Noise, OffsetMap, Page, Section, Source, Span, Table
from kg.text.read import read, read_bytes, read_text, source_text

__all__ = [
    "Cell",
    "Cues",
    "Document",
    "Noise",
    "OffsetMap",
    "Page",
    "Section",
    "Source",
    "Span",
    "Table",
    "read",
    "read_bytes",
    "read_text",
    "source_text",
]
