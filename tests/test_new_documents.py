"""``new`` and then ``ingest``, with nothing in between: documents of cities that do not exist, in the usual forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator import registers, yamlfile
from generator.bench.documents import Typed
from generator.bench.formats import FORMATS
from generator.errors import ContentError
from generator.ingest import ingest_document, new_sidecar
from generator.model import Register, Sidecar
from tests.conftest import Read
from tests.golden import fixture_content

YEAR = 2024


@dataclass(frozen=True)
class Written:
    """A document: its format, its lines, its table, and what must be read from it."""

    format: str
    paragraphs: str
    kind: str
    values: tuple[tuple[str, ...], ...]
    table: tuple[str, ...] = ()


# The values are those that each commitment promises, in order.
DOCUMENTS = {
    "rows headed by fields": Written(
        "xlsx",
        "云溪市2024年民生实事项目表",
        "plan",
        (("30",), ("45", "1200"), ("160000000",)),
        (
            "项目名称|养老助餐|校园安全|困难救助",
            "目标任务|新建老年食堂30个|改造校园食堂45个，安装监控设备1200套|发放救助金1.6亿元",
            "责任单位|市民政局|市教育局|市民政局、市财政局",
            "完成时间|2024年10月|2024年8月|2024年12月",
        ),
    ),
    "paragraphs with units under headings": Written(
        "pdf",
        """云溪市2024年政府工作重点任务
一、聚焦产业升级
一是壮大先进制造业。新引进亿元以上项目50个，技改投资达到120亿元。（市工信局牵头）
二是发展现代服务业。新增限额以上商贸企业70家，接待游客850万人次以上。（市商务局、市文旅局负责）
二、聚焦城市更新
（1）实施老旧管网改造。改造燃气管道85公里、供水管道110公里。责任单位：市住建局
（2）打通断头路。建成通车市政道路14条，新增公共停车位3000个。责任单位：市城管局""",
        "plan",
        (("50", "12000000000"), ("70", "8500000"), ("85", "110"), ("14", "3000")),
    ),
    "a column of contents with a heading of its own": Written(
        "pdf",
        "云溪市2024年上半年民生实事项目进展情况",
        "half_year",
        (("35000", "6"), ("2600",), ("420", "55")),
        (
            "序号|实事项目|主要内容及目标|责任单位|进展情况",
            "1|健康惠民|开展妇女免费筛查3.5万人；新建城市书房6个|市文旅局|已筛查1.9万人；建成书房4个",
            "2|安居保障|筹集保障性租赁住房2600套|市住建局|筹集保障性租赁住房1450套",
            "3|文体惠民|送戏下乡420场，新建健身步道55公里|市体育局|送戏下乡236场，新建步道31公里",
        ),
    ),
    "a short sentence under a numbered heading": Written(
        "txt",
        """云溪市2024年度十大民生实事
一、新建改建公厕60座
在主城区和乡镇新建公厕25座、改建35座。
牵头单位：市城管局
完成时限：2024年10月
二、新增养老床位1000张
新建街道综合养老服务中心5个，新增养老床位1000张。
牵头单位：市民政局
完成时限：2024年12月
三、建设儿童友好空间
建成儿童友好社区18个，每万名儿童拥有活动场地3.5处。
牵头单位：市妇联
完成时限：2024年11月""",
        "plan",
        (("60", "25", "35"), ("5", "1000"), ("18", "3.5")),
    ),
    "blocks that begin with the unit": Written(
        "docx",
        """2024年度云溪市社会评价意见整改目标公示
单位名称：市交通运输局
意见内容：部分公交线路候车时间久。
整改目标：优化调整公交线路16条，新增公交车辆40辆。
完成时限：2024年10月底前
单位名称：市城管局
意见内容：老城区停车难。
整改目标：新增公共停车泊位1800个。
完成时限：2024年12月底前""",
        "plan",
        (("16", "40"), ("1800",)),
    ),
    "a notice with a table": Written(
        "txt",
        """关于印发2024年云溪市民生实事项目责任分解的通知
现印发给你们，请认真组织实施。
云溪市人民政府办公室
2024年2月18日
2024年云溪市民生实事项目责任分解""",
        "plan",
        (("12", "860"), ("9",)),
        (
            "序号|项目名称|年度目标任务|牵头单位|完成时限",
            "1|城乡养老服务提升|新建社区养老服务中心12个，新增护理型床位860张。|市民政局|2024年11月底",
            "2|优质教育扩容|新建、改扩建幼儿园9所。|市教育局|2024年9月底",
        ),
    ),
    "a quarterly report": Written(
        "html",
        "云溪市2024年重点工作一季度进展情况",
        "quarter",
        (("400000",), ("15000",)),
        (
            "序号|重点工作任务|一季度进展情况|责任单位",
            "1|新建标准厂房40万平方米|已建成标准厂房9.6万平方米，完成年度任务的24%|市工信局",
            "2|新增城镇就业1.5万人|一季度新增城镇就业4120人|市人社局",
        ),
    ),
    "a numbered list with units": Written(
        "docx",
        """云溪市2024年政府工作报告重点任务分工方案
一、着力稳定经济增长
1．新增规模以上工业企业60家以上，培育专精特新企业25家。（责任单位：市工信局）
二、深入推进乡村振兴
2．新建高标准农田18.6万亩。（责任单位：市农业农村局、市自然资源局）
3．改造提升农村公路210公里。（责任单位：市交通运输局）""",
        "plan",
        (("60", "25"), ("186000",), ("210",)),
    ),
}


def read_new(folder: Path, written: Written) -> tuple[Sidecar, Register]:
    """The sidecar that ``new`` writes for a document and the register that is read with it."""
    content = fixture_content(folder)
    for path in (content / "documents").iterdir():
        path.unlink()
    table = tuple(tuple(row.split("|")) for row in written.table)
    data = FORMATS[written.format](Typed(tuple(written.paragraphs.splitlines()), table))
    document = folder / f"made.{written.format}"
    document.write_bytes(data)
    sidecar = new_sidecar(document, content, "云溪市", YEAR)
    (register,) = ingest_document(sidecar, content, folder)
    registers.write_register(content, register)
    return yamlfile.load(sidecar, Sidecar), registers.load_register(
        registers.register_path(content, register.place, YEAR, register.programme)
    )


@pytest.mark.parametrize("form", sorted(DOCUMENTS))
def test_new_and_ingest_read_a_form(form: str, tmp_path: Path) -> None:
    written = DOCUMENTS[form]
    sidecar, register = read_new(tmp_path, written)
    assert sidecar.kind == written.kind
    told = [tuple(target.value for target in one.targets) for one in register.commitments]
    assert told == [tuple(map(Decimal, values)) for values in written.values]
    assert all(one.responsibilities for one in register.commitments)
    assert not [one for one in register.unassigned if one.reason in {"outside", "unread"}]


def test_a_notice_says_who_issued_it_and_when(tmp_path: Path) -> None:
    sidecar, _ = read_new(tmp_path, DOCUMENTS["a notice with a table"])
    assert (sidecar.issuer, sidecar.written_on) == ("云溪市人民政府办公室", date(2024, 2, 18))


def test_a_quarterly_report_has_its_day_and_its_quarter_in_the_id(tmp_path: Path) -> None:
    sidecar, register = read_new(tmp_path, DOCUMENTS["a quarterly report"])
    assert sidecar.as_of is not None
    assert sidecar.as_of.value == "2024-03-31"
    assert register.sources[0].id == "yunxi-2024-key-work-quarter-1"
    assert register.sources[0].as_of == date(2024, 3, 31)


def test_a_quarterly_report_without_its_day_is_refused(tmp_path: Path) -> None:
    _, _ = read_new(tmp_path, DOCUMENTS["a quarterly report"])
    sidecar = tmp_path / "content" / "documents" / "yunxi-2024-key-work.yml"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text[: text.index("as_of:")], encoding="utf-8")
    with pytest.raises(ContentError, match="as-of-missing"):
        ingest_document(sidecar, tmp_path / "content", tmp_path)


PLAN = """2024年云溪市民生实事项目责任清单
1．新增老年助餐点60个。（责任单位：市民政局）
2．改造公厕40座。（责任单位：市城管局）
3．新建公园9个。（责任单位：市园林局）
"""
REPORT = """2024年云溪市民生实事项目{period}进展情况
1．新增老年助餐点60个。
进展情况：已新增老年助餐点{one}个。
2．改造公厕40座。
进展情况：已改造公厕{two}座。
3．新建公园9个。
进展情况：已新建公园{three}个。
"""


def test_quarterly_reports_are_added_in_the_order_of_the_year(tmp_path: Path) -> None:
    content = fixture_content(tmp_path)
    for path in (content / "documents").iterdir():
        path.unlink()
    texts = {
        "z.txt": PLAN,
        "y.txt": REPORT.format(period="一季度", one=10, two=5, three=1),
        "x.txt": REPORT.format(period="上半年", one=30, two=20, three=4),
        "w.txt": REPORT.format(period="前三季度", one=50, two=30, three=7),
        "v.txt": REPORT.format(period="全年", one=60, two=40, three=9),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        sidecar = new_sidecar(tmp_path / name, content, "云溪市", YEAR)
    (register,) = ingest_document(sidecar, content, tmp_path)
    kinds = [source.id.removeprefix("yunxi-2024-livelihood-") for source in register.sources]
    assert kinds == ["plan", "quarter-1", "half-year", "quarter-3", "annual"]
    first = register.commitments[0]
    assert [report.results[0].value for report in first.reports] == [10, 30, 50, 60]
    assert len(register.commitments) == 3


def test_a_document_number_above_the_table_is_no_section(read: Read) -> None:
    head = "".join(f"<p>{line}</p>" for line in ("关于印发云溪市2024年民生实事项目的通知", "云政办发〔2024〕3号"))
    table = (
        "<tr><th>序号</th><th>项目名称</th><th>年度目标任务</th><th>牵头单位</th></tr>"
        "<tr><td>1</td><td>农村公路</td><td>新改建农村公路86公里</td><td>市交通运输局</td></tr>"
    )
    (commitment,) = read(f"{head}<p>发布日期：2024年2月18日</p><table>{table}</table>")
    assert commitment.targets[0].value == 86 and not commitment.section
