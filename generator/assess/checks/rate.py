"""``rate``: a published completion rate against the one recomputed from its own numbers."""

from __future__ import annotations

from generator.assess.numbers import amount, plain
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.rates import rate_operands, rate_text
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
    rate, operands = assessed.rate, rate_operands(subject, assessed)
    recomputed = f"{plain(assessed.recomputed)}%" if assessed.recomputed is not None else ""
    division_zh = division_en = base_zh = base_en = ""
    if operands:
        result, target = operands
        division_zh = division_en = f"{amount(result.value, result.unit)} ÷ {amount(target.value, target.unit)}"
        if assessed.implied_base is not None:
            implied = amount(assessed.implied_base, result.unit)
            base_zh = f"；按公布的比率倒推，基数约为{implied}"
            base_en = f"; by the published rate the base would be about {implied}"
    message = Message(
        found=rate_text(rate),
        expected=recomputed,
        zh=f"公布的完成率为{rate_text(rate)}，用同一处的数字复算为{division_zh} = {recomputed}{base_zh}",
        en=f"The published rate is {rate_text(rate)}; its own numbers give {division_en} = {recomputed}{base_en}",
        cause_zh="该比率以别的数为基数，或原文印错",
        cause_en="the rate has another base, or the source is misprinted",
    )
    return make_finding(
        subject, "rate", f"{assessed.report}.{rate.id}", message, Quoted(rate.start, rate.end), target_id=rate.target
    )


CHECK = Check(
    name="rate",
    run=check_rate,
    zh="完成率复算",
    en="Published rates recomputed",
    rule_zh="完成率 = 实际值 ÷ 目标值，按公布的位数四舍五入或去尾相符即为相符；文件另有基数的不作比较。",
    rule_en="Rate = result ÷ target; it agrees when it is equal, or rounds or truncates to the printed digits. "
    "A rate that names another base is not compared.",
)
