"""The pattern language: readable expressions over text and mentions, compiled to bounded regular expressions.

::

    text        literal words; punctuation is matched in its full-width form
    (a|b)  x?   alternatives; an optional character or group
    <name>      any word of the word class ``word:name``
    {?v:Class}  a mention of the class or a subclass, bound to ?v; ``{?v:A|B}`` of either
    {?v:Class+} one mention or a coordinated list of them (A、B和C)
    {?v:Quantity} a number with its unit
    {?v:Text}   up to 40 characters of one clause
    [?v …]      the words that the expression between the brackets matches, bound to ?v
    …  ……       up to 12 characters inside the clause; up to 60 inside the sentence
    ^  $        start and end of a clause

No construct repeats without a bound, none nests a repetition in another, no two gaps stand side by side, and the ways in which all of
them together can be read have a bound, so no pattern can run away.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kg.errors import OntologyError
from kg.schema.index import TripleIndex, prefixes_of
from kg.terms import expand

CLAUSE_END = "，。；：！？\n"
SENTENCE_END = "。！？\n"
_JOIN = "(?:、|和|及|与|以及|或|，)?"
_TOKEN = re.compile(
    r"(?P<slot>\{\?(?P<name>[a-z]\w*):(?P<classes>[A-Za-z]+(?:\|[A-Za-z]+)*)(?P<list>\+)?\})"
    r"|(?P<capture>\[\?(?P<captured>[a-z]\w*) )"
    r"|(?P<word>\<(?P<cls>[A-Za-z][\w-]*)\>)|(?P<long>……)|(?P<gap>…)|(?P<meta>[()|?^$\]])|(?P<literal>[^{}<>()\[\]|?^$…])"
)

_GAPS = ("gap", "long")
_MOST_WAYS = 5_000_000
_MOST_CHARACTERS = 5000
_CAPTURE = re.compile(r"\[\?[a-z]\w* ")


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable of a pattern and the class names it accepts."""

    name: str
    classes: tuple[str, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One fact a pattern yields, as three terms; variables start with ``?``."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what a pattern must find in it, as ``?variable = words`` lines; none for a counter-example."""

    text: str
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: a regular expression over the skeleton of a sentence, and the facts it yields."""

    iri: str
    expression: str
    regex: re.Pattern[str]
    slots: tuple[Slot, ...]
    anchors: tuple[str, ...]  # one of these must occur in the text; empty: always tried
    templates: tuple[Template, ...]
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]
    where: str
    genres: frozenset[str] = frozenset()  # the kinds of report it is for; empty: all
    within: frozenset[str] = frozenset()  # the passage rules in whose passages it holds; empty: everywhere

    @property
    def names(self) -> bool:
        """Whether it says of something that it is of a class, and so can make a name of a phrase that may be none."""
        return any(template.predicate == expand("rdf:type") for template in self.templates)


@lru_cache(maxsize=8192)
def compiled(regex: str) -> re.Pattern[str]:
    """A regular expression compiled, once in a process: ontologies that are loaded one after the other share most of theirs.

    Raises ``OntologyError`` where it is none.

    >>> compiled("设立|建立").match("建立").group()
    '建立'
    """
    try:
        return re.compile(regex)
    except re.error as error:
        raise OntologyError(f"the pattern does not compile: {error}") from None


def compile_expression(
    expression: str, words: Mapping[str, Sequence[str]], letters: Mapping[str, str]
) -> tuple[str, tuple[Slot, ...], tuple[str, ...]]:
    """The regular expression, slots and anchors of an expression.

    ``letters`` maps a class name to the skeleton characters of the class and its subclasses.

    >>> compile_expression("(设立|建立){?it:Platform}", {}, {"Platform": "PQ"})[0]
    '(?:设立|建立)(?P<it>[PQ])'
    >>> compile_expression("建立…", {}, {})
    ('建立[^，。；：！？\\\\n]{0,12}?', (), ('建立',))
    """
    parts: list[str] = []
    slots: list[Slot] = []
    position = depth = 0
    ways = 1
    before = ""
    if len(expression) > _MOST_CHARACTERS:
        raise OntologyError(f"a pattern of {len(expression)} characters", hint="write several")
    while position < len(expression):
        token = _TOKEN.match(expression, position)
        if token is None:
            raise OntologyError(f"cannot read the pattern from “{expression[position : position + 12]}”")
        position = token.end()
        kind = str(token.lastgroup)
        if kind in _GAPS and before in _GAPS:
            raise OntologyError("two gaps stand side by side", hint="one … or …… says it")
        before = kind
        ways *= _ways(token)
        if ways > _MOST_WAYS:
            raise OntologyError(
                "the pattern can be read in too many ways",
                hint="use fewer …, ……, lists and ?, or write several patterns",
            )
        if token["slot"]:
            slot = Slot(token["name"], tuple(token["classes"].split("|")), bool(token["list"]))
            if slot.name in {known.name for known in slots}:
                raise OntologyError(f"the variable ?{slot.name} stands twice in one pattern")
            slots.append(slot)
            parts.append(_slot(slot, letters) + _summed_up(slot, words, letters))
        elif token["capture"]:
            slots.append(Slot(token["captured"], ("Text",), False))
            parts.append(f"(?P<{token['captured']}>")
            depth += 1
        elif token["word"]:
            if not words.get(token["cls"]):
                raise OntologyError(f"the word class <{token['cls']}> is not known or has no words")
            parts.append(
                "(?:"
                + "|".join(map(re.escape, sorted(words[token["cls"]], key=lambda w: (-len(w), w))))
                + ")"
            )
        elif token["long"]:
            parts.append(f"[^{SENTENCE_END}]{{0,60}}?".replace("\n", r"\n"))
        elif token["gap"]:
            parts.append(f"[^{CLAUSE_END}]{{0,12}}?".replace("\n", r"\n"))
        elif token["meta"]:
            depth += {"(": 1, ")": -1, "]": -1}.get(token["meta"], 0)
            if depth < 0:
                raise OntologyError("a bracket closes that was never opened")
            if token["meta"] == "?" and (not parts or parts[-1] in ("(?:", "|", "?")):
                raise OntologyError("? needs something before it")
            parts.append(
                {
                    "(": "(?:",
                    "]": ")",
                    "^": rf"(?:(?<=[{CLAUSE_END}])|^)".replace("\n", r"\n"),
                    "$": rf"(?=[{CLAUSE_END}]|$)".replace("\n", r"\n"),
                }.get(token["meta"], token["meta"])
            )
        else:
            parts.append(re.escape(token["literal"]))
    if depth:
        raise OntologyError("a bracket opens that is never closed")
    regex = "".join(parts)
    compiled(regex)
    return regex, tuple(slots), _anchors(_CAPTURE.sub("(", expression).replace("]", ")"), words)


def _ways(token: re.Match[str]) -> int:
    """In how many ways a part of an expression can be read at one place."""
    if token["slot"]:
        return 16 if token["list"] else 40 if token["classes"] == "Text" else 1
    return {"long": 61, "gap": 13}.get(str(token.lastgroup), 2 if token["meta"] == "?" else 1)


def _slot(slot: Slot, letters: Mapping[str, str]) -> str:
    if slot.classes == ("Text",):
        return rf"(?P<{slot.name}>[^{CLAUSE_END}]{{1,40}}?)".replace("\n", r"\n")
    unknown = [name for name in slot.classes if name not in letters]
    if unknown:
        raise OntologyError(f"the class {unknown[0]} of ?{slot.name} is not known")
    one = "[" + re.escape("".join(sorted({c for name in slot.classes for c in letters[name]}))) + "]"
    return f"(?P<{slot.name}>{one}(?:{_JOIN}{one}){{0,15}})" if slot.many else f"(?P<{slot.name}>{one})"


def _summed_up(slot: Slot, words: Mapping[str, Sequence[str]], letters: Mapping[str, str]) -> str:
    """What may follow a list of bodies and still be of it: 等部门, 等7个部门, 三个部门, 三部门."""
    if (
        not slot.many
        or "Agency" not in letters
        or not all(set(letters[c]) <= set(letters["Agency"]) for c in slot.classes)
    ):
        return ""
    more = tuple(words.get("andMore", ()))
    whole = [word for word in words.get("bodyGroup", ()) if word.startswith(more)] if more else []
    counted = list(words.get("countedGroup", ()))
    if not whole or not counted or "Quantity" not in letters:
        return ""
    quantity = "[" + re.escape(letters["Quantity"]) + "]"
    either = (
        "|".join(map(re.escape, sorted(group, key=lambda w: (-len(w), w))))
        for group in (whole, more, counted)
    )
    wholes, mores, nouns = either
    return f"(?:{wholes}|(?:{mores})?{quantity}(?:{nouns})?)?"


def _anchors(expression: str, words: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest list of words of which every match must hold one; empty where there is none."""
    best: tuple[str, ...] = ()
    for piece in _top_level(expression):
        found = _alternatives(piece, words)
        if found and (not best or min(map(len, found)) > min(map(len, best)) or len(found) < len(best)):
            best = found
    return best


def _top_level(expression: str) -> list[str]:
    """The required pieces of a sequence: literal runs, groups and word classes that are not optional."""
    if _split(expression, "|")[1:]:
        return [f"({expression})"]
    pieces: list[str] = []
    run = ""
    position = 0
    while position < len(expression):
        c = expression[position]
        if c in "({<":
            end = _closing(expression, position)
            if run:
                pieces.append(run)
                run = ""
            if expression[end : end + 1] != "?" and c != "{":
                pieces.append(expression[position:end])
            position = end
        elif c in "…^$?":
            if c == "?" and run:
                run = run[:-1]
            if run:
                pieces.append(run)
                run = ""
            position += 1
        else:
            run += c
            position += 1
    return [*pieces, run] if run else pieces


def _alternatives(piece: str, words: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if piece.startswith("<"):
        return tuple(words.get(piece[1:-1], ()))
    if not piece.startswith("("):
        return (piece,)
    found: list[str] = []
    for option in _split(piece[1:-1], "|"):
        inner = max(
            (alternatives for part in _top_level(option) if (alternatives := _alternatives(part, words))),
            key=lambda alternatives: min(map(len, alternatives)),
            default=(),
        )
        if not inner:
            return ()
        found.extend(inner)
    return tuple(found)


def _closing(expression: str, start: int) -> int:
    closer = {"(": ")", "{": "}", "<": ">"}[expression[start]]
    depth = 0
    for position in range(start, len(expression)):
        depth += (expression[position] == expression[start]) - (expression[position] == closer)
        if depth == 0:
            return position + 1
    return len(expression)


def _split(expression: str, separator: str) -> list[str]:
    parts = [""]
    depth = 0
    for c in expression:
        depth += (c in "({<") - (c in ")}>")
        if c == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts


_VARIABLE = re.compile(r"^\?[a-z]\w*$")
CONTEXT_VARIABLES = frozenset(
    {"?report", "?issuer", "?actor", "?subject", "?region", "?site", "?topic", "?paper", "?that"}
)


def read_templates(
    text: str, slots: Sequence[Slot], prefixes: Mapping[str, str] = MappingProxyType({})
) -> tuple[Template, ...]:
    """The facts of a ``pol:yields`` text, written like a CONSTRUCT template.

    >>> read_templates("?it a pol:Mechanism . ?it pol:carriedOutBy ?actor", [Slot("it", ("Mechanism",), False)])[1].object
    '?actor'
    """
    templates = []
    bound = {f"?{slot.name}" for slot in slots} | CONTEXT_VARIABLES
    for statement in filter(None, (part.strip() for part in re.split(r"\s\.(?:\s|$)", text + " "))):
        terms = statement.split()
        if len(terms) != 3:
            raise OntologyError(f"“{statement}” is not subject, predicate, object")
        for term in terms:
            if _VARIABLE.match(term) and term not in bound:
                raise OntologyError(f"the variable {term} is not bound by the pattern")
        subject, predicate, value = (
            expand("rdf:type") if term == "a" else term if term.startswith("?") else _expanded(term, prefixes)
            for term in terms
        )
        templates.append(Template(subject, predicate, value))
    return tuple(templates)


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    try:
        return prefixes[prefix] + local if prefix in prefixes else expand(name)
    except KeyError:
        raise OntologyError(f"the prefix of {name} is not known") from None


def patterns_from_index(
    index: TripleIndex, words: Mapping[str, Sequence[str]], letters: Mapping[str, str]
) -> tuple[Pattern, ...]:
    """Every ``pol:Pattern`` of the ontology, compiled; a pattern may have several ``pol:expression``."""
    patterns = []
    own = {name: prefixes_of(text) for name, text in index.files}
    for iri in index.instances("pol:Pattern"):
        where = index.where(iri)
        examples = tuple(
            Example(
                index.text(node, "pol:text"), tuple(_gives(text) for text in index.texts(node, "pol:gives"))
            )
            for node in index.nodes(iri, "pol:example")
        )
        for expression in index.texts(iri, "pol:expression"):
            try:
                regex, slots, anchors = compile_expression(expression, words, letters)
                templates = read_templates(
                    index.text(iri, "pol:yields"), slots, own.get(where.rpartition(":")[0], {})
                )
            except OntologyError as error:
                raise OntologyError(error.what, where=where, hint=f"pattern “{expression}”") from None
            patterns.append(
                Pattern(
                    iri, expression, compiled(regex), slots, anchors, templates, examples,
                    tuple(index.texts(iri, "pol:counterExample")), where, frozenset(index.nodes(iri, "pol:genre")),
                    frozenset(index.nodes(iri, "pol:inPassage")),
                )
            )  # fmt: skip
    return tuple(sorted(patterns, key=lambda pattern: (pattern.iri, pattern.expression)))


def _gives(text: str) -> tuple[str, str]:
    variable, _, words = text.partition("=")
    return variable.strip(), words.strip()
