"""A small site of two cities and four years, to be built again and again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator import yamlfile
from generator.model import Place, Register
from generator.publish import BuildReport, How, build_site
from generator.registers import write_registers
from tests import page_examples as examples
from tests.conftest import FIXTURES, REPOSITORY

PLACES = (
    examples.PLACE,
    Place(zh="邻市", en="Next City", slug="nextville", kind="city", code="990200"),
)
YEARS = (2024, 2023)
TARGETS = ("datapackage", "build/docs", "build/downloads", "site")
HERE = How(jobs=1)


@dataclass(frozen=True)
class Project:
    """A folder with content, and what is built of it."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def cache(self) -> Path:
        return self.root / "build" / "cache"

    def register(self, place: str = "testville", year: int = 2024) -> Path:
        return self.content / "registers" / place / str(year) / "livelihood.yml"

    def build(self, how: How = HERE) -> BuildReport:
        """Packages, Markdown and site beside the content."""
        return build_site(
            self.content, self.root / "datapackage", self.root / "build/docs", self.root / "site", self.config, how=how
        )

    def made(self) -> dict[str, bytes]:
        """Path → bytes of every file that a build made for others."""
        files = (path for target in TARGETS for path in (self.root / target).rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in sorted(files)}

    def entries(self) -> dict[str, Path]:
        """Name → file of what is kept for the next build."""
        return {path.relative_to(self.cache).as_posix(): path for path in self.cache.rglob("*") if path.is_file()}

    def copy(self, root: Path) -> Project:
        """The same, built as far as it is, in another folder."""
        return Project(Path(shutil.copytree(self.root, root)))

    def afresh(self, root: Path) -> Project:
        """The same content, from which nothing was built."""
        shutil.copytree(self.content, root / "content")
        shutil.copy(self.config, root)
        return Project(root)


def make_project(root: Path) -> Project:
    """The words, schemas and pages of the repository, and registers of two cities and two years."""
    root.mkdir(parents=True, exist_ok=True)
    project = Project(root)
    for name in ("lookups", "schemas", "pages"):
        shutil.copytree(REPOSITORY / "content" / name, project.content / name)
    shutil.copy(FIXTURES / "content" / "publication.yml", project.content)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    yamlfile.dump(PLACES, project.content / "places.yml")
    write_registers(project.content, [register_of(place, year) for place in PLACES for year in YEARS])
    return project


def register_of(place: Place, year: int) -> Register:
    """The register of the examples as that of a place and a year."""
    said = msgspec.json.encode(examples.make_register(examples.Words(), place)).decode()
    register = msgspec.json.decode(said.replace("2024-", f"{year}-"), type=Register)
    return msgspec.structs.replace(register, year=year)


def change(path: Path, old: str, new: str) -> None:
    """Change words of a file that has them."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
