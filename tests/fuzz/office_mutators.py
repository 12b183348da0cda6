"""What happens inside DOCX and XLSX: parts, relations and XML damaged, in an archive that is whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzz import byte_mutators, text_mutators

Parts = dict[str, bytes]
PartsMutator = Callable[[Parts, Random], Parts]

_NUMBERS = ("0", "-1", "1", "65536", "2147483648", "1000000000", "9" * 25, "1e9", "", "x", "１", "NaN", "1048576")
_ELEMENT = re.compile(
    rb"<(\w+:)?(tc|tr|tbl|p|r|t|c|row|v|f|is|si|rPr|pPr|tcPr|numPr|mergeCell|lvl|num|style|xf)\b[^>]{0,200}>"
)
_WORD = (
    '<w:gridSpan w:val="%s"/>', '<w:vMerge w:val="%s"/>', '<w:vMerge/>', '<w:gridBefore w:val="%s"/>',
    '<w:numId w:val="%s"/>',
    '<w:ilvl w:val="%s"/>', '<w:pStyle w:val="%s"/>', '<w:outlineLvl w:val="%s"/>', "<w:p/>", "<w:tbl/>", "<w:tr/>",
    "<w:tc/>", "<w:br/>",
    "<w:t>1个</w:t>", "<w:del><w:r><w:t>5</w:t></w:r></w:del>", '<w:vertAlign w:val="superscript"/>', "<w:vanish/>",
    "<w:sdt/>",
    '<w:start w:val="%s"/>', '<w:numFmt w:val="%s"/>', '<w:basedOn w:val="%s"/>',
    '<w:txbxContent><w:p/></w:txbxContent>',
    "&#x202e;", "<!-- -->", "<?a b?>", "<![CDATA[1|2]]>", "\u2028", "|",
)  # fmt: skip
_SHEET = (
    '<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="B%s:A1"/>', '<mergeCell ref=""/>',
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A%s" t="s"><v>%s</v></c>', '<c t="d"><v>2024-13-45</v></c>', '<c t="n"><v>1e999</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="inlineStr"><is><t>_xD800_1个_x000D_|</t></is></c>', '<c s="%s"><v>45000</v></c>', "<f>1+1</f>",
    '<row r="%s"/>', "<v>%s</v>",
    '<dimension ref="A1:XFD1048576"/>', '<xf numFmtId="%s"/>', '<numFmt numFmtId="164" formatCode="%s"/>',
    "<t>1个</t>", "<v>-1</v>",
    '<c t="b"><v>%s</v></c>', "<v>99999999</v>", "<v>inf</v>",
)  # fmt: skip


def unpack(data: bytes) -> Parts:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def pack(parts: Parts, draw: Random) -> bytes:
    """An archive of these parts, always the same bytes."""
    file = io.BytesIO()
    method = draw.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return file.getvalue()


def _main(parts: Parts, draw: Random) -> str:
    """The name of a part: of one that holds the text most of the time."""
    told = [name for name in parts if re.search(r"document\.xml$|sheet\d*\.xml$|sharedStrings|styles|numbering", name)]
    return draw.choice(told) if told and draw.random() < 0.8 else draw.choice([*parts] or [""])


def lose_part(parts: Parts, draw: Random) -> Parts:
    """A part is missing."""
    name = draw.choice([*parts])
    return {one: data for one, data in parts.items() if one != name}


def swap_parts(parts: Parts, draw: Random) -> Parts:
    """A part has the content of another."""
    return parts | {draw.choice([*parts]): parts[draw.choice([*parts])]}


def rename_part(parts: Parts, draw: Random) -> Parts:
    """A part has another name, some of the time one that leads out."""
    name = draw.choice([*parts])
    new = draw.choice((name.upper(), f"../{name}", f"/{name}", f"{name}/", name + "x", "[trash]/0000.dat", "文档.xml"))
    return {new if one == name else one: data for one, data in parts.items()}


def break_relation(parts: Parts, draw: Random) -> Parts:
    """A relation leads nowhere, elsewhere, to itself or out of the file."""
    rels = [name for name in parts if name.endswith(".rels")]
    if not rels:
        return parts
    name = draw.choice(rels)
    target = draw.choice(
        (
            "missing.xml",
            "../../x",
            "http://127.0.0.1:9/x",
            "document.xml",
            "",
            "/word/document.xml",
            "file:///etc/passwd",
        )
    )
    old, new = draw.choice(
        (
            (rb'Target="[^"]*"', f'Target="{target}"'),
            (rb"officeDocument\"", 'other"'),
            (rb'Id="[^"]*"', 'Id="r1"'),
            (rb'Target="', 'TargetMode="External" Target="'),
        )
    )
    return parts | {name: re.sub(old, new.encode(), parts[name], count=draw.choice((1, 0)))}


def damage_bytes(parts: Parts, draw: Random) -> Parts:
    """Bytes of one part are damaged."""
    name = _main(parts, draw)
    return parts | {name: draw.choice(byte_mutators.MUTATORS)(parts.get(name, b""), parts.get(name, b""), draw)}


def change_number(parts: Parts, draw: Random) -> Parts:
    """Attributes that are numbers become others."""
    name = _main(parts, draw)
    data = parts.get(name, b"")
    rate = draw.choice((0.02, 0.3, 1.0))
    return parts | {
        name: re.sub(
            rb'="-?\d+"', lambda old: f'="{draw.choice(_NUMBERS)}"'.encode() if draw.random() < rate else old[0], data
        )
    }


def insert_elements(parts: Parts, draw: Random) -> Parts:
    """Elements that mean something, behind a tag."""
    name = _main(parts, draw)
    data = parts.get(name, b"")
    for _again in range(draw.choice((1, 2, 5))):
        tags = [*_ELEMENT.finditer(data)]
        piece = draw.choice(_WORD if name.startswith("word") else _SHEET)
        at = draw.choice(tags).end() if tags else draw.randint(0, len(data))
        data = data[:at] + piece.replace("%s", draw.choice(_NUMBERS)).encode() + data[at:]
    return parts | {name: data}


def nest_elements(parts: Parts, draw: Random) -> Parts:
    """Elements in one another."""
    name = _main(parts, draw)
    data = parts.get(name, b"")
    tags = [*_ELEMENT.finditer(data)]
    if not tags:
        return parts
    at, times = draw.choice(tags).end(), draw.choice((3, 40, 200, 300))
    inner = draw.choice(
        (
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:ins>", "</w:ins>"),
            ("<is>", "</is>"),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        )
    )
    return parts | {name: data[:at] + inner[0].encode() * times + inner[1].encode() * times + data[at:]}


def change_text(parts: Parts, draw: Random) -> Parts:
    """The words between tags are mutated as those of a text are."""
    name = _main(parts, draw)
    text = parts.get(name, b"").decode("utf-8", "replace")
    pieces = [match for match in re.finditer(r">([^<>]{2,})<", text)]
    if not pieces:
        return parts
    piece = draw.choice(pieces)
    told = draw.choice(text_mutators.MUTATORS)(piece[1], piece[1], draw)
    told = re.sub("[<>&]", "", told) if draw.random() < 0.9 else told
    changed = text[: piece.start(1)] + told + text[piece.end(1) :]
    return parts | {name: changed.encode("utf-8", "surrogatepass")}


def declare(parts: Parts, draw: Random) -> Parts:
    """The XML says that it is in another encoding, or declares entities."""
    name = _main(parts, draw)
    head = draw.choice(
        (
            '<?xml version="1.0" encoding="gb2312"?>',
            '<?xml version="1.1"?>',
            '<?xml version="1.0" encoding="utf-16"?>',
            '<!DOCTYPE a [<!ENTITY b "1个">]>',
            '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
            "\ufeff",
            "",
        )
    )
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", parts.get(name, b""))
    encoded = (head + body.decode("utf-8", "replace")).encode(
        draw.choice(("utf-8", "utf-8", "utf-16", "gb18030")), "replace"
    )
    return parts | {name: encoded}


MUTATORS: tuple[PartsMutator, ...] = (
    lose_part,
    swap_parts,
    rename_part,
    break_relation,
    damage_bytes,
    change_number,
    insert_elements,
    insert_elements,
    nest_elements,
    change_text,
    change_text,
    change_text,
    declare,
)
