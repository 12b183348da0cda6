"""A file system that lists folders in an order of its own: Python imports this first, in every process of a machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

_listdir, _scandir = os.listdir, os.scandir
#: Names are listed by their letters, those of the other machine from the last to the first.
_BACKWARDS = os.environ.get("DUIXIAN_TEST_ORDER") == "backwards"


class _Listing:
    """What ``os.scandir`` gives, in the order of this machine."""

    def __init__(self, path: Any) -> None:
        with _scandir(path) as found:
            self._entries = iter(sorted(found, key=lambda entry: entry.name, reverse=_BACKWARDS))

    def __iter__(self) -> Iterator[os.DirEntry[Any]]:
        return self._entries

    def __next__(self) -> os.DirEntry[Any]:
        return next(self._entries)

    def __enter__(self) -> _Listing:
        return self

    def __exit__(self, *told: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open any more."""


def _list_names(path: Any = ".") -> list[Any]:
    return sorted(_listdir(path), reverse=_BACKWARDS)


if "DUIXIAN_TEST_ORDER" in os.environ:
    os.listdir = _list_names
    os.scandir = _Listing  # type: ignore[assignment]
