"""What each kind of finding says, word by word in both languages, and where it points: this is what is published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from generator.assess import CHECKS
from generator.model import Base, Finding, Listed, Source, StatedTotal
from tests.assess_examples import (
    ID,
    YEAR,
    allocation,
    assess_all,
    commitment,
    milestone,
    rate,
    report,
    restated,
    result,
    source,
    target,
)
from tests.conftest import FIXTURES

MARCH, JUNE, MAY = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 5, 1)
SECOND = f"{ID[:-1]}2"
PLAN, ANNUAL = source("plan"), source("annual")
PROMISE = "新建示范型居家养老服务中心10个"


def of_areas(*shares: str) -> Any:
    areas = tuple(allocation(f"a{n}", f"{n}区", share) for n, share in enumerate(shares, 1))
    return commitment(targets=(target(allocations=areas),))


def told(text: str, *results: Any, **values: Any) -> Any:
    return commitment(reports=(report(text, *results, **values),))


def listed(**values: Any) -> Listed:
    fields: dict[str, Any] = {
        "value": Decimal(12),
        "unit": "个",
        "printed": "12个",
        "target": "t2",
        "start": 60,
        "end": 63,
    }
    return Listed(**{**fields, **values})


def everything() -> list[Finding]:
    """One of each kind of finding, from small registers of their own."""
    total = StatedTotal(value=7, of="items", quote="共7项", start=7, end=9)
    base = Base(value=Decimal(100), unit="元", printed="100元", start=90, end=95)
    invested = report(
        "年度计划投资100元,已完成投资60元,完成全年计划的65%",
        result("60", "元", target=""),
        rates=(rate("65", target="", basis="完成全年计划的", base=base),),
    )
    steps = (milestone(MARCH, "5"), milestone(JUNE, "4", id="m2"))
    parts = (target("4", id="t2", part="街头"), target("7", id="t3", part="口袋"))
    later = restated("新建公园8个", target("8", start=204, end=206))
    cases: list[tuple[Any, dict[str, Any]]] = [
        (told("公园5个,完成全年目标的65%", result("5"), rates=(rate("65"),)), {}),
        (commitment(targets=(), reports=(invested,)), {}),
        (of_areas("4", "5"), {}),
        (of_areas("4", "7"), {}),
        (commitment(targets=(target(), *parts)), {}),
        (told("公园10个", result("10"), result("6", area="东区", id="v2"), result("5", area="西区", id="v3")), {}),
        (commitment(milestones=steps, due=MAY), {}),
        (commitment(), {"sources": (PLAN, ANNUAL)}),
        (commitment(), {"sources": (PLAN, source("annual", title="年报", note="文末中断。"))}),
        (
            commitment(),
            {
                "sources": (
                    PLAN,
                    Source(id="s-u", document="u", kind="annual", title="无日期", sha256="0" * 64, script="Hans"),
                )
            },
        ),
        (commitment(source="s-annual", reports=(report("公园4个", kind="annual"),)), {"sources": (PLAN, ANNUAL)}),
        (told("9个公园全部完成", result("9"), kind="annual"), {}),
        (
            commitment(
                text="建成西山市民文化中心", targets=(), reports=(report("西山市民文化中心正在招标", kind="annual"),)
            ),
            {},
        ),
        (told("公园99个", result("99")), {}),
        (
            commitment(
                targets=(target("100000", "元", printed=""),), reports=(report("投资10元", result("10", "元", "10元")),)
            ),
            {},
        ),
        (told("9公里", result("9", "公里")), {}),
        (commitment(source="s-plan", restated=(later,)), {"sources": (PLAN, ANNUAL)}),
        (commitment(targets=(), text="推出线个，全年增长%。"), {}),
        (
            commitment(
                text="人才3600，", targets=(target("3600", "", measure="人才", printed="3600", start=2, end=6),)
            ),
            {},
        ),
        (commitment(targets=(target(), target("12", id="t2")), listed=(listed(own=True),)), {}),
        (commitment(listed=(listed(target="t1", text="改建公园12个"),)), {}),
        ((commitment(text=PROMISE, targets=()), commitment(id=SECOND, position=2, text=PROMISE, targets=())), {}),
        (commitment(), {"sources": (source("plan", stated=(total,)),)}),
    ]
    found: list[Finding] = []
    for ones, how in cases:
        assessed = assess_all(*(ones if isinstance(ones, tuple) else (ones,)), **how)
        found += [*assessed.findings, *(one for each in assessed.commitments for one in each.findings)]
    return found


def test_every_kind_of_finding_says_what_was_agreed_on_word_by_word() -> None:
    """``findings.yml`` is read by a person: a sentence that changes is changed there, too."""
    agreed = yaml.safe_load((FIXTURES / "findings.yml").read_text(encoding="utf-8"))
    said = [{name: getattr(one, name) for name in agreed[0]} for one in everything()]
    assert [one["id"] for one in said] == [one["id"] for one in agreed]
    for one, expected in zip(said, agreed, strict=True):
        assert one == expected


def test_every_check_says_something() -> None:
    assert {one.check for one in everything()} == {check.name for check in CHECKS}
