"""The guide “add your city” is followed word by word, by somebody who has the program from a wheel and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import yamlfile
from generator.errors import ContentError
from generator.lookups import load_places
from generator.publication import load_publication
from tests.guide import Block, Reader, build_wheel, missing_lines, read_guide

GUIDE = "content/pages/adopt.md"


def blocks(repository: Path) -> list[Block]:
    return read_guide((repository / GUIDE).read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.journey
def test_the_guide_is_followed_word_by_word(repository: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path, build_wheel(repository, tmp_path / "wheel"))
    printed = ""
    for block in blocks(repository):
        if block.language == "text":
            assert missing_lines(block.text, printed) == [], printed
        else:
            printed = reader.follow(block)
    project = tmp_path / "promises"
    assert "新建老年食堂30个" in (project / "site" / "qinghe" / "2026" / "livelihood-001.html").read_text("utf-8")
    assert "还没有登记任何文件" not in (project / "site" / "index.html").read_text("utf-8")
    pushed = reader.follow(Block("sh", f"git --git-dir '{reader.remote}' ls-tree -r --name-only main\n")).split()
    assert {"content/registers/qinghe/2026/livelihood.yml", "datapackage/all/datapackage.json", "Makefile"} <= {*pushed}
    assert not [name for name in pushed if name.startswith(("documents/", "site/", "build/", ".venv/"))]
    assert reader.follow(Block("sh", "make site\ngit status --porcelain\n")).splitlines()[-1].startswith("built for ")
    written = (project / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", (project / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", written)) <= targets
    assert load_publication(project / "content").title.zh == "青禾承诺"


def test_the_guide_says_each_step_in_both_languages(repository: Path) -> None:
    text = (repository / GUIDE).read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```\n", "", text, flags=re.MULTILINE | re.DOTALL)
    sections = re.split(r"^#+ .*\{ #(\S+) \}$", prose, flags=re.MULTILINE)[1:]
    for name, section in zip(sections[::2], sections[1::2], strict=True):
        paragraphs = [part.strip() for part in section.split("\n\n") if part.strip() and not part.startswith("- ")]
        english = [part.endswith("{ lang=en }") for part in paragraphs]
        assert (english and english == [False, True] * (len(english) // 2)) or name == "trouble", name
        code = [
            set(re.findall(r"`([^`]+)`", part)) for part in paragraphs if name not in {"trouble", "later", "sidecar"}
        ]
        for chinese, translated in zip(code[::2], code[1::2], strict=True):
            assert translated == chinese, name


def test_a_line_that_is_not_printed_is_noticed() -> None:
    printed = "one\ntwo 12\nthree\n"
    assert missing_lines("one\n…\ntwo …\nthree\n", printed) == []
    assert missing_lines("two …\none\n", printed) == ["one"]
    assert missing_lines("two\n", printed) == ["two"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- {zh: 青禾市, en: ___, slug: ___, kind: city, code: '______'}", "slug '___'"),
        ("- {zh: 青禾市, en: Qinghe, slug: Qinghe, kind: city}", "slug 'Qinghe'"),
        ("- {zh: 青禾市, en: Qinghe, slug: qinghe, kind: city, code: '9901'}", "code '9901'"),
        ("- {zh: 青禾市, en: Qinghe, slug: qinghe, kind: city, parent: nowhere}", "parent 'nowhere'"),
    ],
)
def test_a_place_with_blanks_or_slips_is_refused_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    yamlfile.write_text(tmp_path / "places.yml", f"# Places.\n{line}\n")
    with pytest.raises(ContentError) as caught:
        load_places(tmp_path)
    assert any(said in problem.found for problem in caught.value.problems)
    assert {problem.line for problem in caught.value.problems} == {2}


def test_a_new_project_has_no_places_yet(tmp_path: Path) -> None:
    yamlfile.write_text(tmp_path / "places.yml", "# Places.\n\n")
    assert load_places(tmp_path).all == ()
