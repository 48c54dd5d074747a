"""What came of policies, level by level; and what went from place to place."""

from kg.lineage.data import Lineage, Place, Quote, Spread, Step, Thing, delay
from kg.lineage.descent import descent
from kg.lineage.page import as_html, spread_html
from kg.lineage.spread import spread
from kg.lineage.text import as_json, as_text, spread_json, spread_text

__all__ = [
    "Lineage", "Place", "Quote", "Spread", "Step", "Thing", "as_html", "as_json", "as_text", "delay", "descent",
    "spread", "spread_html", "spread_json", "spread_text",
]  # fmt: skip
