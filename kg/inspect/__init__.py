"""Reports checked without a store: read, extract, check, and tell what does not hold, to people and to programs."""

from kg.inspect.checked import Checked, Place, Point
from kg.inspect.data import as_json
from kg.inspect.explain import as_markdown, explain, kinds_named
from kg.inspect.page import as_html
from kg.inspect.run import check_files
from kg.inspect.sarif import as_sarif
from kg.inspect.text import Line, Tally, as_text, lines

__all__ = [
    "Checked",
    "Line",
    "Place",
    "Point",
    "Tally",
    "as_html",
    "as_json",
    "as_markdown",
    "as_sarif",
    "as_text",
    "check_files",
    "explain",
    "kinds_named",
    "lines",
]
