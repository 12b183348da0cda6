"""The kinds of files that data sets come in, each with the names under which catalogues know it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.model import Remark


@dataclass(frozen=True)
class FileKind:
    """``media_type`` is registered with IANA. ``file_type`` is a code of the EU list of file types, or ``""``.

    ``title`` says what is in a file of a whole data set; a file of one table is called after the table.
    """

    label: str
    media_type: str
    file_type: str
    title: Remark
    packed: bool = False

    @property
    def media_type_iri(self) -> str:
        """The address by which catalogues name the media type."""
        return f"https://www.iana.org/assignments/media-types/{self.media_type}"

    @property
    def file_type_iri(self) -> str:
        """The address by which catalogues name the kind of file, ``""`` where the list has none."""
        return f"http://publications.europa.eu/resource/authority/file-type/{self.file_type}" if self.file_type else ""


DESCRIPTOR = "datapackage.json"
NAMED = {
    DESCRIPTOR: FileKind(
        "JSON",
        "application/vnd.datapackage+json",
        "JSON",
        Remark(zh="数据包描述：表、列、主键与来源", en="Data Package descriptor: tables, columns, keys and sources"),
    ),
    "sbom.cdx.json": FileKind(
        "CycloneDX",
        "application/vnd.cyclonedx+json",
        "JSON",
        Remark(zh="软件物料清单：用什么软件生成", en="Bill of materials: the software it was made with"),
    ),
    "SHA256SUMS": FileKind("SHA-256", "text/plain", "TXT", Remark(zh="各文件的校验值", en="Digests of the files")),
}
"""By name: files that are not what their suffix says."""
FILE_KINDS = {
    ".csv": FileKind("CSV", "text/csv", "CSV", Remark(zh="表格，CSV", en="Table, CSV")),
    ".json": FileKind("JSON", "application/json", "JSON", Remark(zh="表格，JSON", en="Table, JSON")),
    ".xlsx": FileKind(
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        Remark(zh="全部表格，Excel 工作簿", en="All tables, Excel workbook"),
    ),
    ".zip": FileKind(
        "ZIP",
        "application/zip",
        "ZIP",
        Remark(zh="全部文件与说明，ZIP", en="All files with a readme, ZIP"),
        packed=True,
    ),
    ".sqlite": FileKind(
        "SQLite", "application/vnd.sqlite3", "", Remark(zh="全部表格，SQLite 数据库", en="All tables, SQLite database")
    ),
    ".parquet": FileKind(
        "Parquet", "application/vnd.apache.parquet", "PARQUET", Remark(zh="表格，Parquet", en="Table, Parquet")
    ),
    ".txt": FileKind("TXT", "text/plain", "TXT", Remark(zh="说明", en="Readme")),
}
"""By suffix. A new format of the packages goes in here; a build refuses files that are not known."""


def kind_of(name: str) -> FileKind | None:
    """The kind of a file, by its name; None where it is not known."""
    return NAMED.get(name) or FILE_KINDS.get(PurePosixPath(name).suffix)
