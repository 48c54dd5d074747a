"""Many inputs for one target, guided by atheris where it is installed, with what was found kept once each."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from fuzz.judge import Find, judge
from fuzz.mutate import mutate
from fuzz.targets import TARGETS, Target


@dataclass(slots=True)
class Tally:
    """What has been run, and each find with the shortest input that shows it."""

    runs: int = 0
    finds: dict[Find, bytes] = field(default_factory=dict)

    def take(self, target: Target, data: bytes) -> None:
        self.runs += 1
        found = judge(target.run, data)
        if found is not None and len(data) < len(self.finds.get(found, data + b"!")):
            self.finds[found] = data

    def write(self, folder: Path, name: str) -> None:
        """A summary, and beside it an input for each find."""
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for found, data in self.finds.items():
            file = f"{name}-{sha256(data).hexdigest()[:10]}.bin"
            (folder / file).write_bytes(data)
            rows.append({**asdict(found), "file": file})
        summary = {"target": name, "runs": self.runs, "finds": rows}
        (folder / f"{name}.json").write_text(
            json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def run_random(name: str, runs: int, seed: int = 0) -> Tally:
    """Random mutations of the seeds; the same numbers give the same inputs.

    >>> run_random("pattern", 20).finds
    {}
    """
    target, tally, random = TARGETS[name], Tally(), Random(f"fuzz/{name}/{seed}")
    seeds = target.seeds()
    for number in range(runs):
        data = seeds[number] if number < len(seeds) and not seed else random.choice(seeds)
        tally.take(
            target, data if number < len(seeds) and not seed else mutate(data, random, target.pieces, seeds)
        )
    return tally


def run_guided(name: str, runs: int, folder: Path, atheris: Any, seed: int = 1) -> None:
    """Mutations that atheris chooses by what they reach; the process ends with the last of them."""
    target, tally = TARGETS[name], Tally()
    seeds: Sequence[bytes] = target.seeds()
    corpus = folder / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds:
        (corpus / sha256(data).hexdigest()[:16]).write_bytes(data)
    current = folder / f"{name}.current"  # what a process was reading when it died

    def one(data: bytes) -> None:
        if name in ("pdf", "docx", "docx-part", "html"):
            current.write_bytes(data)
        tally.take(target, data)
        if tally.runs % 200 == 0 or tally.runs >= runs:
            tally.write(folder, name)
        if tally.runs >= runs:
            current.unlink(missing_ok=True)
            os._exit(0)

    def change(data: bytes, most: int, number: int) -> bytes:
        random = Random(number)
        if random.random() < 0.3:
            changed: bytes = atheris.Mutate(data, most)
            return changed
        return mutate(data, random, target.pieces, seeds)[:most]

    largest = min(60_000, 2 * max(map(len, seeds)))
    options = [
        f"-seed={seed}",
        f"-max_len={largest}",
        "-timeout=600",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()
