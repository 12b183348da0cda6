"""Audits: the same sample every time, judgements that hold or are stale, intervals, pages, broken references."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from generator import yamlfile
from generator.api import render_twin
from generator.audits import (
    KINDS,
    Fact,
    add_sample,
    apply_audit,
    audit_to_state,
    count_kinds,
    facts_to_sample,
    load_audits,
    register_to_facts,
    render_facts,
    render_stale,
    wilson,
    write_audit,
)
from generator.commands.review import FactName
from generator.errors import ContentError
from generator.lookups import Places
from generator.model import Audit, AuditItem, FactKind, Judgement, Register, Target, Unassigned
from generator.pages.audit import FACTS, JUDGEMENTS, checked_rows, render_audits
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import year_to_pages
from generator.pages.method import render_method
from generator.pages.outline import City, registers_to_cities
from generator.registers import load_register
from generator.tables import assessed_to_tables
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.conftest import REPOSITORY, Run
from tests.golden import FIXTURES, fixture_content
from tests.kept_examples import keep_years
from tests.own import OWN_REGISTERS

NAME = "testville-2024-livelihood"
FIRST = f"{NAME}-001"
DAY = date(2026, 11, 22)


def audits_page(cities: tuple[City, ...]) -> str:
    return render_audits(keep_years(*cities))


def made(words: examples.Words | None = None) -> Register:
    """The register of the page examples, with a number in no record."""
    number = Unassigned(text="2024", reason="date", line=1, start=7, end=11)
    return msgspec.structs.replace(examples.make_register(words or examples.Words()), unassigned=(number,))


def with_target(register: Register, target: Target, *more: Target) -> Register:
    first = msgspec.structs.replace(register.commitments[0], targets=(target, *more))
    return msgspec.structs.replace(register, commitments=(first, *register.commitments[1:]))


def judged(register: Register, judgement: Judgement = "right", kinds: tuple[FactKind, ...] = KINDS) -> Audit:
    """An audit of all facts of these kinds, with the same judgement of each."""
    note = "应为别的" if judgement == "wrong" else ""
    items = tuple(
        AuditItem(record=fact.record, kind=fact.kind, read=fact.read, judgement=judgement, note=note)
        for fact in register_to_facts(register)
        if fact.kind in kinds
    )
    return Audit(register=NAME, seed="1", reader="reader", date=DAY, method="by hand", items=items)


def cities_of(register: Register, audit: Audit | None) -> tuple[City, ...]:
    return registers_to_cities([apply_audit(examples.assess(register, WORDS), audit)])


def facts(count: int, kind: FactKind = "result", prefix: str = "a") -> list[Fact]:
    return [Fact(f"{prefix}.v{n}", kind, f"{n}", prefix, "s", n, n + 1) for n in range(count)]


# --- facts and samples ---------------------------------------------------------------------------------


def test_a_register_is_all_its_facts() -> None:
    found = register_to_facts(made())
    assert len({(fact.record, fact.kind) for fact in found}) == len(found)
    counts = count_kinds(found)
    assert counts == {
        "wording": 4,  # two promises and two reports; the third commitment has a report alone
        "unit": 2,
        "leader": 1,
        "due": 1,
        "target": 1,
        "milestone": 1,
        "allocation": 2,
        "result": 1,
        "tie": 1,
        "rate": 1,
        "unassigned": 1,
    }
    read = {(fact.record, fact.kind): fact.read for fact in found}
    assert read[f"{FIRST}.t1", "target"] == "市民政局 ¦ ge 227 个 ¦ level ¦ 市民政局 ¦ “市民政局”"
    assert read[f"{FIRST}.lead.1", "unit"].startswith("lead ¦ 市民政局")
    assert read["testville-2024-livelihood-annual.n7", "unassigned"] == "“2024” ¦ date"


def test_a_result_of_a_commitment_with_targets_is_tied_or_untied() -> None:
    register = made()
    report = register.commitments[0].reports[0]
    loose = msgspec.structs.replace(report.results[0], target="")
    first = msgspec.structs.replace(
        register.commitments[0], reports=(msgspec.structs.replace(report, results=(loose,), rates=()),)
    )
    kinds = {fact.kind for fact in register_to_facts(msgspec.structs.replace(register, commitments=(first,)))}
    assert "untied" in kinds and "tie" not in kinds


def test_the_same_register_and_seed_give_the_same_sample() -> None:
    many = facts(200) + facts(200, "target")
    sample = facts_to_sample(many, 20, "1")
    assert sample == facts_to_sample(list(reversed(many)), 20, "1")
    assert len(sample) == 20 and sample != facts_to_sample(many, 20, "2")
    # Fixed, so that another hash or order would be noticed: people have judged these samples.
    assert [fact.record for fact in facts_to_sample(facts(200), 3, "1")] == ["a.v29", "a.v110", "a.v53"]


def test_kinds_have_equal_shares_and_rare_ones_are_taken_whole() -> None:
    many = facts(100) + facts(100, "target") + facts(2, "due")
    assert count_kinds(facts_to_sample(many, 20)) == {"due": 2, "target": 9, "result": 9}
    assert count_kinds(facts_to_sample(many, 20, kinds=["result"])) == {"result": 20}
    assert len(facts_to_sample(facts(5), 20)) == 5


def test_a_register_that_grows_keeps_most_of_its_sample() -> None:
    before = {fact.record for fact in facts_to_sample(facts(100), 20)}
    after = {fact.record for fact in facts_to_sample(facts(110), 20)}
    assert len(before & after) >= 15
    assert {fact.record for fact in facts_to_sample(facts(100), 30)} > before


# --- what holds and what is stale -------------------------------------------------------------------------


def test_a_judgement_about_another_reading_is_stale_and_not_counted() -> None:
    register = made()
    audit = judged(register, kinds=("target", "due"))
    assert [one.judgement for one in audit_to_state(audit, register).judged] == ["right", "right"]
    target = register.commitments[0].targets[0]
    changed = with_target(register, msgspec.structs.replace(target, value=Decimal(228)))
    state = audit_to_state(audit, changed)
    assert [one.kind for one in state.judged] == ["due"]
    (stale,) = state.stale
    assert "ge 227 个" in stale.item.read and "ge 228 个" in stale.now
    gone = with_target(register, msgspec.structs.replace(target, id="t2", value=Decimal(228)))
    assert [one.now for one in audit_to_state(audit, gone).stale] == [""]


def test_a_judgement_goes_with_its_record_when_local_ids_move() -> None:
    register = made()
    audit = judged(register, kinds=("target",))
    target = register.commitments[0].targets[0]
    before = msgspec.structs.replace(target, measure="另一指标")
    moved = with_target(register, before, msgspec.structs.replace(target, id="t2"))
    assert [one.record for one in audit_to_state(audit, moved).judged] == [f"{FIRST}.t2"]
    # Two that read the same: nobody can tell which one was judged.
    twins = with_target(
        register, before, msgspec.structs.replace(target, id="t2"), msgspec.structs.replace(target, id="t3")
    )
    assert len(audit_to_state(audit, twins).stale) == 1


def test_offsets_and_local_ids_are_no_part_of_what_was_read() -> None:
    register = made()
    audit = judged(register)
    target = msgspec.structs.replace(register.commitments[0].targets[0], start=50, end=54)
    assert audit_to_state(audit, with_target(register, target)).stale == ()


def test_extending_keeps_judgements_and_refreshes_what_nobody_judged() -> None:
    register = made()
    sample = register_to_facts(register)
    old = judged(register, "wrong", kinds=("target",))
    unjudged = AuditItem(record=f"{FIRST}.due", kind="due", read="2023-01-01")
    extended = add_sample(msgspec.structs.replace(old, items=(*old.items, unjudged)), register, sample)
    assert extended.items[0] == old.items[0]
    assert len(extended.items) == len(sample) and unjudged not in extended.items
    assert add_sample(extended, register, sample) == extended
    target = register.commitments[0].targets[0]
    changed = with_target(register, msgspec.structs.replace(target, value=Decimal(228)))
    again = add_sample(old, changed, [fact for fact in register_to_facts(changed) if fact.kind == "target"])
    assert [item.judgement for item in again.items] == ["wrong", ""]


# --- the interval -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "number", "low", "high"),
    [
        (8, 10, "49.0", "94.4"),  # 0.490162 to 0.943318
        (10, 10, "72.2", "100"),  # 0.722467
        (0, 10, "0", "27.8"),  # 0.277533
        (50, 100, "40.3", "59.7"),  # 0.403832 to 0.596168
        (1, 1, "20.6", "100"),  # 0.206543
        (15, 148, "6.2", "16.1"),  # 0.062386 to 0.160510
    ],
)
def test_the_interval_is_wilsons_rounded_outward(right: int, number: int, low: str, high: str) -> None:
    assert wilson(right, number) == (Decimal(low), Decimal(high))


def test_the_interval_holds_its_share_and_needs_a_sample() -> None:
    for number in range(1, 60):
        for right in range(number + 1):
            low, high = wilson(right, number) or (Decimal(1), Decimal(0))
            assert 0 <= low <= Decimal(100 * right) / number <= high <= 100
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


# --- pages and tables -----------------------------------------------------------------------------------------


def test_every_kind_and_judgement_has_its_word_and_the_command_knows_them() -> None:
    assert tuple(FACTS) == KINDS == tuple(name.value for name in FactName)
    assert tuple(JUDGEMENTS) == get_args(Judgement)


def test_the_method_page_counts_and_lists_what_was_wrong() -> None:
    register = made()
    audit = judged(register, kinds=("target", "unit", "allocation"))
    items = [
        msgspec.structs.replace(item, judgement="wrong", note="应为229个")
        if item.record.endswith(".a1")
        else msgspec.structs.replace(item, judgement="unclear")
        if item.record.endswith(".lead.1")
        else item
        for item in audit.items
    ]
    page = audits_page(cities_of(register, msgspec.structs.replace(audit, items=tuple(items))))
    cells = {row[0]: row[1:] for row in rows_of(page)}
    assert cells["区县分解 Allocation"] == ["2", "2", "1", "1", "0", "50.0%", "9.4–90.6%"]
    assert cells["责任单位 Unit"] == ["2", "2", "1", "0", "1", "100.0%", "20.6–100.0%"]
    assert cells["公布完成率 Published rate"] == ["1", "0", "0", "0", "0", "—", "—"]
    assert "应为229个" in page and f'href="../testville/2024/livelihood-001.html"><code>{FIRST}.t1.a1' in page
    assert 'id="audit-unclear"' in page and 'id="audit-changed"' not in page and "还没有抽查" not in page


def test_the_method_page_says_what_was_read_otherwise_since_and_what_was_not_audited() -> None:
    register = made()
    target = msgspec.structs.replace(register.commitments[0].targets[0], value=Decimal(228))
    page = audits_page(cities_of(with_target(register, target), judged(register, "wrong", kinds=("target",))))
    assert 'id="audit-changed"' in page and 'id="audit-wrong"' not in page
    assert "ge 227 个" in page and "ge 228 个" in page
    assert "还没有抽查的登记簿：<span>测试市 2024 年" in audits_page(cities_of(register, None))
    nothing = keep_years()
    assert 'id="audit"' not in render_audits(nothing) and "{ #audit }" in render_method(REPOSITORY / "content", nothing)


def rows_of(page: str) -> list[list[str]]:
    """The rows of the first table as text."""
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in body.split("</tr>")
        if row.strip()
    ]


def test_a_commitments_page_and_twin_say_whether_it_was_checked() -> None:
    register = made()
    (city,) = cities_of(register, judged(register, "wrong", kinds=("target",)))
    checked, other, _ = year_to_pages(city.years[0])
    page = render_commitment(checked, "https://example.org/", "兑现")
    assert "过的（2026-11-22）" in page and "本站读错：" in page and "应为别的" in page
    assert json.loads(render_twin(checked))["assessed"]["judged"][0]["on"] == "2026-11-22"
    assert "没有" in render_commitment(other, "https://example.org/", "兑现").split("id=evidence")[1]
    assert checked_rows(other) == [] and "judged" not in json.loads(render_twin(other))["assessed"]


def test_a_table_row_has_the_day_and_the_worst_judgement() -> None:
    register = made()
    audit = judged(register, kinds=("result", "tie", "due", "unit"))
    wrong = [
        msgspec.structs.replace(item, judgement="wrong", note="应为t2", date=date(2026, 12, 1))
        if item.kind == "tie"
        else item
        for item in audit.items
    ]
    assessed = apply_audit(examples.assess(register, WORDS), msgspec.structs.replace(audit, items=tuple(wrong)))
    tables = assessed_to_tables([assessed], Places((examples.PLACE,), Path("places.yml")))
    (result,) = tables["results"]
    assert (result["checked"], result["judgement"]) == (date(2026, 12, 1), "wrong")
    assert [(row["checked"], row["judgement"]) for row in tables["commitments"]] == [
        (DAY, "right"),
        (None, ""),
        (None, ""),
    ]
    assert {row["judgement"] for row in tables["responsibilities"]} == {"right"}
    assert {row["judgement"] for row in tables["targets"]} == {""} and "checked" not in tables["findings"][0]


def test_hostile_words_stay_words() -> None:
    hostile = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE + "\x1b[31m\u202e")
    register = made(hostile)
    audit = judged(register)
    items = tuple(
        msgspec.structs.replace(item, judgement="wrong", note=examples.HOSTILE)
        if number % 2
        else msgspec.structs.replace(item, read="读法已改" + examples.HOSTILE)
        for number, item in enumerate(audit.items)
    )
    cities = cities_of(register, msgspec.structs.replace(audit, items=items, reader=examples.HOSTILE))
    page = render_audits(keep_years(*cities))
    assert "<img" not in page and "</script>" not in page and "&lt;img" in page
    for one in year_to_pages(cities[0].years[0]):
        assert "<img" not in render_commitment(one, "https://example.org/", "兑现")
    lines = [
        *render_facts(register_to_facts(register), register, {register.sources[0].id: hostile.other * 3}, ()),
        *render_stale(NAME, audit_to_state(msgspec.structs.replace(audit, items=items), register)),
    ]
    assert all(line.isprintable() for line in lines)


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"record": f"{NAME}-077.t1"}, "audit-reference"),
        ({"record": FIRST}, "audit-reference"),
        ({"record": "elsewhere-2024-key-work-001.t1"}, "audit-reference"),
        ({"kind": "unassigned", "record": "another-source.n7"}, "audit-reference"),
        ({"kind": "unassigned", "record": f"{NAME}-annual.t1"}, "audit-reference"),
        ({"judgement": "wrong", "note": ""}, "audit-judgement"),
    ],
)
def test_a_broken_item_is_refused_with_its_line(tmp_path: Path, change: dict[str, str], code: str) -> None:
    register = made()
    audit = judged(register, kinds=("due", "target"))
    write_audit(tmp_path, audit)
    assert load_audits(tmp_path, [register])[NAME] == audit
    broken = msgspec.structs.replace(audit.items[1], **change)
    path = write_audit(tmp_path, msgspec.structs.replace(audit, items=(audit.items[0], broken)))
    with pytest.raises(ContentError) as refused:
        load_audits(tmp_path, [register])
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == (path, code)
    assert path.read_text(encoding="utf-8").split("\n")[problem.line - 1].endswith(f"record: {broken.record}")


def test_a_judgement_needs_reader_and_date_and_an_audit_its_register(tmp_path: Path) -> None:
    register = made()
    audit = judged(register, kinds=("due",))
    write_audit(tmp_path, msgspec.structs.replace(audit, reader="", items=audit.items * 2))
    write_audit(tmp_path, msgspec.structs.replace(audit, register="nowhere-2024-feedback"))
    with pytest.raises(ContentError) as refused:
        load_audits(tmp_path, [register])
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["audit-register", "audit-judgement", "audit-judgement", "audit-duplicate"]
    retired = AuditItem(record=f"{NAME}-009.t1", kind="target", read="gone", judgement="right")
    shutil.rmtree(tmp_path / "audits")
    write_audit(tmp_path, msgspec.structs.replace(audit, items=(retired,)))
    assert len(audit_to_state(load_audits(tmp_path, [register])[NAME], register).stale) == 1


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with the golden registers."""
    content = fixture_content(tmp_path)
    shutil.copytree(FIXTURES / "content" / "registers", content / "registers")
    return content


def test_the_command_draws_writes_and_tells_what_is_stale(folder: Path, run: Run) -> None:
    name = "yunxi-2024-livelihood"
    where = ("--content", folder)
    ran = run("audit", name, "--sample", 12, "--documents", FIXTURES / "documents", "--write", *where)
    assert ran.status == 0, ran.err
    path = folder / "audits" / f"{name}.yml"
    audit = yamlfile.load(path, Audit)
    assert len(audit.items) == 12 and {item.judgement for item in audit.items} == {""}
    assert ran.out.count("【") == 12 and run("audit", name, "--sample", 12, *where).out.count("judgement:") == 12
    told = [msgspec.structs.replace(item, judgement="right") for item in audit.items]
    done = msgspec.structs.replace(audit, reader="reader", date=DAY, items=tuple(told))
    write_audit(folder, done)
    assert run("audit", name, "--stale", *where).status == 0
    assert run("audit", name, "--sample", 12, "--write", *where).status == 0
    assert yamlfile.load(path, Audit) == done
    write_audit(folder, msgspec.structs.replace(done, items=(msgspec.structs.replace(told[0], read="别的"), *told[1:])))
    stale = run("audit", name, "--stale", *where)
    assert stale.status == 1 and "别的" in stale.out and "11 judgements hold, 1 stale" in stale.out


def test_the_quotes_are_the_sources_own_characters(folder: Path) -> None:
    register = load_register(folder / "registers" / "yunxi" / "2024" / "livelihood.yml")
    text = (FIXTURES / "documents" / register.sources[0].document).read_text(encoding="utf-8")
    (target,) = facts_to_sample(register_to_facts(register), 1, kinds=["target"])
    lines = list(render_facts([target], register, {target.source: text}, ()))
    inside = lines[1].split("【")[1].split("】")[0]
    assert inside == text[target.start : target.end] and re.search(r"\d", inside)
    assert inside.rstrip("個") in target.read, "the quote keeps the source's characters, the reading is Simplified"


def test_what_is_wrong_is_told_without_a_traceback(folder: Path, run: Run) -> None:
    unknown = run("audit", "nowhere-2024-livelihood", "--content", folder)
    assert unknown.status == 1 and "[register-missing]" in unknown.err
    (folder / "audits").mkdir()
    path = folder / "audits" / "yunxi-2024-livelihood.yml"
    path.write_text(
        "register: yunxi-2024-livelihood\nseed: '1'\nitems:\n"
        "- record: yunxi-2024-livelihood-999.t1\n  kind: target\n  read: x\n",
        encoding="utf-8",
    )
    checked = run("check", "--content", folder)
    assert checked.status == 1 and f"{path}:4: [audit-reference]" in checked.err
    again = run("audit", "yunxi-2024-livelihood", "--content", folder)
    assert again.status == 1 and "[audit-reference]" in again.err


# --- our own audits ---------------------------------------------------------------------------------------------


@pytest.mark.own(*OWN_REGISTERS)
def test_every_register_of_ours_was_audited(repository: Path) -> None:
    registers = [load_register(path) for path in sorted((repository / "content" / "registers").rglob("*.yml"))]
    audits = load_audits(repository / "content", registers)
    for name in OWN_REGISTERS:
        audit = audits[name]
        assert sum(bool(item.judgement) for item in audit.items) >= 60, audit.register
        assert audit.method and audit.reader and audit.date
