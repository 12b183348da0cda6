"""The interface in English: everything that a page says is translated, and everything that it quotes is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watched
from tests.browser.page_kinds import KINDS, PageKind
from tests.own import leave_out

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.journey]

#: Texts and attributes that are still Chinese where they are shown and nothing says that they are a quote. What the
#: script found in no dictionary it marked with lang="zh" itself: such an element is looked at, too.
STILL_CHINESE = """() => {
    const chinese = /[\\u3007\\u3400-\\u9fff]/, root = document.documentElement, found = [];
    const quoted = element => {
        const marked = element.closest("[lang], script, style, code, pre, svg");
        const byScript = marked === element && marked.lang === "zh" && marked.childNodes.length === 1
            && !marked.classList.contains("dx-language");
        return element.closest("[hidden]") || (marked !== root && !byScript);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (chinese.test(node.nodeValue) && !quoted(node.parentElement)) found.push(node.nodeValue.trim());
    for (const name of ["title", "aria-label", "placeholder", "alt"])
        for (const element of document.body.querySelectorAll(`[${name}]`))
            if (chinese.test(element.getAttribute(name)) && !quoted(element)) found.push(element.getAttribute(name));
    return found;
}"""
CHINESE_WORDS = re.compile(r"[\u3007\u3400-\u9fff]+")


@cache
def quotable(content: Path) -> str:
    """Every text that pages quote: registers, sidecars, judgements, names, and the words that lookups match by."""
    parts = [*content.glob("registers/*/*/*.yml"), *content.glob("documents/*.yml"), *content.glob("audits/*.yml")]
    parts += [content / "lookups" / f"{name}.yml" for name in ("departments", "measures", "reported_words", "themes")]
    parts += [content / "places.yml", *content.glob("changes/*.yml")]
    return "".join("".join(path.read_text(encoding="utf-8").split()) for path in sorted(parts))


def to_english(page: Page, address: str) -> None:
    page.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
    page.wait_for_function("() => document.documentElement.lang === 'en'")


def untranslated(page: Page, content: Path) -> list[str]:
    """What stays Chinese and is no quote: a text of whose Chinese words one stands in nothing that could be quoted."""
    known = quotable(content)
    texts: list[str] = page.evaluate(STILL_CHINESE)
    return sorted({text for text in texts if any(word not in known for word in CHINESE_WORDS.findall(text))})


@pytest.fixture(scope="module")
def reader(browser: Browser, published: str) -> Iterator[Watched]:
    """A page that stays in English."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page(), published)
    context.close()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_says_everything_in_english(
    reader: Watched, published: str, site: Path, repository: Path, kind: PageKind
) -> None:
    to_english(reader.page, published + kind.find(site))
    assert untranslated(reader.page, repository / "content") == []
    assert reader.complaints == []


def test_a_phrase_without_english_is_noticed(watched: Watched, address: str, repository: Path) -> None:
    to_english(watched.page, address)
    watched.page.evaluate("""() => {
        const paragraph = document.createElement("p");
        paragraph.textContent = "这一句谁也没有译过";
        document.querySelector("article").append(paragraph);
    }""")
    watched.page.wait_for_timeout(50)
    assert untranslated(watched.page, repository / "content") == ["这一句谁也没有译过"]


def test_quotes_stay_as_printed(watched: Watched, address: str, site: Path) -> None:
    kind = next(kind for kind in KINDS if kind.name == "commitment-with-reports")
    page = watched.page
    page.goto(address + kind.find(site))
    quotes = "() => [...document.querySelectorAll('blockquote')].map(quote => quote.textContent)"
    before, title = page.evaluate(quotes), page.text_content("h1")
    to_english(page, address + kind.find(site))
    assert before
    assert page.evaluate(quotes) == before
    assert page.text_content("h1") == title
    assert str(page.get_attribute("h1", "lang")).startswith("zh")


def test_the_choice_is_kept_and_can_be_taken_back(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    before = page.inner_text("article")
    page.click(".dx-language")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert "Newest documents" in page.inner_text("article")
    assert "最近的文件" not in page.inner_text("article")
    page.goto(f"{address}findings/")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.goto(address)
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.click(".dx-language")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.inner_text("article") == before
    page.reload()
    page.wait_for_timeout(200)
    assert page.inner_text("article") == before


def test_numbers_are_said_as_english_says_them(watched: Watched, address: str) -> None:
    to_english(watched.page, address)
    said = watched.page.evaluate("""async () => {
        const paragraph = document.createElement("p");
        document.querySelector("article").append(paragraph);
        const answers = [];
        for (const text of ["85.8 万人次", "≥ 200 亿元", "1.02 万亿元", "26 家", "7%", "约 3 公里", "1,000 人"]) {
            paragraph.textContent = text;
            await new Promise(done => setTimeout(done, 20));
            answers.push(paragraph.textContent);
            paragraph.removeAttribute("lang");
        }
        return answers;
    }""")
    expected = ["858,000 person-times", "≥ 20 billion yuan", "1,020 billion yuan", "26", "7%", "about 3 km"]
    assert [text.lower() for text in said] == [*expected, "1,000 people"]


def test_what_comes_later_is_said_in_english_too(watched: Watched, address: str) -> None:
    page = watched.page
    to_english(page, f"{address}findings/")
    if not page.locator("input[name=text]").count():
        leave_out("finding")
    page.fill("input[name=text]", "完成率")
    page.wait_for_function("() => /^Showing \\d+ of \\d+/.test(document.querySelector('[data-dx-count]').textContent)")
