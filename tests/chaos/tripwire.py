"""``python -m tests.chaos.tripwire STEP COUNT SAID … -- ARGUMENTS``: the program, killed before one of its steps.

A step is whatever makes, replaces or removes a file or a folder in the process that leads the others. Steps are counted
from the first one whose words have ``STEP`` in them; before the one number ``COUNT`` the whole process group is killed,
and its words are in the file ``SAID``. Where a run has fewer, the file says how many there were.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from typing import Any

_NAMED = frozenset(("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "shutil.copyfile"))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Tripwire:
    """An audit hook of Python that counts steps."""

    def __init__(self, step: str, count: int, said: str) -> None:
        self._step = step
        self._left = count
        self._begun = not step
        self._seen = 0
        self._said = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        atexit.register(self._tell_count)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(arguments[0], str | bytes) or not (arguments[2] or 0) & _WRITES:
                return
        elif event not in _NAMED and event != "duixian.exchange":
            return
        words = " ".join([event, *(str(one) for one in arguments[:2] if isinstance(one, str | os.PathLike))])
        self._begun = self._begun or self._step in words
        if not self._begun:
            return
        self._seen += 1
        if self._seen == self._left:
            os.write(self._said, words.encode("utf-8", "backslashreplace"))
            os.killpg(0, signal.SIGKILL)

    def _tell_count(self) -> None:
        os.write(self._said, str(self._seen).encode())


def main() -> None:
    """Set the wire and run."""
    step, count, said, _, *arguments = sys.argv[1:]
    from generator import swap
    from generator.__main__ import main as run

    exchange = swap._exchange

    def audited(one: Any, other: Any) -> bool:
        sys.audit("duixian.exchange", str(one), str(other))
        return exchange(one, other)

    swap._exchange = audited  # a call of the C library is no event of Python
    sys.addaudithook(Tripwire(step, int(count), said))
    run(arguments)


if __name__ == "__main__":
    main()
