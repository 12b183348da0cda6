"""``git diff datapackage/`` is the history of the data: one word corrected touches its rows, digests, nothing else."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from pathlib import Path

import msgspec

from generator.lookups import Places
from generator.model import AssessedRegister, Commitment, Place, Target
from generator.schemas import load_schemas
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.package_examples import PUBLICATION
from tests.packed import write_packages

SCHEMAS = load_schemas(CONTENT)
CORRECTED, OTHER = examples.PLACE, Place(zh="邻市", en="Next City", slug="nextville", kind="city", code="990200")
OURS = f"{CORRECTED.slug}/2024"
DIGEST = re.compile(r'"(hash|bytes)": ')


def assessed(place: Place, change: tuple[str, str] = ("", "")) -> AssessedRegister:
    """A register of three commitments; ``change`` puts one word of the first one's wording for another."""
    register = examples.make_register(examples.Words(), place)
    first, *others = register.commitments
    corrected = msgspec.structs.replace(first, text=first.text.replace(*change), restated=())
    return examples.assess(msgspec.structs.replace(register, commitments=(corrected, *others)), WORDS, place)


def build(folder: Path, *registers: AssessedRegister) -> dict[str, list[str]]:
    """The lines of every file of the packages, written over those that are there."""
    out = folder / "datapackage"
    places = Places((CORRECTED, OTHER), CONTENT / "places.yml")
    write_packages(registers, PUBLICATION, places, SCHEMAS, (out, folder / "downloads"))
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8").splitlines()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def differing(old: dict[str, list[str]], new: dict[str, list[str]]) -> dict[str, list[str]]:
    """File → its lines that go (``-``) and come (``+``)."""
    assert set(old) == set(new)
    lines = {name: list(difflib.unified_diff(old[name], new[name], n=0, lineterm=""))[2:] for name in old}
    return {name: [line for line in found if line[:1] in "-+"] for name, found in lines.items() if found}


def test_a_corrected_word_touches_its_rows_and_their_digests_alone(tmp_path: Path) -> None:
    before = build(tmp_path, assessed(CORRECTED), assessed(OTHER))
    after = build(tmp_path, assessed(CORRECTED, ("助餐", "食堂")), assessed(OTHER))
    found = differing(before, after)
    packages = (OURS, "all")
    names = ("commitments.csv", "commitments.json", "datapackage.json")
    assert set(found) == {f"{folder}/{name}" for folder in packages for name in names}
    for folder in packages:
        for name in ("commitments.csv", "commitments.json"):
            gone, come = found[f"{folder}/{name}"]
            assert (gone[0], come[0]) == ("-", "+")
            assert come[1:] == gone[1:].replace("助餐", "食堂", 1) != gone[1:]
            assert f"{CORRECTED.slug}-2024-livelihood-001" in gone
        # 助餐 and 食堂 have the same number of bytes, so that the digest alone is another.
        described = found[f"{folder}/datapackage.json"]
        assert [bool(DIGEST.search(line)) for line in described] == [True, True]
        assert all('"hash": "sha256:' in line for line in described)


def test_a_longer_word_changes_the_size_too_and_nothing_more(tmp_path: Path) -> None:
    before = build(tmp_path, assessed(CORRECTED), assessed(OTHER))
    found = differing(before, build(tmp_path, assessed(CORRECTED, ("助餐", "社区助餐")), assessed(OTHER)))
    described = [line for name, lines in found.items() if name.endswith("/datapackage.json") for line in lines]
    assert sorted({line.split('"')[1] for line in described}) == ["bytes", "hash"]
    assert len(described) == 2 * 4


def test_a_corrected_number_touches_the_tables_that_speak_of_it(tmp_path: Path) -> None:
    """The same test on a change that does spread, so that it is seen to look."""

    def with_target(place: Place, value: str) -> AssessedRegister:
        register = examples.make_register(examples.Words(), place)

        def change(target: Target) -> Target:
            return msgspec.structs.replace(target, value=Decimal(value))

        def corrected(one: Commitment) -> Commitment:
            return msgspec.structs.replace(one, targets=tuple(map(change, one.targets)), restated=())

        made = msgspec.structs.replace(register, commitments=tuple(map(corrected, register.commitments)))
        return examples.assess(made, WORDS, place)

    before = build(tmp_path, with_target(CORRECTED, "227"), assessed(OTHER))
    found = differing(before, build(tmp_path, with_target(CORRECTED, "900"), assessed(OTHER)))
    tables = {Path(name).stem for name in found if name.startswith(OURS)}
    assert {"targets", "commitments", "rates", "findings", "datapackage"} <= tables
    assert not {"sources", "responsibilities", "themes", "measures", "reports"} & tables
    assert not [name for name in found if name.startswith(OTHER.slug)]
