"""``count``: totals that a document states of its own list (48项, 十方面) against what was read from it."""

from __future__ import annotations

from generator.assess.outcome import Check, Message, Outcome, Quoted, make_register_finding
from generator.assess.subject import RegisterSubject
from generator.model import Commitment, Finding, Source, StatedTotal


def check_count(subject: RegisterSubject) -> Outcome:
    """Each total that a source states: clear when as many commitments, or as many of their groups, were read."""
    outcome = Outcome("count")
    for source in subject.register.sources:
        own = [one for one in subject.register.commitments if _is_of(one, source)]
        for number, total in enumerate(source.stated, start=1):
            read = [one for one in own if not total.section or one.section == total.section]
            items, groups = len(read), _groups(read)
            if total.value == items or total.value in groups:
                outcome.clear += 1
            elif total.of == "groups" and not groups:
                outcome.not_computable += 1
            else:
                outcome.findings.append(_finding(f"{source.id}-{number}", total, items, groups))
    return outcome


def _is_of(one: Commitment, source: Source) -> bool:
    return one.source in {source.id, ""} or any(report.source == source.id for report in one.reports)


def _groups(read: list[Commitment]) -> list[int]:
    """How many categories and how many sections: documents call either of them 方面 or 件."""
    names = ({one.category for one in read}, {one.section for one in read}, {one.number for one in read})
    return sorted({len(found - {""}) for found in names if found - {""}})


def _finding(local_id: str, total: StatedTotal, items: int, groups: list[int]) -> Finding:
    grouped = "、".join(map(str, groups))
    counted_zh = f"{items}项承诺" + (f"，分组数为{grouped}" if groups else "")
    counted_en = f"{items} commitments" + (f" in {' or '.join(map(str, groups))} groups" if groups else "")
    message = Message(
        found=f"{items}",
        expected=f"{total.value}",
        zh=f"文件写明“{total.quote}”，读到{counted_zh}",
        en=f"The document states “{total.quote}”; read were {counted_en}",
        cause_zh="文件按别的口径计数，或清单不在这份文件里",
        cause_en="the document counts in another way, or the list is in another document",
    )
    return make_register_finding("", "count", local_id, message, Quoted(total.start, total.end))


CHECK = Check(
    name="count",
    run_register=check_count,
    zh="项数",
    en="Totals stated in the text",
    rule_zh="文件在标题、前言、小标题里写明的项数（“48项”“十方面”），应与读到的承诺数或其类别数、章节数相同。",
    rule_en="A total that a document states in its title, preface or headings (48 items, ten fields) should be the "
    "number of commitments read, or of their categories or sections.",
)
