"""The English dictionary: complete pairs, nothing said twice, the same bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.pages.english import render_english

CONTENT = Path("content")


def _copy(folder: Path, *entries: str) -> Path:
    content = folder / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("registers", "audits"))
    path = content / "lookups" / "english.yml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"  {entry}\n" for entry in entries), encoding="utf-8")
    return content


def test_words_of_the_model_need_no_entry() -> None:
    made = json.loads(render_english(CONTENT))
    assert made["phrases"]["养老"] == "Elderly care"
    assert made["phrases"]["进展文件没有提到"]
    assert made["units"]["人次"] == "person-times"


def test_what_has_a_slot_is_tried_after_what_says_more(tmp_path: Path) -> None:
    content = _copy(tmp_path, '"试{x}": "try {x}"', '"试这个{x}": "try this {x}"')
    patterns = [zh for zh, _ in json.loads(render_english(content))["patterns"]]
    assert patterns.index("试这个{x}") < patterns.index("试{x}")


def test_an_entry_goes_before_what_the_model_says(tmp_path: Path) -> None:
    content = _copy(tmp_path, '"养老": "The old"')
    assert json.loads(render_english(content))["phrases"]["养老"] == "The old"


@pytest.mark.parametrize(
    "entry",
    [
        '"试# 个": "no number"',
        '"试一个": "# too many"',
        '"试# 个，# 条": "only #3"',
        '"试{x}个": "{y}"',
        '"试一试": ""',
    ],
)
def test_sides_that_do_not_agree_are_refused_with_their_line(tmp_path: Path, entry: str) -> None:
    content = _copy(tmp_path, entry)
    lines = (content / "lookups" / "english.yml").read_text(encoding="utf-8").splitlines()
    with pytest.raises(ContentError, match=rf"english\.yml:{len(lines)}: \[english-invalid\]"):
        render_english(content)


def test_numbers_may_change_places(tmp_path: Path) -> None:
    content = _copy(tmp_path, '"试# 年第# 项": "item #2 of #1"')
    assert json.loads(render_english(content))["phrases"]["试# 年第# 项"] == "item #2 of #1"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    assert render_english(_copy(tmp_path)) == render_english(CONTENT)
