"""Whatever stands in a register, as long as its types hold: the assessment answers, and every reason has words."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.assess import assess_register, describe_rules
from generator.model import (
    Allocation,
    Base,
    Commitment,
    Comparator,
    DocumentKind,
    Listed,
    Milestone,
    MilestoneBasis,
    Rate,
    Register,
    Relation,
    Report,
    Restatement,
    Result,
    Source,
    StatedTotal,
    Target,
    TargetKind,
)
from tests.assess_examples import PLACE, WORDS

YEAR = 2023
TARGETS, RESULTS = ("t1", "t2"), ("v1", "v2", "v3")
UNITS = ("个", "家", "元", "人", "人次", "%", "个百分点", "公里", "")
SAID = (
    "新建公园10个",
    "全部完成",
    "完成全年目标的95%",
    "占年度计划的5%",
    "下半年计划完成3场",
    "尚未启动",
    "稳定在85%以上",
    "推出线个",
    "“",
    "其中东区3个",
    "建成西山市民文化中心",
    "出台《某某市养老服务条例》",
    "平均进度36%",
    "力争",
    "。",
    ",",
    "\n",
)

texts = st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=6)), max_size=6).map("".join)
values = st.one_of(
    st.sampled_from(
        [
            Decimal(number)
            for number in (
                "0",
                "-0",
                "-1",
                "0.0001",
                "10",
                "85",
                "100",
                "1E+12",
                "1E-9",
                "1E+30",
                "123456789012345678901234567890.123456789",
            )
        ]
    ),
    st.decimals(min_value=Decimal("-1E+29"), max_value=Decimal("1E+29"), allow_nan=False, allow_infinity=False),
)
some_days = st.one_of(st.just(date.min), st.just(date.max), st.dates())
days = st.one_of(st.none(), some_days, st.dates(date(YEAR - 1, 1, 1), date(YEAR + 1, 12, 31)))
places = st.integers(0, 200)
units = st.sampled_from(UNITS)
some = st.sampled_from


def literals(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind))


def number(**fields: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "value": values,
        "unit": units,
        "printed": st.one_of(some(("10个", "85%", "5(4)", "1.5万", "")), texts),
        "start": places,
        "end": places,
        **fields,
    }


def allocations() -> st.SearchStrategy[Any]:
    one = st.builds(Allocation, **number(id=st.just("a"), area=some(("东区", "西区")), part=some(("", "新增"))))
    return st.lists(one, max_size=3).map(lambda found: tuple(_numbered(found, "a")))


def _numbered(found: list[Any], letter: str) -> list[Any]:
    fields = [{name: getattr(one, name) for name in one.__struct_fields__} for one in found]
    return [
        type(one)(**{**known, "id": f"{letter}{n}"})
        for n, (one, known) in enumerate(zip(found, fields, strict=True), 1)
    ]


def targets(ids: tuple[str, ...]) -> st.SearchStrategy[tuple[Target, ...]]:
    one = st.builds(
        Target,
        **number(
            id=st.just("t"),
            measure=st.one_of(some(("新建公园", "失业率", "控制在", "下降", "公园、绿道")), texts),
            comparator=literals(Comparator),
            kind=literals(TargetKind),
            part=some(("", "绿道")),
            allocations=allocations(),
        ),
    )
    return st.lists(one, min_size=len(ids), max_size=len(ids)).map(lambda found: tuple(_numbered(found, "t")))


def milestones() -> st.SearchStrategy[tuple[Milestone, ...]]:
    one = st.builds(
        Milestone,
        id=st.just("m"),
        text=texts,
        start=places,
        end=places,
        due=days,
        target=some((*TARGETS, "")),
        comparator=st.one_of(st.none(), literals(Comparator)),
        value=st.one_of(st.none(), values),
        unit=units,
        basis=literals(MilestoneBasis),
    )
    return st.lists(one, max_size=3).map(lambda found: tuple(_numbered(found, "m")))


def results() -> st.SearchStrategy[tuple[Result, ...]]:
    one = st.builds(
        Result,
        **number(
            id=st.just("v"),
            measure=st.one_of(some(("新建公园", "下降")), texts),
            comparator=literals(Comparator),
            target=some((*TARGETS, "")),
            relation=literals(Relation),
            area=some(("", "", "东区", "西区")),
            as_of=days,
            forecast=st.booleans(),
        ),
    )
    return st.lists(one, min_size=len(RESULTS), max_size=len(RESULTS)).map(lambda found: tuple(_numbered(found, "v")))


def rates() -> st.SearchStrategy[tuple[Rate, ...]]:
    one = st.builds(
        Rate,
        id=st.just("p"),
        published=values,
        printed=some(("95%", "5%", "60%左右", "")),
        start=places,
        end=places,
        target=some((*TARGETS, "")),
        result=some((*RESULTS, "")),
        basis=st.one_of(some(("完成全年目标的", "省定时序任务", "平均进度", "落地率", "")), texts),
        base=st.one_of(st.none(), st.builds(Base, **number())),
    )
    return st.lists(one, max_size=3).map(lambda found: tuple(_numbered(found, "p")))


def reports() -> st.SearchStrategy[tuple[Report, ...]]:
    one = st.builds(
        Report,
        id=st.just("r"),
        source=some(("s1", "s2", "s3")),
        text=texts,
        start=places,
        end=places,
        as_of=days,
        results=results(),
        rates=rates(),
    )
    return st.lists(one, max_size=2).map(lambda found: tuple(_numbered(found, "r")))


def wordings() -> st.SearchStrategy[tuple[Restatement, ...]]:
    one = st.builds(
        Restatement,
        id=st.just("w"),
        source=some(("s2", "s3")),
        text=texts,
        start=places,
        end=places,
        due=days,
        due_text=some(("", "11月")),
        targets=targets(TARGETS),
    )
    return st.lists(one, max_size=1).map(lambda found: tuple(_numbered(found, "w")))


def commitments(position: int) -> st.SearchStrategy[Commitment]:
    return st.builds(
        Commitment,
        id=st.just(f"{PLACE.slug}-{YEAR}-livelihood-{position:03d}"),
        position=st.just(position),
        text=texts,
        start=places,
        end=places,
        source=some(("s1", "s2", "")),
        due=days,
        due_text=some(("", "11月")),
        targets=targets(TARGETS),
        listed=st.lists(st.builds(Listed, **number(target=some(TARGETS), own=st.booleans())), max_size=1).map(tuple),
        milestones=milestones(),
        reports=reports(),
        restated=wordings(),
    )


def sources() -> st.SearchStrategy[tuple[Source, ...]]:
    total = st.builds(
        StatedTotal, value=st.integers(0, 50), of=some(("items", "groups")), quote=texts, start=places, end=places
    )
    one = st.builds(
        Source,
        id=st.just("s"),
        document=st.just("text.txt"),
        title=texts,
        kind=literals(DocumentKind),
        sha256=st.just("0" * 64),
        script=st.just("Hans"),
        as_of=days,
        published_on=days,
        as_of_reason=some(("", "题名")),
        stated=st.lists(total, max_size=1).map(tuple),
    )
    return st.lists(one, min_size=3, max_size=3).map(lambda found: tuple(_numbered(found, "s")))


any_register = st.builds(
    Register,
    place=st.just(PLACE.slug),
    year=st.just(YEAR),
    programme=st.just("livelihood"),
    title=st.just("民生实事"),
    sources=sources(),
    commitments=st.tuples(commitments(1), commitments(2)),
)

REASONS = {"", *(term.code for term in describe_rules().reasons)}


@pytest.mark.slow
@settings(
    max_examples=150 if os.environ.get("CI") else 40,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(any_register)
def test_any_register_gets_an_answer_and_never_an_error(register: Register) -> None:
    assessed = assess_register(register, PLACE, WORDS)
    for one in assessed.commitments:
        given_reasons = {one.schedule_reason, *(r.reason for r in one.rates), *(t.reason for t in one.targets)}
        assert given_reasons <= REASONS
        for target in one.targets:
            assert target.reason or target.schedule_state != "not_computable"
        for rate in one.rates:
            assert rate.verdict not in {"not_computable", "other_base"} or rate.reason
            assert rate.verdict != "mismatch" or (rate.recomputed is not None and rate.base)
        ids = [found.id for found in one.findings]
        assert len(ids) == len(set(ids))
    for tally in assessed.tallies:
        assert tally.looked_at == tally.clear + tally.found + tally.not_computable
    assert assess_register(register, PLACE, WORDS) == assessed
