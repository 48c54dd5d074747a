"""Bodies and years side by side, for any indicators: as a table, CSV, JSON, or a chart."""

from kg.compare.chart import chart, vega
from kg.compare.data import Compared, Entry, compare
from kg.compare.write import as_csv, as_json, as_table

__all__ = ["Compared", "Entry", "as_csv", "as_json", "as_table", "chart", "compare", "vega"]
