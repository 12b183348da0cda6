"""Entries of the cache that are not what was kept: flipped, cut, emptied, another's, or a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from random import Random

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.trials import Fault, Stage, Trial


def _flip(path: Path, draw: Random, _: Path) -> None:
    data = bytearray(path.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)


def _cut(path: Path, draw: Random, _: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: draw.randrange(len(data))])


def _empty(path: Path, _: Random, __: Path) -> None:
    path.write_bytes(b"")


def _put_another(path: Path, _: Random, other: Path) -> None:
    path.write_bytes(other.read_bytes())


def _put_folder(path: Path, draw: Random, _: Path) -> None:
    path.unlink()
    path.mkdir()
    if draw.random() < 0.5:
        (path / "file").write_bytes(b"data")


def _forbid_reading(path: Path, _: Random, __: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


DAMAGES: dict[str, Callable[[Path, Random, Path], None]] = {
    "flipped": _flip,
    "cut": _cut,
    "emptied": _empty,
    "another's": _put_another,
    "a folder": _put_folder,
    "a link to nothing": _forbid_reading,
}


_GROUPS = 4


def damage_caches(stage: Stage, times: int) -> Iterator[Trial]:
    """Each damage on all entries of every kind, some kinds at a time; with few attempts the first alone."""
    kinds = sorted({_kind(one) for one in _entries(stage.build.before)})
    groups = [kinds[first::_GROUPS] for first in range(_GROUPS)]
    for index, (damage, group) in islice(enumerate(product(DAMAGES, groups)), times):
        with stage.scratch() as folder:
            yield _damage(stage.build, folder, damage, group, stage.draw("damage", index))


def _entries(root: Path) -> list[str]:
    cache = root / "build" / "cache"
    return sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file())


def _kind(name: str) -> str:
    """The folder of an entry and the end of its name: years keep three entries."""
    return f"{name.split('/', maxsplit=1)[0]}{Path(name).suffix}"


def _damage(ground: Ground, folder: Path, damage: str, kinds: Sequence[str], draw: Random) -> Trial:
    command = ground.lay(folder)
    shutil.rmtree(command.root / "content")  # nothing has changed: every entry that is whole would be used
    shutil.copytree(ground.before / "content", command.root / "content")
    cache, entries = command.root / "build" / "cache", _entries(command.root)
    damaged = [one for one in entries if _kind(one) in kinds]
    for name in damaged:
        DAMAGES[damage](cache / name, draw, cache / draw.choice([one for one in entries if one != name]))
    ran = command.run()
    states, _ = ground.state_of(command.root)
    faults = [f"{name} is {one}" for name, one in states.items() if one != "old" and name != "content/registers"]
    faults += [f"status {ran.status}: {ran.complained[-300:]}"] * bool(ran.status)
    shutil.rmtree(command.root / "content")
    shutil.copytree(ground.after / "content", command.root / "content")
    faults += ground.check_next(command)
    return Trial(f"{damage}: {', '.join(kinds)}", f"{len(damaged)} entries, {tell_states(states)}", tuple(faults))


DAMAGED_CACHE = Fault("damaged cache", damage_caches)
