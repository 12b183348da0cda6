"""``rate``: a published completion rate against the one recomputed from its own numbers."""

from __future__ import annotations

from generator.assess.numbers import amount, plain
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.rates import rate_text
from generator.assess.subject import Subject
from generator.model import AssessedRate, Finding


def check_rate(subject: Subject) -> Outcome:
    """Each published rate: clear when it follows from its numbers, found when it is of the target and does not."""
    outcome = Outcome("rate")
    for assessed in subject.rates:
        if assessed.verdict in {"exact", "rounded", "truncated"}:
            outcome.clear += 1
        elif assessed.verdict == "mismatch":
            outcome.findings.append(_finding(subject, assessed))
        else:
            outcome.not_computable += 1
    return outcome


def _finding(subject: Subject, assessed: AssessedRate) -> Finding:
    rate = assessed.rate
    recomputed = f"{plain(assessed.recomputed)}%" if assessed.recomputed is not None else ""
    division, base_zh, base_en = _division(subject, assessed), "", ""
    if assessed.implied_base is not None:
        implied = amount(assessed.implied_base, assessed.base_unit)
        base_zh = f"；按公布的比率倒推，基数约为{implied}（本站推算，非官方数字）"
        base_en = f"; by the published rate the base would be about {implied} (inferred here, not official)"
    printed_zh = printed_en = ""
    if assessed.base_kind == "printed":
        printed_zh = f"；基数是同一处印出的“{assessed.base_printed}”"
        printed_en = f"; the base is the “{assessed.base_printed}” printed beside it"
    message = Message(
        found=rate_text(rate),
        expected=recomputed,
        zh=f"公布的完成率为{rate_text(rate)}，用同一处的数字复算为{division} = {recomputed}{printed_zh}{base_zh}",
        en=f"The published rate is {rate_text(rate)}; its own numbers give {division} = {recomputed}"
        f"{printed_en}{base_en}",
        cause_zh="该比率以别的数为基数，或原文印错",
        cause_en="the rate has another base, or the source is misprinted",
    )
    return make_finding(
        subject, "rate", f"{assessed.report}.{rate.id}", message, Quoted(rate.start, rate.end), target_id=rate.target
    )


def _division(subject: Subject, assessed: AssessedRate) -> str:
    """The two operands with their units: 240 个 ÷ 300 个."""
    reports = (report for report in subject.commitment.reports if report.id == assessed.report)
    result = next((one for report in reports for one in report.results if one.id == assessed.result), None)
    if result is None or assessed.base is None:
        return ""
    return f"{amount(result.value, result.unit)} ÷ {amount(assessed.base, assessed.base_unit)}"


CHECK = Check(
    name="rate",
    run=check_rate,
    zh="完成率复算",
    en="Published rates recomputed",
    rule_zh="完成率 = 实际值 ÷ 基数，基数是目标，或同一处印出的计划数；按公布的位数四舍五入或去尾相符即为相符。"
    "文件另有基数而没有印出的、说的是工程进度的、不是完成率的占比，都不判为不符。",
    rule_en="Rate = result ÷ base; the base is the target, or the plan that is printed beside it. A rate agrees "
    "when it is equal, or rounds or truncates to the printed digits. A rate of another base that is not printed, "
    "of the progress of a work, or a share that is no completion rate is never called wrong.",
)
