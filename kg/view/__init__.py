"""The network of a store as a page for the browser."""

from kg.view.page import html, write_html

__all__ = ["html", "write_html"]
