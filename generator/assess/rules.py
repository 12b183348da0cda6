"""The rules of the assessment in one place: version, thresholds, reason codes and the words for every answer.

The method page is made from these records, so a threshold that changes here changes there. Nothing in this
module decides anything; ``states``, ``rates`` and ``checks`` do, with these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Threshold:
    """A number that a rule decides by. ``unit`` is ``points`` (percentage points), ``share``, ``times`` or empty."""

    code: str
    value: Decimal
    unit: str
    zh: str
    en: str


@dataclass(frozen=True)
class Term:
    """A code that is published in a column, with its words."""

    code: str
    zh: str
    en: str


BEHIND = Threshold(
    "behind",
    Decimal(10),
    "points",
    "比已到期的官方节点少这么多个百分点或以上，记为“落后”；不到则为“按进度”",
    "this many points or more below the last official milestone that has passed is 'behind'; less is 'on schedule'",
)
FAR_BEHIND = Threshold(
    "far_behind",
    Decimal(30),
    "points",
    "比已到期的官方节点少得超过这么多个百分点，记为“严重落后”",
    "more than this many points below the last official milestone that has passed is 'far behind'",
)
AHEAD = Threshold(
    "ahead",
    Decimal(10),
    "points",
    "比已到期的官方节点多这么多个百分点或以上，记为“超前”",
    "this many points or more above the last official milestone that has passed is 'ahead'",
)
APPROXIMATE = Threshold(
    "approximate",
    Decimal("0.05"),
    "share",
    "“左右”的目标，相差不超过这个比例视为达到；超出这个比例视为超过",
    "a target with 'about' (左右) is reached within this share below it, and exceeded beyond this share above it",
)
FAR_ABOVE = Threshold(
    "far_above",
    Decimal(5),
    "times",
    "实际值达到目标的这么多倍或以上，而公布的完成率并不印证，先视为读错或口径不同，不作判断",
    "a result this many times its target or more, which no published rate confirms, is first taken for a misreading "
    "or another scope, and not judged",
)
FAR_BELOW = Threshold(
    "far_below",
    Decimal("0.001"),
    "share",
    "实际值不到目标的这个比例，先怀疑单位（万、亿、万亿）读错或印错，不作判断",
    "a result below this share of its target is first taken for a wrong unit (万, 亿, 万亿), and not judged",
)
SAME_TEXT = Threshold(
    "same_text",
    Decimal(10),
    "characters",
    "承诺文字（不计标点）到这么多个字，两处相同才算重复",
    "wordings of this many characters or more, punctuation aside, are compared when duplicates are looked for",
)
SAME_REPORT = Threshold(
    "same_report",
    Decimal(20),
    "characters",
    "进展文字（不计标点）到这么多个字，两处相同才算重复；“已全部完成”之类的短句各处都会有",
    "reports of this many characters or more are compared when duplicates are looked for; short ones are often alike",
)
SAME_MEASURE = Threshold(
    "same_measure",
    Decimal(5),
    "characters",
    "指标名称（不计动词）到这么多个字，两处相同才视为同一件事",
    "two targets are taken for one project when what they count has the same name of this many characters or more",
)
ALIKE = Threshold(
    "alike",
    Decimal("0.8"),
    "share",
    "同一清单里的两项，表述相似到这个比例，才视为同一件事",
    "two commitments of one list are taken for one project when their wordings are this much alike or more",
)
THEME_SCORE = Threshold(
    "theme_score",
    Decimal(2),
    "",
    "承诺的用词按主题加权，达到这个分数才归入该主题；都不到的不归",
    "the words of a commitment are weighed theme by theme; it is given a theme from this weight on, else none",
)
SECOND_THEME = Threshold(
    "second_theme",
    Decimal("0.6"),
    "share",
    "第二个主题的分数要达到第一个的这个比例，否则只归一个主题",
    "a second theme is given only from this share of the first one's weight on",
)
ROUNDING = Threshold(
    "rounding",
    Decimal("0.01"),
    "share",
    "后一份文件重印的目标数只是四舍五入（末位以下），且相差不超过这个比例，不算改动",
    "a target that a later document prints rounded, and no further off than this share, is not a changed one",
)
SAME_WORDS = Threshold(
    "same_words",
    Decimal("0.5"),
    "share",
    "后一份文件重印的目标，指标名称（不计动词）与原目标相似到这个比例，才逐项比较",
    "a target that a later document prints again is compared with the promised one when the names of what they count, "
    "verbs aside, are this much alike or more",
)
SAME_NAME = Threshold(
    "same_name",
    Decimal("0.9"),
    "share",
    "两份文件的指标名称，一个有这个比例包含在另一个里，也视为同一指标",
    "names of measures in two documents are the same, too, when this share of one stands within the other",
)
SAME_THING = Threshold(
    "same_thing",
    Decimal(8),
    "characters",
    "承诺的程度与报告的程度：事项名称有连续这么多个字相同（或同一书名号标题），才视为同一事项",
    "steps of a work: a thing is the same in promise and report when so many characters in a row of its name are, "
    "or its title is",
)
BARE_RATE = Threshold(
    "bare_rate",
    Decimal(6),
    "characters",
    "比率自己的说明不超过这么多个字（如“投资完成率”），才视为紧接在前的数的比率，可以倒推基数",
    "a rate whose own words are no longer than this (投资完成率) is one of the number before it, so that a base can be "
    "inferred",
)
TEN_THOUSAND = Threshold(
    "ten_thousand",
    Decimal(5),
    "times",
    "数量级：实际值乘以一万以后，与目标相差不到这么多倍，提示可能是“万亿”印作“亿”或漏了“万”",
    "a result that would be within this many times its target if it were 10,000 times as large points to a lost 万",
)
THRESHOLDS = (
    BEHIND,
    FAR_BEHIND,
    AHEAD,
    APPROXIMATE,
    FAR_ABOVE,
    FAR_BELOW,
    SAME_TEXT,
    SAME_REPORT,
    SAME_MEASURE,
    ALIKE,
    THEME_SCORE,
    SECOND_THEME,
    ROUNDING,
    SAME_WORDS,
    SAME_NAME,
    SAME_THING,
    BARE_RATE,
    TEN_THOUSAND,
)

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
