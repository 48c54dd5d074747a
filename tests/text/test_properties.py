"""What must hold of every document, whatever the input."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text import Cues, Document, Span, read_bytes, read_text
from kg.text.traced import Traced

IN_PLACE = ("lost", "mixed-width", "full-width")  # what stays in the body and is only told of

_CUES = Cues(
    spam=("官网",),
    spam_tail=("体育", "登录"),
    genuine=("政府",),
    navigation=("来源", "发布时间"),
    buttons=("打印", "大"),
    footer=("版权所有",),
    section_titles=("总体情况",),
    table_rows=("予以公开",),
    lost=("习新",),
    document_nouns=("报告",),
)
_PIECES = [
    "一、总体情况",
    "（一）",
    "(二)",
    "1.",
    "一是",
    "；",
    "。",
    "，",
    ",",
    "\n",
    "\r\n",
    "　",
    " ",
    "\t",
    "|",
    "２０２０",
    "2020年",
    "国办发[2020]17号",
    "〔202130号",
    "《",
    "》",
    "<条例>",
    "“",
    "”",
    '"',
    "「",
    "」",
    "製度",
    "資訊",
    "於",
    "報(bào)",
    "⺠",
    "㈠",
    "①",
    "abc官网",
    "。abc体育\n",
    "来源：本局\n",
    "打印\n",
    "- 3 -\n",
    "版权所有",
    "\u200b",
    "\ufffd",
    "\ud800",
    "3.5%",
    "25,000",
    "二○二○年",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "<td rowspan=2>",
    "&nbsp;",
    "&#20013;",
    "<!--",
    "<script>",
    "习新时代",
    "12件",
    "!",
    "a",
]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
some = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(document: Document, source: str) -> None:
    text = document.text
    assert len(document.folded) == len(text)
    assert [mark == "\n" for mark in document.folded] == [mark == "\n" for mark in text]
    assert len(document.offsets.starts) == len(document.offsets.ends) == len(text)
    assert 0 <= document.body.start <= document.body.end <= len(text)
    for start, end in zip(document.offsets.starts, document.offsets.ends, strict=True):
        assert 0 <= start <= end <= len(source)
    body = list(document.offsets.starts)[: document.body.end]
    assert all(a <= b for a, b in pairwise(body)), "text without tables keeps the order of its source"
    spans = [
        *document.sentences,
        *(page.span for page in document.pages),
        *(noise.span for noise in document.noise),
    ]
    spans += [part for section in document.sections for part in (section.heading, section.span)]
    assert all(span.end <= len(text) for span in spans)
    assert all(span.of(text).strip() == span.of(text) != "" for span in document.sentences)
    assert all(a.end <= b.start for a, b in pairwise(document.sentences))
    assert all(span.end <= document.body.end for span in document.sentences)
    for index, section in enumerate(document.sections):
        assert section.span.covers(section.heading)
        assert -1 <= section.parent < index
        if section.parent >= 0:
            assert document.sections[section.parent].span.covers(section.span)
    for table in document.tables:
        for cell in table.cells:
            assert cell.span.of(text) == cell.text
            assert table.span.covers(cell.span)
            assert cell.row + cell.rowspan <= table.rows
            assert cell.column + cell.colspan <= table.columns
            assert not any(sentence.overlaps(cell.span) for sentence in document.sentences)
    for noise in document.noise:
        assert 0 <= noise.at <= document.body.end
        assert (noise.kind in IN_PLACE) == (noise.span.end <= document.body.end)
    assert not any(0xD800 <= ord(character) < 0xE000 for character in text)


def one_line(error: InputError) -> None:
    assert "\n" not in str(error)


@some
@given(texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read_text(text, cues=_CUES)
    except InputError as error:
        one_line(error)
        return
    check(document, text)


@some
@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    try:
        first = read_text(text, cues=_CUES)
    except InputError:
        return
    assert first == read_text(text, cues=_CUES)


@some
@given(st.lists(st.sampled_from("工作报告，。；总体情况公开信息"), min_size=1, max_size=80).map("".join))
def test_a_plain_character_leads_back_to_itself(text: str) -> None:
    document = read_text(text)
    for at, character in enumerate(document.text):
        if character != "\n":
            assert document.offsets.to_source(Span(at, at + 1)).of(text) == character


@some
@given(st.one_of(st.binary(max_size=300), texts.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_bytes(data, name="x", cues=_CUES)
    except InputError as error:
        one_line(error)
        return
    assert len(document.folded) == len(document.text)


@some
@given(
    st.sampled_from(
        [b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<html><body>", b"\xff\xfe", b"\xef\xbb\xbf"]
    ),
    st.binary(max_size=200),
)
def test_a_promising_beginning_is_no_reason_to_crash(head: bytes, rest: bytes) -> None:
    try:
        read_bytes(head + rest, name="x", cues=_CUES)
    except InputError as error:
        one_line(error)


@some
@given(texts.filter(bool), st.data())
def test_edits_keep_the_places_of_what_they_leave(text: str, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [(a, b, data.draw(st.text(max_size=4))) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    traced = Traced.of(text).edit(edits)
    assert len(traced.text) == len(traced.starts) == len(traced.ends)
    touched = {at for a, b, _ in edits for at in range(a, b)}
    kept = [at for at in range(len(text)) if at not in touched]
    places = list(zip(traced.starts, traced.ends, strict=True))
    assert all((at, at + 1) in places for at in kept)
