"""Every code block of the READMEs and of the pages runs, and prints what its page says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.lookups import load_places
from tests.browser.conftest import served, site_path
from tests.conftest import REPOSITORY
from tests.own import leave_out
from tests.recipes.blocks import Block, markdown_to_blocks, page_to_answers, page_to_blocks
from tests.recipes.printed import check_printed, printed_rows
from tests.recipes.treatments import OF_READMES, TREATMENTS, Place, try_block

READMES = ("README.md", "README.zh-CN.md")

# Pages whose blocks are steps that build on one another, and the test that follows them from first to last.
FOLLOWED = {"adopt": "tests/test_guide.py"}

pytestmark = pytest.mark.slow


def readme_blocks() -> list[Block]:
    return [
        block for name in READMES for block in markdown_to_blocks((REPOSITORY / name).read_text(encoding="utf-8"), name)
    ]


def pages_with_code(site: Path) -> list[Path]:
    """The built page of each hand-written one, except those that are followed; the data page is one of them."""
    return [site / name / "index.html" for name in written_pages() if name not in FOLLOWED]


def written_pages() -> list[str]:
    return sorted(path.stem for path in (REPOSITORY / "content" / "pages").glob("*.md"))


def page_blocks(site: Path) -> list[Block]:
    return [block for page in pages_with_code(site) for block in page_to_blocks(page, site)]


def answers_of(site: Path, block: Block) -> dict[str, list[list[str]]]:
    return page_to_answers(site / block.origin)


@pytest.mark.parametrize("block", readme_blocks(), ids=str)
def test_a_block_of_a_readme_runs(scratch: Place, block: Block) -> None:
    known = load_places(REPOSITORY / "content").by_name
    for name in re.findall(r"--place (\S+)", block.text):
        if name not in known:
            leave_out(f"place {name}")
    try_block(block, scratch, {})


@pytest.mark.parametrize("language", sorted(TREATMENTS.keys() - OF_READMES))
def test_the_blocks_of_the_pages_run(site: Path, place: Place, language: str) -> None:
    blocks = [block for block in page_blocks(site) if block.language == language]
    if language == "citation" and not blocks:
        leave_out("release to cite")
    assert blocks, f"no page has a block of {language}: its treatment is dead"
    for number, block in enumerate(blocks):
        folder = place.folder / str(number)
        folder.mkdir()
        try_block(block, dataclasses.replace(place, folder=folder), answers_of(site, block))


def test_the_recipe_of_r_runs_on_a_site_without_rates(site: Path, place: Place, tmp_path: Path) -> None:
    """R gives an empty list of JSON no columns."""
    (block,) = [one for one in page_blocks(site) if one.language == "r" and "rates.json" in one.text]
    empty, folder = tmp_path / "site", tmp_path / "folder"
    (empty / "data" / "all").mkdir(parents=True)
    (empty / "index.html").write_text("", encoding="utf-8")
    (empty / "data" / "all" / "rates.json").write_text("[]\n", encoding="utf-8")
    folder.mkdir()
    with served(empty, site_path(site)) as address:
        there = dataclasses.replace(place, folder=folder, site=empty, served=address)
        try_block(block, there, {block.answers: []})


def test_no_block_is_left_out(site: Path) -> None:
    untreated = [str(block) for block in [*readme_blocks(), *page_blocks(site)] if block.language not in TREATMENTS]
    assert untreated == []


def test_pages_that_are_followed_are_named_by_their_test() -> None:
    for name in FOLLOWED.keys() & set(written_pages()):
        assert f"content/pages/{name}.md" in (REPOSITORY / FOLLOWED[name]).read_text(encoding="utf-8")


def test_the_data_page_answers_each_question_by_two_tools(site: Path) -> None:
    page = site / "data" / "index.html"
    answers, blocks = page_to_answers(page), page_to_blocks(page, site)
    if len(answers) < 3 or not all(answers.values()):
        leave_out("answer to each question of the data page")
    assert len(answers) == 3
    for name in answers:
        assert len({block.language for block in blocks if block.answers == name}) > 1, name


def test_the_other_paths_that_the_page_offers_have_the_same_tables(site: Path) -> None:
    said = (site / "data" / "index.html").read_text(encoding="utf-8")
    offered = re.search(r"网址里的 <code>all</code> 换成 <code>([^<]+)</code>.*?<code>latest</code>", said)
    assert offered
    releases = [path.relative_to(site / "data").as_posix() for path in (site / "data" / "releases").glob("2*")]
    if not releases:
        leave_out("release")
    for path in (offered[1], "latest", *releases):
        for name in ("commitments.csv", "rates.json", "datapackage.json"):
            assert (site / "data" / path / name).is_file(), f"{path}/{name}"


# --- The tests of the tests ---------------------------------------------------------------------------

BROKEN = {
    "python": "import pandas as pd\npd.read_csv('datapackage/all/comitments.csv')",
    "sql": "SELECT sttus FROM 'datapackage/all/commitments.csv'",
    "r": 'read.csv("datapackage/all/comitments.csv")',
    "sh": "make sites",
    "powerquery": 'Csv.Document(Web.Contents("http://127.0.0.1:9/none.csv"))',
    "citation": "http://site.invalid/data/none.json",
    "yaml": "home: somewhere\nparts: []",
    "perl": "print 1",
    "": "make site",
}


@pytest.mark.parametrize("language", BROKEN)
def test_a_broken_block_fails(scratch: Place, language: str) -> None:
    block = Block(origin="planted.md", line=1, language=language, text=BROKEN[language])
    with pytest.raises(AssertionError, match=r"planted\.md:1"):
        try_block(block, scratch, {})


def test_a_block_that_prints_otherwise_fails(scratch: Place) -> None:
    block = Block("planted.md", 1, "sh", "echo met 7", answers="counts")
    try_block(block, scratch, {"counts": [["met", "7"]]})
    for answer in ([["met", "8"]], [["met", "7"], ["missed", "1"]], []):
        with pytest.raises(AssertionError, match="the page says"):
            try_block(block, scratch, {"counts": answer})
    with pytest.raises(AssertionError, match="no answer"):
        try_block(block, scratch, {})


def test_a_block_that_asks_another_host_fails(scratch: Place) -> None:
    with pytest.raises(AssertionError, match="exit status"):
        try_block(Block("planted.md", 1, "sh", "curl https://example.org/"), scratch, {})


def test_blocks_are_found_however_they_are_fenced() -> None:
    text = "```sh\nmake\n```\n\n1. one\n\n   ~~~ python\n   x = 1\n   if x:\n     y = 2\n   ~~~\n\n```\nplain\n```\n"
    found = [(block.line, block.language, block.text) for block in markdown_to_blocks(text, "some.md")]
    assert found == [(1, "sh", "make\n"), (7, "python", "x = 1\nif x:\n  y = 2\n"), (13, "", "plain\n")]
    assert [block.text for block in markdown_to_blocks("```sh\nmake\n", "some.md")] == ["make\n"]


@pytest.mark.parametrize(
    "printed",
    [
        "status\nunder_way    80\nmet          2e1\nName: count, dtype: int64\n",
        "under_way,80\r\nmet,20\r\n",
        '"status","Freq"\n"met",20.0\n"under_way",80\n',
        "┌────┐\n│ status │ commitments │\n│ met │ 20 │\n│ under_way │ 80 │\n",
    ],
)
def test_every_layout_of_an_answer_is_read(printed: str) -> None:
    check_printed(printed, [["under_way", "80"], ["met", "20"]])
    assert len(printed_rows(printed)) == 2
