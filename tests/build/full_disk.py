"""A build, and then an export, on a disk that is too small, and again when it has grown; to be started with ``unshare -Urm``.

``python -m tests.build.full_disk FOLDER MEGABYTES``: prints the code each command ended with, and what it said, and at the end the
digest of the store's N-Quads.
"""

import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.build.killed import write

_LARGE = 400  # MB that are enough


def main(folder: Path, size: int) -> Iterator[str]:
    """A line for each command."""
    reports, disk = folder / "reports", folder / "disk"
    write(reports, {("青渡市人民政府", year): 1 for year in (2021, 2022)})
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(disk)], check=True)
    yield _kg("build", str(reports), "--out", str(disk / "out"))
    _resize(disk, _LARGE)
    yield _kg("build", str(reports), "--out", str(disk / "out"))
    used = sum(path.stat().st_blocks * 512 for path in disk.rglob("*")) >> 20
    _resize(disk, used + 4)
    export = ["export", "--store", str(disk / "out" / "store"), "--output", str(disk / "all.nq")]
    yield _kg(*export)
    yield f"{(disk / 'all.nq').exists()}\t{[path.name for path in disk.iterdir()]}"
    _resize(disk, _LARGE)
    yield _kg(*export)
    yield sha256((disk / "all.nq").read_bytes()).hexdigest()


def _kg(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments], check=False, capture_output=True, text=True
    )
    return f"{done.returncode}\t{done.stderr.strip()}"


def _resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}m", str(disk)], check=True)


if __name__ == "__main__":
    for line in main(Path(sys.argv[1]), int(sys.argv[2])):
        print(line, flush=True)
