"""Files that are made to exhaust whoever reads them: refused, within the time and memory that are stated.

Each is made here, small on disk, and read in a process of its own, whose memory is measured with that of its readers.
"""

from __future__ import annotations

import io
import json
import re
import socket
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.ingest import limits
from generator.ingest.pdf_fonts import count_widths
from tests import documents
from tests.conftest import REPOSITORY
from tests.documents import Typed

pytestmark = pytest.mark.slow

#: After how much processor time a reader is ended here: a small part of what it may take, so that what never ends costs
#: little. What a bomb may take then, with the one who asked; and in memory.
ENDED, SECONDS, MEGABYTES = 2, 8, limits.MAX_MEMORY >> 20
_READ = f"""
import json, resource, sys
from pathlib import Path
from generator.memory import peak_memory
from generator.errors import DocumentError
from generator.ingest import apart, readers
apart.CPU_SECONDS = {ENDED}
readers.read_apart = lambda suffix, data: apart.read_apart(suffix, data, apart.CPU_SECONDS)
path = Path(sys.argv[1])
try:
    said = ["read", str(len(readers.bytes_to_text(path.read_bytes(), path)))]
except DocumentError as error:
    said = [error.problems[0].code, str(error)]
use = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([*said, sum(one.ru_utime + one.ru_stime for one in use), peak_memory() >> 20]))
"""


class Read(NamedTuple):
    code: str
    said: str
    seconds: float
    megabytes: int


def read(folder: Path, suffix: str, data: bytes) -> Read:
    path = folder / f"bomb{suffix}"
    path.write_bytes(data)
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=True)
    return Read(*json.loads(done.stdout.splitlines()[-1]))


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


SMALL = Typed(("2024年云溪市民生实事",), (("序号", "目标任务"), ("1", "新增托位10个")))


def parts_of(suffix: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(documents.FORMATS[suffix](SMALL))) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def with_main(suffix: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(suffix)
    main = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}[suffix]
    return zipped(parts | {main: change(parts[main])})


def overlapping() -> bytes:
    """Two hundred entries of the directory lead to one packed megabyte."""
    packed = zipped({"word/document.xml": b"<a>" + bytes(9_000_000)})
    directory = packed.index(b"PK\x01\x02")
    entry = packed[directory : packed.index(b"PK\x05\x06")]
    times = 200
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entry) * times, directory, 0)
    return packed[:directory] + entry * times + end


def lying() -> bytes:
    """The directory says that a part is small."""
    data = bytearray(zipped({"word/document.xml": bytes(60_000_000)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def laughs() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE l [<!ENTITY l0 "lol">{lines}]>'


def quadratic() -> str:
    return f'<!DOCTYPE l [<!ENTITY a "{"a" * 50_000}">]>'


ARCHIVES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "one part": (".docx", lambda: zipped({"word/document.xml": bytes(300_000_000)}), "too-large"),
    "many parts": (
        ".xlsx",
        lambda: zipped({"xl/workbook.xml": b"", **{f"xl/{n}.xml": b"<a/>" for n in range(limits.MAX_PARTS)}}),
        "too-large",
    ),
    "overlapping parts": (".docx", overlapping, "too-large"),
    "a directory that lies": (".docx", lying, "damaged"),
    "millions of tags": (
        ".docx",
        lambda: with_main("docx", lambda xml: xml.replace(b"</w:body>", _noise(b"<w:p/>") + b"</w:body>")),
        "too-large",
    ),
    "a million merged places": (
        ".xlsx",
        lambda: with_main(
            "xlsx",
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>'
            ),
        ),
        "too-large",
    ),
    "tables in tables": (
        ".docx",
        lambda: with_main(
            "docx",
            lambda xml: xml.replace(
                b"<w:body>",
                b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 3000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 3000,
            ),
        ),
        "damaged",
    ),
}


def _noise(tag: bytes) -> bytes:
    """So many tags that there are too many, with something between them that does not pack too well."""
    piece = bytes(range(0x61, 0x7B))
    return b"".join(tag * 40 + piece[n % 26 :] + piece[: n % 7] for n in range(limits.MAX_TAGS // 40 + 1))


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_bomb_in_an_archive(tmp_path: Path, name: str) -> None:
    suffix, make, code = ARCHIVES[name]
    check(read(tmp_path, suffix, make()), code)


def check(found: Read, *codes: str) -> None:
    assert found.code in codes, found
    assert re.fullmatch(r".+bomb\.\w+: \[[a-z-]+\] .+; .+; .+", found.said), found
    assert found.seconds < SECONDS and found.megabytes < MEGABYTES, found


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "[Content_Types].xml", "word/hidden.bin"])
@pytest.mark.parametrize("bomb", [laughs, quadratic])
def test_entities_are_refused_wherever_they_are_declared(tmp_path: Path, part: str, bomb: Callable[[], str]) -> None:
    parts = parts_of("docx")
    text = parts.get(part, b"<a/>").decode().replace('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "")
    found = read(tmp_path, ".docx", zipped(parts | {part: (bomb() + text).encode()}))
    check(found, "damaged")
    assert "document type" in found.said


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32"])
def test_entities_are_refused_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{laughs()}<w:document>&l9;</w:document>'
    data = xml.encode(encoding)
    if encoding == "utf-7":
        data = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + laughs().replace("<", "+ADw-").encode()
    check(read(tmp_path, ".docx", zipped(parts_of("docx") | {"word/document.xml": data})), "damaged")


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        over = threading.Event()
        listener = threading.Thread(target=_listen, args=(server, asked, over))
        listener.start()
        doctype = f'<!DOCTYPE a SYSTEM "{address}" [<!ENTITY e SYSTEM "{address}">]>'
        for suffix in ("docx", "xlsx"):
            data = with_main(suffix, lambda xml: doctype.encode() + re.sub(rb"^<\?xml[^>]*>\s*", b"", xml))
            check(read(tmp_path, f".{suffix}", data), "damaged")
        rels = parts_of("docx")
        rels["word/_rels/document.xml.rels"] = rels["word/_rels/document.xml.rels"].replace(
            b"<Relationship ",
            f'<Relationship Id="r99" Type="t" Target="{address}" TargetMode="External"/><Relationship '.encode(),
            1,
        )
        assert read(tmp_path, ".docx", zipped(rels)).code == "read"
        page = (
            f'{doctype}<html><base href="{address}"><link rel="stylesheet" href="{address}"><img src="{address}"><p>1个'
        )
        assert read(tmp_path, ".html", page.encode()).code == "read"
        over.set()
        listener.join()
    assert asked == []


def _listen(server: socket.socket, asked: list[str], over: threading.Event) -> None:
    while not over.is_set():
        try:
            connection, who = server.accept()
        except TimeoutError:
            continue
        asked.append(str(who))
        connection.close()


def test_an_archive_in_a_document_is_not_opened(tmp_path: Path) -> None:
    bomb = zipped({"a": bytes(200_000_000)})
    found = read(tmp_path, ".docx", zipped(parts_of("docx") | {"word/embeddings/a.zip": zipped({"b": bomb})}))
    assert found.code == "read" and found.megabytes < 200, found


PAGES: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "deep elements": (lambda: "<div>" * 400_000 + "1个", ("too-deep",)),
    "tables in tables": (lambda: "<table><tr><td>" * 300_000 + "1个", ("too-deep",)),
    "columns without end": (
        lambda: "<table><tr>" + "<td colspan=1000000000>1个</td>" * 3000 + "</tr></table>",
        ("too-large",),
    ),
    "rows without end": (
        lambda: "<table>" + "<tr><td rowspan=1000000000>1个</td><td>2</td></tr>" * 4000 + "</table>",
        ("too-large",),
    ),
    "spans both ways": (
        lambda: "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td><td>2</td></tr>" * 2000 + "</table>",
        ("too-large",),
    ),
    "many columns": (lambda: "<table><tr>" + "<td>1" * 100_000 + "</table>", ("read", "too-large")),
    "many rows": (lambda: "<table>" + "<tr><td>甲<td>1" * 30_000 + "</table>", ("read",)),
    "deep and wide": (
        lambda: "<table><tr><td>" * 600 + "<table>" + "<tr><td>1<td>2<td>3" * 20_000,
        ("read", "too-slow", "too-deep"),
    ),
    "entities": (lambda: f"{laughs()}<html><p>&l11;</p>", ("read",)),
    "heads in heads": (lambda: "<header>" * 1500 + "<p>1" * 200_000, ("read", "too-slow")),
}


@pytest.mark.journey
@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_measure(tmp_path: Path, name: str) -> None:
    make, codes = PAGES[name]
    found = read(tmp_path, ".html", make().encode())
    assert found.code in codes and found.seconds < SECONDS and found.megabytes < MEGABYTES, found


def pdf(*objects: bytes) -> bytes:
    """A file of these objects, from 1 on; the first is the catalogue."""
    body, starts = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(body))
    )


CATALOGUE, PAGE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%s>>"


def one_page(content: bytes, filters: bytes = b"", more: bytes = b"") -> bytes:
    stream = b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), filters, content)
    return pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", PAGE % (b"/Contents 4 0 R" + more), stream)


def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed a thousand times smaller, without ever being there."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    check_sum = ((megabytes << 20) % 65521 << 16) | 1
    return b"\x78\xda" + block * megabytes + b"\x03\x00" + check_sum.to_bytes(4, "big")


def wide_font(widths: bytes, way: bytes = b"H") -> bytes:
    """A page whose font tells how wide its characters are; ``way``: it is written across (H) or down (V)."""
    return pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        PAGE % b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>",
        b"<</Length 23>>\nstream\nBT /F 9 Tf <4e00> Tj ET\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/UniGB-UCS2-%s/DescendantFonts[6 0 R]>>" % way,
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/FontDescriptor<</FontName/STSong/Flags 6>>"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>%s>>" % widths,
    )


def tree_of_pages() -> bytes:
    """Six levels of ten nodes each that name one another ten times: a million pages in two kilobytes."""
    levels = [b"<</Type/Pages/Count 1000000/Kids[%s]>>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 8)]
    return pdf(CATALOGUE, *levels, PAGE % b"")


def forms() -> bytes:
    """Each form shows the next one ten times, twenty levels deep."""
    first = 4
    objects = [
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        PAGE % b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>",
    ]
    for level in range(20):
        shown = b"/X Do " * 10
        head = (
            b""
            if not level
            else b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (first + level + 1)
        )
        objects.append(b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(shown), head, shown))
    objects.append(b"<</Length 0/Type/XObject/Subtype/Form/BBox[0 0 9 9]>>\nstream\n\nendstream")
    return pdf(*objects)


PDFS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "many pages": (
        lambda: pdf(
            CATALOGUE,
            b"<</Type/Pages/Count 2000/Kids[%s]>>" % b" ".join(b"%d 0 R" % n for n in range(3, 2003)),
            *[PAGE % b""] * 2000,
        ),
        ("too-large",),
    ),
    "a tree of pages": (tree_of_pages, ("too-large", "pdf-no-text")),
    "pages that are their own": (
        lambda: pdf(CATALOGUE, b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"),
        ("pdf-no-text", "damaged"),
    ),
    "a packed stream": (lambda: one_page(zeros(2100), b"/Filter/FlateDecode"), ("damaged", "too-slow")),
    "a stream packed twice": (
        lambda: one_page(zlib.compress(zeros(2100)), b"/Filter[/FlateDecode/FlateDecode]"),
        ("damaged", "too-slow"),
    ),
    "run lengths": (
        lambda: one_page(zlib.compress(b"\x810" * 8_000_000, 9), b"/Filter[/FlateDecode/RunLengthDecode]"),
        ("damaged", "too-slow", "pdf-no-text"),
    ),
    "deep arrays": (lambda: one_page(b"[" * 3_000_000), ("pdf-no-text", "damaged", "too-slow")),
    "deep dictionaries": (lambda: pdf(b"<</A" * 200_000, b"1"), ("damaged", "pdf-no-text", "too-slow")),
    "forms in forms": (forms, ("too-slow", "damaged", "pdf-no-text")),
    "a width of two thousand million characters": (lambda: wide_font(b"/W[1 2000000000 500]"), ("damaged",)),
    "ranges of widths over and over": (lambda: wide_font(b"/W[%s]" % (b"0 65535 500 " * 9000)), ("damaged",)),
    "a height of as many": (lambda: wide_font(b"/W2[1 2000000000 1 1 1]", b"V"), ("damaged",)),
    "a million boxes": (
        lambda: one_page(zlib.compress(b"1 1 9 9 re S 5 5 9 9 re f\n" * 500_000, 9), b"/Filter/FlateDecode"),
        ("too-slow", "damaged"),
    ),
    "pictures": (
        lambda: pdf(
            CATALOGUE,
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            PAGE % b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>",
            b"<</Length 6>>\nstream\n/X Do \nendstream",
            b"<</Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray"
            b"/Filter/JBIG2Decode/Length 4>>\nstream\n\x00\x00\x00\x00\nendstream",
        ),
        ("pdf-no-text",),
    ),
}


@pytest.mark.journey
@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_without_measure(tmp_path: Path, name: str) -> None:
    make, codes = PDFS[name]
    check(read(tmp_path, ".pdf", make()), *codes)


@pytest.mark.parametrize(
    ("widths", "count"),
    [
        ([], 0),
        ([1, 5, 500], 5),
        ([1, [500, 600], 3, 4, 500], 2),
        ([5, 1, 500], 0),
        ([0, 10.0**30, 1], limits.MAX_WIDTHS),
        ([1, 3, 500, "no width", 7, 9, 500], 6),
    ],
)
def test_widths_are_counted_by_their_ranges(widths: list[object], count: int) -> None:
    assert count_widths(widths, 3) == count


def test_a_font_with_the_widths_of_its_characters_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, ".pdf", wide_font(b"/W[1[500 600]3 65535 1000]"))
    assert (found.code, found.said) == ("read", "2")  # 一 and the end of its line


def test_the_limits_are_stated(repository: Path) -> None:
    told = (repository / "SECURITY.md").read_text(encoding="utf-8")
    for name, value in vars(limits).items():
        if name.isupper():
            shown = f"{value:,}" if value < 1 << 30 else f"{value >> 30} GB"
            assert re.search(rf"`{name}` \| {re.escape(shown)} \|", told), f"SECURITY.md lacks `{name}` | {shown} |"
