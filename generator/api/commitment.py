"""The JSON twin of a commitment's page, and of the page of an id that is retired."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.api.render import encode_assessed, encode_shared, encode_value, join_members, render_record
from generator.api.shapes import DAY, FLAG, HREF, TEXT, YEAR, Shape, closed, links, many, ref, said
from generator.model import DataRelease
from generator.pages.addresses import TWIN
from generator.pages.commitment_page import CommitmentPage
from generator.pages.unit_paths import department_path
from generator.tables import Row, unit_name

Changes = dict[str, list[Row]]

_ONES = {
    "departments": said(many(HREF), "责任单位 The departments that it names."),
    "measures": said(many(HREF), "共有指标 The shared measures of its targets."),
    "themes": said(many(HREF), "主题 Its themes."),
}
_LINKS = links(page="网页 The page.", year="所属年份 Its year.", package="数据包 The data package of its year.")

COMMITMENT = Shape(
    "CommitmentRecord",
    "一条承诺的全部记录 All about a commitment: what was read (`assessed.commitment`), what it was found to amount to, "
    "the documents, what changed since it was first published. Fields that are left out have no value.",
    own={
        "id": said(TEXT, "承诺编号 The commitment_id of the tables; permanent."),
        "place": ref("Place"),
        "year": YEAR,
        "programme": said(TEXT, "项目代码 Programme, as in the tables."),
        "title": said(TEXT, "简称 Short name."),
        "assessed": ref("AssessedCommitment"),
        "sources": many(ref("Source")),
        "history": said(many(ref("CommitmentChange")), "数据变动，最新在前 What changed in its data, newest first."),
        "links": closed({**_LINKS["properties"], **_ONES}),
    },
)

COMMITMENT_CHANGE = Shape(
    "CommitmentChange",
    "一次数据变动 What one release of the data changed of a commitment, and why.",
    own={
        "day": said(DAY, "公布日期 The day of the release."),
        "since": said(DAY, "与哪天的数据相比 The day of the data that were compared with."),
        "reason": closed({"zh": TEXT, "en": TEXT}),
        "changes": many(
            closed(
                {
                    "table": said(TEXT, "表 The table."),
                    "record": said(TEXT, "主键 Primary key of the row."),
                    "column": said(TEXT, "列；整行增减的为空 The column; empty where the whole row came or went."),
                    "old": said(TEXT, "原来的，同 CSV What it was, as in the CSV."),
                    "new": said(TEXT, "现在的，同 CSV What it is, as in the CSV."),
                }
            )
        ),
    },
)

RETIRED = Shape(
    "RetiredCommitment",
    "已停用的编号 An id that was published once and stands for no commitment any more.",
    own={
        "id": TEXT,
        "retired": said({**FLAG, "const": True}, "恒为 true Always true."),
        "history": said(many(ref("CommitmentChange")), "数据变动，最新在前 What changed in its data, newest first."),
    },
)


def releases_to_records(releases: Iterable[DataRelease]) -> Changes:
    """Commitment → its ``history``: what each release changed of it and why, in the order of the releases."""
    found: Changes = {}
    for release in releases:
        of_release: dict[str, list[Row]] = {}
        for one in release.changes:
            if one.commitment:
                told: Row = {name: getattr(one, name) for name in ("table", "record", "column", "old", "new")}
                of_release.setdefault(one.commitment, []).append(told)
        for identifier, changes in of_release.items():
            record: Row = {"day": release.day, "since": release.since, "reason": release.reason, "changes": changes}
            found.setdefault(identifier, []).append(record)
    return found


def render_twin(page: CommitmentPage, history: Sequence[Row] = ()) -> bytes:
    """The record of a commitment, its assessment, its documents and its changes. Decimals are strings."""
    sources = b",".join(map(encode_shared, page.sources))
    return join_members(
        {
            "id": encode_value(page.commitment.id),
            "place": encode_shared(page.year.place),
            "year": encode_value(page.year.year),
            "programme": encode_value(page.programme),
            "title": encode_value(page.title),
            "assessed": encode_assessed(page.item),
            "sources": b"[%s]" % sources,
            "history": encode_value(history),
            "links": encode_value(_links(page)),
        }
    )


def render_retired_twin(identifier: str, history: Sequence[Row] = ()) -> bytes:
    """The record of an id that stands for no commitment any more, with why and what it stood for, where recorded."""
    return render_record({"id": identifier, "retired": True, "history": history})


def _links(page: CommitmentPage) -> Row:
    names = dict.fromkeys(unit_name(unit) for unit in page.commitment.responsibilities)
    measures = dict.fromkeys(target.measure_id for target in page.item.targets if target.measure_id)
    return {
        "page": f"{page.file}.html",
        "year": TWIN,
        "package": f"../../data/{page.year.path}/datapackage.json",
        "departments": [f"../{department_path(page.year, name)}{TWIN}" for name in names],
        "measures": [f"../../measures/{slug}/{TWIN}" for slug in measures],
        "themes": [f"../../themes/{theme.theme}/{TWIN}" for theme in page.item.themes],
    }
