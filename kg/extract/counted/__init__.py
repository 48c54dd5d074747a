"""What a figure counts: the noun behind it, else the words before it, else what the clause before says."""

from kg.extract.counted.behind import figure_at
from kg.extract.counted.counted import Counted
from kg.extract.counted.label import Label

__all__ = ["Counted", "Label", "figure_at"]
