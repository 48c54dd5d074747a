"""What is fuzzed: each target takes bytes, and has seeds and pieces to change them with."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from fuzz.pieces import HTML, PATTERN, PDF, SPARQL, TEXT, TURTLE, WORD
from kg.check import check
from kg.extract.extract import Extractor
from kg.query import ask, check_syntax, parse_query
from kg.query.tokens import substitute, tokens, variables
from kg.schema import Ontology, load_ontology
from kg.schema.index import load_texts
from kg.schema.ontology import ontology_from_index, slot_letters
from kg.schema.pattern import compile_expression, read_templates
from kg.schema.regions import Regions
from kg.store import MemoryStore
from kg.terms import Mint
from kg.text import read_bytes
from tests.generator.whole import make

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Target:
    """One door of the program."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    pieces: Sequence[bytes]
    share: int  # of a hundred inputs


@cache
def ontology() -> Ontology:
    """The core ontology, read when the first input needs it."""
    return load_ontology()


@cache
def _extractor() -> Extractor:
    return Extractor.of(ontology())


@cache
def _small() -> Ontology:
    """An ontology of a few classes and words, which can be read again with each input."""
    return _with(SMALL)


@cache
def _no_regions() -> Regions:
    return Regions.from_index(load_texts([]))


def _with(*texts: str) -> Ontology:
    index = load_texts((f"{number}.ttl", text) for number, text in enumerate(texts))
    return ontology_from_index(index, _no_regions())


SMALL = """@prefix pol: <https://w3id.org/policy-kg/ontology#> .
@prefix word: <https://w3id.org/policy-kg/word/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
pol:Agency a owl:Class . pol:Government a owl:Class ; rdfs:subClassOf pol:Agency .
pol:Platform a owl:Class . pol:Mechanism a owl:Class . pol:Policy a owl:Class .
word:establish a pol:WordClass ; pol:word "建立" , "设立" . word:issue a pol:WordClass ; pol:word "印发" .
word:platformHead a pol:WordClass ; pol:word "平台" , "网站" .
"""


# ---------------------------------------------------------------- readers


def _read(data: bytes) -> None:
    read_bytes(data, name="input", cues=ontology().cues)


def _reports(kind: str, count: int) -> list[bytes]:
    return [make(seed, kind=kind).data for seed in range(count)]


def _text_seeds() -> list[bytes]:
    found = _reports("txt", 12)
    words = found[0].decode("utf-8", "ignore")
    wide = [
        words[:400].encode(name, "ignore")
        for name in ("gb18030", "big5hkscs", "utf-16", "utf-32", "utf-16-le")
    ]
    return [*found, *wide, b"\xef\xbb\xbf" + words.encode()[:600]]


def _html(data: bytes) -> None:
    _read(b"<!doctype html>" + data)


def _docx(data: bytes) -> None:
    _read(b"PK\x03\x04" + data.removeprefix(b"PK\x03\x04"))


PARTS = (
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "docProps/core.xml",
    "[Content_Types].xml",
)


@cache
def _members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(make(1, kind="docx").data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: bytes) -> bytes:
    """A DOCX file in which the first byte of the input chooses the part that the others are."""
    if not data:
        return b""
    members = dict(_members())
    members[PARTS[data[0] % len(PARTS)]] = data[1:]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _docx_part(data: bytes) -> None:
    _read(packed(data))


def _part_seeds() -> list[bytes]:
    found = []
    for seed in range(4):
        with zipfile.ZipFile(io.BytesIO(make(seed, kind="docx").data)) as archive:
            body = archive.read(PARTS[0])
        found.append(b"\0" + body[:6000] + b"</w:t></w:r></w:p></w:body></w:document>")
    found += [bytes([number]) + _members()[name] for number, name in enumerate(PARTS) if name in _members()]
    return [seed[:40_000] for seed in found]


def _pdf(data: bytes) -> None:
    _read(b"%PDF-1.4\n" + data.removeprefix(b"%PDF-1.4\n"))


def _pdf_seeds() -> list[bytes]:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    found = []
    for pages, grid in ((1, False), (2, True), (1, True)):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pageCompression=0, invariant=True)
        for number in range(pages):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(50, 700, f"一、总体情况：{number + 2019}年公开信息12条。")
            if grid:
                canvas.grid([50, 150, 250], [500, 520, 540])
                canvas.drawString(55, 505, "规章 0 14")
            canvas.showPage()
        canvas.save()
        found.append(buffer.getvalue())
    return found


# ---------------------------------------------------------------- patterns, Turtle, queries


@cache
def _letters() -> dict[str, str]:
    return dict(slot_letters(_small().model))


_SENTENCE = "建立" * 20 + "、和" * 30 + "（平台）" + "A" * 200 + "，" + "印发" * 40 + "。"


def _pattern(data: bytes) -> None:
    expression, _, template = data.decode("utf-8", "surrogateescape").partition("\0")
    regex, slots, _ = compile_expression(expression, _small().words, _letters())
    import re

    for text in (_SENTENCE, "".join(_letters().values()) * 8):
        next(re.finditer(regex, text), None)
    read_templates(template, slots)


def _pattern_seeds() -> list[bytes]:
    expressions = [one.expression for one in ontology().patterns][::6]
    return [
        one.encode() + b"\0?report a pol:Report . ?it pol:carriedOutBy ?actor"
        for one in (
            "<establish>…{?it:Platform}", "({?a:Agency+}|{?b:Policy})……[?c (建立|设立)平?台]$", "^{?v:Quantity}(、{?w:Text})?", *expressions,
        )
    ]  # fmt: skip


def _turtle(data: bytes) -> None:
    _with(SMALL, data.decode("utf-8", "replace"))


def _turtle_seeds() -> list[bytes]:
    files = sorted((_ROOT / "ontology").rglob("*.ttl"))
    texts = [
        path.read_bytes() for path in files if path.name not in ("regions.ttl", "codes.ttl", "shapes.ttl")
    ]
    heads = [text[: text.rfind(b"\n\n", 0, 5000) + 1] for text in texts]
    tails = [
        b"\n".join(line for line in text.split(b"\n") if line.startswith(b"@prefix"))
        + b"\n"
        + text[text.rfind(b"\n\n", 0, -1500) :]
        for text in texts
    ]
    return [*(head for head in heads if head), *(tail for tail in tails if len(tail) < 9000)]


def _query(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    assert "".join(token.text for token in tokens(text)) == text
    names = sorted(variables(text))
    substitute(text, dict.fromkeys(names[:2], '"x"'))
    query = parse_query(text, name="input")
    check_syntax(query)
    ask(MemoryStore(), query, {one.name: one.default or "2020" for one in query.parameters})


def _query_seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted((_ROOT / "queries").rglob("*.rq"))]


# ---------------------------------------------------------------- the whole way


def _whole(data: bytes) -> None:
    document = read_bytes(data, name="input", cues=ontology().cues)
    extraction = _extractor().extract(document, Mint())
    for fact in extraction.facts:
        assert all(0 <= span.start <= span.end <= len(document.text) for span in fact.evidence)
    check(document, extraction, ontology())


def _whole_seeds() -> list[bytes]:
    random = Random("fuzz")
    found = []
    for kind in ("txt", "html", "txt", "txt"):
        for seed in range(6):
            text = make(seed, kind=kind).data
            start = random.randint(0, len(text) // 2)
            found.append(text[start : start + 1500] if kind == "txt" else text)
    return [*found, *(text[:600] for text in _reports("txt", 6))]


TARGETS = {
    "pattern": Target(_pattern, _pattern_seeds, PATTERN, 25),
    "query": Target(_query, _query_seeds, SPARQL, 22),
    "turtle": Target(_turtle, _turtle_seeds, TURTLE, 14),
    "text": Target(_read, _text_seeds, TEXT, 14),
    "html": Target(_html, lambda: _reports("html", 8), HTML, 8),
    "docx": Target(_docx, lambda: _reports("docx", 3), WORD, 4),
    "docx-part": Target(_docx_part, _part_seeds, WORD, 5),
    "pdf": Target(_pdf, _pdf_seeds, PDF, 4),
    "whole": Target(_whole, _whole_seeds, [*TEXT, *HTML[:12]], 4),
}
