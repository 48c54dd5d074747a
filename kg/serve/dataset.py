"""An update put to chosen graphs, as the protocol's ``using-graph-uri`` asks, and what it writes without naming a graph.

Source: https://www.w3.org/TR/sparql11-protocol/#update-dataset, https://www.w3.org/TR/sparql11-update/#graphUpdate
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from kg.query.tokens import Token, tokens
from kg.serve.refusal import Refused
from kg.store.sparql import checked
from kg.terms import BASE

UNNAMED = f"{BASE}graph/unnamed"


def using(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with ``USING`` before the WHERE of each operation that has one.

    Raises ``Refused`` with 400 where the update names its graphs itself.

    >>> using("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["http://x/g"], [])
    'DELETE { ?s ?p ?o } USING <http://x/g> WHERE { ?s ?p ?o }'
    >>> using("DELETE WHERE { ?s ?p ?o } ; CLEAR ALL", [], ["http://x/g"])
    'DELETE { ?s ?p ?o } USING NAMED <http://x/g> WHERE { ?s ?p ?o } ; CLEAR ALL'
    """
    if not default_graphs and not named_graphs:
        return text
    clause = " ".join(
        [
            *(f"USING <{checked(graph)}>" for graph in default_graphs),
            *(f"USING NAMED <{checked(graph)}>" for graph in named_graphs),
        ]
    )
    parts = list(tokens(text))
    out: list[str] = []
    depth = 0
    before = ""
    for at, token in enumerate(parts):
        word = token.text.upper() if token.kind == "word" else token.text
        if depth == 0 and word in ("USING", "WITH") and token.kind == "word":
            raise Refused(400, f"the update has {word} and the request names graphs", "use one of both")
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth == 0 and word == "WHERE" and before == "DELETE":
            out.append(f"{_block(parts[at + 1 :])} {clause} ")
        elif depth == 0 and word == "WHERE" and before == "}":
            out.append(f"{clause} ")
        out.append(token.text)
        if token.kind != "comment" and token.text.strip():
            before = word
    return "".join(out)


def _block(parts: Sequence[Token]) -> str:
    """The braces that come next, with what is in them."""
    out: list[str] = []
    depth = 0
    for token in parts:
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth or token.text == "}":
            out.append(token.text)
        if token.text == "}" and depth == 0:
            break
    return "".join(out)


def with_graph(text: str, graph: str) -> str:
    """The update with everything that it writes outside of ``GRAPH`` and ``WITH`` put into one graph.

    The default graph of the store is the union of the named ones, so nothing can stay there that is in none of them.

    >>> with_graph("INSERT DATA { <x:a> <x:b> 1 . GRAPH <x:g> { <x:a> <x:b> 2 } } ; CLEAR DEFAULT", "x:u")
    'INSERT DATA { GRAPH <x:u> { <x:a> <x:b> 1 . } GRAPH <x:g> { <x:a> <x:b> 2 } } ; CLEAR SILENT GRAPH <x:u>'
    >>> with_graph("INSERT { ?s a <x:C> } WHERE { ?s ?p ?o }", "x:u")
    'INSERT { GRAPH <x:u> { ?s a <x:C> } } WHERE { ?s ?p ?o }'
    >>> with_graph("WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; COPY DEFAULT TO <x:g>", "x:u")
    'WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; COPY GRAPH <x:u> TO <x:g>'
    """
    parts = _trimmed(list(tokens(text)))
    out: list[str] = []
    for start, end in _operations(parts):
        operation = parts[start:end]
        words = [token.text.upper() for token in operation if token.kind == "word"]
        words = list(dropwhile(lambda word: word in ("PREFIX", "BASE", "VERSION"), words))
        out.append(_Operation(operation, words, f"GRAPH <{checked(graph)}>").rewritten())
        out.append(_joined(parts[end : end + 1]))
    return "".join(out)


@dataclass(frozen=True, slots=True)
class _Operation:
    parts: Sequence[Token]
    words: Sequence[str]
    place: str

    def rewritten(self) -> str:
        verb = self.words[0] if self.words else ""
        if verb in ("INSERT", "DELETE"):
            return self._templates()
        if verb in ("CLEAR", "DROP") and self.words[-1] == "NAMED":
            graph = self.place.removeprefix("GRAPH ")
            return f"{self._before()}DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {graph}) }}"
        if verb in ("CLEAR", "DROP", "ADD", "MOVE", "COPY"):
            return self._managed(verb)
        if verb == "LOAD" and "INTO" not in self.words:
            return f"{_joined(self.parts)} INTO {self.place} "
        return _joined(self.parts)

    def _before(self) -> str:
        """The prologue, which ends where the first word of the operation begins."""
        at = next(
            n
            for n, token in enumerate(self.parts)
            if token.kind == "word" and token.text.upper() == self.words[0]
        )
        return _joined(self.parts[:at])

    def _managed(self, verb: str) -> str:
        out = []
        for token in self.parts:
            word = token.text.upper() if token.kind == "word" else ""
            # a graph that is not there is as empty as one that was cleared
            quiet = verb == "CLEAR" or (verb == "DROP" and word == "DEFAULT")
            if word in ("DEFAULT", "GRAPH") and quiet and "SILENT" not in self.words:
                out.append("SILENT ")
            out.append(self.place if word == "DEFAULT" else token.text)
        return "".join(out)

    def _templates(self) -> str:
        out: list[str] = []
        before: list[str] = []
        at = 0
        while at < len(self.parts):
            token = self.parts[at]
            if token.kind == "other" and token.text == "{":
                end = _end(self.parts, at)
                block = self.parts[at + 1 : end]
                template = before[-1:] in (["INSERT"], ["DELETE"], ["DATA"]) or before[-2:] == [
                    "DELETE",
                    "WHERE",
                ]
                out += [
                    "{",
                    _placed(block, self.place) if template else _joined(block),
                    _joined(self.parts[end : end + 1]),
                ]
                before.append("}")
                at = end
            else:
                out.append(token.text)
                if token.kind == "word":
                    before.append(token.text.upper())
            at += 1
        return "".join(out)


def _trimmed(parts: list[Token]) -> list[Token]:
    while parts and (parts[-1].kind == "comment" or not parts[-1].text.strip()):
        parts.pop()
    return parts


def _operations(parts: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where each operation begins and ends, between the semicolons outside of braces; a prologue belongs to what follows."""
    depth = start = 0
    for at, token in enumerate(parts):
        if token.kind == "other":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if token.text == ";" and depth == 0:
                yield start, at
                start = at + 1
    yield start, len(parts)


def _placed(block: Sequence[Token], place: str) -> str:
    """A template with its triples outside of ``GRAPH`` inside ``place``."""
    out: list[str] = []
    loose: list[Token] = []

    def settle() -> None:
        text = _joined(loose)
        if any(token.text.strip(" \t\r\n.") and token.kind != "comment" for token in loose):
            start = len(text) - len(text.lstrip())
            end = len(text.rstrip())
            out.append(
                f"{text[:start]}{place} {{ {text[start:end]}\n}}{text[end:]}"
                if _comment(loose)
                else f"{text[:start]}{place} {{ {text[start:end]} }}{text[end:]}"
            )
        else:
            out.append(text)
        loose.clear()

    at = 0
    while at < len(block):
        token = block[at]
        if token.kind == "word" and token.text.upper() == "GRAPH":
            settle()
            opened = next((n for n in range(at, len(block)) if block[n].text == "{"), len(block))
            end = _end(block, opened)
            out.append(_joined(block[at : end + 1]))
            at = end + 1
            while at < len(block) and (not block[at].text.strip() or block[at].text == "."):
                out.append(block[at].text)
                at += 1
            continue
        loose.append(token)
        at += 1
    settle()
    return "".join(out)


def _comment(parts: Sequence[Token]) -> bool:
    return any(token.kind == "comment" for token in parts)


def _joined(parts: Sequence[Token]) -> str:
    return "".join(token.text for token in parts)


def _end(parts: Sequence[Token], opened: int) -> int:
    """Where the brace closes that is opened at a place; behind the last token where it does not."""
    depth = 0
    for at in range(opened, len(parts)):
        if parts[at].kind == "other":
            depth += {"{": 1, "}": -1}.get(parts[at].text, 0)
            if depth == 0:
                return at
    return len(parts)
