"""What identifies or reaches a private person, and secrets, come into no register: the document is refused by line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator import yamlfile
from generator.errors import DocumentError
from generator.ingest import ingest_document
from generator.ingest.private import find_private, may_be_private
from generator.ingest.private_names import find_private_names
from generator.lookups import load_lookups
from generator.model import Place, Register, Unassigned
from tests.conftest import REPOSITORY
from tests.own import OWN_REGISTERS

LOOKUPS = load_lookups(REPOSITORY / "content")
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
        ("拨打138-1234-5678", "a telephone number"),
        ("拨打138 1234 5678", "a telephone number"),
        ("电话１３８１２３４５６７８", "a telephone number"),
        ("手机13812345678号", "a telephone number"),
        ("来电+8613812345678", "a telephone number"),
        ("请拨打87654321", "a telephone number"),
        ("证号１１０１０５１９４９１２３１００２Ｘ", "an identity number"),
        ("证号110105 19491231 002X", "an identity number"),
        ("身份证11010519491231002X号", "an identity number"),
        ("身份证号130503670401001", "an identity number"),
        ("来信ｚｈａｎｇ＠example.org", "an e-mail address"),
        ("家住3幢2单元501室", "a home address"),
    ],
)
def test_each_kind_is_found_and_withheld(text: str, kind: str) -> None:
    (found,) = find_private(text, LOOKUPS)
    assert may_be_private(record(text), LOOKUPS)
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
        "ｐａｓｓｗｏｒｄ：abc12345",
        "to\u212aen=abcdefgh",
    ],
)
def test_a_quick_look_overlooks_no_other_way_of_writing(text: str) -> None:
    assert may_be_private(record(text), LOOKUPS)


@pytest.mark.parametrize("text", ["新增停车位300个（1～6月50%）", "总投资130454.5万元，2024年1月—12月完工"])
def test_a_quick_look_clears_what_is_plainly_none(text: str) -> None:
    assert not may_be_private(record(text), LOOKUPS)


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
    assert list(find_private(text, LOOKUPS)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("市民张某某反映小区停车难", "市民张…反映"),
        ("张三女士反映楼道堆物", "张…女士反映"),
        ("李女士咨询入学", "李…女士"),
        ("据王大爷介绍", "王…大爷"),
        ("居民王建国投诉油烟扰民", "居民王…投诉"),
        ("网友陈某留言", "网友陈…留言"),
        ("家长代表张丽建议", "家长代表张…建议"),
        ("村民吴国强说", "村民吴…说"),
        ("退休职工沈明华来信建议增设座椅", "退休职工沈…来信"),
        ("业主欧阳修明等5户联名反映", "业主欧…等5户联名反映"),
        ("据张三反映该路段无灯", "张…反映"),
        ("张小三实名举报", "张…实名举报"),
        ("刘某诉城管局一案", "刘…"),
        ("李×家", "李…"),
        ("王**来信", "王…来信"),
        ("张XX的房屋", "张…"),
        ("赵六（男，45岁）家中起火", "赵…（男，4"),
        ("钱七，女，1956年生", "钱…，女，1"),
        ("孙丽娟（67岁）行动不便", "孙…（67岁"),
        ("项目联系人：李四，电话另告", "联系人：李…"),
        ("经办人:周小川", "经办人:周…"),
        ("获奖名单：张三、李四、王五", "获奖名单：张…"),
        ("授予张三、李四等10名居民“最美市民”称号", "授予张…"),
        ("为低保户李四家改造厨房", "低保户李…"),
        ("帮助困难户冯桂英一家", "困难户冯…"),
    ],
)
def test_a_private_person_is_found_by_the_words_beside(text: str, shown: str) -> None:
    (found,) = find_private(text, LOOKUPS)
    assert (found.kind, found.shown) == ("a person without office", shown)
    assert may_be_private(record(text), LOOKUPS)


@pytest.mark.parametrize(
    "text",
    [
        "方便群众及时反映问题，畅通市民投诉渠道",
        "部分居民反映水压不足，周边居民反映积水",
        "群众投诉量下降20%，市民游客投诉处理率100%",
        "加强群众来信来访工作，查处举报案件30起",
        "居民安置房项目建议书获批",
        "残疾人康复（就业）服务，公共卫生间（男、女）",
        "于某日前完成，XX街道、某某市人民政府",
        "分管领导：陈禾（副市长），责任领导：林溪",
        "副市长林溪建议，政协委员张三建议",
        "联系人：市建委办公室",
        "联系人：方案办",
        "3岁以下婴幼儿，60岁以上老人，安全，60岁以上",
        "养老护理员（女，50岁以下）",
        "长×宽不小于5×3，投资1.5万×12个月",
        "获奖名单公布后，人员名单：另附，获得者1名",
        "表彰安全、文明等10个单位，授予“平安金鼎”",
        "施工单位建议，有关部门表示，专家建议，温州市投诉量",
        "低保户安居工程，贫困户万家走访，患者专家门诊，职工易家园",
        "**方案**，**严格**",
    ],
)
def test_what_only_reads_like_a_name_stays(text: str) -> None:
    assert list(find_private(text, LOOKUPS)) == []


@pytest.mark.own(*OWN_REGISTERS)
def test_nothing_that_we_hold_names_a_private_person() -> None:
    """No false alarm: every register, every fixture, every word list of measures and departments."""
    folders = ("content/registers", "tests/fixtures", "content/places.yml", "datapackage/all")
    paths = [path for one in folders for path in sorted((REPOSITORY / one).rglob("*")) or [REPOSITORY / one]]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()]
    assert len(texts) > 20
    assert [found for text in texts for line in text.splitlines() for found in find_private_names(line, LOOKUPS)] == []


@pytest.mark.corpus
def test_no_document_that_was_read_names_a_private_person(sources: Path) -> None:
    for path in sorted(sources.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [found for line in lines for found in find_private_names(line, LOOKUPS)] == [], path.name


@pytest.mark.parametrize("said", ["李女士来信反映积水", "居民王建国投诉油烟扰民", "低保户李四家漏雨"])
def test_a_letter_of_a_resident_stops_the_document_by_line(content: Path, tmp_path: Path, said: str) -> None:
    with pytest.raises(DocumentError) as refused:
        ingest(content, tmp_path, said)
    (problem,) = refused.value.problems
    assert (problem.line, problem.code) == (3, "private-data") and "without office" in problem.found
    withheld = f"corrections:\n- {{found: {said}, replace: 居民来信, reason: 个人信息}}\n"
    one = ingest(content, tmp_path, said, withheld).commitments[1]
    assert one.text == "居民来信。"
    # Other corrections are quoted beside the wording; quoting this one would publish what it withholds.
    assert one.note == "更正：原文一处读作“居民来信”，个人信息"


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


def test_what_is_left_when_a_public_text_is_taken_out_is_looked_at(content: Path, tmp_path: Path) -> None:
    public = "public:\n- {text: （内线）, reason: 单位公开}\n"
    with pytest.raises(DocumentError, match="private-data"):
        ingest(content, tmp_path, "改造老旧小区12个，记13（内线）812345678", public)
