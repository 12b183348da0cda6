"""A year of a place: sums, commitments, documents, findings, and what was checked."""

from __future__ import annotations

from generator.api.lines import commitment_line
from generator.api.shapes import COUNT, DAY_OR_NONE, HREF, TEXT, YEAR, Shape, closed, links, many, ref, said
from generator.api.summary import items_to_summary
from generator.model import AssessedRegister
from generator.pages.addresses import TWIN
from generator.pages.commitment_page import record_file
from generator.pages.due import CALENDAR, has_dates
from generator.pages.outline import CityYear, newest_date
from generator.pages.published import PublishedYear
from generator.pages.tallies import registers_to_tallies
from generator.tables import Row

YEAR_RECORD = Shape(
    "YearRecord",
    "一个地区的一年 A year of a place. `sources` and `findings` are the rows of its tables.",
    own={
        "place": ref("Place"),
        "year": YEAR,
        "as_of": said(DAY_OR_NONE, "文件自称的最新日期 Newest day that its documents state of themselves."),
        "summary": ref("Summary"),
        "programmes": many(
            closed(
                {
                    "programme": said(TEXT, "项目代码 Programme, as in the tables."),
                    "title": said(TEXT, "登记簿标题 Title of its register."),
                    "summary": ref("Summary"),
                }
            )
        ),
        "commitments": many(ref("CommitmentLine")),
        "sources": many(ref("SourceRow")),
        "findings": said(many(ref("FindingRow")), "含针对整份登记簿的 Those about a whole register among them."),
        "checks": many(
            closed(
                {
                    "check": said(TEXT, "核查代码 The check, as in findings."),
                    "looked_at": said(COUNT, "核对了多少处 How many things it looked at: the sum of the others."),
                    "right": COUNT,
                    "found": COUNT,
                    "not_computable": COUNT,
                }
            )
        ),
        "retired": said(
            many(closed({"commitment_id": TEXT, "href": HREF})),
            "已停用的编号 Ids that were published once and stand for no commitment any more.",
        ),
        "links": links(
            page="网页 The page.",
            place="所属地区 Its place.",
            package="数据包 Its data package.",
            calendar="期限日历 Due dates as a calendar.",
        ),
    },
)


def year_record(published: PublishedYear) -> Row:
    """The record of a year."""
    year = published.year
    return {
        "place": year.place,
        "year": year.year,
        "as_of": newest_date(year.sources),
        "summary": items_to_summary(year.commitments),
        "programmes": [_programme(register) for register in year.registers],
        "commitments": [commitment_line(published, item, "../../") for item in year.commitments],
        "sources": published.tables["sources"],
        "findings": published.tables["findings"],
        "checks": [_check(tally) for tally in registers_to_tallies(year.registers)],
        "retired": [_retired(year, one) for register in year.registers for one in register.register.retired],
        "links": {
            "page": "./",
            "place": f"../{TWIN}",
            "package": f"../../data/{year.path}/datapackage.json",
            "calendar": CALENDAR if has_dates(year) else None,
        },
    }


def _programme(register: AssessedRegister) -> Row:
    return {
        "programme": register.register.programme,
        "title": register.register.title,
        "summary": items_to_summary(register.commitments),
    }


def _check(tally: Row) -> Row:
    counts = {name: tally[name] for name in ("looked_at", "right", "found", "not_computable")}
    return {"check": tally["code"], **counts}


def _retired(year: CityYear, identifier: str) -> Row:
    return {"commitment_id": identifier, "href": f"{record_file(year, identifier)}.json"}
