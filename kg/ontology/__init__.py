"""The ontology as a thing to work on: extensions made, tried, checked, compared and documented."""

from kg.ontology.check import check
from kg.ontology.difference import Difference, compare, releases
from kg.ontology.finding import Flaw
from kg.ontology.reference import reference
from kg.ontology.scaffold import scaffold
from kg.ontology.site import stale_pages, write_site
from kg.ontology.terms import Term, find_terms
from kg.ontology.trial import Trial, try_extension

__all__ = [
    "Difference",
    "Flaw",
    "Term",
    "Trial",
    "check",
    "compare",
    "find_terms",
    "reference",
    "releases",
    "scaffold",
    "stale_pages",
    "try_extension",
    "write_site",
]
