"""``milestone``: the order of a plan's milestones, the last one against the target, and the due date against both."""

from __future__ import annotations

from itertools import pairwise

from generator.assess.milestones import Step, official_steps, target_milestones
from generator.assess.numbers import amount, plain
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.model import Finding, Milestone, Target


def check_milestone(subject: Subject) -> Outcome:
    """Three questions: do the milestones rise, does the last give the target, is none later than the due date?"""
    outcome = Outcome("milestone")
    for target in subject.commitment.targets:
        if target.comparator not in {"le", "lt"}:
            _check_order(subject, target, outcome)
            _check_last(subject, target, outcome)
    _check_due(subject, outcome)
    return outcome


def _check_order(subject: Subject, target: Target, outcome: Outcome) -> None:
    steps = official_steps(subject.commitment, target, subject.words)
    if len(steps) < 2:
        return
    for kind in ("amount", "level", "share"):
        alike = [step for step in steps if step.milestone.basis == kind]
        fall = next((pair for pair in pairwise(alike) if pair[1].share < pair[0].share), None)
        if fall:
            outcome.findings.append(_order_finding(subject, target, *fall))
            return
    rises = all(later.share >= earlier.share for earlier, later in pairwise(steps))
    # An amount may be counted at another stage of the work (线路方案 100 条, then 60 % of the lines).
    outcome.clear += rises
    outcome.not_computable += not rises


def _check_last(subject: Subject, target: Target, outcome: Outcome) -> None:
    """Only where the plan's last dated step for the target is itself a number."""
    numbered = target_milestones(subject.commitment, target)
    if not numbered:
        return
    last, steps = numbered[-1], official_steps(subject.commitment, target, subject.words)
    goes_on = any(
        other.due and last.due and other.due > last.due and other.target in {target.id, ""}
        for other in subject.commitment.milestones
    )
    if goes_on or not steps or steps[-1].milestone.id != last.id:
        outcome.not_computable += 1
    elif steps[-1].share >= 1:
        outcome.clear += 1
    else:
        outcome.findings.append(_last_finding(subject, target, steps[-1]))


def _check_due(subject: Subject, outcome: Outcome) -> None:
    due = subject.commitment.due
    dated = [milestone for milestone in subject.commitment.milestones if milestone.due]
    if due is None or not dated:
        return
    latest = max(dated, key=lambda milestone: milestone.due or due)
    if latest.due is not None and latest.due > due:
        outcome.findings.append(_due_finding(subject, latest))
    else:
        outcome.clear += 1


def _asked(milestone: Milestone) -> str:
    value = milestone.value
    if value is None:
        return ""
    return f"{plain(value)}%" if milestone.basis == "share" else amount(value, milestone.unit)


def _order_finding(subject: Subject, target: Target, earlier: Step, later: Step) -> Finding:
    first, second = _asked(earlier.milestone), _asked(later.milestone)
    message = Message(
        found=second,
        expected=first,
        zh=f"{earlier.due}的节点为{first}，其后{later.due}的节点为{second}，反而较少",
        en=f"The milestone of {earlier.due} is {first}, the later one of {later.due} is {second}, which is less",
        cause_zh="节点数是各阶段的数而非累计数",
        cause_en="the numbers are those of each period and not cumulative",
        severity="notice",
    )
    quoted = Quoted(later.milestone.start, later.milestone.end)
    return make_finding(subject, "milestone", f"{target.id}-order", message, quoted, target_id=target.id)


def _last_finding(subject: Subject, target: Target, last: Step) -> Finding:
    asked, whole = _asked(last.milestone), amount(target.value, target.unit)
    message = Message(
        found=asked,
        expected=whole,
        zh=f"最后一个节点（{last.due}）为{asked}，目标为{whole}",
        en=f"The last milestone ({last.due}) asks for {asked}; the target is {whole}",
        cause_zh="其余部分没有列入节点",
        cause_en="the rest is not among the milestones",
        severity="notice",
    )
    quoted = Quoted(last.milestone.start, last.milestone.end)
    return make_finding(subject, "milestone", f"{target.id}-last", message, quoted, target_id=target.id)


def _due_finding(subject: Subject, latest: Milestone) -> Finding:
    due = subject.commitment.due
    message = Message(
        found=f"{latest.due}",
        expected=f"{due}",
        zh=f"完成时限为{due}，计划的最后一个节点在其后：{latest.due}（“{latest.text}”）",
        en=f"The due date is {due}; the plan's own last step is later: {latest.due} (“{latest.text}”)",
        cause_zh="最后一步是完成之后的收尾",
        cause_en="the last step is work after completion",
        severity="notice",
    )
    return make_finding(subject, "milestone", f"{latest.id}-due", message, Quoted(latest.start, latest.end))


CHECK = Check(
    name="milestone",
    run=check_milestone,
    zh="节点与目标、期限",
    en="Milestones, target and due date",
    rule_zh="同类节点数不应前多后少；最后一个节点应等于目标；节点不应晚于完成时限。",
    rule_en="Milestones of one kind should not fall; the last should give the target; "
    "none should be later than the due date.",
)
