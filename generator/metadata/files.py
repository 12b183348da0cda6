"""The files in which a data set comes, each with its size and digest as it lies on the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.errors import BuildError, Problem
from generator.metadata.filekinds import DESCRIPTOR, FileKind, kind_of
from generator.model import Remark
from generator.schemas import TableSchema


@dataclass(frozen=True)
class SiteFile:
    """A file of the site: its address from the root, its size in bytes, its digest in hexadecimal."""

    address: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DescribedFile:
    """A file in which a data set comes. ``schema`` is that of its table, None for a file of several tables."""

    file: SiteFile
    kind: FileKind
    title: Remark
    schema: TableSchema | None

    @property
    def name(self) -> str:
        """Its name without a folder."""
        return self.file.address.rpartition("/")[2]


def describe_files(folder: str, files: Sequence[SiteFile], schemas: Sequence[TableSchema]) -> tuple[DescribedFile, ...]:
    """The files of the data set in this folder of ``data/``. Raises BuildError for one of an unknown kind."""
    own = (file for file in files if file.address.rpartition("/")[0] == f"data/{folder}")
    return tuple(_describe_file(file, schemas) for file in own)


def _describe_file(file: SiteFile, schemas: Sequence[TableSchema]) -> DescribedFile:
    path = PurePosixPath(file.address)
    known = kind_of(path.name)
    if known is None:
        raise BuildError(
            Problem(
                file.address,
                0,
                "file-kind-unknown",
                f"a file {path.suffix or path.name!r}",
                "expected a kind of file that the catalogues know",
                "add it to FILE_KINDS in generator/metadata/filekinds.py",
            )
        )
    schema = next((one for one in schemas if one.name == path.stem), None) if path.name != DESCRIPTOR else None
    title = Remark(zh=schema.title.zh, en=schema.title.en) if schema else known.title
    return DescribedFile(file, known, title, schema)
