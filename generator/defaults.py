"""What the program brings along for every project: schemas, pages, the English of the interface, words, mkdocs.yml.

They stand once, in the repository's ``content/`` and beside it; a wheel carries them inside the package
(``setup.py``). A project has lookups of its own, which its people extend; schemas, pages and English it need not have.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PROGRAM_MARK = "https://github.com/example/duixian"
"""Stands in the guide for the repository of the program, until a build knows which it is."""
THEME = PACKAGE / "assets" / "theme"


def defaults_folder() -> Path:
    """The folder with ``content/`` and ``mkdocs.yml`` of the program: in an installed package, else the repository."""
    installed = PACKAGE / "shipped"
    return installed if installed.is_dir() else PACKAGE.parent


@cache
def code_digest() -> str:
    """The SHA-256 of the code of the program, by which two machines know that they have the same."""
    made = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda path: path.relative_to(PACKAGE).parts):
        made.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return made.hexdigest()


def program_origin() -> tuple[str, str]:
    """The repository and the commit that the program was installed from; empty where it was no repository."""
    try:
        told = json.loads(distribution("duixian").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        told = {}
    commit = told.get("vcs_info", {}).get("commit_id", "")
    return (told["url"], commit) if commit else ("", "")


def find_content_file(content: Path, name: str) -> Path:
    """A file of a project's content, or else the one that the program brings: ``schemas/targets.yml``.

    Where neither has it, the path where the project would have it, for the message that says so.
    """
    own, ours = content / name, defaults_folder() / "content" / name
    return ours if not own.exists() and ours.exists() else own
