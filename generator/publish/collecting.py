"""The search for garbage, put off: what a build makes stays until its end, and looking through it is lost time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (200_000, 50, 100)
"""Objects, and passes over the younger generations, before a generation is looked through; (700, 10, 10) is usual."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Within it, as a block or a decorator, cycles are looked for seldom; other memory is freed at once."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
