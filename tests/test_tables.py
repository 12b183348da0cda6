"""Registers as published tables: the columns of the schemas, permanent ids, plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.assess import assess_register, load_catalogue, sort_registers
from generator.lookups import Places
from generator.model import Appraisal, AppraisalFigure, AssessedRegister, Place, Responsibility, StatedTotal
from generator.schemas import TABLES, load_schemas
from generator.tables import area_code, assessed_to_tables, render_cell
from tests.assess_examples import (
    CONTENT,
    ID,
    PLACE,
    WORDS,
    YEAR,
    allocation,
    assess_all,
    commitment,
    milestone,
    rate,
    register,
    report,
    restated,
    result,
    source,
    target,
)

EAST = Place(zh="东区", en="East", slug="east", kind="district", code="990102", parent="somewhere", short=("东",))
ZONE = Place(zh="高新区", en="Zone", slug="zone", kind="functional", parent="somewhere")
ELSEWHERE = Place(zh="南区", en="South", slug="south", kind="district", code="880102", parent="elsewhere")
CATALOGUE = load_catalogue(CONTENT)
PLACES = Places((PLACE, EAST, ZONE, ELSEWHERE), CONTENT / "places.yml")


POLL = Appraisal(
    kind="satisfaction",
    text="访问200人,满意率96.5%",
    start=10,
    end=25,
    figures=(
        AppraisalFigure(value=Decimal(200), unit="人", printed="200人", start=12, end=16),
        AppraisalFigure(value=Decimal("96.50"), unit="%", printed="96.50%", start=20, end=25),
    ),
)


def full() -> AssessedRegister:
    areas = (allocation("a1", "东区", "4"), allocation("a2", "市本级", "6"))
    got = (result("12", printed="12个"), result("3", id="v2", area="东", forecast=True))
    return assess_all(
        commitment(
            category="交通出行",
            targets=(target("10.0", allocations=areas),),
            milestones=(milestone(date(YEAR, 9, 30), "5"), milestone(None, None, id="m2", target="")),
            restated=(restated("新建公园9个", target("9", start=204, end=206), kind="half_year"),),
            reports=(report("公园12个,完成全年目标的130%,其中东区3个", *got, rates=(rate("130"),)),),
            responsibilities=(
                Responsibility(role="support", unit="甲局"),
                Responsibility(role="lead", unit="乙局", department="乙管理局", official="某某"),
                Responsibility(role="support", unit="丙局"),
            ),
        ),
        sources=(source("half_year", appraisals=(POLL,)),),
    )


def test_columns_are_those_of_the_schemas() -> None:
    tables = assessed_to_tables(sort_registers([full()], CATALOGUE, CONTENT), PLACES)
    assert tuple(tables) == TABLES
    for schema in load_schemas(CONTENT):
        assert tables[schema.name], schema.name
        for row in tables[schema.name]:
            assert tuple(row) == schema.column_names()


def test_published_ids_are_the_commitments_and_the_local_ones() -> None:
    tables = assessed_to_tables([full()], PLACES)
    assert [row["allocation_id"] for row in tables["allocations"]] == [f"{ID}.t1.a1", f"{ID}.t1.a2"]
    assert tables["results"][1]["result_id"] == f"{ID}.r1.v2"
    (checked,) = tables["rates"]
    assert (checked["rate_id"], checked["report_id"]) == (f"{ID}.r1.p1", f"{ID}.r1")
    assert (checked["target_id"], checked["result_id"]) == (f"{ID}.t1", f"{ID}.r1.v1")
    assert [row["milestone_id"] for row in tables["milestones"]] == [f"{ID}.m1", f"{ID}.m2"]
    assert tables["findings"][0]["finding_id"] == f"{ID}.rate-r1.p1"


def test_later_wordings_stand_beside_the_targets_of_the_plan() -> None:
    tables = assessed_to_tables([full()], PLACES)
    (wording,), (number,) = tables["restatements"], tables["restated_targets"]
    assert (wording["restatement_id"], wording["source_id"], wording["changes"]) == (
        f"{ID}.w1",
        "s-half_year",
        "lowered",
    )
    assert (number["restated_target_id"], number["restatement_id"]) == (f"{ID}.w1.t1", f"{ID}.w1")
    assert (number["target_id"], number["value"], number["change"]) == (f"{ID}.t1", Decimal(9), "lowered")


def test_votes_and_surveys_of_a_document_are_one_row_a_number() -> None:
    rows = assessed_to_tables([full()], PLACES)["appraisals"]
    assert [(row["appraisal_id"], row["appraisal_kind"], row["value"], row["unit"]) for row in rows] == [
        ("s-half_year.s1", "satisfaction", Decimal(200), "人"),
        ("s-half_year.s2", "satisfaction", Decimal("96.5"), "%"),
    ]


def test_a_reference_to_nothing_is_empty() -> None:
    tables = assessed_to_tables([full()], PLACES)
    assert tables["milestones"][1]["target_id"] == ""
    bare = assessed_to_tables([assess_all(commitment())], PLACES)["targets"][0]
    assert (bare["report_id"], bare["result_id"]) == ("", "")


def test_units_are_counted_within_their_role() -> None:
    rows = assessed_to_tables([full()], PLACES)["responsibilities"]
    assert [(row["role"], row["position"], row["unit"]) for row in rows] == [
        ("support", 1, "甲局"),
        ("lead", 1, "乙局"),
        ("support", 2, "丙局"),
    ]


def test_a_unit_has_one_normal_name_and_the_person_stands_apart() -> None:
    rows = assessed_to_tables([full()], PLACES)["responsibilities"]
    assert [(row["department"], row["kind"], row["official"]) for row in rows] == [
        ("甲局", "unit", ""),
        ("乙管理局", "unit", "某某"),
        ("丙局", "unit", ""),
    ]


def test_an_areas_code_is_that_of_an_area_of_the_same_place() -> None:
    rows = assessed_to_tables([full()], PLACES)["allocations"]
    assert [(row["area"], row["area_code"]) for row in rows] == [("东区", "990102"), ("市本级", "")]
    assert [row["area_code"] for row in assessed_to_tables([full()], PLACES)["results"]] == ["", "990102"]
    assert area_code("高新区", "somewhere", PLACES) == ""
    assert area_code("南区", "somewhere", PLACES) == ""
    assert area_code("某某市", "somewhere", PLACES) == ""


def test_values_are_plain_decimals() -> None:
    tables = assessed_to_tables([full()], PLACES)
    assert str(tables["targets"][0]["value"]) == "10"
    assert tables["targets"][0]["attained"] == Decimal("1.2")
    assert tables["commitments"][0]["finding_count"] == len(tables["findings"]) == 3


def test_a_finding_about_a_whole_register_has_no_commitment() -> None:
    total = StatedTotal(value=7, of="items", quote="共7项", start=3, end=5)
    assessed = assess_all(commitment(source="s-plan"), sources=(source("plan", stated=(total,)),))
    (row,) = assessed_to_tables([assessed], PLACES)["findings"]
    assert (row["finding_id"], row["commitment_id"]) == (f"{ID[:-4]}.count-s-plan-1", "")
    assert (row["start"], row["end"], row["expected"]) == (3, 5, "7")


def test_rows_come_by_place_year_and_programme_whatever_the_order_given() -> None:
    other = assess_register(register(commitment(id="aaa-2022-livelihood-001")), PLACE, WORDS)
    tables = assessed_to_tables([full(), other], PLACES)
    assert tables == assessed_to_tables([full(), other], PLACES)
    assert len(tables["commitments"]) == 2


def test_themes_and_measures_are_published_with_their_keys() -> None:
    one = commitment(
        text="为老年人免费接种流感疫苗10人次",
        targets=(target(unit="人次", measure="老年人免费接种流感疫苗", printed="10人次"),),
    )
    tables = assessed_to_tables(sort_registers([assess_all(one)], CATALOGUE, CONTENT), PLACES)
    assert tables["commitments"][0]["theme"] == "health;elderly"
    assert [(row["position"], row["theme_id"], row["words"]) for row in tables["commitment_themes"]] == [
        (1, "health", "疫苗"),
        (2, "elderly", "老年人"),
    ]
    (row,) = tables["targets"]
    assert (row["measure_id"], row["measure_aspect"]) == ("flu-vaccination", "other")
    assert row["measure_id"] in [measure["measure_id"] for measure in tables["measures"]]
    assert {row["theme_id"] for row in tables["measures"]} <= {row["theme_id"] for row in tables["themes"]}


def test_cells() -> None:
    values = [None, "", True, False, 3, Decimal("1E+3"), Decimal("0.50"), date(2024, 2, 4), "=1+1"]
    assert [render_cell(value) for value in values] == [
        "",
        "",
        "true",
        "false",
        "3",
        "1000",
        "0.5",
        "2024-02-04",
        "=1+1",
    ]
