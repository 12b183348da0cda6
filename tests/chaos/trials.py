"""What a fault is given, and what it tells of each attempt."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from tests.chaos.grounds import Ground, make_build_ground, make_ingest_ground


@dataclass(frozen=True)
class Trial:
    """One attempt: at which moment or in which way, what was found afterwards, and what does not hold."""

    where: str
    found: str
    faults: tuple[str, ...] = ()


class Stage:
    """The folder in which everything happens, and the grounds, each made when it is first asked for."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._seed = seed

    @cached_property
    def build(self) -> Ground:
        """A project whose build is disturbed."""
        return make_build_ground(self.folder / "build")

    @cached_property
    def ingest(self) -> Ground:
        """A project whose reading is disturbed."""
        return make_ingest_ground(self.folder / "ingest")

    def draw(self, name: str, index: int) -> Random:
        """The chances of one attempt, which are the same for the same seed."""
        return Random(f"{self._seed}:{name}:{index}")

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for one attempt."""
        folder = Path(tempfile.mkdtemp(dir=self.folder, prefix="trial-"))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Fault:
    """A way to disturb a run. ``run`` makes about so many attempts; ``left_out`` says why it cannot be tried here."""

    name: str
    run: Callable[[Stage, int], Iterator[Trial]]
    left_out: Callable[[], str] = lambda: ""
