"""Small files that would grow large, nest deeply or never end: each is read or refused in one line, in a process with little memory."""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.judge import judge
from fuzz.targets import packed
from kg.build.inputs import find_inputs
from kg.errors import KgError
from kg.text import read, read_bytes
from kg.text.pdf_forms import draws_too_much

_MEMORY = 3_000_000_000
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _word(body: str, head: str = "") -> bytes:
    return packed(
        b"\0" + f"{head}<w:document xmlns:w='{_SPACE}'><w:body>{body}</w:body></w:document>".encode()
    )


def _nested(levels: int) -> bytes:
    data = b"0" * 100_000
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip", data)
        data = buffer.getvalue()
    return data


def _zeros() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(210):
            member.write(b"0" * 1_000_000)
    return buffer.getvalue()


def _pdf(*draws: str) -> bytes:
    """A PDF of one page that draws the first of some forms, A, B, C, …; each form draws what it says."""
    names = " ".join(f"/{chr(65 + at)} {4 + at} 0 R" for at in range(len(draws)))
    resources = f"/Resources << /XObject << {names} >> >>"
    form = f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] {resources}"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} /Contents {4 + len(draws)} 0 R >>",
        *(f"<< /Length {len(one)} {form} >>\nstream\n{one}\nendstream" for one in draws),
        "<< /Length 5 >>\nstream\n/A Do\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(f"{len(out):010} 00000 n \n")
        out += f"{number} 0 obj\n{one}\nendobj\n"
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}"
    return f"{out}{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


_ENTITIES = (
    "<!DOCTYPE w [<!ENTITY a0 '公开公开'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
BOMBS: dict[str, Callable[[], bytes]] = {
    "a line of blanks": lambda: b" " * 300_000 + "公开".encode(),
    "a line of wide blanks": lambda: "公开".encode() + "　".encode() * 100_000,
    "brackets": ("（" * 60_000).encode,
    "quotation marks": ("“" * 60_000).encode,
    "titles": ("《" * 60_000).encode,
    "bars": lambda: b"a|" * 60_000,
    "no bytes of GB18030": lambda: ("政府信息公开" * 50).encode("gb18030") + b"\xff\xff" + ("政府信息" * 50).encode("gb18030"),
    "zeros": lambda: "公开\0信息".encode() * 500,
    "HTML nested": lambda: b"<html>" + b"<div>" * 100_000 + "公开".encode(),
    "cells that span much": lambda: b"<html><table><tr>" + b"<td rowspan=65534 colspan=1000>a" * 50,
    "archives in archives": lambda: _nested(6),
    "much when unpacked": _zeros,
    "entities of entities": lambda: _word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _ENTITIES),
    "forms that draw each other": lambda: _pdf("/A Do /B Do", "/A Do /B Do"),
    "forms that double": lambda: _pdf(*(f"/{chr(65 + at)} Do /{chr(65 + at)} Do" for at in range(1, 26)), "n"),
    "forms by names in codes": lambda: _pdf("/#41 Do /#41 %\n Do"),
    "tables in tables": lambda: _word("<w:tbl><w:tr><w:tc><w:p/>" * 60 + "</w:tc></w:tr></w:tbl>" * 60),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_in_one_line(name: str) -> None:
    data = BOMBS[name]()
    command = [sys.executable, "-c", "from tests.fuzz.test_bombs import child; child()"]
    done = subprocess.run(
        command, input=data, capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert json.loads(done.stdout) is None


def child() -> None:
    """Read what comes in with little memory, and tell what was wrong with the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found = judge(lambda data: read_bytes(data, name="bomb"), sys.stdin.buffer.read())
    print(json.dumps(found and f"{found.kind} at {found.place}: {found.words}"))


def test_a_folder_with_a_loop_and_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("公开", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    found = find_inputs([tmp_path], out=tmp_path / "build")
    assert tmp_path / "a\nb.txt" in found.files
    with pytest.raises(KgError, match="not a regular file"):
        read(tmp_path / "pipe.txt")


def test_forms_are_counted_before_they_are_drawn() -> None:
    for name in ("forms that draw each other", "forms that double", "forms by names in codes"):
        with pytest.raises(KgError, match="draw each other without end"):
            read_bytes(BOMBS[name](), name="a.pdf")
    with pytest.raises(KgError, match="without a text layer"):
        read_bytes(_pdf("/B Do /B Do", "/C Do /C Do", "n"), name="a.pdf")
    assert not draws_too_much(_pdf("/A Do"), 1)  # which ends where drawing ends
