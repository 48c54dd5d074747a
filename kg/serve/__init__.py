"""The store on the web: a SPARQL endpoint, graphs over HTTP, search."""

from kg.serve.app import make_app
from kg.serve.settings import Limits, Settings

__all__ = ["Limits", "Settings", "make_app"]
