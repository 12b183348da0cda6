"""What identifies or reaches a private person, and secrets, come into no register: the document is refused by line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator import yamlfile
from generator.errors import DocumentError
from generator.ingest import ingest_document
from generator.ingest.private import find_private, may_be_private
from generator.model import Place, Register, Unassigned

LABELS, UNITS = ("户主", "身份证号"), ("元", "万", "人")
PLAN = """2021年云溪市民生实事项目
1．新增老年助餐服务点60个。（责任单位：市民政局）
2．{said}。（责任单位：市建委）
3．新增停车位300个。（责任单位：市交通局）
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("拨打13812345678预约", "a telephone number"),
        ("拨打0571-87654321预约", "a telephone number"),
        ("证号11010519491231002X", "an identity number"),
        ("证号440308199901101512", "an identity number"),
        ("卡号4111 1111 1111 1111", "a bank card"),
        ("卡号6222021234567890128", "a bank card"),
        ("来信zhang.san@example.org.cn", "an e-mail address"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
        ("AKIAIOSFODNN7EXAMPLE", "an access key"),
        ("密码：abc12345", "a password"),
        ("户主：张小三", "a person without office"),
    ],
)
def test_each_kind_is_found_and_withheld(text: str, kind: str) -> None:
    (found,) = find_private(text, LABELS, UNITS)
    assert may_be_private(record(text), LABELS)
    assert found.kind == kind
    assert len(found.shown) == 5 and found.shown not in text


def record(text: str) -> Unassigned:
    return Unassigned(text=text, reason="outside", line=1, start=10, end=20)


@pytest.mark.parametrize(
    "text",
    [
        "电话1３８１２３４５６７８",
        "卡号62２２0２１２３４５６７８９０１２８",
        "paſſword：abc12345",
        "to\u212aen=abcdefgh",
    ],
)
def test_a_quick_look_overlooks_no_other_way_of_writing(text: str) -> None:
    assert may_be_private(record(text), LABELS)


@pytest.mark.parametrize("text", ["新增停车位300个（1～6月50%）", "总投资130454.5万元，2024年1月—12月完工"])
def test_a_quick_look_clears_what_is_plainly_none(text: str) -> None:
    assert not may_be_private(record(text), LABELS)


@pytest.mark.parametrize(
    "text",
    [
        "开通12345热线，全年接听1万次",
        "总投资13045400000元",
        "投资130454.12345678万元",
        "编号330100200001010001234",
        "证号11010519491231002Y",
        "证号110105194912310021",  # wrong check character
        "证号110105194913310021",  # no such month
        "卡号4111 1111 1111 1112",
        "卡号0000 0000 0000 0000",
        "公开密码箱使用办法",
        "户主满意度达90%",
        "2024年1月—2024年12月",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert list(find_private(text, LABELS, UNITS)) == []


def test_without_labels_no_word_introduces_a_person() -> None:
    assert list(find_private("目标：完成建设", (), UNITS)) == []


def ingest(content: Path, folder: Path, said: str, more: str = "") -> Register:
    text = PLAN.format(said=said)
    yamlfile.dump((Place(zh="云溪市", en="Yunxi", slug="yunxi", kind="city"),), content / "places.yml")
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    sidecar = content / "documents" / "plan.yml"
    sidecar.write_text(
        f"document: plan.txt\nsha256: {hashlib.sha256(text.encode()).hexdigest()}\nplace: 云溪市\nyear: 2021\n"
        "kind: plan\ntitle: 民生实事\nprogrammes:\n- {programme: livelihood, title: 2021年云溪市民生实事项目}\n" + more,
        encoding="utf-8",
    )
    (register,) = ingest_document(sidecar, content, folder)
    return register


SAID = "改造老旧小区12个，业主来信zhang.san@example.org"


def test_a_document_that_would_publish_it_is_refused_by_line(content: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        ingest(content, tmp_path, SAID)
    (problem,) = refused.value.problems
    assert (problem.line, problem.code) == (3, "private-data")
    assert "zh…rg" in problem.found and "zhang" not in str(problem)
    assert "plan.yml" in problem.remedy


def test_a_person_takes_it_out_or_says_that_it_is_public(content: Path, tmp_path: Path) -> None:
    out = "ignore:\n- {text: '，业主来信zhang.san@example.org', reason: 私人邮箱}\n"
    assert ingest(content, tmp_path, SAID, out).commitments[1].text == "改造老旧小区12个。"
    public = "public:\n- {text: zhang.san@example.org, reason: 单位公开邮箱}\n"
    assert "zhang.san@example.org" in ingest(content, tmp_path, SAID, public).commitments[1].text


def test_what_is_said_to_be_public_must_stand_there(content: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="correction-unused"):
        ingest(content, tmp_path, SAID, "public:\n- {text: other@example.org, reason: 单位公开邮箱}\n")
