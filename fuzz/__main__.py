"""``python -m fuzz --runs N [--target NAME] [--out FOLDER]``: each target in a process of its own, and what came of it."""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path

_MEMORY = 6_000_000_000  # bytes of addresses that a process may ask for


def main() -> int:
    """Run the targets, tell the counts and the finds; the exit code tells whether there are any."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=1000, help="inputs over all targets, or of the one that is named"
    )
    parser.add_argument("--target", help="one target alone")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--plain", action="store_true", help="random mutations, also where atheris is installed"
    )
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _child(given.target, given.runs, given.out, given.seed, plain=given.plain)
    from fuzz.targets import TARGETS

    if given.target and given.target not in TARGETS:
        parser.error(f"no target {given.target}; one of {', '.join(TARGETS)}")
    shares = (
        {given.target: given.runs}
        if given.target
        else {name: max(1, given.runs * target.share // 100) for name, target in TARGETS.items()}
    )
    return max([_told(name, runs, given) for name, runs in shares.items()])


def _told(name: str, runs: int, given: argparse.Namespace) -> int:
    given.out.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "fuzz",
        "--child",
        "--target",
        name,
        "--runs",
        str(runs),
        "--out",
        str(given.out),
        "--seed",
        str(given.seed),
    ]
    (given.out / f"{name}.json").unlink(missing_ok=True)
    with (given.out / f"{name}.log").open("wb") as log:
        code = subprocess.run(
            [*command, *(["--plain"] if given.plain else [])], check=False, stdout=log, stderr=log
        ).returncode
    summary = given.out / f"{name}.json"
    told = json.loads(summary.read_text(encoding="utf-8")) if summary.is_file() else {"runs": 0, "finds": []}
    print(
        f"{name}: {told['runs']} inputs, {len(told['finds'])} finds"
        + (f", died with {code}; see {name}.current" if code else ""),
        flush=True,
    )
    for found in told["finds"]:
        print(f"  {found['kind']} at {found['place']}: {found['words']} ({found['file']})")
    return int(bool(code or told["finds"]))


def _child(name: str, runs: int, folder: Path, seed: int, *, plain: bool) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        import atheris
    except ImportError:
        plain = True
    if plain:
        from fuzz.run import run_random

        run_random(name, runs, seed).write(folder, name)
        return 0
    with atheris.instrument_imports(include=["kg"]):
        from fuzz.run import run_guided
    run_guided(name, runs, folder, atheris, seed + 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
