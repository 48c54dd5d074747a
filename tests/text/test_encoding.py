"""Bytes in every encoding that reports come in."""

import pytest

from kg.errors import InputError
from kg.text import read_bytes
from kg.text.encoding import decode

SIMPLIFIED = "云川市2020年政府信息公开工作年度报告。全市受理申请456件，予以公开327件。"
TRADITIONAL = "雲川市政府資訊公開工作年度報告。全市受理申請四百五十六件，予以公開。"
CASES = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8"),
    (SIMPLIFIED, "gb18030", "gb18030"),
    (SIMPLIFIED, "gb2312", "gb18030"),
    (SIMPLIFIED, "utf-16", "utf-16-le"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (TRADITIONAL, "big5", "big5"),
    (TRADITIONAL, "gb18030", "gb18030"),
    (TRADITIONAL * 20, "big5", "big5"),
    (TRADITIONAL * 20, "gb18030", "gb18030"),
    (SIMPLIFIED * 20, "gb18030", "gb18030"),
    ("公开〇䶮㐂" + SIMPLIFIED, "gb18030", "gb18030"),
]


@pytest.mark.parametrize(("text", "encoding", "named"), CASES)
def test_decode(text: str, encoding: str, named: str) -> None:
    assert decode(text.encode(encoding), name="x") == (text, named)


def test_a_few_broken_bytes_do_not_hide_utf8() -> None:
    data = (SIMPLIFIED * 10).encode()
    text, encoding = decode(data[:-1] + b"\xff" + data, name="x")
    assert encoding == "utf-8"
    assert text.count("\ufffd") < 4


def test_a_few_zero_bytes_go() -> None:
    data = SIMPLIFIED.replace("，", "，\0").encode()
    assert read_bytes(data, name="x").text == SIMPLIFIED


def test_a_declaration_decides_where_it_fits() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SIMPLIFIED}</p></body></html>'
    document = read_bytes(page.encode("gb18030"), name="x")
    assert document.source.encoding == "gb18030"
    assert document.text == SIMPLIFIED


def test_a_wrong_declaration_does_not() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SIMPLIFIED}</p></body></html>'
    assert read_bytes(page.encode(), name="x").text == SIMPLIFIED


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 100, bytes(range(256)) * 20, b"\x81\xff\xfe\xfd" * 50]
)
def test_junk_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data, name="x")
