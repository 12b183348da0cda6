"""What there is to do, before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.elsewhere import PART
from generator.errors import BuildError, Problem
from generator.mirror.destination import Destination, refusal
from generator.mirror.manifest import MANIFEST, Manifest

_MOST_NAMED = 10
_READ_BY_EVERY_PAGE = "search_index.json"


@dataclass(frozen=True)
class Plan:
    """Names of files: new, otherwise than there, no longer published, and the number of those that stay.

    ``left`` are halves of files that a run left beside their places when it was killed.

    ``kept`` are files that were published once, are not any more, and were changed there by somebody else: they stay.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unchanged: int
    left: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[tuple[str, ...], ...]:
        """What is written, in groups one after the other: what pages need, pages, feeds, entrances, the search."""
        groups: dict[int, list[str]] = {}
        for name in (*self.new, *self.changed):
            groups.setdefault(_turn(name), []).append(name)
        return tuple(tuple(sorted(groups[turn], key=_deepest_first)) for turn in sorted(groups))


def make_plan(site: Path, files: Mapping[str, str], manifest: Manifest | None, there: Destination) -> Plan:
    """What has to happen. Raises BuildError when something there is not ours to replace."""
    everything = there.list_files()
    listed = frozenset(name for name in everything if not _is_unfinished(name))
    if manifest is None and listed:
        found = f"{len(listed)} files that were not published from here, such as {min(listed)}"
        remedy = "name an empty folder; a site that was copied there by hand is to be moved away first"
        raise refusal(there.label, "publish-not-empty", found, f"expected an empty folder, or {MANIFEST} in it", remedy)
    owned = (manifest or Manifest()).owned
    _refuse_strangers(files, owned, listed, there.label)
    different = there.different(site, files)
    gone = sorted(name for name in owned if name not in files and name in listed)
    digests = there.digests(gone)
    return Plan(
        new=tuple(sorted(different - listed)),
        changed=tuple(sorted(different & listed)),
        removed=tuple(name for name in gone if digests.get(name) == owned[name]),
        kept=tuple(name for name in gone if digests.get(name) != owned[name]),
        unchanged=len(files) - len(different),
        left=tuple(sorted(name for name in everything if name.endswith(PART))),
    )


def _refuse_strangers(files: Mapping[str, str], owned: Mapping[str, str], listed: frozenset[str], label: str) -> None:
    """A file of somebody else in the place of one of ours, or of a folder of ours, is not replaced."""
    wanted = {*files, *(parent.as_posix() for name in files for parent in PurePosixPath(name).parents)}
    strangers = sorted((wanted & listed) - owned.keys())
    problems = [
        Problem(
            f"{label}/{name}",
            0,
            "publish-stranger",
            "a file or link that was not published from here",
            "expected nothing of this name, the site has one",
            "move it away, or publish to another folder",
        )
        for name in strangers[:_MOST_NAMED]
    ]
    if problems:
        raise BuildError(*problems)


def _is_unfinished(name: str) -> bool:
    """Whether a file is what a run that was killed left beside its place: it was never read, and is no stranger."""
    last = PurePosixPath(name).name
    return last.endswith(PART) or last.startswith(f".{MANIFEST}.")


def _turn(name: str) -> int:
    """What leads to others comes after them: entrances after pages, then what the search finds them by.

    The search reads ``search/pages.json`` first, which leads to the files of grams and records and, through them, to
    pages of every kind: whoever searches meanwhile finds what the last list has, or what this one has, and it is there.
    """
    path = PurePosixPath(name)
    if name == "search/pages.json":
        return 5
    if path.parts[0] == "search" and path.name != _READ_BY_EVERY_PAGE:
        return 4
    if path.name == "index.html":
        return 3
    return 2 if path.suffix == ".xml" else 1 if path.suffix == ".html" else 0


def _deepest_first(name: str) -> tuple[int, str]:
    return -name.count("/"), name
