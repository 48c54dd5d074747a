"""What a build does with new, changed, lost, broken, doubled and contending files, and after being killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pytest

from kg.build import BuildResult, Failure, Made, Progress, build, remove, reports_in, workers
from kg.build import run as run_module
from kg.build.inputs import find_inputs
from kg.errors import InputError, StoreError
from kg.store import DEFAULT, Store, open_store
from tests.build.fake_pipeline import Fake, prepare

BASE = "http://x/"
FILES = {
    "a.txt": "甲/2020\ns1 o1\ns2 o2\n",
    "b.txt": "乙/2020\ns1 o1\ns3 o3\n",
    "sub/c.TXT": "丙/2021\ns4 o4\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "in", FILES)
    return tmp_path / "in"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def run(*inputs: Path, out: Path, **options: Any) -> BuildResult:
    return build(inputs, out=out, base=BASE, prepare=prepare, **options)


def content(out: Path) -> list[str]:
    with open_store(out / "store") as store:
        named = {str(quad.triple) for quad in store.quads()}
        assert {str(quad.triple) for quad in store.quads(DEFAULT)} == named
        return [str(quad) for graph in store.graphs() for quad in sorted(store.quads(graph), key=str)]


def names(result: BuildResult) -> dict[str, list[str]]:
    return {
        "built": [one.report.removeprefix(BASE + "report/") for one in result.built],
        "unchanged": [one.report.removeprefix(BASE + "report/") for one in result.unchanged],
        "removed": [report.removeprefix(BASE + "report/") for report in result.removed],
        "failed": [Path(one.path).name for one in result.failed],
    }


def test_everything_in_a_folder_is_built_once(folder: Path, tmp_path: Path) -> None:
    result = run(folder, out=tmp_path / "out")
    assert names(result) == {
        "built": ["甲/2020", "乙/2020", "丙/2021"],
        "unchanged": [],
        "removed": [],
        "failed": [],
    }
    again = run(folder, out=tmp_path / "out")
    assert names(again)["unchanged"] == ["甲/2020", "乙/2020", "丙/2021"]
    assert again.counts["built"] == 0


def test_other_kinds_and_hidden_files_are_left_aside(folder: Path, tmp_path: Path) -> None:
    write(folder, {"notes.xlsx": "x", ".hidden.txt": "丁/2020\n", ".git/e.txt": "戊/2020\n"})
    result = run(folder, out=tmp_path / "out")
    assert [Path(path).name for path in result.skipped] == ["notes.xlsx"]
    assert result.counts["built"] == 3


def test_a_file_given_by_name_may_be_of_any_kind(folder: Path, tmp_path: Path) -> None:
    write(folder, {"report.old": "丁/2020\ns o\n"})
    assert names(run(folder / "report.old", out=tmp_path / "out"))["built"] == ["丁/2020"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_never_stops_the_others(
    folder: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_FEW", 0)
    write(folder, {"a-empty.txt": "", "a-bug.txt": "BUG\n"})
    result = run(folder, out=tmp_path / "out", jobs=jobs)
    assert names(result)["built"] == ["甲/2020", "乙/2020", "丙/2021"]
    assert names(result)["failed"] == ["a-bug.txt", "a-empty.txt"]
    bug, empty = (failure.message for failure in result.failed)
    assert "ValueError a mistake in the program" in bug
    assert empty.endswith("a-empty.txt: nothing in it")


def test_a_file_that_kills_its_process_is_named(folder: Path, tmp_path: Path) -> None:
    write(folder, {"a-crash.txt": "CRASH\n", **{f"z{n}.txt": f"己/{n}\ns{n} o\n" for n in range(4)}})
    result = run(folder, out=tmp_path / "out", jobs=2)
    assert names(result)["failed"] == ["a-crash.txt"]
    assert result.counts["built"] == 7


def test_a_program_that_no_process_can_import_builds_in_its_own(folder: Path, tmp_path: Path) -> None:
    """As from a console or a pipe: processes start with the caller's file, and there is none."""
    write(folder, {f"z{n}.txt": f"己/{n}\ns{n} o\n" for n in range(4)})
    program = (
        "from pathlib import Path\nfrom tests.build.test_build import run\n"
        f"print(run(Path({str(folder)!r}), out=Path({str(tmp_path / 'out')!r}), jobs=2).counts['built'])\n"
    )
    done = subprocess.run([sys.executable, "-"], input=program, text=True, capture_output=True, check=True)
    assert done.stdout.strip() == "7"


@pytest.mark.parametrize(("files", "processes"), [(3, 1), (30, 2)])
def test_without_jobs_a_few_files_start_no_processes(
    files: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def pooled(
        chunks: deque[Sequence[Path]], pipeline: Any, work: workers.Work, jobs: int
    ) -> Iterator[Made | Failure]:
        asked.append(jobs)
        for chunk in chunks:
            yield from (Failure(str(path), "") for path in chunk)
        chunks.clear()

    monkeypatch.setattr(workers, "_pooled", pooled)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    work = workers.Work(prepare, (), "http://x/")
    paths = [Path(f"{n}.txt") for n in range(files)]
    assert len(list(workers.make_all(paths, prepare((), "http://x/"), work, None))) == files
    assert (asked or [1]) == [processes]


def test_jobs_and_batches_change_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {f"z{n}.txt": f"己/{n}\ns{n} o\n" for n in range(5)})
    run(folder, out=tmp_path / "one")
    monkeypatch.setattr(run_module, "BATCH", 1)
    run(folder, out=tmp_path / "two", jobs=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"a.txt": "甲/2020\ns9 o9\n"}, {"built": ["甲/2020"], "removed": []}),
        ({"a.txt": "丁/2020\ns1 o1\n"}, {"built": ["丁/2020"], "removed": ["甲/2020"]}),
        ({"a.txt": ""}, {"built": [], "removed": ["甲/2020"], "failed": ["a.txt"]}),
        ({"a.txt": None, "d.txt": "丁/2020\n"}, {"built": ["丁/2020"], "removed": ["甲/2020"]}),
        ({"a.txt": None, "d.txt": FILES["a.txt"]}, {"built": [], "removed": [], "failed": []}),
        ({"d.txt": "甲/2020\ns9 o9\n"}, {"built": [], "removed": [], "failed": ["d.txt"]}),
        ({"0.txt": "甲/2020\ns9 o9\n"}, {"built": ["甲/2020"], "removed": [], "failed": ["a.txt"]}),
        ({"0.txt": FILES["a.txt"]}, {"built": [], "removed": [], "failed": []}),
    ],
)
def test_after_any_change_the_store_is_as_if_built_afresh(
    folder: Path, tmp_path: Path, change: dict[str, str | None], expected: dict[str, list[str]]
) -> None:
    run(folder, out=tmp_path / "out")
    write(folder, {name: text for name, text in change.items() if text is not None})
    for name in (name for name, text in change.items() if text is None):
        (folder / name).unlink()
    result = run(folder, out=tmp_path / "out")
    assert {key: value for key, value in names(result).items() if key in expected} == expected
    run(folder, out=tmp_path / "fresh")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_another_ontology_builds_all_again(folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "out")
    assert run(folder, out=tmp_path / "out", extensions=["more"]).counts["built"] == 3
    run(folder, out=tmp_path / "fresh", extensions=["more"])
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_inputs_of_other_builds_are_left_alone(folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "out")
    write(tmp_path / "more", {"d.txt": "丁/2020\ns o\n"})
    assert names(run(tmp_path / "more", out=tmp_path / "out"))["removed"] == []
    with open_store(tmp_path / "out" / "store") as store:
        assert len(reports_in(store)) == 4


def test_same_bytes_twice_are_a_duplicate_and_same_report_twice_a_failure(
    folder: Path, tmp_path: Path
) -> None:
    write(folder, {"copy.txt": FILES["a.txt"], "other.txt": "甲/2020\ns9 o9\n"})
    result = run(folder, out=tmp_path / "out")
    assert [(Path(one.path).name, Path(one.original).name) for one in result.duplicates] == [
        ("copy.txt", "a.txt")
    ]
    (failure,) = result.failed
    assert "same report as" in failure.message
    assert str(folder / "a.txt") in failure.message


def test_a_file_that_gave_no_report_is_read_again_once_it_or_the_ontology_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    call = Fake.__call__

    def told(self: Fake, path: Path) -> Made:
        read.append(path.name)
        return call(self, path)

    monkeypatch.setattr(Fake, "__call__", told)
    bad = {"empty.txt": "", "other.txt": "甲/2020\ns9 o9\n", "bug.txt": "BUG\n"}
    write(folder, bad)
    first = run(folder, out=tmp_path / "out")
    read.clear()
    again = run(folder, out=tmp_path / "out")
    assert read == ["bug.txt"]  # a mistake of the program may be one of the moment
    assert again.failed == first.failed
    read.clear()
    run(folder, out=tmp_path / "out", extensions=["x"])
    assert set(read) == {"a.txt", "b.txt", "c.TXT", *bad}
    write(folder, {"empty.txt": "丁/2022\ns o\n", "a.txt": "戊/2020\ns1 o1\n"})
    read.clear()
    mended = run(folder, out=tmp_path / "out", extensions=["x"])
    assert set(read) == {"a.txt", "bug.txt", "empty.txt", "other.txt"}  # what stood before other.txt is gone
    assert names(mended)["failed"] == ["bug.txt"]
    assert names(mended)["built"] == ["戊/2020", "丁/2022", "甲/2020"]


def test_a_lost_journal_or_store_costs_time_only(folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "out")
    before = content(tmp_path / "out")
    (tmp_path / "out" / "store.journal").unlink()
    assert run(folder, out=tmp_path / "out").counts["built"] == 3
    assert content(tmp_path / "out") == before
    shutil.rmtree(tmp_path / "out" / "store")
    assert run(folder, out=tmp_path / "out").counts["built"] == 3
    assert content(tmp_path / "out") == before


def test_progress_counts_every_input(folder: Path, tmp_path: Path) -> None:
    write(folder, {"0.txt": "", "copy.txt": FILES["a.txt"]})
    seen: list[Progress] = []
    run(folder, out=tmp_path / "out", progress=seen.append)
    assert [one.done for one in seen] == [1, 2, 3, 4, 5]
    assert {one.total for one in seen} == {5}
    assert sorted(one.outcome for one in seen) == ["built", "built", "built", "duplicate", "failed"]


@pytest.mark.parametrize("kind", ["nothing", "missing", "empty folder"])
def test_nothing_to_read_is_an_error(tmp_path: Path, kind: str) -> None:
    (tmp_path / "empty").mkdir()
    inputs = {"nothing": [], "missing": [tmp_path / "none"], "empty folder": [tmp_path / "empty"]}[kind]
    with pytest.raises(InputError, match=r"no report found|no such file"):
        run(*inputs, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_two_builds_at_once_are_refused(folder: Path, tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "out" / "store", writable=True),
        pytest.raises(StoreError, match="locked by another build"),
    ):
        run(folder, out=tmp_path / "out")


@pytest.mark.parametrize("steps", [*range(0, 40, 3), 10_000])
def test_a_build_killed_anywhere_is_completed_by_the_next(folder: Path, tmp_path: Path, steps: int) -> None:
    out = tmp_path / "out"
    run(folder, out=out)
    write(
        folder, {"a.txt": "甲/2020\ns1 o1\ns9 o9\n", "b.txt": "庚/2020\ns3 o3\n", "e.txt": "戊/2020\ns1 o1\n"}
    )
    (folder / "sub" / "c.TXT").unlink()
    command = [sys.executable, "-m", "tests.build.fake_pipeline", str(folder), str(out), str(steps)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == (0 if steps == 10_000 else -signal.SIGKILL)
    content(out)  # the store opens, and its default graph is the union
    run(folder, out=out)
    run(folder, out=tmp_path / "fresh")
    assert content(out) == content(tmp_path / "fresh")


def test_removing_a_report_leaves_what_others_say(folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "out")
    with open_store(tmp_path / "out" / "store", writable=True) as store:
        assert remove("甲/2020", store) == f"{BASE}report/甲/2020"
        assert store.query("ASK { <http://x/s1> ?p ?o }")
        assert not store.query("ASK { <http://x/s2> ?p ?o }")
        assert reports_in(store) == (f"{BASE}report/丙/2021", f"{BASE}report/乙/2020")
    assert names(run(folder, out=tmp_path / "out"))["built"] == ["甲/2020"]


@pytest.mark.parametrize(
    ("name", "found"),
    [("乙/2020", "乙/2020"), (f"{BASE}report/乙/2020", "乙/2020"), ("丙", "丙/2021"), ("甲/20", "甲/2020")],
)
def test_a_report_is_found_by_iri_name_or_part(folder: Path, tmp_path: Path, name: str, found: str) -> None:
    run(folder, out=tmp_path / "out")
    with open_store(tmp_path / "out" / "store", writable=True) as store:
        assert remove(name, store) == f"{BASE}report/{found}"


@pytest.mark.parametrize(
    ("name", "words"), [("2020", "fits 2 reports"), ("丙/2022", "did you mean"), ("", "no report")]
)
def test_a_report_not_found_or_not_clear_says_so(folder: Path, tmp_path: Path, name: str, words: str) -> None:
    run(folder, out=tmp_path / "out")
    with (
        open_store(tmp_path / "out" / "store", writable=True) as store,
        pytest.raises(InputError, match=words),
    ):
        remove(name, store)


def test_building_all_again_keeps_graphs_of_other_origin(folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "out")
    with open_store(tmp_path / "out" / "store", writable=True) as store:
        store.update("INSERT DATA { GRAPH <http://x/mine> { <http://x/s1> <http://x/p> 'mine' } }")
    assert run(folder, out=tmp_path / "out", extensions=["more"]).counts["built"] == 3
    with open_store(tmp_path / "out" / "store") as store:
        assert store.query("ASK { <http://x/s1> <http://x/p> 'mine' }")
    content(tmp_path / "out")


def test_what_a_build_writes_is_no_input(folder: Path, tmp_path: Path) -> None:
    run(folder, out=folder / "build")
    write(folder, {"build/graph.html": "己/2020\n"})
    assert run(folder, out=folder / "build").counts == {
        "built": 0, "unchanged": 3, "removed": 0, "failed": 0, "duplicates": 0, "skipped": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    "tail", ['["http://x/report/甲/20', "\n\n", "[]\n", "7\n", '["a", "b", "c", "d"]\n', "\0\n"]
)
def test_a_torn_journal_is_read_as_far_as_it_goes(folder: Path, tmp_path: Path, tail: str) -> None:
    run(folder, out=tmp_path / "out")
    with (tmp_path / "out" / "store.journal").open("a", encoding="utf-8") as journal:
        journal.write(tail)
    assert run(folder, out=tmp_path / "out").counts["unchanged"] == 3


def test_a_journal_that_cannot_be_written_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "store.journal").mkdir(parents=True)
    with pytest.raises(StoreError, match="journal"):
        run(folder, out=tmp_path / "out")


def test_a_pipe_is_not_waited_for(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    result = run(folder, tmp_path / "pipe.txt", out=tmp_path / "out")
    assert [failure.message.partition(": ")[2] for failure in result.failed] == [
        "not a regular file; give a file or a folder"
    ]
    assert result.counts["built"] == 3


def test_a_path_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    there = tmp_path / "a.txt"
    there.write_text("report a", encoding="utf-8")
    found = find_inputs([tmp_path / "none.txt", there])
    assert found.files == (there.resolve(),)
    assert found.missing == (tmp_path / "none.txt",)


@pytest.mark.parametrize(
    ("act", "due"),
    [
        ("nothing", []),
        ("a changed file", [{"甲/2020", "甲/2021"}]),
        ("a file less", [{"丙/2021"}]),
        ("a report taken out", [{"甲/2020", "甲/2021"}]),
        ("another writer", [None]),
        ("another ontology", [None]),
        ("a build killed", [None]),
    ],
)
def test_only_what_stands_beside_a_change_is_looked_at_again(
    folder: Path, tmp_path: Path, act: str, due: list[set[str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write(folder, {"a2.txt": "甲/2021\ns1 o1\n"})
    run(folder, out=out)
    match act:
        case "a changed file":
            write(folder, {"a.txt": "甲/2020\ns9 o9\n"})
        case "a file less":
            (folder / "sub" / "c.TXT").unlink()
        case "a report taken out":
            with open_store(out / "store", writable=True) as store:
                remove("甲/2020", store)
        case "another writer":
            open_store(out / "store", writable=True).close()
        case "a build killed":
            command = [sys.executable, "-m", "tests.build.fake_pipeline", str(folder), str(out), "0"]
            subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    asked: list[set[str] | None] = []
    plain = Fake.finish

    def finish(self: Fake, store: Store, due: Set[str] | None) -> Iterator[Mapping[str, bytes]]:
        asked.append(None if due is None else {report.removeprefix(f"{BASE}report/") for report in due})
        yield from plain(self, store, due)

    monkeypatch.setattr(Fake, "finish", finish)
    extensions = ["more"] if act == "another ontology" else []
    run(folder, out=out, extensions=extensions)
    assert asked == due
    run(folder, out=tmp_path / "fresh", extensions=extensions)
    assert content(out) == content(tmp_path / "fresh")
