"""A query that a writer took the files from is put again; one that only asks too much is not."""

import os
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.serve import Limits, Settings
from kg.serve.pool import Pool
from kg.serve.refusal import Refused
from kg.store import OxigraphStore, Store
from tests.serve.conftest import alone, filled

LINE = b"<http://example.org/new> <http://example.org/p> <http://example.org/o> <http://example.org/new> .\n"


def ends(_: Store, tried: str) -> int:
    """Ends its process, as the engine does without memory."""
    with Path(tried).open("a") as file:
        file.write("x")
    os.abort()


def ends_once(store: Store, folder: str, tried: str) -> int:
    """Ends its process the first time, while another writes to the store; then says how many graphs there are."""
    if not Path(tried).exists():
        written(folder, tried)
        os.abort()
    return len(store.graphs())


def breaks_once(store: Store, folder: str, tried: str) -> int:
    """Cannot read the first time, while another writes to the store; then says how many graphs there are."""
    if not Path(tried).exists():
        written(folder, tried)
        raise StoreError("a file is gone")
    return len(store.graphs())


def written(folder: str, tried: str) -> None:
    Path(tried).touch()
    with OxigraphStore(folder, writable=True) as store:
        store.add({"http://example.org/new": LINE})


def aged(folder: Path) -> None:
    """Written to long ago."""
    for path in (*folder.iterdir(), folder):
        os.utime(path, (1_000_000_000, 1_000_000_000))


async def asked(folder: Path, function: object, *arguments: object) -> object:
    pool = Pool(Settings(str(folder), Limits(workers=1)))
    await pool.open()
    aged(folder)
    try:
        return await pool.call(function, *arguments)  # type: ignore[arg-type]
    finally:
        await pool.close()


@pytest.mark.parametrize("function", [ends_once, breaks_once])
def test_it_is_put_again_where_the_store_was_written_to(tmp_path: Path, function: object) -> None:
    folder = filled(tmp_path / "store")
    assert alone(asked(folder, function, str(folder), str(tmp_path / "tried"))) == 4


def test_it_is_put_once_where_the_store_stood_still(tmp_path: Path) -> None:
    folder, tried = filled(tmp_path / "store"), tmp_path / "tried"
    with pytest.raises(Refused) as error:
        alone(asked(folder, ends, str(tried)))
    assert error.value.refusal.status == 503
    assert tried.read_text() == "x"
