"""A first sidecar for a new document: its sha256, and what its text says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, DocumentError, Problem
from generator.ingest.readers import bytes_to_text
from generator.lookups import Lookups
from generator.model import AreaKind, DocumentKind, Part, Programme, Sidecar, Stated
from generator.quantities import find_as_of
from generator.text import is_traditional, to_simplified

#: By this line editors find the schema of the file; ``duixian schema --write`` puts it there.
EDITOR_LINE = "# yaml-language-server: $schema=../schemas/json/sidecar.schema.json\n"

#: The kind of a place by the end of its name; any other is a city. Prefectures are like cities.
_KINDS_OF_PLACES: dict[str, AreaKind] = {
    "自治区": "province",
    "特别行政区": "province",
    "省": "province",
    "地区": "city",
    "区": "district",
    "县": "county",
    "旗": "county",
}

_DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\s*\d+\s*号")
_INDEX = re.compile(r"索引号\s*[:：]\s*\|?\s*([\w/-]+)")
_WRITTEN = re.compile(rf"成文日期\s*[:：]\s*\|?\s*({_DAY})")
_PUBLISHED = re.compile(rf"发布(?:日期|时间)\s*[:：]\s*\|?\s*({_DAY})")
_ISSUER = re.compile(r"发[布文](?:单位|机构|机关)\s*[:：]\s*\|?\s*([\u4e00-\u9fff]{3,20})")
#: A line that says up to when the whole document reports, and nothing else.
_UNTIL = re.compile(
    r"[(（]?(?:注[:：])?(?:以上|上述|本表|相关|所有)?(?:统计)?数?据?均?(?:统计)?"
    r"(截[至止]到?\s*(?:\d{4}\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[底末])?)[)）。]*"
)
#: A line of prose is longer than this.
_SHORT = 40
#: A list number says nothing of whether a line promises or reports.
_LIST_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}\s*[.、．]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、]|[一二三四五六七八九十]是)\s*"
)
_PERIOD = re.compile(r"半年|季度|\d\s*月")


def new_sidecar(document: Path, content: Path, place: str, year: int, programmes: Sequence[Programme] = ()) -> Path:
    """Write the sidecar of a document and return its path: sha256, and what the text says of itself.

    A second document of the same programme and year gets its kind in its name. Titles, kind and programmes are
    read from the text as far as it names them; a person corrects them. Raises DocumentError when the document
    cannot be read, ContentError when the place is unknown or the sidecar exists.
    """
    lookups = Lookups(content)
    if place not in lookups.places.by_name:
        raise ContentError(
            Problem(
                lookups.places.path,
                0,
                "place-unknown",
                f"{place!r}",
                "expected a place of this file",
                f"add a line for it, the blanks filled in: {_place_line(place)}",
            )
        )
    text = _read(document, lookups)
    sidecar = _sidecar(document, text, place, year, _parts(document, text, programmes, lookups), lookups)
    path = _free_path(content, lookups.places.by_name[place].slug, sidecar)
    yamlfile.write_text(path, f"{EDITOR_LINE}{yamlfile.render(sidecar)}")
    return path


def list_unsaid(path: Path) -> list[str]:
    """The entries of a sidecar that readers and packages need and that are empty: names, as they are written there."""
    sidecar = yamlfile.load(path, Sidecar)
    dated = sidecar.written_on or sidecar.published_on or sidecar.as_of
    empty = {
        "issuer": not sidecar.issuer,
        "written_on or published_on": not dated,
        "as_of": sidecar.kind != "plan" and not sidecar.as_of,
        "url": not sidecar.url,
        "expect": any(part.expect.commitments is None for part in sidecar.programmes),
    }
    return [name for name, lacking in empty.items() if lacking]


def _place_line(place: str) -> str:
    """The line of ``places.yml`` that a place lacks, with blanks for what its name does not say."""
    kind = next((kind for ending, kind in _KINDS_OF_PLACES.items() if place.endswith(ending)), "city")
    line = f"- {{zh: {place}, en: ___, slug: ___, kind: {kind}, code: '______'}}"
    return f"{line} (name and slug in pinyin, the six digits of GB/T 2260; ', parent: SLUG' for a place inside another)"


def _parts(document: Path, text: str, programmes: Sequence[Programme], lookups: Lookups) -> tuple[Part, ...]:
    """The programmes that a person named, or else those that titles of the text name."""
    titles = _titles(text, lookups)
    if not (programmes or titles):
        raise ContentError(
            Problem(
                document,
                1,
                "programme-unknown",
                "no title names a programme",
                "expected livelihood, key-work or feedback",
                "say which with --programme",
            )
        )
    return tuple(Part(programme=one, title=titles.get(one, _first_line(text))) for one in programmes or titles)


def _free_path(content: Path, slug: str, sidecar: Sidecar) -> Path:
    """Where a sidecar goes: a second document of the programmes and the year has its kind in its name."""
    name = f"{slug}-{sidecar.year}-{'-and-'.join(part.programme for part in sidecar.programmes)}"
    path = content / "documents" / f"{name}.yml"
    if path.exists() and sidecar.sha256 not in yamlfile.read_text(path):
        month = f"-{int(sidecar.as_of.value[5:7]) // 3}" if sidecar.kind == "quarter" and sidecar.as_of else ""
        path = path.with_name(f"{name}-{sidecar.kind.replace('_', '-')}{month}.yml")
    if path.exists():
        raise ContentError(
            Problem(
                path,
                0,
                "sidecar-exists",
                "this sidecar is there",
                "expected a new document",
                "edit it, or remove it first",
            )
        )
    return path


def _read(document: Path, lookups: Lookups) -> str:
    try:
        text = bytes_to_text(document.read_bytes(), document)
    except OSError as error:
        raise DocumentError(
            Problem(
                document, 0, "document-missing", error.strerror or "unreadable", "expected a document", "check the path"
            )
        ) from None
    return to_simplified(text, lookups.phrases.characters) if is_traditional(text) else text


def _sidecar(document: Path, text: str, place: str, year: int, parts: tuple[Part, ...], lookups: Lookups) -> Sidecar:
    number, index, issuer = _NUMBER.search(text), _INDEX.search(text), _ISSUER.search(text)
    title = parts[0].title
    as_of = _as_of(title, text, year)
    kind = _kind(title, text, as_of, lookups)
    signer, signed = _signature(text, lookups)
    return Sidecar(
        document=document.name,
        sha256=hashlib.sha256(document.read_bytes()).hexdigest(),
        place=place,
        year=year,
        kind=kind,
        programmes=parts,
        title=title,
        issuer=issuer[1] if issuer else signer,
        document_number=number[0] if number else "",
        index_number=index[1] if index else "",
        written_on=_date(_WRITTEN, text) or signed,
        published_on=_date(_PUBLISHED, text),
        as_of=as_of if kind != "plan" else None,
    )


def _date(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    return _parsed(match[1]) if match else None


def _parsed(printed: str) -> date | None:
    try:
        return date(*map(int, re.findall(r"\d+", printed)))
    except ValueError:
        return None


def _signature(text: str, lookups: Lookups) -> tuple[str, date | None]:
    """(unit, day) of the first line that is a unit and stands above a line that is a day."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for above, line in pairwise(lines):
        signs = re.fullmatch(r"[\u4e00-\u9fff]{4,24}", above) and above.endswith(lookups.words("unit_endings"))
        if signs and re.fullmatch(_DAY, line):
            return above, _parsed(line)
    return "", None


def _as_of(title: str, text: str, year: int) -> Stated | None:
    """The day up to which a document reports: as a line of its own says, or its title."""
    for line in text.splitlines():
        if (match := _UNTIL.fullmatch(line.strip())) and (day := find_as_of(match[1], year)):
            return Stated(value=day.isoformat(), reason=f"文中写明“{match[1]}”")
    day = find_as_of(title, year) if _PERIOD.search(title) else None
    return Stated(value=day.isoformat(), reason=f"标题写明“{title}”") if day else None


def _titles(text: str, lookups: Lookups) -> dict[Programme, str]:
    """The first short line without a full stop that names each programme."""
    words: dict[Programme, tuple[str, ...]] = {
        "livelihood": lookups.words("livelihood_titles"),
        "key-work": lookups.words("key_work_titles"),
        "feedback": lookups.words("feedback_titles"),
    }
    titles: dict[Programme, str] = {}
    for line in (line.lstrip("#").strip() for line in text.splitlines()):
        if not 6 <= len(line) <= 60 or re.search(r"[。;；:：>|]", line) or not re.search(r"\d{4}", line):
            continue
        programme = next((name for name, found in words.items() if any(word in line for word in found)), None)
        if programme and programme not in titles:
            titles[programme] = line
    return titles


def _first_line(text: str) -> str:
    return next((line.lstrip("#").strip() for line in text.splitlines() if line.strip()), "")


def _kind(title: str, text: str, as_of: Stated | None, lookups: Lookups) -> DocumentKind:
    """What a document is, by its title; a report whose title names no period by the day up to which it reports.

    Where the title says neither that it plans nor that it reports, the text does.
    """

    def named(words: str) -> bool:
        return any(word in title for word in lookups.words(words))

    if named("half_year_titles"):
        return "half_year"
    if named("quarter_titles"):
        return "quarter"
    if named("report_titles") or (not named("plan_titles") and _reports(text, lookups)):
        kinds: dict[str, DocumentKind] = {"03": "quarter", "06": "half_year", "09": "quarter"}
        return kinds.get(as_of.value[5:7], "annual") if as_of else "annual"
    return "plan"


def _reports(text: str, lookups: Lookups) -> bool:
    """Whether a text has a column or labels of progress, or most of its lines with figures say what was done."""
    words = [word for header in lookups.headers if header.field == "report" for word in header.exact]
    heads = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    pattern = rf"(?:^|\|)\s*[【\[]?[\u4e00-\u9fff]{{0,4}}(?:{heads})[】\]]?\s*(?:[:：|]|$)"
    if re.search(pattern, text, re.MULTILINE):
        return True
    cues = [(re.compile(one), weight) for one, weight in lookups.phrases.cues["promise_or_report"].items()]
    prose = (line for line in text.splitlines() if len(line) > _SHORT and "|" not in line)
    told = [line for line in prose if re.search(r"\d", line)]
    bare = [_LIST_NUMBER.sub("", line) for line in told]
    leanings = [sum(weight for cue, weight in cues if cue.search(line)) for line in bare]
    return sum(one < 0 for one in leanings) > len(leanings) / 2
