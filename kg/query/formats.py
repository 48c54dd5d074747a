"""Answers written in the formats of SPARQL and RDF, and as a table for people."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
from rich.cells import cell_len

from kg.errors import QueryError
from kg.query.result import Answer, Network, Result, Table
from kg.store import Term, turtle
from kg.terms import BASE, PREFIXES, shorten

_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_ROOT = BASE.removesuffix("id/")
_SPARQL = "http://www.w3.org/2005/sparql-results#"


def write(result: Result, format: str) -> str:
    """The answer in a format: table, csv, tsv, json, xml; for triples also turtle, ntriples, nquads, jsonld.

    >>> table = Table(("name", "n"), ((ox.Literal("政策"), ox.Literal(3)), (ox.Literal("a,b"), None)))
    >>> print(write(table, "csv"), end="")
    name,n
    政策,3
    "a,b",
    """
    if format not in FORMATS:
        raise QueryError(f"unknown format “{format}”", hint=f"use one of {', '.join(FORMATS)}")
    if format in _RDF:
        if not isinstance(result, Network):
            raise QueryError(
                f"only triples can be written as {format}", hint="use CONSTRUCT or DESCRIBE, or --format csv"
            )
        return _rdf(result, format)
    if isinstance(result, Network):
        result = Table(
            ("subject", "predicate", "object"),
            tuple((triple.subject, triple.predicate, triple.object) for triple in result.triples),
        )
    return _WRITERS[format](result)


def plain(term: Term | None) -> str:
    """A term for people: literals as their words, IRIs short.

    >>> plain(ox.NamedNode("https://w3id.org/policy-kg/id/agency/衢州市人民政府"))
    'agency/衢州市人民政府'
    >>> plain(ox.NamedNode("https://w3id.org/policy-kg/code/国发"))
    'code/国发'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value.removeprefix(BASE)).removeprefix(_ROOT)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _rdf(result: Network, format: str) -> str:
    if format == "turtle":
        return turtle(result.triples)
    prefixes = PREFIXES if format == "jsonld" else None
    text = (ox.serialize(result.triples, format=_RDF[format], prefixes=prefixes) or b"").decode()
    if format == "jsonld":
        document = json.loads(text)
        if isinstance(document, dict):
            document["@context"] = dict(sorted(document["@context"].items()))
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return text


def _as_table(result: Table | Answer) -> Table:
    return Table(("answer",), ((ox.Literal(result.value),),)) if isinstance(result, Answer) else result


def _csv(result: Table | Answer) -> str:
    table = _as_table(result)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow(
            term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term or "") for term in row
        )
    return out.getvalue()


def _tsv(result: Table | Answer) -> str:
    table = _as_table(result)
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += [
        "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row)
        for row in table.rows
    ]
    return "\n".join(lines) + "\n"


def _json(result: Table | Answer) -> str:
    if isinstance(result, Answer):
        return json.dumps({"head": {}, "boolean": result.value}) + "\n"
    bindings = [
        {
            column: _json_term(term)
            for column, term in zip(result.columns, row, strict=True)
            if term is not None
        }
        for row in result.rows
    ]
    content = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    kind = "uri" if isinstance(term, ox.NamedNode) else "literal" if isinstance(term, ox.Literal) else "bnode"
    written = {"type": kind, "value": term.value}
    if isinstance(term, ox.Literal):
        if term.language:
            written["xml:lang"] = term.language
        elif term.datatype.value != PREFIXES["xsd"] + "string":
            written["datatype"] = term.datatype.value
    return written


def _xml(result: Table | Answer) -> str:
    root = ElementTree.Element("sparql", xmlns=_SPARQL)
    head = ElementTree.SubElement(root, "head")
    if isinstance(result, Answer):
        ElementTree.SubElement(root, "boolean").text = "true" if result.value else "false"
    else:
        for column in result.columns:
            ElementTree.SubElement(head, "variable", name=column)
        results = ElementTree.SubElement(root, "results")
        for row in result.rows:
            line = ElementTree.SubElement(results, "result")
            for column, term in zip(result.columns, row, strict=True):
                if term is not None:
                    _xml_term(ElementTree.SubElement(line, "binding", name=column), term)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _xml_term(parent: ElementTree.Element, term: Term) -> None:
    if isinstance(term, ox.Triple):
        triple = ElementTree.SubElement(parent, "triple")
        for name, part in (("subject", term.subject), ("predicate", term.predicate), ("object", term.object)):
            _xml_term(ElementTree.SubElement(triple, name), part)
        return
    content = _json_term(term)
    element = ElementTree.SubElement(parent, content["type"])
    element.text = "".join(c for c in term.value if c in "\t\n\r" or unicodedata.category(c) != "Cc")
    if "xml:lang" in content:
        element.set("xml:lang", content["xml:lang"])
    if "datatype" in content:
        element.set("datatype", content["datatype"])


def _table(result: Table | Answer) -> str:
    if isinstance(result, Answer):
        return ("true" if result.value else "false") + "\n"
    rows = [list(result.columns), *([" ".join(plain(term).split()) for term in row] for row in result.rows)]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(result.columns))]
    lines = [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]]) + "\n"


_WRITERS: dict[str, Callable[[Table | Answer], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
}
FORMATS = (*_WRITERS, *_RDF)
