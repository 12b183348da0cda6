"""A promise beside the wording of later documents, as its page shows the two."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import msgspec
import pytest

from generator.assess import assess_register, load_reported_words
from generator.ingest import ingest_document
from generator.lookups import Lookups
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.outline import registers_to_cities
from generator.pages.wording import diff_pieces
from generator.search import read_page
from tests.golden import FIXTURES, fixture_content


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[CommitmentPage, ...]:
    content = fixture_content(tmp_path_factory.mktemp("wording"))
    sidecar = content / "documents" / "yunxi-2012-livelihood.yml"
    (register,) = ingest_document(sidecar, content, FIXTURES / "documents")
    place = Lookups(content).places.by_name["云溪市"]
    (city,) = registers_to_cities([assess_register(register, place, load_reported_words(content))])
    return year_to_pages(city.years[0])


class Section(HTMLParser):
    """The text of the section about wordings, and what stands in ``del`` and ``ins`` of its columns."""

    def __init__(self, html: str) -> None:
        super().__init__()
        found = re.search(r"<h2 id=wording>.*?(?=<h2 id=(?!wording))", html, re.DOTALL)
        self.text, self.marked, self.inside = "", list[tuple[str, str]](), ""
        self.feed(found[0] if found else "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"del", "ins"}:
            self.inside = tag
            self.marked.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.marked[-1] = (self.inside, self.marked[-1][1] + data)


def section_of(page: CommitmentPage) -> Section:
    return Section(render_commitment(page, "https://example.org/a.html", "兑现"))


def pieces(text: str, other: str) -> tuple[str, str]:
    """Two texts with what differs in brackets."""
    columns = diff_pieces(text, other)
    before, after = ("".join(f"[{p['text']}]" if p["differs"] else p["text"] for p in column) for column in columns)
    return before, after


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("新增公园60个", "新增公园40个", ("新增公园[60]个", "新增公园[40]个")),
        ("长1,200米", "长1,250米", ("长[1,200]米", "长[1,250]米")),  # a number is one word
        ("新增公园60个", "新增（提升）公园60个", ("新增公园60个", "新增[（提升）]公园60个")),
        ("建成中心", "中心开工建设", ("[建成]中心", "中心[开工建设]")),
        ("3个A类点", "5个B类点", ("[3个A]类点", "[5个B]类点")),  # one token between two differences goes with them
        ("同", "同", ("同", "同")),
        ("", "新", ("", "[新]")),
    ],
)
def test_what_differs_is_marked_word_by_word(before: str, after: str, shown: tuple[str, str]) -> None:
    assert pieces(before, after) == shown


def test_both_quotes_stand_side_by_side_with_their_places(pages: tuple[CommitmentPage, ...]) -> None:
    shown = section_of(pages[0])
    assert shown.marked[2:] == [("del", "〔只有前者有：60〕"), ("ins", "〔只有后者有：40〕")] * 2
    assert shown.marked[:2] == [("del", "删除线"), ("ins", "双下划线")]  # the key
    assert "《2012年云溪市民生实事项目安排》，字符 92–104" in shown.text
    assert "《2012年云溪市民生实事项目上半年进展情况》，字符 45–57" in shown.text
    assert "数值变小" in shown.text and "“新增老年助餐服务点60个” → “新增老年助餐服务点40个”" in shown.text


def test_the_same_wording_is_said_to_be_the_same_and_shown_once(pages: tuple[CommitmentPage, ...]) -> None:
    shown = section_of(pages[7])
    assert "2012年云溪市民生实事项目年度完成情况》再次印出的表述与《2012年云溪市民生实事项目安排》相同" in shown.text
    assert [mark for mark in shown.marked if "只有" in mark[1]] == [("ins", "〔只有后者有：住宅〕")]


def test_a_page_without_later_wordings_has_no_such_section(pages: tuple[CommitmentPage, ...]) -> None:
    bare = dataclasses.replace(pages[0], item=msgspec.structs.replace(pages[0].item, wordings=()))
    assert "<h2 id=wording>" in render_commitment(pages[0], "https://example.org/", "兑现")
    assert "<h2 id=wording>" not in render_commitment(bare, "https://example.org/", "兑现")


def test_later_wordings_are_found_by_the_search(pages: tuple[CommitmentPage, ...]) -> None:
    body = render_commitment(pages[5], "https://example.org/", "兑现")
    assert any("新增（提升）健身场地20处" in text for text in read_page(f"<article>{body}</article>".encode()).texts)


def test_an_appraisal_among_the_numbers_says_so(pages: tuple[CommitmentPage, ...]) -> None:
    assert "（满意度，不是办事的数）" in render_commitment(pages[2], "https://example.org/", "兑现")
