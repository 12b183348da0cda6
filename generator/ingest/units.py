"""Who answers for what: labels inside cells, brackets behind a wording, leaders in headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct, structs

from generator.ingest.departments import kind_of_unit, printed_to_department
from generator.ingest.persons import leader_names, personal_names
from generator.ingest.rows import Reading, is_units
from generator.ingest.unit_lists import Named, list_to_named, split_units
from generator.lookups import Lookups
from generator.model import Responsibility, Role
from generator.text import Traced

_OPEN, _CLOSE = "(<＜《（", ")>＞》）"
_ROLES: tuple[Role, Role] = ("lead", "support")


class Answer(Struct, frozen=True):
    """Those who are named together: leaders, units with their roles, and the part of the wording that is theirs.

    ``scope`` is empty where all who are named answer for the whole.
    """

    leaders: tuple[str, ...] = ()
    units: tuple[Named, ...] = ()
    scope: str = ""


def _labels_by_kind(lookups: Lookups) -> dict[str, str]:
    """Every label of those who answer, or of the date → what it introduces."""
    return {label: kind for kind in ("leader", *_ROLES, "due") for label in lookups.words(f"label_{kind}")}


def _label_pattern(lookups: Lookups) -> re.Pattern[str]:
    labels = lookups.once(_labels_by_kind)
    return re.compile(rf"[,，]?({'|'.join(sorted(labels, key=len, reverse=True))})\s*[:：]")


def _units_pattern(lookups: Lookups) -> re.Pattern[str]:
    labels = lookups.words("label_lead") + lookups.words("label_support")
    return re.compile(rf"(?:{'|'.join(sorted(labels, key=len, reverse=True))})\s*[:：]")


def _bracket_pattern(lookups: Lookups) -> re.Pattern[str]:
    lead, support = ("|".join(lookups.words(name)) for name in ("after_lead", "after_support"))
    return re.compile(
        rf"[(（]([^()（）:：]{{2,120}}?)(?:{lead})(?:[,，;；、]\s*([^()（）:：]{{2,160}}?)(?:{support}))?[)）]"
    )


def _bare_bracket_pattern(lookups: Lookups) -> re.Pattern[str]:
    """A bracket that ends a line, or the part of one before a label: (市教育局)。 (市工信局,分管领导:林溪)."""
    label = "|".join(sorted(lookups.once(_labels_by_kind), key=len, reverse=True))
    ends = r"[)）](?=[。;；]?[ \t]*(?:\n|$))"
    return re.compile(rf"[(（]([^()（）:：\d。]{{3,80}}?)(?:{ends}|(?=[,，;；、]\s*(?:{label})\s*[:：]))")


#: A name of a unit with its level is no shorter: 区教委.
_SHORTEST = 3


def _clause_pattern(lookups: Lookups) -> re.Pattern[str]:
    lead, support = ("|".join(lookups.words(name)) for name in ("after_lead", "after_support"))
    return re.compile(
        rf"[,，]由([^()（）:：,，;；。]{{3,80}}?)(?:{lead})"
        rf"(?:[,，、]\s*([^()（）:：,，;；。]{{3,80}}?)(?:{support}))?(?=[;；。]|\s*$)",
        re.MULTILINE,
    )


class Labelled(Struct, frozen=True):
    """A cell without the names of those who answer for it, and those names, group by group as they stand in it."""

    text: Traced
    answers: tuple[Answer, ...] = ()
    due: str = ""

    @property
    def leaders(self) -> tuple[str, ...]:
        """All leaders, each once."""
        return _unique(leader for answer in self.answers for leader in answer.leaders)

    @property
    def leads(self) -> tuple[str, ...]:
        """All leading units, each once."""
        return self._units("lead")

    @property
    def supports(self) -> tuple[str, ...]:
        """All supporting units, each once."""
        return self._units("support")

    def _units(self, role: Role) -> tuple[str, ...]:
        return _unique(one.unit for answer in self.answers for one in answer.units if one.role == role)


class _Found(Struct, frozen=True):
    """A label with its value, or a bracket of units: where it stands and what it says."""

    start: int
    end: int
    answer: Answer = Answer()
    due: str = ""


def split_labels(cell: Traced, reading: Reading) -> Labelled:
    """Takes 责任单位:… and its kin out of a cell, wherever they stand; their brackets may be lost."""
    found = sorted([*_labels(cell.text, reading), *_brackets(cell.text, reading)], key=lambda one: (one.start, one.end))
    groups: list[_Found] = []
    for one in found:
        if groups and re.fullmatch(r"[;；,，、\s]*", cell.text[groups[-1].end : one.start]):
            groups[-1] = _joined(groups[-1], one)
        else:
            groups.append(one)
    text = cell.without([(one.start, one.end) for one in groups]).strip()
    return Labelled(text, _with_scopes(groups, cell.text), next((one.due for one in groups if one.due), ""))


def _labels(text: str, reading: Reading) -> Iterator[_Found]:
    """Every label with its value."""
    if ":" not in text and "：" not in text:
        return
    labels, pattern = reading.lookups.once(_labels_by_kind), reading.lookups.once(_label_pattern)
    led = 0
    for match in pattern.finditer(text):
        end = _value_end(text, match.end(), pattern)
        value, kind = text[match.end() : end].strip(" ,，\n"), labels[match[1]]
        if led and match[1] in reading.lookups.words("beside_lead") and not re.search(r"\w", text[led : match.start()]):
            kind = "support"
        if kind == "support" or match[1].startswith("牵头"):
            led = end if kind in _ROLES else 0
        answer = Answer()
        if kind == "leader":
            answer = Answer(leaders=tuple(leader_names(value, reading.lookups)))
        for role in _ROLES:
            if kind == role:
                answer = Answer(units=tuple(list_to_named(value, role, reading.lookups)))
        yield _Found(*_with_brackets(text, match.start(), end), answer, value if kind == "due" else "")


def _brackets(text: str, reading: Reading) -> Iterator[_Found]:
    for start, end, leads, supports in (*_answering_brackets(text, reading), *_answering_clauses(text, reading)):
        named = zip((leads, supports), _ROLES, strict=True)
        units = tuple(one for value, role in named for one in list_to_named(value, role, reading.lookups))
        yield _Found(start, end, Answer(units=units))


def _joined(one: _Found, other: _Found) -> _Found:
    """Two that only punctuation stands between: one group of those who answer."""
    answer = Answer(one.answer.leaders + other.answer.leaders, one.answer.units + other.answer.units)
    return _Found(one.start, max(one.end, other.end), answer, one.due or other.due)


def _with_scopes(groups: list[_Found], text: str) -> tuple[Answer, ...]:
    """The groups that name someone. Where several do, each answers for the wording before it."""
    told = [one for one in groups if one.answer.leaders or one.answer.units]
    if len(told) < 2:
        return tuple(one.answer for one in told)
    starts = (0, *(one.end for one in told[:-1]))
    scopes = (text[start : one.start].strip(" \t\n;；,，。") for start, one in zip(starts, told, strict=True))
    return tuple(structs.replace(one.answer, scope=scope) for one, scope in zip(told, scopes, strict=True))


def names_units(text: str, reading: Reading) -> bool:
    """Whether a text names those who answer for it: (责任单位:市民政局), (市民政局牵头)."""
    return bool(_unit_spans(text, reading))


def answered_parts(text: Traced, reading: Reading) -> list[Traced]:
    """A text cut after each naming of units that another one follows: each part has units of its own."""
    ends: list[int] = []
    for start, end in _unit_spans(text.text, reading):
        if ends and not re.search(r"[\u4e00-\u9fff]", text.text[ends[-1] : start]):
            ends[-1] = end
        else:
            ends.append(end)
    cuts = [0, *(end for end in ends[:-1] if text.text[end : end + 1] not in set("、,，")), len(text)]
    parts = [text[one:other].strip(" \t\n;；。") if one else text[:other].strip() for one, other in pairwise(cuts)]
    return [part for part in parts if part]


def _unit_spans(text: str, reading: Reading) -> tuple[tuple[int, int], ...]:
    """Where a text names units, brackets included."""
    return reading.of_text(_find_unit_spans, text)


def _find_unit_spans(text: str, reading: Reading) -> tuple[tuple[int, int], ...]:
    pattern = reading.lookups.once(_units_pattern)
    spans = [
        _with_brackets(text, match.start(), _value_end(text, match.end(), pattern)) for match in pattern.finditer(text)
    ]
    told = (*_answering_brackets(text, reading), *_answering_clauses(text, reading))
    return tuple(sorted([*spans, *((start, end) for start, end, _, _ in told)]))


def _answering_brackets(text: str, reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, lead units, supporting units) of each bracket (市民政局牵头,市财政局配合), (市教育局) at an end."""
    if "(" not in text and "（" not in text:
        return
    for match in reading.lookups.once(_bracket_pattern).finditer(text):
        if is_units(match[1], reading):
            yield *match.span(), match[1], match[2] or ""
    for match in reading.lookups.once(_bare_bracket_pattern).finditer(text):
        if _are_bare_units(match[1], reading):
            yield *match.span(), match[1], ""


def _answering_clauses(text: str, reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """The same of each clause that says so at the end of a sentence: 新增就业7万人,由市人社局牵头,市财政局配合。"""
    if "由" not in text:
        return
    for match in reading.lookups.once(_clause_pattern).finditer(text):
        if _are_bare_units(match[1], reading):
            yield *match.span(), match[1], match[2] or ""


def _are_bare_units(names: str, reading: Reading) -> bool:
    """Whether the words of a bracket are names of units though nothing says so: each with the level that it is of.

    乡镇(街道) and 企业(集团) are no such names.
    """
    levels = tuple(reading.lookups.departments.levels)
    units = split_units(names, reading.lookups)
    return is_units(names, reading) and all(len(unit) >= _SHORTEST for unit in units) and units[0].startswith(levels)


def responsibilities(answers: Iterable[Answer], person_named: str, reading: Reading) -> tuple[Responsibility, ...]:
    """Records of the units, lead first, each once in its role. A person named once answers with the first lead unit.

    A unit that is named for several parts of the wording has their leaders and scopes one after the other.
    """
    records: dict[tuple[Role, str], Responsibility] = {}
    for answer in answers:
        leader = "、".join(answer.leaders) if answer.scope else ""
        for one in answer.units:
            known = records.get((one.role, one.unit)) or Responsibility(
                role=one.role,
                unit=one.unit,
                department=printed_to_department(one.unit, reading.place, reading.lookups),
                kind=kind_of_unit(one.unit, reading.lookups),
            )
            if not answer.scope:
                records[one.role, one.unit] = known
                continue
            records[one.role, one.unit] = structs.replace(
                known,
                leader="、".join(_unique((*known.leader.split("、"), *leader.split("、")))),
                scope="；".join(_unique((known.scope, answer.scope))),
            )
    ordered = sorted(records.values(), key=lambda one: _ROLES.index(one.role))
    if person_named and ordered and ordered[0].role == "lead":
        ordered[0] = structs.replace(ordered[0], official=person_named)
    return tuple(ordered)


def heading_leader(section: str, reading: Reading) -> str:
    """The leaders whom a section heading names, apart by 、; empty when it names none.

    洪湖鹏市长主抓重点工作, 林溪、陈禾副市长分管工作, (二)副市长林溪牵头项目, 分管领导:林溪, 林溪同志负责的任务.
    """
    return reading.of_text(_leaders_of_heading, section) if section else ""


def _leaders_of_heading(section: str, reading: Reading) -> str:
    bare = _LIST_NUMBER.sub("", section)
    match = next((match for pattern in reading.lookups.once(_leader_patterns) if (match := pattern.match(bare))), None)
    return "、".join(re.split(r"[、,，]", match[1])) if match else ""


_LIST_NUMBER = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?由?")


def _leader_patterns(lookups: Lookups) -> tuple[re.Pattern[str], ...]:
    titles = "|".join(lookups.longest("leader_titles"))
    verbs = "|".join(lookups.words("leader_headings"))
    name = r"[\u4e00-\u9fff·]{2,4}?"
    surnamed = rf"(?:{'|'.join(lookups.words('surnames'))})[\u4e00-\u9fff·]{{1,3}}?"
    names = rf"({name}(?:[、,，]{name})*)"
    known = rf"({surnamed}(?:[、,，]{surnamed})*)"
    labels = "|".join(lookups.longest("label_leader"))
    return (
        re.compile(rf"{names}(?:{titles}|同志).{{0,4}}(?:{verbs})"),
        re.compile(rf"(?:[\u4e00-\u9fff]{{2,4}}[、,，])*(?:{titles}){known}(?:同志)?(?:{verbs})"),
        re.compile(rf"(?:{labels})\s*[:：]\s*{known}(?:{titles}|同志)?\s*$"),
    )


def person(cell: str) -> str:
    """The personal names of a cell, apart by 、, with what is printed beside them: 林溪(牵头)、陈禾(配合)."""
    return "、".join(personal_names(cell))


def _value_end(text: str, start: int, pattern: re.Pattern[str]) -> int:
    """Where the names after a label end: at a ; or 。, at a bracket that they did not open, at the next label."""
    depth = 0
    following = pattern.search(text, start)
    limit = following.start() if following else len(text)
    for index in range(start, limit):
        character = text[index]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            if not depth:
                return index
            depth -= 1
        elif character in ";；。\n" and not depth:
            return index
    return limit


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    if start and text[start - 1] in "(（":
        start -= 1
    if end < len(text) and text[end] in ")）":
        end += 1
    return start, end


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def cells_to_answer(leads: tuple[Traced, ...], supports: tuple[Traced, ...], reading: Reading) -> Answer:
    """The units of the columns of a row."""
    named = [
        one
        for cells, role in zip((leads, supports), _ROLES, strict=True)
        for cell in cells
        for one in list_to_named(cell.text, role, reading.lookups)
    ]
    return Answer(units=tuple(named))
