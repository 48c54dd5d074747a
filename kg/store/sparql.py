"""The SPARQL updates that keep the default graph the union of the named ones, on any engine."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.terms import PREFIXES

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

T = TypeVar("T")

_END = " .\n"  # of a line of N-Triples

_BLANK = re.compile(rb"^_:|^<[^>]*> <[^>]*> _:", re.M)
_NOTHING = re.compile(r"(?:\s|#[^\n]*|BASE\s*<[^>]*>|PREFIX\s*[^\s<]*:\s*<[^>]*>)*", re.I)

_PIECE = re.compile(
    r"""\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|'{3}(?:\\.|.)*?'{3}|"{3}(?:\\.|.)*?"{3}|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"|[{};]""",
    re.S,
)
_DATA = re.compile(r"(?P<verb>INSERT|DELETE)\s+DATA\s*\{(?P<quads>.*)\}", re.I | re.S)
_EMPTIED = re.compile(r"(?:CLEAR|DROP)\s+(?:SILENT\s+)?GRAPH\s*<(?P<graph>[^<>\"{}|^`\\\x00-\x20]*)>", re.I)
_GRAPH = re.compile(r"(?<![\w:.-])GRAPH(?![\w:.-])", re.I)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')

_FORM = re.compile(
    r"""\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|\w*:|\b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b""", re.I
)

UNION = (
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ; "
    "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
)


def _union(default: str, hidden: str) -> str:
    """The same where the default graph is kept in a graph, of which ``GRAPH ?g`` finds neither it nor the others that are hidden."""
    here, others = (
        f"GRAPH <{default}> {{ ?s ?p ?o }}",
        f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({hidden}))",
    )
    return (
        f"DELETE {{ {here} }} WHERE {{ {here} FILTER NOT EXISTS {{ {others} }} }} ; "
        f"INSERT {{ {here} }} WHERE {{ {others} FILTER NOT EXISTS {{ {here} }} }}"
    )


def form(sparql: str) -> str:
    """Whether a query is a SELECT, an ASK, a CONSTRUCT or a DESCRIBE; "" where it is none.

    >>> form("PREFIX select: <http://x/construct> # ask\\nASK { ?s select:x 'SELECT' }")
    'ASK'
    """
    return next((found["form"].upper() for found in _FORM.finditer(sparql) if found["form"]), "")


def with_union(sparql: str, default: str | None = "", hidden: str = "") -> str:
    """An update followed by the repair of the default graph, as one request and so as one transaction.

    ``default`` is the graph that holds it, "" for the engine's own, None where the engine has none that needs repair.

    >>> with_union("CLEAR GRAPH <http://example.org/g> ;").splitlines()[:2]
    ['CLEAR GRAPH <http://example.org/g>', ';']
    """
    if default is None:
        return sparql
    union = _union(default, hidden) if default else UNION
    if _NOTHING.fullmatch(sparql):  # an update may do nothing
        return f"{sparql}\n{union}\n"
    return re.sub(r"\s*(;\s*)?\Z", "", sparql) + f"\n;\n{union}\n"


def repaired(sparql: str, base: str = "") -> str | None:
    """An update that says itself which triples or graphs it adds and takes out, with the repair of just these; None for any other.

    To look at the whole store, as ``with_union`` does, takes seconds for each triple that is written.

    >>> print(repaired("INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> <http://x/c> } }"))
    INSERT DATA { <http://x/a> <http://x/b> <http://x/c> .
    GRAPH <http://x/g> { <http://x/a> <http://x/b> <http://x/c> .
    } }
    >>> repaired("INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> [] } }")  # a blank node is another in each place
    >>> repaired("DELETE WHERE { ?s ?p ?o }")
    """
    known, out = PROLOGUE, []
    for operation in _operations(sparql):
        prologue = _NOTHING.match(operation)
        assert prologue is not None
        known += prologue[0] + "\n"
        rest = operation[prologue.end() :].strip()
        if data := _DATA.fullmatch(rest):
            changed = _stated(known, data["quads"], base)
            if changed is None:
                return None
            taken = data["verb"].upper() == "DELETE"
            out.append(
                replacement(
                    {graph: (lines, ()) if taken else ((), lines) for graph, lines in changed.items()}
                )
            )
        elif (graph := _EMPTIED.fullmatch(rest)) and "BASE" not in known.upper():
            out += [_unsaid([graph["graph"]]), rest]
        elif rest:
            return None
    return " ;\n".join(filter(None, out)) or None


def _operations(sparql: str) -> Iterator[str]:
    """The operations of an update, without the semicolons between them."""
    depth, start = 0, 0
    for found in _PIECE.finditer(sparql):
        depth += (found[0] == "{") - (found[0] == "}")
        if found[0] == ";" and depth == 0:
            yield sparql[start : found.start()]
            start = found.end()
    yield sparql[start:]


def _stated(prologue: str, quads: str, base: str) -> dict[str, list[str]] | None:
    """The triples of each graph as lines; None where some are in no graph, or have a blank node."""
    found: dict[str, list[str]] = {}
    braces = sum(piece[0] == "{" for piece in _PIECE.finditer(quads))
    if braces != len(_GRAPH.findall(quads)):
        return None  # TriG knows graphs without the word, SPARQL does not
    try:
        for quad in ox.parse(f"{prologue}{quads}".encode(), format=ox.RdfFormat.TRIG, base_iri=base or None):
            if not isinstance(quad.graph_name, ox.NamedNode) or "_:" in _LITERAL.sub("", str(quad.triple)):
                return None
            found.setdefault(quad.graph_name.value, []).append(f"{quad.triple}{_END}")
    except (SyntaxError, ValueError):
        return None  # wrong, or right in SPARQL alone
    return found


def _unsaid(graphs: Sequence[str], default: str = "", hidden: str = "") -> str:
    """The update that takes from the default graph what no other graph than these states."""
    names = [f"<{checked(graph)}>" for graph in graphs]
    others = f"FILTER(?h NOT IN ({', '.join([*names, *([hidden] if hidden else [])])}))"
    gone = f"GRAPH <{default}> {{ ?s ?p ?o }}" if default else "?s ?p ?o"
    return (
        f"DELETE {{ {gone} }} WHERE {{\n"
        f"  VALUES ?g {{ {' '.join(names)} }} GRAPH ?g {{ ?s ?p ?o }}\n"
        f"  FILTER NOT EXISTS {{ GRAPH ?h {{ ?s ?p ?o }} {others} }}\n"
        "}"
    )


def removal(graphs: Sequence[str], default: str | None = "", hidden: str = "") -> str:
    """The update that drops graphs, and from the default graph what no other graph states; ``default`` as above.

    >>> print(removal(["http://example.org/g"]))
    DELETE { ?s ?p ?o } WHERE {
      VALUES ?g { <http://example.org/g> } GRAPH ?g { ?s ?p ?o }
      FILTER NOT EXISTS { GRAPH ?h { ?s ?p ?o } FILTER(?h NOT IN (<http://example.org/g>)) }
    } ;
    DROP SILENT GRAPH <http://example.org/g>
    """
    drops = " ;\n".join(f"DROP SILENT GRAPH <{checked(graph)}>" for graph in graphs)
    return drops if default is None else f"{_unsaid(graphs, default, hidden)} ;\n{drops}"


def replacement(graphs: Mapping[str, tuple[Iterable[str], Iterable[str]]], empty: Iterable[str] = ()) -> str:
    """The update, one transaction, that takes triples out of graphs and puts others in; both as lines of N-Triples by graph.

    ``empty`` are the graphs that hold nothing then, and are dropped.

    >>> print(replacement({"http://x/g": (["<http://x/a> <http://x/b> 1 .\\n"], ["<http://x/a> <http://x/b> 2 .\\n"])}))
    DELETE DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> 1 .
    } } ;
    DELETE { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) { (<http://x/a> <http://x/b> 1)
    } FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
    INSERT DATA { <http://x/a> <http://x/b> 2 .
    GRAPH <http://x/g> { <http://x/a> <http://x/b> 2 .
    } }
    """
    out, into = [], []
    gone: dict[str, None] = {}
    for graph, (old, new) in graphs.items():
        gone |= dict.fromkeys(old := list(old))
        lost, won = "".join(old), "".join(new)
        out += [f"DELETE DATA {{ GRAPH <{checked(graph)}> {{ {lost}}} }}"] if lost else []
        into += [f"INSERT DATA {{ {won}GRAPH <{checked(graph)}> {{ {won}}} }}"] if won else []
    out += [f"DROP SILENT GRAPH <{checked(graph)}>" for graph in empty]
    if gone:
        values = "".join(f"({line.removesuffix(_END)})\n" for line in gone)
        out.append(
            f"DELETE {{ ?s ?p ?o }} WHERE {{ VALUES (?s ?p ?o) {{ {values}}} "
            "FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
        )
    return " ;\n".join([*out, *into])


def checked(graph: str) -> str:
    """The graph IRI, refused where it could not stand between angle brackets."""
    if not graph or re.search(r'[\x00-\x20<>"{}|^`\\]', graph):
        raise StoreError(f"“{graph}” is no graph IRI")
    return graph


def with_default(graphs: Mapping[str, bytes]) -> bytes:
    """The lines of all graphs, once in their graph and once in the default graph.

    A line break never stands inside a term of N-Quads, so line ends can be replaced without parsing.

    >>> lines = b'<http://x/a> <http://x/b> "c" <http://x/g> .\\n'
    >>> print(with_default({"http://x/g": lines}).decode(), end="")
    <http://x/a> <http://x/b> "c" <http://x/g> .
    <http://x/a> <http://x/b> "c" .
    """
    parts: list[bytes] = []
    for graph, lines in graphs.items():
        end = f" <{checked(graph)}> .\n".encode()
        if lines.count(end) != lines.count(b"\n") or (lines and not lines.endswith(end)):
            raise StoreError("a line is not of this graph", where=graph, hint="end each line with its graph")
        if b"_:" in lines and _BLANK.search(lines):
            raise StoreError("a blank node cannot be named again, so not be removed", where=graph)
        parts += (lines, lines.replace(end, b" .\n"))
    return b"".join(parts)


def groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of at most ``size``.

    >>> list(groups("abc", 2))
    [['a', 'b'], ['c']]
    """
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group
