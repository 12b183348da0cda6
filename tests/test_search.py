"""What stands in the search index: the text of each page as it is read, and which characters are taken as one."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.folding import fold_table
from generator.search import PageText, Searched, numbers_to_runs, read_page, render_index, runs_to_numbers
from generator.search.texts import parse_page


def fold(text: str) -> str:
    table = fold_table()
    return "".join(table.get(character, character) for character in text)


def test_a_page_is_read_as_a_reader_does() -> None:
    html = """<title>no</title><nav>no</nav><article><nav>no</nav>
      <h1>核查 <small lang="en">Findings</small></h1>
      <p>一&amp;二，<a href="x">见 <b>三</b></a>、<span>四</span>。</p>五
      <p><span>2024-03-31</span><span>3月底前</span></p>
      <p>承诺<span class="dx-hidden">〔不同：</span>六百个<span class="dx-hidden">〕</span></p>
      <table><caption class="dx-hidden">no</caption><tr><th>区县</th><td>2 家</td></tr></table>
      <svg><text>no</text></svg><form><p>no</p></form><p hidden>no</p><!-- no -->
      <details><summary>七</summary>八</details>
      <script>no</script></article>no""".encode()
    assert read_page(html) == PageText(
        "核查 Findings",
        (
            "核查 Findings",
            "一&二，见 三、四。",
            "五",
            "2024-03-31",
            "3月底前",
            "承诺六百个",
            "区县",
            "2 家",
            "七",
            "八",
        ),
    )
    assert read_page(b"<p>no article</p>") == PageText("", ())


def test_lines_that_a_page_shows_are_texts_of_their_own() -> None:
    """Or 方案。 and 5. of the next item would be found as the number .5."""
    quote = '<blockquote class="dx-quote dx-quote--small"><p>4. 设计方案。\n5. 开展<b>活\n动</b>。</p></blockquote>'
    html = f"<article><h1>标题</h1>{quote}<pre>a\nb</pre><p>一\n行</p></article>".encode()
    assert read_page(html).texts == ("标题", "4. 设计方案。", "5. 开展活", "动。", "a", "b", "一 行")


TEXTS = ("养老", " ", "7%", "\1", "\2", "&amp;", "\n", "<!-- <p>no -->", "a  b", "<ul><li>一<li>二</ul>")
TAGS = ("b", "span", "small", "div", "section", "blockquote", "br", "wbr", "nav", "svg")
ATTRIBUTES = ("", ' class="dx-hidden"', " class=dx-hidden", " hidden", ' class="dx-quote a"', ' title="hidden > all"')


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ("养老", " ", "7%", "\1", "\2", "&amp;", "\n", "<!-- <p>no -->", "a  b", "<ul><li>一<li>二</ul>")
            ),
            st.tuples(st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
            st.sampled_from(TAGS),
        )
    )
)
@example([("span", ""), "养", "span", ("span", " hidden"), "老", "span", "院"])
@example(["一", "<pre>a\nb</pre>", "<pre hidden>a</pre>", "<p hidden>二</p>", "<p>三<p hidden>四<p>五"])
@example([("div", ' class="dx-quote a"'), "养\n老", ("b", ""), "\n", "b", "div"])
def test_tags_tell_what_a_parser_does(drawn: list[str | tuple[str, str]]) -> None:
    """Elements end in the reverse of the order in which they began, as in our pages."""
    html, opened = "<article><h1>题</h1>", []
    for one in drawn:
        if isinstance(one, tuple):
            html += f"<{one[0]}{one[1]}>"
            opened += [one[0]] if one[0] not in {"br", "wbr"} else []
        elif one in TAGS:
            html += f"</{opened.pop()}>" if opened else ""
        else:
            html += one
    html += "".join(f"</{name}>" for name in reversed(opened)) + "</article>"
    assert read_page(html.encode()) == parse_page(html.encode())


def test_what_was_met_in_other_pages_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.texts._MOST_KEPT", 3)
    pieces = ["<p>养老", "<p hidden>老</p>", "<b>7%</b>", "<p class=dx-quote>一\n二</p>", "<p>一\n二</p>", "<i></i>"]
    for first, second, third in permutations(pieces, 3):
        html = f"<article><h1>题</h1>{first}{second}{third}</article>".encode()
        assert read_page(html) == parse_page(html)


def test_each_text_is_stored_once_and_pages_name_theirs() -> None:
    index = json.loads(
        render_index(
            [
                Searched("a/2024/x-001.html", PageText("养老", ("养老", "目标", "三")), "met", " 新增\n养老 "),
                Searched("a/2024/", PageText("甲市", ("甲市", "养老", "目标"))),
            ]
        )
    )
    assert index["texts"] == ["养老", "目标", "三", "新增 养老", "甲市"]
    assert index["pages"] == [
        {"location": "a/2024/x-001.html", "title": 0, "status": "met", "wording": 3, "texts": [0, 4]},
        {"location": "a/2024/", "title": 4, "texts": [0, 2, 2, 1]},
    ]
    assert index["statuses"]["met"] == "达到"
    table = dict(zip(index["fold"]["same"][::2], index["fold"]["same"][1::2], strict=True)) | index["fold"]["other"]
    assert table == fold_table()


@given(st.sets(st.integers(0, 60)))
def test_runs_stand_for_their_numbers(numbers: set[int]) -> None:
    assert runs_to_numbers(numbers_to_runs(numbers)) == sorted(numbers)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("养老机构与旧小区", "養老機構與舊小區"),
        ("民生", "⺠生"),
        ("目标", "⽬標"),
        ("马路", "⾺路"),
        ("GDP", "ｇｄｐ"),
        ("7%", "７％"),
        ("2024-2026", "2024—2026"),
        ("幸福助老在杭州", "“幸福助老”在「杭州」"),
        ("县(市)", "县（市）"),
        ("〔2024〕4号", "[2024]４號"),
        ("甲、乙", "甲,乙"),
        ("500平方米", "500㎡"),
        ("第3类", "第３類"),
        ("III类", "Ⅲ类"),
        ("阿·乙", "阿・乙"),
        ("10 x 20", "10　×　20"),
        ("咨询着力", "諮詢著力"),
    ],
)
def test_what_is_typed_is_what_is_printed(typed: str, printed: str) -> None:
    assert typed != printed
    assert fold(typed) == fold(printed)


def test_different_things_stay_different() -> None:
    for one, other in (("1.5", "15"), ("①", "1"), ("≥", ">"), ("增长", "增幅"), ("万", "亿"), ("-", "+"), ("%", "‰")):
        assert fold(one) != fold(other)


def test_folding_twice_changes_nothing_more() -> None:
    table = fold_table()
    assert len(table) > 2800
    assert all(len(old) == 1 and fold(new) == new for old, new in table.items())
    assert not table.keys() & set("养老机构与旧小区0123456789abcxyz%()-.,·")


def test_what_characters_are_compared_as_is_compared_as_it_stands() -> None:
    """They may be replaced one after another, in any order."""
    table = fold_table()
    assert table.keys() & set("".join(table.values())) == set()
