"""Named queries with a header, parameters bound as terms, answers in the formats people and programs read."""

from kg.query.ask import ask, check_syntax, prepare
from kg.query.deprecated import deprecated_terms
from kg.query.entity import Candidate, candidates, entity_named
from kg.query.find import find_query, list_queries, load_query, query_folders, query_names
from kg.query.formats import FORMATS, plain, write
from kg.query.header import Parameter, Query, Wording, parse_query
from kg.query.mistakes import Mistake, mistake
from kg.query.names import Hit, search, searches, with_search
from kg.query.result import Answer, Network, Result, Table
from kg.query.select import Bound, select

__all__ = [
    "FORMATS",
    "Answer",
    "Bound",
    "Candidate",
    "Hit",
    "Mistake",
    "Network",
    "Parameter",
    "Query",
    "Result",
    "Table",
    "Wording",
    "ask",
    "candidates",
    "check_syntax",
    "deprecated_terms",
    "entity_named",
    "find_query",
    "list_queries",
    "load_query",
    "mistake",
    "parse_query",
    "plain",
    "prepare",
    "query_folders",
    "query_names",
    "search",
    "searches",
    "select",
    "with_search",
    "write",
]
