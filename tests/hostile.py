"""Strings that attack every place a text can come to, and a content folder with them in every text field there is.

The fields are found by reflection over the records of ``generator.model``: a text field that is added to one of them is
attacked from that day on. What is no text (ids, slugs, addresses of files) stands in ``NO_TEXT`` with the reason.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from generator import yamlfile
from generator.model import (
    Audit,
    AuditItem,
    Base,
    DataChange,
    DataRelease,
    Keywords,
    Listed,
    Place,
    Programme,
    Publication,
    Record,
    Register,
    Remark,
    StatedTotal,
    Unassigned,
)
from generator.registers import write_registers
from tests import page_examples as examples
from tests.conftest import REPOSITORY

R = TypeVar("R", bound=Record)

SLUG = "testville"
CANARY = "window.__dx_pwned=1"
_PROGRAMMES: tuple[Programme, ...] = ("livelihood", "key-work")
_PLAIN: tuple[str, ...] = (
    f"<script>{CANARY}</script>",
    f"</script><script>{CANARY}</script>",
    f"<img src=x onerror={CANARY}>",
    f"\"><img src=x onerror='{CANARY}'>",
    f"' autofocus onfocus={CANARY} x='",
    f"x onmouseover={CANARY} y",
    f"<svg onload={CANARY}><script>{CANARY}</script></svg>",
    f"<svg><animate attributeName=href onbegin={CANARY}></svg>",
    f"<details open ontoggle={CANARY}>",
    f"<iframe srcdoc='<script>top.{CANARY.partition('.')[2]}</script>'></iframe>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example/><button>送</button></form>",
    "<object data=https://evil.example/></object><embed src=https://evil.example/>",
    "</title></textarea></style></noscript></template></pre></main></body></html>",
    f"javascript:{CANARY}",
    f"java\tscript:{CANARY}",
    f"data:text/html,<script>{CANARY}</script>",
    f"[链](javascript:{CANARY})",
    "![图](https://evil.example/a.png)",
    f"[一]: javascript:{CANARY}\n[一]",
    "<https://evil.example/>",
    f"{{: .evil #evil onclick={CANARY} }}",
    f"词{{: onclick={CANARY} }}",
    '!!! note "x"\n    evil',
    "# 标题\n\n- 项\n\n    码\n\n> 引\n\n---\n| a | b |\n|---|---|\n| 1 | 2 |",
    "*粗* **粗** _斜_ `码` ~~删~~ \\ &amp; &lt;b&gt; &#x27; 5*3*2",
    "```\n</code></pre>\n```",
    "{{ 7*7 }}{{ config }}{% raw %}{% include '/etc/passwd' %}{# x #}",
    "${7*7} #{7*7} <%= 7*7 %> $(id) `id`",
    "!!python/object/apply:os.system ['id']",
    "&a *a <<: {x: 1}",
    "--- # 不是注释\n...\n",
    f'{{"@context":"</script><script>{CANARY}</script>"}}',
    "<!-- x",
    "--> <!--> --!>",
    "]]> <![CDATA[ <?xml version='1.0'?> <!DOCTYPE x>",
    '=HYPERLINK("https://evil.example/","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3 @SUM(1)",
    "@SUM(1+9)*cmd",
    "'=1+1",
    "＝1+1",
    "\t=1+1",
    "控\x85制\xa0\u2028行\u2029段\x0b\x0c\x1c",
    "../../../../../../tmp/dx-evil",
    "..\\..\\dx-evil",
    "/etc/passwd%00.html?x=1&y=2#z",
    "CON.txt:stream|<>*?",
    "dx-slot-body dx-slot-jsonld dx-slot-report_body dx-json-ld",
    "<!-- duixian: start --> <!-- duixian: end --> PROGRAM_MARK",
    "wzxhzdk:0 klzzwxh:0000 STX ETX",
    '"quoted" \'single\' `back` \\"esc\\\\',
    "\r\nSet-Cookie: a=b\r\nEND:VCALENDAR\r\nBEGIN:VEVENT",
    "名" * 400,
    "a" * 300,
    "𠮷😀é e\u0301 ﷽",
)
HOSTILE = tuple(f"{text}尾{number}" for number, text in enumerate(_PLAIN))
"""Each with an ending of its own, by which it is found again."""

REFUSED = (
    *("nul\x00", "escape\x1b[31m", "bell\x07", "\x02wzxhzdk:0\x03", "\x7f", "\x80", "\x9b31m"),
    *("\u202e倒", "\u2066x\u2069", "1\u202d2\u202c"),
    *("零\u200b宽", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\xad", "\u2060", "头\ufeff尾"),
)
"""What YAML can hold and no text of ours may: control characters, Markdown's own marks among them; text that is turned
or that nobody sees."""

_ID = "an id: its form is checked when a register is loaded"
_SLUG = "a slug: its form is checked when places are loaded"
_CODE = "a code of a form of its own, refused where it is none"
_ADDRESS = "an address, refused where it is none"
NO_TEXT: dict[tuple[str, str], str] = {
    ("Register", "place"): _SLUG,
    ("Register", "retired"): _ID,
    ("Source", "sha256"): "a digest, which ingest computes",
    ("Commitment", "source"): _ID,
    ("Report", "source"): _ID,
    ("Restatement", "source"): _ID,
    ("Unassigned", "source"): _ID,
    ("Listed", "target"): _ID,
    ("Milestone", "target"): _ID,
    ("Result", "target"): _ID,
    ("Result", "part_of"): _ID,
    ("Rate", "target"): _ID,
    ("Rate", "result"): _ID,
    ("Audit", "register"): _ID,
    ("AuditItem", "record"): _ID,
    ("Place", "slug"): _SLUG,
    ("Place", "parent"): _SLUG,
    ("Place", "code"): _CODE,
    ("Publication", "name"): _CODE,
    ("Publication", "schema_version"): _CODE,
    ("License", "name"): _CODE,
    ("License", "path"): _ADDRESS,
    ("Publisher", "url"): _ADDRESS,
    ("Publisher", "email"): _ADDRESS,
    ("DataRelease", "sha256"): "the digest of files that must lie there",
    ("DataRelease", "departments"): _SLUG,
    ("DataChange", "commitment"): _ID,
}
"""Text fields that hold no text, by record and field, with the reason. So is every field with the name ``id``."""

ROOTS = (Register, Audit, DataRelease, Publication, Place)
"""The records that are written by hand or by ``ingest``, and published."""

Choose = Callable[[str, str], str]
"""The string for a field of a record."""


_hints = cache(get_type_hints)


@cache
def text_fields() -> dict[tuple[str, str], type]:
    """Every text field of ``ROOTS`` and of all that they hold, but for those of ``NO_TEXT`` and ids."""
    found: dict[tuple[str, str], type] = {}
    waiting, seen = [*ROOTS], set[type]()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for name, hint in _hints(kind).items():
            inside = set(_types_in(hint))
            waiting += [one for one in inside if isinstance(one, type) and issubclass(one, Record)]
            if str in inside and is_text(kind.__name__, name):
                found[kind.__name__, name] = kind
    return found


def is_text(record: str, field: str) -> bool:
    return field != "id" and (record, field) not in NO_TEXT


def _types_in(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Literal:
        return
    yield hint
    for one in get_args(hint):
        yield from _types_in(one)


def attack(record: R, choose: Choose) -> R:
    """The record with every text in it, those that are empty too, replaced by what ``choose`` gives."""
    kind, hints = type(record), _hints(type(record))
    changed = {
        name: _attack_value(getattr(record, name), hint, lambda name=name: choose(kind.__name__, name))  # type: ignore[misc]
        if is_text(kind.__name__, name) and str in set(_types_in(hint))
        else _inside(getattr(record, name), choose)
        for name, hint in hints.items()
    }
    return msgspec.structs.replace(record, **changed)


def _attack_value(value: Any, hint: Any, text: Callable[[], str]) -> Any:
    if hint is str:
        return text()
    if isinstance(value, tuple):
        return tuple(text() for _ in value or ("",))
    raise TypeError(f"a text in {hint}: say in tests/hostile.py how it is attacked")


def _inside(value: Any, choose: Choose) -> Any:
    if isinstance(value, Record):
        return attack(value, choose)
    return tuple(_inside(one, choose) for one in value) if isinstance(value, tuple) else value


def met_fields(record: Any) -> set[tuple[str, str]]:
    """The text fields that an example of a record has."""
    if isinstance(record, tuple):
        return {field for one in record for field in met_fields(one)}
    if not isinstance(record, Record):
        return set()
    names = _hints(type(record))
    own = {(type(record).__name__, name) for name in names}
    return own.union(*(met_fields(getattr(record, name)) for name in names)) & set(text_fields())


class Rotation:
    """Strings for the fields of a record: each field another, and with each turn the next.

    After as many turns as there are strings every field has had each of them. Units are the same in one record, so that
    numbers can be compared.
    """

    def __init__(self, turn: int, strings: Sequence[str] = HOSTILE) -> None:
        self._turn, self._strings = turn, strings
        self._places = {field: place for place, field in enumerate(sorted(text_fields()))}

    def __call__(self, record: str, field: str) -> str:
        place = 0 if field == "unit" and record != "Responsibility" else self._places[record, field]
        return self._strings[(self._turn + place) % len(self._strings)]


def everything(record: str, field: str) -> str:
    """All strings at once, for a field of which there is one in a whole site."""
    # A publication is refused where an empty line or what stands between its languages is in a text.
    return " ".join(HOSTILE).replace("\n\n", "\n") if record != "Place" else HOSTILE[0]


def example_register(year: int, programme: Programme) -> Register:
    """A register in which every record there is stands at least once, each with all its fields."""
    register = examples.make_register(examples.Words())
    full, bare, told = register.commitments
    source = msgspec.structs.replace(
        register.sources[0],
        index_number="1",
        published_on=date(year, 2, 5),
        as_of_reason="1",
        stated=(StatedTotal(value=3, of="items", quote="3项", start=1, end=3, section="一"),),
    )
    (report,) = full.reports
    (rate,) = report.rates
    base = Base(value=Decimal(227), unit="个", printed="227个", start=1, end=2)
    rates = (rate, msgspec.structs.replace(rate, id="p2", base=base, target="", result="v1"))
    area = msgspec.structs.replace(report.results[0], id="v2", target="", area="区", part_of="v1")
    reports = (msgspec.structs.replace(report, rates=rates, results=(*report.results, area)),)
    (later,) = full.restated
    later = msgspec.structs.replace(later, milestones=full.milestones)
    listed = (Listed(value=Decimal(12), unit="个", printed="12个", target="t1", start=1, end=2, text="一"),)
    full = msgspec.structs.replace(full, reports=reports, restated=(later,), listed=listed, note="一")
    lost = Unassigned(text="12", reason="一", line=1, start=1, end=3)
    register = msgspec.structs.replace(
        register, sources=(source,), commitments=(full, bare, told), unassigned=(lost,), year=year, programme=programme
    )
    said = msgspec.json.encode(register).decode()
    return msgspec.json.decode(said.replace(f"{SLUG}-2024-livelihood-", f"{SLUG}-{year}-{programme}-"), type=Register)


def example_audit(register: Register) -> Audit:
    """An audit with a judgement of a whole wording and one of a number."""
    name = f"{register.place}-{register.year}-{register.programme}"
    first = register.commitments[0].id
    item = AuditItem(
        record=first, kind="wording", read="", judgement="wrong", note="一", reader="某", date=date(2025, 1, 1)
    )
    number = msgspec.structs.replace(item, record=f"{first}.t1", kind="target")
    return Audit(register=name, seed="1", reader="某", date=date(2025, 1, 1), method="一", items=(item, number))


def example_release(register: Register, day: date) -> DataRelease:
    """What changed in a day: a cell, a row that came and one that went."""
    first = register.commitments[0].id
    cell = DataChange(table="commitments", record=first, commitment=first, column="text", old="旧", new="新")
    changes = (cell, DataChange(table="targets", record=f"{first}.t1", commitment=first, new="新"))
    return DataRelease(
        day=day, since=date(2025, 1, 1), reason=Remark(zh="一", en="one"), rules=("1", "2"), changes=changes
    )


def example_publication() -> Publication:
    """The publication of the repository with all that may stand in one."""
    publication = yamlfile.load(REPOSITORY / "content" / "publication.yml", Publication)
    return msgspec.structs.replace(publication, keywords=Keywords(zh=("一",), en=("one",)))


def example_places() -> tuple[Place, ...]:
    """A city and its district."""
    city = Place(zh="测试市", en="Test City", slug=SLUG, kind="city", code="990000")
    return (city, Place(zh="东区", en="East", slug="east", kind="district", parent=SLUG, short=("东",)))


def write_hostile(content: Path, turns: Sequence[int]) -> None:
    """Write a content folder: for each turn a register of a year and a programme of its own, its audit, its changes."""
    for name in ("lookups", "schemas", "pages"):
        shutil.copytree(REPOSITORY / "content" / name, content / name)
    for number, turn in enumerate(turns):
        choose = Rotation(turn)
        register = attack(example_register(2000 + number // 2, _PROGRAMMES[number % 2]), choose)
        audit, day = example_audit(register), date(2025, 1, 2) + timedelta(days=number)
        write_registers(content, [register])
        yamlfile.dump(attack(audit, choose), content / "audits" / f"{audit.register}.yml")
        yamlfile.dump(attack(example_release(register, day), choose), content / "changes" / f"{day}.yml")
    yamlfile.dump(attack(example_publication(), everything), content / "publication.yml")
    city, district = example_places()
    places = [msgspec.structs.replace(city, zh=HOSTILE[2], en=HOSTILE[4])]
    for number, text in enumerate(HOSTILE):
        places.append(attack(msgspec.structs.replace(district, slug=f"east-{number}"), _always(text)))
    yamlfile.dump(tuple(places), content / "places.yml")


def _always(text: str) -> Choose:
    return lambda record, field: text
