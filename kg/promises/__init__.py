"""What became of what bodies promised: their plans of one year followed into the next report."""

from kg.promises.data import Followed
from kg.promises.follow import follow
from kg.promises.page import as_html
from kg.promises.text import as_text

__all__ = ["Followed", "as_html", "as_text", "follow"]
