"""``wording``: what is promised, as the plan prints it, against how later documents print it again."""

from __future__ import annotations

from generator.assess.numbers import plain
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.subject import Subject
from generator.assess.terms import CHANGES
from generator.model import Change, ComparedWording, Finding, Severity, WordingChange

_WORDS = {term.code: term for term in CHANGES}
_QUIET: frozenset[Change] = frozenset({"same", "rounded", "firmer", "added"})
_UNSAID: frozenset[Change] = frozenset({"unclear"})
_GRAVE: frozenset[Change] = frozenset({"removed", "lowered", "raised", "verb", "later"})
"""Of these, those that make the promise lighter are doubtful; all else is a notice."""


def check_wording(subject: Subject) -> Outcome:
    """Each target, step and date of each later wording. A change that an earlier document made is found once."""
    outcome = Outcome("wording")
    seen: set[tuple[str, str, str | None]] = set()
    for compared in subject.wordings:
        for number, change in enumerate(compared.changes, start=1):
            key = (change.change, change.target or change.before, _told(compared, change))
            if change.change in _QUIET:
                outcome.clear += 1
            elif change.change in _UNSAID:
                outcome.not_computable += 1
            elif key not in seen:
                outcome.findings.append(_finding(subject, compared, change, number))
                seen.add(key)
    return outcome


def _told(compared: ComparedWording, change: WordingChange) -> str | None:
    """What a later document says instead, by which a change is known again: a number or a date, else nothing."""
    if change.change in {"lowered", "raised", "unit"}:
        numbers = {one.id: f"{plain(one.value)}{one.unit}" for one in compared.restatement.targets}
        return numbers[change.restated]
    return change.after if change.change in {"later", "earlier"} else None


def _finding(subject: Subject, compared: ComparedWording, change: WordingChange, number: int) -> Finding:
    first, later = subject.source(subject.commitment.source), subject.source(compared.restatement.source)
    titles = [source.title if source else "" for source in (first, later)]
    said = _WORDS[change.change]
    before, after = _place(change.before_start, change.before_end), _place(change.after_start, change.after_end)
    severity: Severity = "warning" if change.weakening and change.change in _GRAVE else "notice"
    message = Message(
        found=change.after,
        expected=change.before,
        zh=f"《{titles[0]}》写的是“{change.before}”{_place_zh(before)}，"
        f"《{titles[1]}》再印时写的是“{change.after}”{_place_zh(after)}：{said.zh}",
        en=f"“{titles[0]}” has “{change.before}”{_place_en(before)}, "
        f"“{titles[1]}” prints it again as “{change.after}”{_place_en(after)}: {said.en}",
        cause_zh="后一份文件作了简写、更正，或承诺在年中依程序作了调整",
        cause_en="the later document shortens or corrects the wording, or the promise was adjusted by due procedure",
        severity=severity,
    )
    about = change.target or ("due" if change.change in {"later", "earlier"} else f"s{number}")
    local = f"{compared.restatement.id}-{about}-{change.change}"
    quoted = Quoted(*(after or (compared.restatement.start, compared.restatement.end)))
    return make_finding(subject, "wording", local, message, quoted, target_id=change.target)


def _place(*ends: int | None) -> list[int]:
    """Where a quote begins and ends; empty for a date of a column, which has no place of its own."""
    return [end for end in ends if end is not None]


def _place_zh(place: list[int]) -> str:
    return f"（字符 {place[0]}–{place[1]}）" if place else ""


def _place_en(place: list[int]) -> str:
    return f" (characters {place[0]}–{place[1]})" if place else ""


CHECK = Check(
    name="wording",
    run=check_wording,
    zh="前后表述",
    en="One promise, worded twice",
    rule_zh="后一份文件再印同一项承诺的，逐项与计划比较：目标数没有再印、变小、变大，限定变宽（以上、不少于变为左右），单位改变，"
    "程度变低（建成变为开工），“新增”变为“新增（提升）”，加上“力争”，期限改动。两处原文并列。使承诺变轻的数值、程度、期限改动列为存疑，"
    "其余列为提示；只是四舍五入的、整份文件只印项目名称的、不能确定是同一目标的，不列。同一改动在后面的文件里再次出现，只列一次。",
    rule_en="Where a later document prints a promise again, it is compared with the plan: a number not printed again, "
    "lower, higher, a looser qualifier (at least → about), another unit, an earlier step of the work (建成 → 开工), "
    "新增 become 新增（提升）, 力争 added, a date moved. Both quotes are shown. Changes of number, step or date that "
    "make the promise lighter are doubtful, others are notices; mere rounding, documents that print names of projects "
    "only, and targets that may be different ones are left out. A change that later documents repeat is listed once.",
)
