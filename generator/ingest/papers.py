"""Everything that one document is read with, as bytes, so that it can be read on any machine that has the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError
from generator.ingest.documents import find_sidecars
from generator.lookups import LOOKUP_FILES, load_places
from generator.model import Sidecar
from generator.registers import register_path

#: What a sidecar says of a document whose register is written by a person.
MANUAL = "manual"


Files = Mapping[Path, bytes | OSError | None]


@dataclass(frozen=True)
class Papers:
    """The sidecar of a document, those of the other documents of its registers, and the bytes of all that is read.

    Paths are as the user of the folders knows them: files are told apart by them, and messages speak of them. In
    ``files`` are sidecars, documents, lookups and the registers that are there; of a file that cannot be read, why;
    None of one that lies where its path says on the machine that reads it, too.
    """

    sidecar: Path
    companions: tuple[Path, ...]
    content: Path
    documents: Path
    files: Files

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Raises OSError as reading it did."""
        return _give(self.files, path)


class Desk:
    """A folder of content and one of documents, from which the papers of each document are taken.

    Sidecars and lookups are read once. Nothing is refused here: a file that is broken is left to whoever reads it.
    Documents may be large: they are taken along with ``carry`` alone, for readers on other machines.
    """

    def __init__(self, content: Path, documents: Path, *, carry: bool = False) -> None:
        self._content = content
        self._documents = documents
        self._carry = carry

    def papers(self, sidecar: Path) -> Papers:
        """What the document of a sidecar is read with, as it is now."""
        own = self._sidecars.get(sidecar, _take(sidecar))
        stated = _load_sidecar(sidecar, own)
        companions = self._companions(sidecar, stated) if stated else {}
        files: dict[Path, bytes | OSError | None] = {**self._lookups, sidecar: own}
        files |= {path: self._sidecars[path] for path in companions}
        for one in (stated, *companions.values()) if stated else ():
            document = self._documents / one.document
            files[document] = _take(document) if self._carry else None
        for path in self._registers(stated) if stated else ():
            found = _take(path)
            if not isinstance(found, FileNotFoundError | NotADirectoryError):
                files[path] = found
        return Papers(sidecar, tuple(companions), self._content, self._documents, files)

    @cached_property
    def _lookups(self) -> dict[Path, bytes | OSError]:
        return {path: _take(path) for path in (self._content / name for name in LOOKUP_FILES)}

    @cached_property
    def _sidecars(self) -> dict[Path, bytes | OSError]:
        return {path: _take(path) for path in find_sidecars(self._content)}

    @cached_property
    def _by_year(self) -> dict[tuple[str, int], dict[Path, Sidecar]]:
        """Place and year → what their sidecars state, in the order of their names, of all that can be read."""
        found: dict[tuple[str, int], dict[Path, Sidecar]] = {}
        for path, data in self._sidecars.items():
            if stated := _load_sidecar(path, data):
                found.setdefault((stated.place, stated.year), {})[path] = stated
        return found

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Name of a place → slug; none where the file of places is broken."""
        try:
            places = load_places(self._content, partial(_give, self._lookups))
        except ContentError:
            return {}
        return {name: place.slug for name, place in places.by_name.items()}

    def _companions(self, sidecar: Path, stated: Sidecar) -> dict[Path, Sidecar]:
        """The other sidecars of the same place and year that name a programme of this one.

        One that is broken is left to its own turn: what it would have added is then missing from the sources, and
        the register that has them is not written over.
        """
        programmes = {part.programme for part in stated.programmes}
        return {
            path: other
            for path, other in self._by_year.get((stated.place, stated.year), {}).items()
            if path != sidecar
            and programmes & {part.programme for part in other.programmes}
            and MANUAL not in {stated.layout, other.layout}
        }

    def _registers(self, stated: Sidecar) -> Iterator[Path]:
        slug = self._slugs.get(stated.place)
        for part in stated.programmes if slug else ():
            yield register_path(self._content, str(slug), stated.year, part.programme)


def _take(path: Path) -> bytes | OSError:
    """The bytes of a file, or why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def _give(files: Files, path: Path) -> bytes:
    found = files[path]
    if found is None:
        return path.read_bytes()
    if isinstance(found, OSError):
        raise found
    return found


def _load_sidecar(path: Path, data: bytes | OSError) -> Sidecar | None:
    """What a sidecar states; None where it cannot be read."""
    try:
        return yamlfile.load(path, Sidecar, partial(_give, {path: data}))
    except ContentError:
        return None
