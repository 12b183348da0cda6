"""Synthetic registers of cities that do not exist: any number of commitments, the same bytes every time.

Measures, units and names of departments are those of the lookups, so that themes, shared measures and ledgers of units
fill as they would; places, sources and numbers are invented. A register has fifty commitments, a city's year two
registers, a city ten years: 100,000 commitments are a hundred cities.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator import yamlfile
from generator.lookups import Lookups
from generator.model import (
    Allocation,
    Commitment,
    DocumentKind,
    Measure,
    Milestone,
    Place,
    Programme,
    Rate,
    Register,
    Report,
    Responsibility,
    Result,
    Source,
    Target,
)
from generator.registers import write_register

COMMITMENTS_A_REGISTER = 50
YEARS_A_CITY = 10
DISTRICTS_A_CITY = 6
CITIES_A_PROVINCE = 10
_PROGRAMMES: tuple[Programme, ...] = ("livelihood", "key-work")
_FIRST_YEAR = 2015
_SEED = 20240101
_NAMES = "云安宁和兴平永长清泰福昌德嘉怀临"
_RIVERS = "溪川江湖山阳原泉林岭"
_COPIED = ("lookups", "schemas", "pages")
_PLANNED = 120
"""Characters that a plan has of a commitment beside its wording: number, units, punctuation."""


@dataclass(frozen=True)
class Shard:
    """One register that is to be made: which city of how many, which year, which programme, how many commitments."""

    city: int
    year: int
    programme: Programme
    commitments: int


def write_corpus(content: Path, out: Path, commitments: int) -> tuple[Path, ...]:
    """Write a content folder with so many commitments, its lookups, schemas and pages those of ``content``.

    Returns the paths of the registers. ``out`` must not exist yet.
    """
    for name in _COPIED:
        shutil.copytree(content / name, out / name)
    for path in content.glob("*.yml"):
        shutil.copyfile(path, out / path.name)
    shards = list(plan_shards(commitments))
    places = tuple(invent_places(max(shard.city for shard in shards) + 1))
    yamlfile.dump(places, out / "places.yml")
    maker = RegisterMaker(Lookups(content), yamlfile.load(content / "lookups" / "measures.yml", tuple[Measure, ...]))
    return tuple(write_register(out, maker.register(shard)) for shard in shards)


def plan_shards(commitments: int) -> Iterator[Shard]:
    """Registers of fifty commitments, year after year and city after city; the last one has what is left."""
    for number, first in enumerate(range(0, commitments, COMMITMENTS_A_REGISTER)):
        year, programme = divmod(number, len(_PROGRAMMES))
        city, year = divmod(year, YEARS_A_CITY)
        count = min(COMMITMENTS_A_REGISTER, commitments - first)
        yield Shard(city, _FIRST_YEAR + year, _PROGRAMMES[programme], count)


def city_slug(city: int) -> str:
    """The slug of an invented city."""
    return f"city-{city:04}"


def invent_places(cities: int) -> Iterator[Place]:
    """Provinces, their cities, the districts of each: codes from 900000, which GB/T 2260 leaves free."""
    for city in range(cities):
        province, place = divmod(city, CITIES_A_PROVINCE)
        if not place:
            yield Place(zh=f"{_name(province)}省", en=f"Province {province}", slug=_province(province), kind="province")
        name = _city_name(city)
        yield Place(
            zh=f"{name}市",
            en=f"City {city}",
            slug=city_slug(city),
            kind="city",
            code=str(900000 + city),
            parent=_province(province),
        )
        for district in range(DISTRICTS_A_CITY):
            yield Place(
                zh=_district_name(city, district),
                en=f"District {city}.{district}",
                slug=f"{city_slug(city)}-{district}",
                kind="district",
                parent=city_slug(city),
            )


def _province(number: int) -> str:
    return f"province-{number:03}"


def _name(number: int) -> str:
    """A name of two or more characters that no other number has."""
    high, low = divmod(number, len(_NAMES))
    return (_name(high - 1) if high else "") + _NAMES[low] + _RIVERS[low % len(_RIVERS)]


def _city_name(city: int) -> str:
    return f"{_name(city)}州"


def _district_name(city: int, district: int) -> str:
    return f"{_name(city)}{_RIVERS[district]}区"


class RegisterMaker:
    """Makes registers: each from its own seed, so that one does not depend on which were made before."""

    def __init__(self, lookups: Lookups, measures: tuple[Measure, ...]) -> None:
        self._verbs = [verb for verb in lookups.words("action_verbs") if len(verb) == 2][:12]
        self._measures = [one for one in measures if one.kind == "level" and one.unit and not one.context]
        self._departments = [f"市{name}" for name in lookups.departments.names if name.endswith(("局", "委员会"))]

    def register(self, shard: Shard) -> Register:
        """The register of a shard: a plan, and for every year but the newest two an annual report."""
        draw = random.Random(f"{_SEED}-{shard.city}-{shard.year}-{shard.programme}")
        slug, place = city_slug(shard.city), f"{_city_name(shard.city)}市"
        name = f"{slug}-{shard.year}-{shard.programme}"
        reported = shard.year < _FIRST_YEAR + YEARS_A_CITY - 2
        title = f"{place}{shard.year}年{'民生实事' if shard.programme == 'livelihood' else '政府工作报告重点工作'}"
        sources: tuple[Source, ...] = (_source(name, "plan", title, date(shard.year, 2, 1)),)
        if reported:
            sources += (_source(name, "annual", title, date(shard.year, 12, 31)),)
        commitments, at = [], 100
        for position in range(1, shard.commitments + 1):
            made = _Draft(self, draw, shard, f"{name}-{position:03}", at)
            commitments.append(made.commitment(position, sources if reported else sources[:1]))
            at = made.at + _PLANNED
        return Register(
            place=slug,
            year=shard.year,
            programme=shard.programme,
            title=title,
            sources=sources,
            commitments=tuple(commitments),
        )

    def promise(self, draw: random.Random) -> tuple[str, str]:
        """The words of a measure, and its unit."""
        measure = draw.choice(self._measures)
        return draw.choice(self._verbs) + "".join(draw.choice(group) for group in measure.must), measure.unit

    def departments(self, draw: random.Random) -> list[str]:
        """One to four departments, the first of which leads."""
        return draw.sample(self._departments, k=draw.randint(1, 4))


def _source(name: str, kind: DocumentKind, title: str, day: date) -> Source:
    code = f"{name}-{kind.replace('_', '-')}"
    return Source(
        id=code,
        document=f"{code}.txt",
        title=title if kind == "plan" else f"{title}完成情况",
        kind=kind,
        sha256=hashlib.sha256(code.encode()).hexdigest(),
        script="Hans",
        issuer="某某市人民政府",
        written_on=day,
        published_on=day,
        as_of=day if kind != "plan" else None,
    )


class _Draft:
    """One commitment on its way: its text grows, and every number knows where in the document it stands."""

    def __init__(self, maker: RegisterMaker, draw: random.Random, shard: Shard, name: str, at: int) -> None:
        self._maker, self._draw, self._shard, self._name = maker, draw, shard, name
        self._start = self.at = at
        self._text = ""

    def commitment(self, position: int, sources: tuple[Source, ...]) -> Commitment:
        last = self._draw.randint(1, 3)
        targets = tuple(self._target(number, "。" if number == last else "，") for number in range(1, last + 1))
        end, due = self.at, date(self._shard.year, self._draw.choice((6, 9, 11, 12)), 30)
        text, self._text = self._text, ""
        milestones = tuple(self._milestones(targets[0])) if self._draw.random() < 0.4 else ()
        reports = tuple(self._report(targets, source) for source in sources[1:])
        lead, *support = self._maker.departments(self._draw)
        units = [Responsibility(role="lead", unit=lead, department=lead)]
        units += [Responsibility(role="support", unit=unit, department=unit) for unit in support]
        return Commitment(
            id=self._name,
            position=position,
            text=text,
            start=self._start,
            end=end,
            source=sources[0].id,
            number=str(position),
            due=due,
            due_text=f"{due.month}月底",
            responsibilities=tuple(units),
            targets=targets,
            milestones=milestones,
            reports=reports,
        )

    def _say(self, text: str) -> tuple[int, int]:
        start = self.at
        self._text += text
        self.at += len(text)
        return start, self.at

    def _target(self, number: int, mark: str) -> Target:
        words, unit = self._maker.promise(self._draw)
        shares = [self._draw.randint(1, 400) for _ in range(DISTRICTS_A_CITY)]
        value = sum(shares)
        self._say(words)
        start, end = self._say(f"{value}{unit}以上")
        self._say(mark)
        split = self._draw.random() < 0.2
        return Target(
            id=f"t{number}",
            measure=words,
            comparator="ge",
            value=Decimal(value),
            unit=unit,
            kind="level",
            printed=f"{value}{unit}以上",
            start=start,
            end=end,
            allocations=tuple(self._allocations(shares, unit)) if split else (),
        )

    def _allocations(self, shares: list[int], unit: str) -> Iterator[Allocation]:
        for index, share in enumerate(shares):
            area, at = _district_name(self._shard.city, index), self.at + _PLANNED // 2 + 4 * index
            printed = f"{share}"
            yield Allocation(
                id=f"a{index + 1}",
                area=area,
                value=Decimal(share),
                unit=unit,
                printed=printed,
                start=at,
                end=at + len(printed),
            )

    def _milestones(self, target: Target) -> Iterator[Milestone]:
        for number, (month, share) in enumerate(((6, 50), (11, 100)), start=1):
            text = f"{month}月底前完成{share}%"
            start, end = self._say(text)
            yield Milestone(
                id=f"m{number}",
                text=text,
                start=start,
                end=end,
                due=date(self._shard.year, month, 30),
                target=target.id,
                comparator="ge",
                value=Decimal(share),
                unit="%",
                basis="share",
            )

    def _report(self, targets: tuple[Target, ...], source: Source) -> Report:
        self._text, first = "", self.at
        results, rates = [], []
        for number, target in enumerate(targets, start=1):
            reached = int(target.value) * self._draw.choice((70, 90, 100, 102, 105, 110, 125)) // 100
            self._say(f"已{target.measure}")
            start, end = self._say(f"{reached}{target.unit}")
            results.append(
                Result(
                    id=f"v{number}",
                    measure=target.measure,
                    comparator="eq",
                    value=Decimal(reached),
                    unit=target.unit,
                    printed=f"{reached}{target.unit}",
                    start=start,
                    end=end,
                    target=target.id,
                )
            )
            if self._draw.random() < 0.5:
                rates.append(self._rate(number, target, reached))
            self._say("；")
        return Report(
            id="r1",
            source=source.id,
            text=self._text,
            start=first,
            end=self.at,
            results=tuple(results),
            rates=tuple(rates),
        )

    def _rate(self, number: int, target: Target, reached: int) -> Rate:
        percent = (Decimal(reached * 100) / target.value).quantize(Decimal("0.1"))
        if self._draw.random() < 0.05:
            percent += 5
        self._say("，完成年度目标的")
        start, end = self._say(f"{percent}%")
        return Rate(
            id=f"p{number}",
            published=percent,
            printed=f"{percent}%",
            start=start,
            end=end,
            target=target.id,
            result=f"v{number}",
            basis="年度目标",
        )
