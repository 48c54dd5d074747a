"""A path or bytes become a Document; what a file is, is told by its content, not by its name, but where the two contradict each other."""

import json
import re
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError
from kg.text.assemble import assemble
from kg.text.cues import Cues
from kg.text.document import Document, Source
from kg.text.encoding import decode
from kg.text.plain import read_plain
from kg.text.raw import Raw

_ARCHIVED_PAGE = re.compile(r"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)+", re.I)
_WORD_XML = re.compile(
    r"\s*<\?xml[^>]*>\s*(?:<\?mso-application[^>]*Word|<(?:pkg:package|w:wordDocument))", re.I
)
_TRIPLES = re.compile(r"(?:\s*#.*\n)*\s*(?:@?prefix\s+[\w.-]*:\s*<|(?:<[^<>\s]+>\s+){3}\.?)", re.I)
_BINARY = {".pdf": "PDF", ".docx": "Word"}
LARGEST = 20_000_000
_MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|table|tbody|div|p|meta|span|td|tr|h[1-6])\b[^>]*>", re.I
)
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": ("an old Office file (.doc, .wps, .xls)", "save it as .docx"),
    b"{\\rtf": ("a rich text file", "save it as .docx"),
    b"\x89PNG": ("an image", "only files with a text layer can be read"),
    b"\xff\xd8\xff": ("an image", "only files with a text layer can be read"),
    b"GIF8": ("an image", "only files with a text layer can be read"),
    b"II*\x00": ("an image", "only files with a text layer can be read"),
    b"MM\x00*": ("an image", "only files with a text layer can be read"),
    b"RIFF": ("an image or sound", "only files with a text layer can be read"),
    b"%!PS": ("a PostScript file", "save it as PDF"),
    b"\x1f\x8b": ("a compressed archive", "unpack it first"),
    b"Rar!": ("a compressed archive", "unpack it first"),
    b"7z\xbc\xaf": ("a compressed archive", "unpack it first"),
}


def read(path: Path, *, cues: Cues = Cues()) -> Document:  # noqa: B008 - frozen
    """Read a file of any format. Raises ``InputError`` where it cannot be read as a report."""
    return assemble(_raw_file(path, cues), cues)


def read_bytes(data: bytes, *, name: str, cues: Cues = Cues()) -> Document:  # noqa: B008 - frozen
    """Read bytes of any format; ``name`` is used to speak of them, and to refuse text that is called a PDF.

    >>> read_bytes("一、总体情况".encode("gb18030"), name="a.txt").conversions
    ('gb18030',)
    """
    return assemble(_raw(data, name, cues), cues)


def read_text(text: str, *, name: str = "text", cues: Cues = Cues()) -> Document:  # noqa: B008 - frozen
    """Read a text that is already decoded.

    >>> read_text("截至 2024 年底,共２５件。").text
    '截至2024年底,共25件。'
    """
    if len(text) > LARGEST:
        raise InputError(f"larger than {LARGEST // 1_000_000} MB", where=name)
    data = text.encode("utf-8", "surrogatepass")
    return assemble(read_plain(text, Source(name, "text/plain", sha256(data).hexdigest(), len(data))), cues)


def source_text(source: Path | bytes) -> str:
    """The decoded source that a document's offsets lead back into."""
    return (_raw(source, "bytes", Cues()) if isinstance(source, bytes) else _raw_file(source, Cues())).text


def _raw_file(path: Path, cues: Cues) -> Raw:
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("a folder, not a file", where=where)
        if path.exists() and not path.is_file():
            raise InputError("not a regular file", where=where)
        size = path.stat().st_size
        _check_size(size, where)
        return _raw(path.read_bytes(), path.name, cues, where)
    except FileNotFoundError:
        raise InputError("no such file", where=where, hint="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read ({reason})", where=where) from None


def _check_size(size: int, where: str) -> None:
    if size == 0:
        raise InputError("the file is empty", where=where)
    if size > LARGEST:
        hint = "give the report alone"
        raise InputError(
            f"{size / 1e6:.0f} MB is more than the {LARGEST // 1_000_000} MB a report may have",
            where=where,
            hint=hint,
        )


def _raw(data: bytes, name: str, cues: Cues, where: str = "") -> Raw:
    where = where or name
    _check_size(len(data), where)
    digest = sha256(data).hexdigest()
    for magic, (what, hint) in _FOREIGN.items():
        if data.startswith(magic):
            raise InputError(f"{what} cannot be read", where=where, hint=hint)
    if b"%PDF-" in data[:1024]:
        from kg.text.pdf import read_pdf

        return read_pdf(data, Source(name, "application/pdf", digest, len(data)), where)
    if data.startswith(b"PK\x03\x04"):
        from kg.text.word import MEDIA_TYPE, read_word

        return read_word(data, Source(name, MEDIA_TYPE, digest, len(data)), where)
    text, encoding = decode(data, name=where)
    conversions = () if encoding == "utf-8" else (encoding,)
    _check_text(text, name, where)
    if _looks_like_html(text):
        from kg.text.markup import read_html

        return read_html(text, Source(name, "text/html", digest, len(data), encoding), conversions, cues)
    return read_plain(text, Source(name, "text/plain", digest, len(data), encoding), conversions)


def _check_text(text: str, name: str, where: str) -> None:
    """Refuse text that wraps another format, in which the words cannot be read as they stand, and data, which holds no sentences."""
    claimed = Path(name).suffix.lower()
    if claimed in _BINARY:
        raise InputError(
            f"not a {_BINARY[claimed]} file, whatever its name says",
            where=where,
            hint="save or download it again, or name it .txt or .html if that is what it holds",
        )
    if data := next((what for what, holds in _DATA.items() if holds(text)), ""):
        raise InputError(f"{data} and no report", where=where, hint="give the report as it was published")
    head = _ARCHIVED_PAGE.match(text[:4000])
    if head and re.search(r"^content-type:\s*multipart/related", head[0], re.I | re.M):
        raise InputError(
            "a saved web archive (.mht) cannot be read", where=where, hint="save the page as .html"
        )
    if _WORD_XML.match(text[:1000]):
        raise InputError("a Word document in XML cannot be read", where=where, hint="save it as .docx")


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_rows(text: str) -> bool:
    """Whether all lines have as many commas or tabs, and hardly a sentence ends."""
    lines = [line for line in text.splitlines() if line.strip()]
    return (
        len(lines) > 2
        and "。" not in text
        and any(len({line.count(mark) for line in lines}) == 1 and lines[0].count(mark) > 1 for mark in ",\t")
    )


def _is_triples(text: str) -> bool:
    return _TRIPLES.match(text[:2000]) is not None


_DATA = {
    "JSON data": _is_json,
    "RDF data": _is_triples,
    "rows of values (CSV)": _is_rows,
}


def _looks_like_html(text: str) -> bool:
    head = text[:200_000]
    found = _MARKUP.findall(head)
    return bool(re.match(r"\s*<(?:!doctype html|html|\?xml)", head, re.I)) or len(found) >= 3
