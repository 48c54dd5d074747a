"""Bytes become characters: byte order marks, declarations, UTF-8, then GB18030 against Big5 by plausibility."""

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I
)
_CHINESE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb-2312": "gb18030",
    "big5": "big5hkscs",
}
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_SAMPLE = 200_000
_USUAL = re.compile("[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of some bytes and the name of the encoding they were read in.

    Raises ``InputError`` where they are no text.

    >>> decode("公开".encode("gb18030"), name="a.txt")
    ('公开', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), wide
    zeros = data.count(0)
    if zeros * 20 > len(data) or len(data.translate(None, _CONTROLS)) + zeros < len(data) * 0.99:
        raise InputError("not a text file", where=name, hint="give a text, HTML, PDF or DOCX file")
    return _narrow(data, name)


def _narrow(data: bytes, name: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") * 20 < len(_HAN.findall(mended)):
        return mended, "utf-8"
    found = _DECLARED.search(data[:4096])
    declared = _CHINESE.get(found[1].decode().lower(), "") if found else ""
    scores = {encoding: _score(data, encoding) for encoding in ("gb18030", "big5hkscs")}
    if declared and scores[declared] > 0.7:
        return data.decode(declared, "replace"), _plain(declared)
    best = max(scores, key=lambda encoding: scores[encoding])
    if len(data) > 200 and abs(scores["gb18030"] - scores["big5hkscs"]) < 0.15:
        best = _second_opinion(data) or best
    if scores[best] < 0.5:
        raise InputError("no known encoding fits", where=name, hint="save it as UTF-8")
    return data.decode(best, "replace"), _plain(best)


def _plain(encoding: str) -> str:
    return "big5" if encoding.startswith("big5") else encoding


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: bytes that are zero, and pairs of bytes that make common characters."""
    head = data[: _SAMPLE // 2 * 2]
    if b"\0" not in head or len(data) % 2:
        return ""
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        shares[encoding] = len(_USUAL.findall(text)) / len(text)
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > 0.9 else ""


def _score(data: bytes, encoding: str) -> float:
    """The share of two-byte characters that are common ones, less what does not decode at all."""
    sample = data[:_SAMPLE]
    text = sample.decode(encoding, "replace")
    wide = [character for character in text if character > "\x7f"]
    if not wide:
        return 0.0
    common = sum(_common(character, encoding) for character in wide)
    return common / len(wide) - 2 * wide.count("\ufffd") / len(wide)


def _common(character: str, encoding: str) -> bool:
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef" or character in "“”‘’—…·":
        return True
    try:
        lead = character.encode("big5" if encoding == "big5hkscs" else "gb2312")[0]
    except UnicodeEncodeError:
        # Traditional characters in GBK are honest, only rarer.
        return False
    return 0xA4 <= lead <= 0xC6 if encoding == "big5hkscs" else 0xB0 <= lead <= 0xD7


def _second_opinion(data: bytes) -> str:
    match = from_bytes(data[:20_000], cp_isolation=["gb18030", "big5hkscs", "big5"]).best()
    if match is None:
        return ""
    return "big5hkscs" if match.encoding.startswith("big5") else "gb18030"
