"""Copies of the store in memory, one after the other as it changes, for the workers of some lanes."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from kg.serve.files import Files
from kg.serve.lane import Lane
from kg.serve.settings import Settings
from kg.serve.stem import Stem

_REST = 1.0  # seconds between looks at the files of the store; a copy is made of what was not written to for so long


class Copies:
    """Follows a folder, where the settings want that; of the newest copy are the workers forked that the lanes have from then on."""

    def __init__(self, settings: Settings, lanes: Sequence[Lane]) -> None:
        self._settings = settings
        self._lanes = lanes
        self._files = Files(settings.location)
        self._stem: Stem | None = None
        self._following: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to follow."""
        if self._settings.most_copied:
            self._following = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Follow no more; the last copy ends with the last of its workers."""
        if self._following:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        if self._stem:
            self._stem.over()

    async def _follow(self) -> None:
        last = failed = None
        while True:
            state = self._files.state()
            fresh = self._stem and self._stem.state == state and not self._stem.dead
            if state is not None and state == last and state != failed and not fresh:
                if stem := await self._grown(state):
                    old, self._stem = self._stem, stem
                    if old:
                        old.over()
                    for lane in self._lanes:
                        await lane.renew(stem)
                else:
                    failed = state
            last = state
            await asyncio.sleep(_REST)

    async def _grown(self, state: object) -> Stem | None:
        try:
            stem = await asyncio.to_thread(Stem, self._settings, state)
        except OSError:  # the machine may have no room for it at the moment
            return None
        kept = False
        try:
            kept = await asyncio.to_thread(stem.grown) and self._files.state() == state
        finally:
            if not kept:
                stem.close()
        return stem if kept else None
