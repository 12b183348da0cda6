"""How a reader refuses: a DocumentError whose path is filled in by the one who knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.errors import DocumentError, Problem


def refuse(code: str, found: str, expected: str, remedy: str) -> DocumentError:
    """The refusal of a whole document by its reader, without a path."""
    return DocumentError(Problem("", 0, code, found, expected, remedy))


def refuse_format(name: str, found: str) -> DocumentError:
    """The refusal of bytes that are not of the format that the suffix promises."""
    return refuse(f"not-{name}", found, f"expected {name.upper()}", "give the file its right suffix")


def place(error: DocumentError, path: Path) -> DocumentError:
    """The same refusal with the path of the document."""
    return DocumentError(*(replace(problem, path=path) for problem in error.problems))


@contextmanager
def damage_refused(name: str) -> Iterator[None]:
    """Whatever the library of a format raises on broken bytes, as the refusal ``damaged``.

    The libraries promise no exceptions of their own for broken files (KeyError, struct.error, AttributeError and
    others occur), so that only their calls stand inside.
    """
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:120]
        raise refuse(
            "damaged",
            f"{type(error).__name__}: {said}" if said else type(error).__name__,
            f"expected {name.upper()} without damage",
            "fetch it again, or open it and save it anew",
        ) from error
