"""The golden registers of ``tests/fixtures``: one small document for each layout, of a city that does not exist.

``python -m tests.golden`` reads the documents again and writes the registers; review the difference in git.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from generator import registers
from generator.ingest import find_sidecars, ingest_document

FIXTURES = Path(__file__).resolve().parent / "fixtures"
REPOSITORY = FIXTURES.parent.parent


def fixture_content(folder: Path) -> Path:
    """A content folder with the fixtures' places and documents and the repository's lookups, without registers."""
    content = folder / "content"
    shutil.copytree(REPOSITORY / "content" / "lookups", content / "lookups")
    shutil.copytree(REPOSITORY / "content" / "schemas", content / "schemas")
    shutil.copytree(FIXTURES / "content" / "documents", content / "documents")
    shutil.copy(FIXTURES / "content" / "places.yml", content / "places.yml")
    return content


def main() -> None:
    """Write the golden registers again."""
    with tempfile.TemporaryDirectory() as folder:
        content = fixture_content(Path(folder))
        for sidecar in find_sidecars(content):
            for register in ingest_document(sidecar, content, FIXTURES / "documents"):
                registers.write_register(FIXTURES / "content", register)


if __name__ == "__main__":
    main()
