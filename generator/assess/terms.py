"""The words for every answer of the assessment: reasons, states, verdicts, changes, in both languages.

The method page, the tables of codes and the filters are made from these records.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A code that is published in a column, with its words."""

    code: str
    zh: str
    en: str


REASONS = (
    Term("no_target", "没有可比的数字目标", "there is no number to compare with"),
    Term("no_report", "没有见到进展文件", "no document that reports on it was seen"),
    Term("not_mentioned", "进展文件没有提到", "the progress document is silent on it"),
    Term("no_result", "进展文件没有给出这一目标的数字", "the report gives no number for this target"),
    Term(
        "shown_only",
        "有相关数字，但口径、单位、阶段不同或只是其中一部分，只列出，不作比较",
        "figures speak of it in another scope, unit or stage, or of a part of it: shown, never compared",
    ),
    Term("rate_only", "只公布完成率，没有公布实际值", "only a completion rate is published, no result"),
    Term("forecast_only", "只有预计数，没有实际值", "only a forecast is given, no result"),
    Term(
        "area_only",
        "只有部分区县的数字，没有全域的",
        "numbers are given for some areas only, not for the whole place",
    ),
    Term(
        "several_results",
        "同一目标有多个数字，无法确定用哪一个",
        "several numbers stand for this target; which one counts is open",
    ),
    Term("unit_differs", "目标与实际值的单位不同", "target and result have different units"),
    Term("unit_missing", "目标或实际值缺单位", "target or result has lost its unit"),
    Term("direction_differs", "一个说增长，一个说下降", "one speaks of a rise and the other of a fall"),
    Term(
        "limit_unclear",
        "“控制在……左右”，看不出是上限还是目标值",
        "'kept at about': a ceiling or a goal, the words leave open",
    ),
    Term(
        "result_not_exact",
        "实际值是约数（约、余、近、超），不足以判断",
        "the result is an approximate number (约, 余, 近, 超) too vague to decide",
    ),
    Term(
        "magnitude_doubtful",
        "实际值与目标相差悬殊，疑为读错、印错或口径不同",
        "result and target are implausibly far apart: a misreading, a misprint or another scope",
    ),
    Term("rate_disagrees", "公布的完成率与该数不符，不作判断", "the published rate disagrees with this number"),
    Term(
        "rate_other_base",
        "同处公布的比率以别的数为基数，与该数不能互相印证，不作判断",
        "the rate printed with it has another base, so that neither bears the other out",
    ),
    Term("tie_doubtful", "该数可能属于另一目标", "the number may belong to another target"),
    Term(
        "stage_of_work",
        "同一句另有进度百分比，该数不一定是完成数",
        "the same sentence gives a percentage of progress, so the number need not be what is done",
    ),
    Term(
        "part_of_measure",
        "目标包含几样，该数只是其中一样",
        "the target covers several things and the number only one of them",
    ),
    Term("earlier_year", "实际值是以前年度的", "the result is of an earlier year"),
    Term("later_year", "实际值的日期远在期限之后，疑为读错或印错", "the date of the result is long after the period"),
    Term(
        "date_doubtful",
        "期限或节点的日期在本年度之前，疑为读错或印错",
        "a due date or milestone lies before the programme's year: a misreading or a misprint",
    ),
    Term(
        "documents_disagree",
        "同一日期的两份文件给出不同的数字",
        "two documents as of the same day give different numbers",
    ),
    Term(
        "partial_period",
        "实际值只到期中，不能断定全年",
        "the result covers part of the period only and does not decide the whole",
    ),
    Term(
        "written_earlier",
        "这段进展自己写到年内尚待完成的事，可能写于年终之前，不足的不算到期未达",
        "the report itself speaks of the rest of the year as to come, so it may have been written before the end",
    ),
    Term("announced_for_later", "同一句说明将在以后完成", "the same sentence says that it will be done later"),
    Term(
        "striven_for",
        "目标写作“力争”，未达不算到期未达",
        "the words promise only to strive for it, so falling short is not missing it",
    ),
    Term("no_official_milestone", "没有可比的官方节点", "there is no official milestone to compare with"),
    Term("no_milestone_passed", "第一个官方节点尚未到期", "the first official milestone has not passed yet"),
    Term(
        "milestones_disagree",
        "官方节点前后不一致，不能用作进度标准",
        "the official milestones do not agree and cannot serve as a measure",
    ),
    Term(
        "numbers_only",
        "只就有数字的部分而言；承诺里没有数字的部分不作判断",
        "of the numbers only; what the promise says without a number is not judged",
    ),
    Term("partly_computable", "部分目标无法判定", "some of the targets cannot be judged"),
    Term(
        "no_single_reason",
        "各目标无法判定的原因不同，见各目标",
        "the targets cannot be judged for different reasons; see each target",
    ),
    Term("ceiling", "上限类目标，没有完成率", "a ceiling has no completion rate"),
    Term(
        "target_is_percentage",
        "目标本身是百分比，完成率不能由两个百分比相除",
        "the target is a percentage itself; dividing two percentages is no completion rate",
    ),
    Term("result_is_the_rate", "公布的百分比就是实际值", "the published percentage is the result itself"),
    Term("two_counts", "用同一句并列的两个数复算", "recomputed from the two counts printed beside it"),
    Term("several_rates", "同一目标有多个完成率，无法确定用哪一个", "several rates stand for this target"),
    Term("rate_not_exact", "公布的完成率是约数", "the published rate is an approximate number"),
    Term("base_not_printed", "文件说了基数，但没有印出其数", "the words name the base, but its size is not printed"),
    Term(
        "physical_progress",
        "说的是工程或工作的进度，不是数量的完成率",
        "it says how far the work has come, not how much of a quantity is done",
    ),
    Term("share", "是占比，不是完成率", "a share of a whole and no completion rate"),
    Term("base_unnamed", "文件没有说明该比率以什么为基数", "the document does not say what the rate is a rate of"),
    Term("operand_precision", "在实际值印出的精度内相符", "agrees within the precision to which the result is printed"),
    Term("zero_base", "基数为零", "the base is zero"),
)

DUE_STATES = (
    Term("not_due", "未到期", "not due"),
    Term("due", "当日到期", "due"),
    Term("past_due", "已过期限", "past due"),
    Term("undated", "未载期限", "undated"),
)

REPORTED_STATES = (
    Term("completed", "称已完成", "said to be completed"),
    Term("exceeded", "称超额完成", "said to be exceeded"),
    Term("under_way", "有进展，未说全部完成", "progress reported, not said to be complete"),
    Term("not_started", "称未启动", "said not to have started"),
    Term("changed", "称已调整", "said to be changed"),
    Term("not_mentioned", "未提及", "not mentioned"),
    Term("no_report", "未见进展文件", "no report seen"),
)

SCHEDULE_STATES = (
    Term("exceeded", "超过目标", "target exceeded"),
    Term("met", "达到目标", "target met"),
    Term("ahead", "超前", "ahead"),
    Term("on_schedule", "按进度", "on schedule"),
    Term("behind", "落后", "behind"),
    Term("far_behind", "严重落后", "far behind"),
    Term("missed", "到期未达", "missed"),
    Term("met_late", "逾期达到", "met late"),
    Term("not_computable", "无法判定", "cannot be judged"),
)

STATUSES = (
    Term("met", "达到", "met"),
    Term("on_schedule", "按进度", "on schedule"),
    Term("behind", "落后", "behind"),
    Term("missed", "到期未达", "missed"),
    Term("claimed", "称已完成（未能核算）", "said to be complete (not computed)"),
    Term("under_way", "有进展（未能判定）", "progress reported (not judged)"),
    Term("no_report", "未见报告", "no report seen"),
)

GRADES = (
    Term("A", "有数字、有日期、口径对应目标", "a number with its date, of the target's own scope"),
    Term("B", "有数字", "a number"),
    Term("C", "只有完成率", "a completion rate only"),
    Term("D", "只有文字", "words only"),
    Term("E", "没有材料", "nothing"),
)

VERDICTS = (
    Term("exact", "完全相符", "exact"),
    Term("rounded", "四舍五入后相符", "right when rounded"),
    Term("truncated", "去尾后相符", "right when truncated"),
    Term("other_base", "文件另有基数", "another base is named"),
    Term("mismatch", "不符", "does not follow"),
    Term("not_computable", "不能复算", "not computable"),
)

CHANGES = (
    Term("same", "未改", "unchanged"),
    Term("rounded", "四舍五入", "rounded"),
    Term("removed", "没有再印这一目标数", "number not printed again"),
    Term("lowered", "数值变小", "lower number"),
    Term("raised", "数值变大", "higher number"),
    Term("weaker", "限定变宽", "looser qualifier"),
    Term("firmer", "限定变严", "stricter qualifier"),
    Term("unit", "单位改变", "another unit"),
    Term("verb", "程度变低", "an earlier step of the work"),
    Term("striving", "加上“力争”", "something to strive for"),
    Term("widened", "“新增”放宽", "what was there counts as well"),
    Term("added", "另加的数", "added number"),
    Term("later", "期限推后", "later date"),
    Term("earlier", "期限提前", "earlier date"),
    Term("unclear", "不能确定是否同一目标，不作比较", "perhaps another target, not compared"),
)

GARBLES = (
    Term(
        "lost_number",
        "本站读到的这段文字里，此处缺了一个数字（不作零计）",
        "a number was lost here in the text that we read (it is not taken for zero)",
    ),
    Term(
        "merged_numbers",
        "本站读到的这段文字里，此处的数字连在了一起",
        "numbers run together here in the text that we read",
    ),
    Term(
        "no_unit",
        "本站读到的这段文字里，这个数后面没有本站认得的单位",
        "no unit that this site knows stands after this number in the text that we read",
    ),
    Term(
        "lone_bracket",
        "本站读到的这段文字里，括号或引号不成对",
        "a bracket or quotation mark has no partner in the text that we read",
    ),
    Term(
        "lost_characters",
        "本站读到的这段文字里，此处有无法辨认的字符",
        "characters are unreadable here in the text that we read",
    ),
)

SEVERITIES = (
    Term("error", "错误", "error"),
    Term("warning", "存疑", "warning"),
    Term("notice", "提示", "notice"),
)
