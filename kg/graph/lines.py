"""RDF terms as N-Quads writes them, and quads as sorted lines.

Terms are strings already in their written form, so that a line is one f-string. Literals are written in the
canonical form of their datatype: what goes into a store is, byte for byte, what comes out of it.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kg.errors import KgError
from kg.facts import Literal
from kg.terms import expand

Triple = tuple[str, str, str]
Block = tuple[str, str]  # a subject and all the lines about it, in order

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = str.maketrans(
    {chr(code): f"\\u{code:04X}" for code in (*range(32), 127)}
    | {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
)
_STRING = expand("xsd:string")
_DECIMAL = expand("xsd:decimal")
_INTEGER = expand("xsd:integer")
_BOOLEAN = expand("xsd:boolean")
_INTEGERS = {
    expand(f"xsd:{name}")
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
}


@lru_cache(maxsize=1 << 15)
def node(iri: str) -> str:
    """An IRI between angle brackets; ``KgError`` where a character of it may not stand there.

    >>> node("https://w3id.org/policy-kg/id/agency/衢州市人民政府")
    '<https://w3id.org/policy-kg/id/agency/衢州市人民政府>'
    """
    if not iri or _UNSAFE.search(iri):
        raise KgError(f"“{iri}” is no IRI", hint="make IRIs with kg.terms.Mint")
    return f"<{iri}>"


def name(prefixed: str) -> str:
    """A prefixed name as a node.

    >>> name("pol:Report")
    '<https://w3id.org/policy-kg/ontology#Report>'
    """
    return node(expand(prefixed))


def words(text: str, language: str = "") -> str:
    """A plain string, or one in a language.

    >>> words("市政府", "zh"), words('a "b"')
    ('"市政府"@zh', '"a \\\\"b\\\\""')
    """
    written = f'"{text.translate(_ESCAPES)}"'
    return f"{written}@{language.lower()}" if language else written


def whole(number: int) -> str:
    """A whole number.

    >>> whole(3)
    '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return f'"{number}"^^<{_INTEGER}>'


def decimal(lexical: str) -> str:
    """A decimal in its canonical form; ``KgError`` where it is none.

    >>> decimal("-25.60")
    '"-25.6"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    try:
        value = Decimal(lexical)
    except InvalidOperation:
        raise KgError(f"“{lexical}” is no decimal number") from None
    if not value.is_finite():
        raise KgError(f"“{lexical}” is no decimal number")
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f'"{"0" if plain in ("-0", "") else plain}"^^<{_DECIMAL}>'


def typed(lexical: str, datatype: str) -> str:
    """A literal of any datatype.

    >>> typed("2020", expand("xsd:gYear"))
    '"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    if datatype == _STRING:
        return words(lexical)
    if datatype == _DECIMAL:
        return decimal(lexical)
    if datatype in _INTEGERS:
        return whole(int(lexical))
    if datatype == _BOOLEAN:
        return f'"{"true" if lexical in ("true", "1") else "false"}"^^<{_BOOLEAN}>'
    return f"{words(lexical)}^^{node(datatype)}"


def literal(value: Literal) -> str:
    """A literal of a fact.

    >>> literal(Literal("平台", language="zh"))
    '"平台"@zh'
    """
    return words(value.value, value.language) if value.language else typed(value.value, value.datatype)


def term(value: str | Literal) -> str:
    """The object of a fact, IRI or literal."""
    return literal(value) if isinstance(value, Literal) else node(value)


def block(subject: str, said: Iterable[str], end: str) -> Block:
    """The lines about one subject from the predicates and objects said of it, each once, sorted.

    >>> block("<http://x/a>", ["<http://x/b> 1", "<http://x/b> 1"], " .")[1]
    '<http://x/a> <http://x/b> 1 .'
    """
    return subject, "".join([f"{subject} {one}{end}" for one in sorted({*said})])


def tail(graph: str) -> str:
    """How each line of a graph ends.

    >>> tail("http://x/g")
    ' <http://x/g> .\\n'
    """
    return f" {node(graph)} .\n"


def nquads(triples: Iterable[Triple], graph: str, blocks: Iterable[Block] = ()) -> bytes:
    """Triples as the lines of one graph, each once, sorted; ``blocks`` are about subjects that no triple is about.

    Sorted by subject and then inside each subject is sorted by line, for no subject is the beginning of another.

    >>> nquads([("<http://x/a>", "<http://x/b>", '"c"')] * 2, "http://x/g")
    b'<http://x/a> <http://x/b> "c" <http://x/g> .\\n'
    """
    end = tail(graph)
    said: dict[str, list[str]] = {}
    for subject, predicate, value in triples:
        said.setdefault(subject, []).append(f"{predicate} {value}")
    found = [block(subject, pairs, end) for subject, pairs in said.items()]
    return "".join([lines for _, lines in sorted([*found, *blocks])]).encode()
