"""The SPARQL updates that keep the default graph the union of the named ones, on any engine."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_EMPTIED = re.compile(r"(?:CLEAR|DROP)\s+(?:SILENT\s+)?GRAPH\s*<(?P<graph>[^<>\"{}|^`\\\x00-\x20]*)>", re.I)
_IRI = r"(?:<[^<>\"{}|^`\\\x00-\x20]*>|[\w.-]*:[^\s{}]*)"
_NAME = re.compile(
    r"""\#[^\n]*|'{3}(?:\\.|.)*?'{3}|"{3}(?:\\.|.)*?"{3}|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"
    |(?P<name><[^<>"{}|^`\\\x00-\x20]*>
    |(?<![\w?$@.-])(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%]|\\.)(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?)?)""",
    re.S | re.X,
)
_MANAGED = re.compile(
    rf"(?:CLEAR|DROP)\s+(?:SILENT\s+)?GRAPH\s*(?P<one>{_IRI})"
    rf"|(?:ADD|COPY|MOVE)\s+(?:SILENT\s+)?(?:GRAPH\s*)?(?P<from>{_IRI})\s*TO\s*(?:GRAPH\s*)?(?P<to>{_IRI})",
    re.I,
)
_CREATED = re.compile(r"CREATE\s", re.I)
_VERB = re.compile(r"(?:INSERT|DELETE|WITH)(?!\s+DATA)\b", re.I)
_FIRST = re.compile(rf"(?P<with>WITH\s*{_IRI}\s+)?(?P<verb>INSERT|DELETE)", re.I)
_WHERE = re.compile(rf"(?:USING\s*(?:NAMED\s*)?{_IRI}\s*)*WHERE", re.I)
_NAMED = re.compile(rf"(?<![\w:.?$-])GRAPH\s*(?P<name>{_IRI}|[?$]\w+)\s*\Z", re.I)
_ANONYMOUS = re.compile(r"[\[(|~]|<<")  # what makes a blank node that has no name
_GRAPH = re.compile(r"(?<![\w:.-])GRAPH(?![\w:.-])", re.I)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')

_FORM = re.compile(
    r"""\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|\w*:|\b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b""", re.I
)

UNION = (
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ; "
    "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
)

_TOUCHED = "urn:kg:touched"  # a graph that is there within one update only
_SETTLED = (  # what no graph states any more goes, what one states comes, the note goes
    f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{_TOUCHED}> {{ ?s ?p ?o }} "
    f"FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{_TOUCHED}>) }} }}",
    f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH <{_TOUCHED}> {{ ?s ?p ?o }} "
    f"FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{_TOUCHED}>) }} }}",
    f"DROP SILENT GRAPH <{_TOUCHED}>",
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


def repaired(sparql: str, base: str = "") -> str:
    """An update in which the default graph follows each operation: the triples that it touches, where that can be told, else the whole.

    To look at the whole store, as ``with_union`` does, takes seconds for each triple that is written.

    >>> print(repaired("INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> <http://x/c> } }"))
    INSERT DATA { <http://x/a> <http://x/b> <http://x/c> .
    GRAPH <http://x/g> { <http://x/a> <http://x/b> <http://x/c> .
    } }
    >>> print(repaired("INSERT { GRAPH <x:g> { ?s <x:p> ?o } } WHERE { ?s <x:q> ?o }"))
    INSERT { GRAPH <x:g> { ?s <x:p> ?o }
     GRAPH <urn:kg:touched> { } ?s <x:p> ?o } WHERE { ?s <x:q> ?o }
    """
    operations = [(found[0], rest) for found, rest in map(_prologue, _operations(sparql))]
    if any(not rest for _, rest in operations[:-1]):
        return sparql  # nothing before a semicolon: the engine says what is wrong
    if any(_declares(before) for before, _ in operations[1:]):
        spelled = _spelled(operations, base)
        return sparql if spelled is None else repaired(spelled, base)
    first = operations[0][0] + "\n" if operations[0][0].strip() else ""
    out: list[str] = []
    behind = False  # whether the default graph is to be looked at as a whole
    for _, operation in operations:
        steps = _narrow(PROLOGUE + first, operation, base) if operation else ()
        if behind and (steps is None or _VERB.match(operation)):  # it may read the default graph
            out.append(UNION)
            behind = False
        behind = behind or steps is None
        out += (operation,) if steps is None else steps
    return first + " ;\n".join([*out, *([UNION] if behind else [])])


def _prologue(operation: str) -> tuple[re.Match[str], str]:
    found = _NOTHING.match(operation)
    assert found is not None
    return found, operation[found.end() :].strip()


def _declares(prologue: str) -> bool:
    return any(not line.startswith("#") for line in map(str.strip, prologue.splitlines()) if line)


def _spelled(operations: Sequence[tuple[str, str]], base: str) -> str | None:
    """Operations with whole IRIs and without prologues, of which the engine knows none but the first; None where a name is not right."""
    known, out = PROLOGUE, []
    for before, operation in operations:
        known += before + "\n"
        terms = dict.fromkeys(found["name"] for found in _NAME.finditer(operation) if found["name"])
        lines = "".join(f"<urn:a> <urn:b> {term} .\n" for term in terms)
        try:
            quads = list(
                ox.parse(f"{known}{lines}".encode(), format=ox.RdfFormat.TURTLE, base_iri=base or None)
            )
        except (SyntaxError, ValueError):
            return None
        whole = dict(zip(terms, (str(quad.object) for quad in quads), strict=True))
        out.append(_NAME.sub(lambda found, whole=whole: whole.get(found["name"], found[0]), operation))  # type: ignore[misc]
    return " ;\n".join(filter(None, out))


def _narrow(known: str, operation: str, base: str) -> Sequence[str] | None:
    """An operation and the repair of what it touches, after all the prologues that are known; None where it is not seen what that is."""
    heads, blocks = _parted(operation)
    words = [" ".join(head.split()) for head in heads]
    if len(blocks) == 1 and words[0].upper() in ("INSERT DATA", "DELETE DATA") and not words[1]:
        return _data(known, words[0].upper() == "DELETE DATA", blocks[0], base)
    if graph := _EMPTIED.fullmatch(operation):
        return _unsaid([graph["graph"]]), operation
    if _CREATED.match(operation):
        return (operation,)
    if found := _MANAGED.fullmatch(operation):
        names = dict.fromkeys(name for name in found.group("one", "from", "to") if name)
        noted = [
            f"INSERT {{ GRAPH <{_TOUCHED}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            for name in names
        ]
        return *noted, operation, *_SETTLED
    return _changed(words, blocks)


def _data(known: str, deleted: bool, quads: str, base: str) -> Sequence[str] | None:
    """The same of data, which are looked at only where they may have other names in the store: blank nodes, and no graph."""
    changed = _stated(known, quads, base)
    if changed is not None:
        step = replacement(
            {graph: (lines, ()) if deleted else ((), lines) for graph, lines in changed.items()}
        )
        return (step,) if step else ()
    triples = _triples(quads)
    if triples is None or _ANONYMOUS.search(_bare(quads)):
        return None
    if deleted:
        return f"DELETE DATA {{{quads}}}", f"INSERT DATA {{ {triples.noted} }}", *_SETTLED
    return f"INSERT DATA {{{quads}\n{triples.also} }}", *(() if triples.fixed else _SETTLED)


def _changed(words: Sequence[str], blocks: Sequence[str]) -> Sequence[str] | None:
    """The same of a change by a pattern, in which all triples that it touches are noted in a graph of their own, or inserted twice."""
    if len(blocks) == 1 and words[0].upper() == "DELETE WHERE" and not words[1]:
        first, insert, delete, where = _FIRST.fullmatch("DELETE"), "", blocks[0], "WHERE"
    elif len(blocks) not in (2, 3) or words[-1] or not _WHERE.fullmatch(words[-2]):
        return None
    else:
        first = _FIRST.fullmatch(words[0])
        if not first or [word.upper() for word in words[1:-2]] not in ([], ["INSERT"]):
            return None
        deletes = first["verb"].upper() == "DELETE"
        if len(blocks) == 3 and not deletes:
            return None
        delete = blocks[0] if deletes else ""
        insert, where = "" if deletes and len(blocks) == 2 else blocks[-2], words[-2]
    lost, won = _triples(delete), _triples(insert.rstrip())
    if first is None or lost is None or won is None or _ANONYMOUS.search(_bare(insert)):
        return None
    own = first["with"] or ""  # where such a graph is named, a template cannot speak of the default graph
    copies = " ".join(filter(None, (lost.noted, won.noted if own else won.also)))
    given = f"INSERT {{{insert.rstrip()}\n{copies} }}"
    taken = f"DELETE {{{delete}}} " if delete else ""
    step = f"{own}{taken}{given} {where} {{{blocks[-1]}}}"
    return (
        (step,)
        if won.fixed and not delete and not own
        else (
            step,
            *(_SETTLED if own or lost.default else _SETTLED[::2]),
        )
    )


@dataclass(frozen=True, slots=True)
class _Triples:
    """The triples of a template by their graphs' blocks; ``fixed`` where each is in a graph that has a name there, ``default`` where some are in none."""

    parts: Sequence[str]
    fixed: bool
    default: bool

    @property
    def noted(self) -> str:
        """All of them in the graph of what is touched."""
        return " ".join(f"GRAPH <{_TOUCHED}> {{ {part} }}" for part in self.parts)

    @property
    def also(self) -> str:
        """All of them in the default graph, between blocks that part them; and noted, where they may be in no graph."""
        loose = "".join(f" GRAPH <{_TOUCHED}> {{ }} {part}" for part in self.parts)
        return loose if self.fixed else f"{self.noted}{loose}"


def _triples(template: str) -> _Triples | None:
    """The triples of a template; None where it has other braces than those of graphs."""
    heads, blocks = _parted(template)
    parts: list[str] = []
    known, default = True, False
    for number, head in enumerate(heads):
        named = _NAMED.search(head) if number < len(blocks) else None
        if number < len(blocks):
            if not named:
                return None
            known = known and named["name"][0] not in "?$"
        loose = (head[: named.start()] if named else head).strip().removeprefix(".").strip()
        default = default or bool(loose)
        parts += [part for part in (loose, blocks[number].strip() if number < len(blocks) else "") if part]
    return _Triples([f"{part}\n" if "#" in part else part for part in parts], known and not default, default)


def _bare(template: str) -> str:
    return _PIECE.sub(lambda found: found[0] if found[0] in "{};" else " ", template)


def _parted(operation: str) -> tuple[list[str], list[str]]:
    """What stands before, between and behind the outer braces, without comments, and what stands in them."""
    heads, blocks, depth, start = [""], [], 0, 0
    for found in _PIECE.finditer(operation):
        if found[0] == "{":
            if depth == 0:
                heads[-1] += operation[start : found.start()]
                start = found.end()
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                blocks.append(operation[start : found.start()])
                heads.append("")
                start = found.end()
        elif depth == 0 and found[0].startswith("#"):
            heads[-1] += operation[start : found.start()] + "\n"
            start = found.end()
    heads[-1] += operation[start:]
    return heads, blocks


def taken_by_default(sparql: str) -> str:
    """The query for what the first operation of an update takes out of the default graph; "" where it takes nothing there, or says by USING
    which graphs it looks at.

    >>> taken_by_default("PREFIX x: <x:> DELETE WHERE { ?s x:p ?o } ; CLEAR ALL")
    'PREFIX x: <x:> CONSTRUCT { ?s x:p ?o } WHERE { ?s x:p ?o }'
    >>> taken_by_default("DELETE WHERE { GRAPH <x:g> { ?s ?p ?o } }"), taken_by_default("WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
    ('', '')
    """
    operation = next(_operations(sparql))
    prologue = _NOTHING.match(operation)
    assert prologue is not None
    heads, blocks = _parted(operation[prologue.end() :])
    words = [" ".join(head.split()).upper() for head in heads]
    if words[0] not in ("DELETE", "DELETE DATA", "DELETE WHERE") or _GRAPH.search(
        _bare(blocks[0]) if blocks else "GRAPH"
    ):
        return ""
    if words[0] == "DELETE" and (len(blocks) < 2 or words[-2] != "WHERE"):
        return ""
    where = "" if words[0] == "DELETE DATA" else blocks[-1]
    return f"{prologue[0]}CONSTRUCT {{{blocks[0]}}} WHERE {{{where}}}"


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
            if not isinstance(quad.graph_name, ox.NamedNode) or blank(str(quad.triple)):
                return None
            found.setdefault(quad.graph_name.value, []).append(f"{quad.triple}{_END}")
    except (SyntaxError, ValueError):
        return None  # wrong, or right in SPARQL alone
    return found


def blank(triple: str) -> bool:
    """Whether a line of N-Triples has a blank node.

    >>> blank("_:a <x:_:b> 'c' ."), blank('<x:_:b> <x:b> "_:c" .')
    (True, False)
    """
    return "_:" in triple and "_:" in _LITERAL.sub("", triple)


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


def part(graph: str, size: int) -> str:
    """The update that takes some triples out of a graph, and from the default graph those of them that no other graph states.

    >>> print(part("http://example.org/g", 9))
    DELETE { ?lone ?p ?o . GRAPH <http://example.org/g> { ?s ?p ?o } } WHERE {
      { SELECT ?s ?p ?o { GRAPH <http://example.org/g> { ?s ?p ?o } } LIMIT 9 }
      BIND(IF(EXISTS { GRAPH ?h { ?s ?p ?o } FILTER(?h != <http://example.org/g>) }, ?none, ?s) AS ?lone)
    }
    """
    here = f"GRAPH <{checked(graph)}> {{ ?s ?p ?o }}"
    others = f"GRAPH ?h {{ ?s ?p ?o }} FILTER(?h != <{graph}>)"
    return (
        f"DELETE {{ ?lone ?p ?o . {here} }} WHERE {{\n"
        f"  {{ SELECT ?s ?p ?o {{ {here} }} LIMIT {size} }}\n"
        f"  BIND(IF(EXISTS {{ {others} }}, ?none, ?s) AS ?lone)\n"
        "}"
    )


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
