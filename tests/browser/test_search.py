"""The search box finds all and only the pages whose text has every term; the text is what Chromium shows of a page."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import opencc
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import OpenTab, Watched
from tests.conftest import REPOSITORY
from tests.own import OWN_REGISTERS, leave_out, missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUERIES = (
    # places, departments, people's words
    *(
        "杭州",
        "湖州市",
        "拱墅区",
        "淳安县",
        "太湖",
        "南太湖新区",
        "市民政局",
        "市残联",
        "教育局",
        "卫生健康",
        "公安局",
        "供销社",
    ),
    *(
        "养老",
        "旧小区",
        "加装电梯",
        "幼儿园",
        "就业",
        "污水",
        "公交",
        "助餐",
        "无障碍",
        "民生实事",
        "未见下文",
        "核查发现",
        "抽查",
    ),
    # numbers and units
    *("7%", "100%", "227个", "1000人次", "1,000 人次", "12公里", "2024年", "2021-12-31", "11月底", "500张", "5亿元"),
    # Latin, in either case
    *("GDP", "gdp", "BibTeX", "sha256", "COFOG 08", "Open kitchens", "5G", "hangzhou-2024-livelihood-008"),
    # Traditional, full-width, radicals
    *("養老", "舊小區", "醫療衛生", "７％", "２０２４年", "ＧＤＰ", "⺠政", "⽼年助餐", "諮詢", "著力"),
    # several terms
    *("养老 湖州", "老年　助餐", "杭州 残疾人 就业", "教育 2024 幼儿园", "市民政局 市财政局", "7% 增长", "養老 機構"),
    # punctuation, spaces inside
    *(
        "“幸福助老”",
        '"弱有众扶"',
        "幸福助老在杭州",
        "杭政办函[2024]4号",
        "县(市)",
        "县（市）",
        "2024—02—04",
        "未来社区、",
        "+公园",
    ),
    *("杭州市2024年", "第8项", "·", "，", "无法判定没有"),
    # found nowhere; too short
    *("没有这个词哦", "养老 没有这个词哦", "zzzz", "7", "g", "水", "%"),
)
NOWHERE = {"没有这个词哦", "养老 没有这个词哦", "zzzz", "7", "g", "%", "，", "·"}

READ_PAGES = """async (names) => {
    const article = document.querySelector("article");
    const texts = {};
    for (const name of names) {
        const html = await (await fetch(name)).text();
        const read = new DOMParser().parseFromString(html, "text/html").querySelector("article");
        read.querySelectorAll("nav, form, svg, script, style, .dx-hidden").forEach(node => node.remove());
        read.querySelectorAll("details").forEach(node => node.open = true);
        read.querySelectorAll("small").forEach(node => node.style.display = "inline");
        // A legend sets its words and their number side by side; they are one line all the same.
        read.querySelectorAll(".dx-legend > li").forEach(node => node.style.display = "block");
        article.replaceChildren(...document.importNode(read, true).childNodes);
        texts[name] = article.innerText;
        article.replaceChildren();  // or it would be painted, too
    }
    return texts;
}"""

ASK = """async ([address, queries]) => {
    const worker = new Worker(address);
    const ask = message => new Promise((resolve, reject) => {
        worker.onerror = event => reject(new Error(event.message || "the worker failed"));
        setTimeout(() => reject(new Error("the worker does not answer")), 60000);
        worker.onmessage = event => resolve(event.data);
        worker.postMessage(message);
    });
    const ready = await ask({type: 0, data: {config: {}, docs: []}});
    if (ready.type !== 1) throw new Error("not ready");
    const answers = [];
    for (const data of queries) answers.push((await ask({type: 2, data})).data.items);
    worker.terminate();
    return answers;
}"""


def ask(page: Page, address: str, queries: Sequence[str]) -> list[list[list[dict[str, Any]]]]:
    """What the worker answers to the messages that Material sends."""
    answers: list[list[list[dict[str, Any]]]] = page.evaluate(
        ASK, [f"{address}assets/duixian/search.js", list(queries)]
    )
    return answers


# --- what must be found, told without the index -----------------------------------------------------------


def pages_with(site: Path, characters: str = "") -> list[str]:
    """The pages, but the one of missing addresses, in whose HTML each of the characters stands somewhere."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html" and set(characters) <= set(path.read_text(encoding="utf-8"))
    ]


def read_lines(browser: Browser, address: str, names: Sequence[str]) -> dict[str, list[str]]:
    """Each page's text as a reader sees it, folded, line by line and cell by cell."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    # Only the styles decide what is shown; scripts that watch each of a thousand changes would take half the time.
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)
    texts: Mapping[str, str] = page.evaluate(READ_PAGES, names)
    context.close()
    assert len(texts) == len(names)
    return {
        name.removesuffix("index.html"): [fold(line) for line in re.split(r"[\n\t]", text) if line.strip()]
        for name, text in texts.items()
    }


CONVERTER = opencc.OpenCC("t2s")


@cache
def simplify(character: str) -> str:
    return str(CONVERTER.convert(character))


@cache
def fold(text: str) -> str:
    """What a reader takes as the same, written down anew: the index has a table of its own."""
    text = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    text = re.sub(r"""["'`“”‘’「」『』\u200b]""", "", text).translate(
        str.maketrans("⺠⽼〔〕【】[]、。《》×著", "民老()()(),.<>x着")
    )
    text = re.sub(r"[—–―－~～−]", "-", re.sub(r"[•・]", "·", text.replace("㎡", "平方米")))
    text = "".join(simplify(c) for c in text).replace("谘", "咨").lower()
    text = re.sub(r"[ⅰ-ⅻ]", lambda m: {"ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii"}.get(m[0], m[0]), text)
    return re.sub(r"(?<![0-9a-z]) | (?![0-9a-z])", "", re.sub(r"\s+", " ", text).strip())


def expected(query: str, lines: Mapping[str, Sequence[str]]) -> set[str]:
    """The pages in which each piece of the query stands inside one line."""
    terms = [term for piece in query.split() if (term := fold(piece))]
    if len("".join(terms)) < 2 and not re.search(r"[\u4e00-\u9fff]", query):
        return set()
    return {name for name, text in lines.items() if all(any(term in line for line in text) for term in terms)}


def sampled(lines: Mapping[str, Sequence[str]], count: int) -> Iterator[str]:
    """Pieces of what is printed, two to nine characters long, the same every time."""
    choose = random.Random(5)
    pages = sorted(lines)
    while count:
        line = choose.choice(lines[choose.choice(pages)])
        start = choose.randrange(len(line))
        piece = line[start : start + choose.randint(2, 9)]
        if len(piece) > 1 and " " not in piece:
            count -= 1
            yield piece


def differences(query: str, items: list[list[dict[str, Any]]], lines: Mapping[str, Sequence[str]]) -> list[str]:
    """What is found wrongly or not at all. A long group lists its first pages and tells the count."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in expected(query, lines):
        wanted[re.sub(r"[^/]+/?$", "", name)].add(name)
    wrong = [f"{query}: group {name!r}" for name in wanted.keys() ^ {group[0]["location"] for group in items}]
    for head, *pages in items:
        found, all_of = {page["location"] for page in pages}, wanted[head["location"]]
        cut = f"，列出前 {len(found)} 条" if len(found) < len(all_of) else ""
        if len(found) != len(pages) or not found <= all_of or (cut and len(all_of) <= 5):
            wrong.append(f"{query}: {sorted(found ^ all_of)[:5]}")
        if f"<small>{len(all_of)} 条{cut}</small>" not in head["title"]:
            wrong.append(f"{query}: {head['title']}, expected {len(all_of)}{cut}")
    return wrong


@pytest.mark.journey
def test_search_finds_all_and_only_the_pages_that_contain_it(
    browser: Browser, watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    page.goto(address)
    lines = read_lines(browser, address, pages_with(site))
    assert len(lines) > len(list(site.glob("*/*/*-[0-9][0-9][0-9].html"))) > 0
    assert len(QUERIES) >= 40
    queries = [*QUERIES, *sampled(lines, 160)]
    answers = ask(page, address, queries)
    told = list(zip(queries, answers, strict=True))
    nowhere = {query for query, items in told if not items}
    assert nowhere >= NOWHERE if missing(OWN_REGISTERS) else nowhere == NOWHERE
    assert [one for query, items in told for one in differences(query, items, lines)] == []


# --- the box ------------------------------------------------------------------------------------------------


def type_query(page: Page, query: str) -> None:
    """Material listens to keys: text alone does nothing.

    The key that empties the box is a query, too. Its answer is waited for, so that what is listed, or said to be found
    nowhere, is that of this query and not what the one before left.
    """
    page.click(".md-search__input")
    page.fill(".md-search__input", "")
    page.wait_for_selector(".md-search-result__meta:has-text('输入两个字以上')")
    page.keyboard.insert_text(query)
    page.keyboard.press("Shift")


def search_for(page: Page, query: str) -> None:
    """Search for what some page has; the test is left out where the registers say nothing of it."""
    type_query(page, query)
    page.wait_for_selector(".md-search-result__link, .md-search-result__meta:has-text('没有找到')")
    if not page.locator(".md-search-result__link").count():
        leave_out(f"page that says {query}")


def search_in_vain(page: Page, query: str) -> None:
    """Search for what no page has, until that is said."""
    type_query(page, query)
    page.wait_for_selector(".md-search-result__meta:has-text('没有找到')")
    assert page.locator(".md-search-result__item").count() == 0


def badge_of(site: Path, location: str) -> str:
    html = (site / location).read_text(encoding="utf-8")
    badge = re.search(r'class="?dx-kicker"?><span class="dx-badge dx-\w+">([^<]+)</span>', html)
    assert badge
    return badge[1]


WORD = "助餐"
"""What some pages say, and most do not."""


def test_results_are_grouped_by_place_and_year_with_their_status(
    browser: Browser, watched: Watched, address: str, site: Path
) -> None:
    page = watched.page
    page.goto(address)
    search_for(page, WORD)
    groups = page.locator(".md-search-result__item").first
    head = groups.locator("h1")
    place = groups.locator("a").first.get_attribute("href")
    assert place
    year = place.removeprefix(address).partition("?")[0]
    assert (site / year / "index.html").is_file()
    title = re.search(r"<h1[^>]*>([^<]+)", (site / year / "index.html").read_text(encoding="utf-8"))
    assert title
    assert head.inner_text().startswith(title[1].strip())
    seen = 0
    for link in page.locator("a:has(h2 .dx-badge)").all():
        location = (link.get_attribute("href") or "").removeprefix(address).partition("?")[0]
        assert link.locator(".dx-badge").inner_text() == badge_of(site, location).partition("（")[0]
        assert link.locator("mark").count()
        seen += 1
    # No text of the registers is Traditional here: what the whole site shows, in any form, is compared in the journey.
    wanted = expected(WORD, read_lines(browser, address, pages_with(site, WORD)))
    promised = sum(name.endswith(".html") for name in wanted)
    assert seen >= min(10, promised) > 0
    meta = page.locator(".md-search-result__meta")
    assert meta.inner_text() == f"{promised} 项承诺，{len(wanted) - promised} 个其他页面"
    assert meta.get_attribute("role") == "status"


def test_the_index_is_fetched_with_the_first_letter(watched: Watched, address: str) -> None:
    page = watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}method/")
    page.click(".md-search__input")
    page.wait_for_timeout(300)
    assert "search/search_index.json" in asked and "search/pages.json" not in asked
    search_for(page, "养老")
    assert asked.count("search/pages.json") == 1


def test_the_keyboard_is_enough(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.keyboard.insert_text("助餐")
    page.keyboard.press("Shift")
    page.wait_for_selector(".md-search-result__link mark")
    first = page.locator(".md-search-result__item a:has(h2)").first
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert first.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert not page.locator(".md-search-result__list").is_visible()
    assert "q=" not in page.url
    page.locator(".md-search__input").focus()
    href = first.get_attribute("href")
    page.wait_for_function("() => document.getElementById('__search').checked")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{href}")
    assert page.locator("#evidence").count() == 1
    page.wait_for_selector("mark[data-md-highlight]")
    assert page.locator("mark[data-md-highlight]").first.inner_text() == "助餐"


def test_a_search_can_be_linked_and_is_there_on_the_way_back(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}?q=%E9%A4%8A%E8%80%81")  # 養老
    page.wait_for_selector(".md-search-result__link mark")
    assert page.locator(".md-search-result__link mark").first.inner_text() == "养老"
    type_query(page, "旧小区")
    page.wait_for_url(f"**/?q={quote('旧小区')}")
    shared = page.url
    page.wait_for_function("() => document.querySelector('.md-search-result mark')?.textContent === '旧小区'")
    page.locator("a:has(h2)").first.click()
    page.wait_for_selector("h1")
    page.wait_for_url("**/*.html?h=*")
    page.go_back()
    assert page.url == shared
    page.wait_for_selector(".md-search-result__link mark")


# --- with an index of our own ---------------------------------------------------------------------------------


def with_index(page: Page, address: str, pages: list[tuple[str, str, str, list[str]]]) -> list[str]:
    """Have a page search these: location, status, title, texts (the first is the wording). Its alarms are returned."""
    texts = list(dict.fromkeys(text for _, _, title, own in pages for text in (title, *own)))
    index: dict[str, Any] = {
        "fold": {"same": "養养（(）)", "other": {"“": "", "”": "", "㎡": "平方米"}},
        "statuses": {"met": "达到"},
        "texts": texts,
        "pages": [
            {"location": location, "title": texts.index(title)}
            | {"texts": [part for text in sorted({texts.index(one) for one in (title, *own)}) for part in (text, 1)]}
            | ({"status": status, "wording": texts.index(own[0])} if status else {})
            for location, status, title, own in pages
        ],
    }
    for one in index["pages"]:
        after = 0
        for i in range(0, len(one["texts"]), 2):
            one["texts"][i], after = one["texts"][i] - after, one["texts"][i] + 1
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.route("**/search/pages.json", lambda route: route.fulfill(json=index))
    page.goto(address)
    return alarms


HOSTILE = "<img src=x onerror=alert(1)>“'</script>养老&amp;<b>`{{7*7}}"


def test_words_of_documents_are_text_and_never_markup(tab: OpenTab, address: str) -> None:
    pages = [
        ("a/2024/", "", f"{HOSTILE} 2024 年", []),
        ("a/2024/x-001.html", "met", f"{HOSTILE}一", [f"</p><script>alert(2)</script>{HOSTILE}"]),
        (f"b/{HOSTILE}", "met", "乙", [f"<svg onload=alert(3)>养老😀{HOSTILE}"]),
    ]
    page = tab(1280, 900)
    alarms = with_index(page, address, pages)
    for query in ("養老", "<img", "onerror=alert(1)", "&amp;", "<b> 养老", "😀"):
        search_for(page, query)
        page.wait_for_timeout(100)
        result = page.locator(".md-search-result__list")
        assert result.locator("img, script, svg, b").count() == 0
        assert result.locator("mark").count(), query
    search_for(page, "養老")
    page.wait_for_function("() => document.querySelector('.md-search-result mark')?.textContent === '养老'")
    assert page.locator("a:has(h2) h2").first.inner_text() == f"达到 {HOSTILE}一"
    assert page.locator(".md-search-result__item h1").first.inner_text().startswith(f"{HOSTILE} 2024 年")
    assert alarms == []


def test_titles_come_first_then_wordings_then_the_rest(tab: OpenTab, address: str) -> None:
    def commitment(number: int, title: str, *texts: str) -> tuple[str, str, str, list[str]]:
        return f"a/2024/x-{number}.html", "met", title, list(texts)

    pages = [
        commitment(1, "一", "无", "增长7%"),
        commitment(2, "二", "增长17%", "又增长"),
        commitment(3, "三", "增长7%以上"),
        commitment(4, "增长7%", "增长7%左右"),
        commitment(5, "增长67%", "增长67%"),
        commitment(6, "六", "增 长 7 %以内"),
        commitment(7, "七", "共500㎡（“新建”）"),
        ("a/2024/", "", "甲市 2024 年", ["增长7%"]),
        ("measures/growth/", "", "增长7%的指标", []),
        ("a/2025/x-1.html", "met", "八", ["增长7%"]),
    ]
    page = tab(1280, 900)
    alarms = with_index(page, address, pages)
    (items,) = ask_in(page, ["7% 增长"])
    told = [[one["location"].removeprefix("a/2024/") for one in group] for group in items]
    assert told == [
        ["", "x-4.html", "x-3.html", "x-6.html", "x-1.html", "x-5.html", "x-2.html"],
        ["measures/", "measures/growth/"],
        ["a/2025/", "a/2025/x-1.html"],
        ["a/", ""],
    ]
    ((group, *_),) = ask_in(page, ["增长7%"])
    assert "<mark>增 长 7 %</mark>以内" in group[3]["text"]
    ((group,),) = ask_in(page, ["500平方米(新建)"])
    assert "<mark>500㎡（“新建”）</mark>" in group[1]["text"]
    ((group,),) = ask_in(page, ["平方"])
    assert "共500<mark>㎡</mark>（“新建”）" in group[1]["text"]
    assert alarms == []


def ask_in(page: Page, queries: Sequence[str]) -> list[Any]:
    answers = []
    for query in queries:
        answers.append(page.evaluate(ASK, ["assets/duixian/search.js", [query]])[0])
    return answers


def test_what_is_not_shown_is_counted(tab: OpenTab, address: str) -> None:
    pages = [("a/2024/", "", "甲市 2024 年", ["无"])]
    pages += [(f"a/2024/x-{number:03}.html", "met", f"第{number}项养老", [f"承诺{number}"]) for number in range(120)]
    page = tab(1280, 900)
    alarms = with_index(page, address, pages)
    search_for(page, "养老")
    item = page.locator(".md-search-result__item")
    assert item.locator("h1").inner_text() == "甲市 2024 年 120 条，列出前 50 条"
    assert item.locator("> a").count() == 1 + 5
    assert item.locator("summary").inner_text() == "还有 45 条"
    item.locator("summary").click()
    assert item.locator("details a:visible").count() == 45
    assert page.inner_text(".md-search-result__meta") == "120 项承诺"
    assert alarms == []


def test_a_lost_index_is_said_and_asked_for_again(tab: OpenTab, address: str) -> None:
    page = tab(1280, 900)
    lost = [True]
    page.route("**/search/pages.json", lambda route: route.abort() if lost.pop() else route.continue_())
    page.goto(address)
    search_for(page, "养老")
    assert "没有取到" in page.inner_text(".md-search-result__list")
    lost.append(False)
    type_query(page, "旧小区")
    page.wait_for_selector(".md-search-result__link mark")
    search_in_vain(page, "没有这个词哦")


# --- while pages are written --------------------------------------------------------------------------------


@pytest.fixture
def previewed(our_build: Path) -> Iterator[str]:
    """``mkdocs serve`` over the Markdown of a build."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environment = os.environ | {
        "DUIXIAN_DOCS": str(our_build / "build" / "docs"),
        "DUIXIAN_SITE_URL": "https://example.org/some/where/",
        "NO_MKDOCS_2_WARNING": "1",
    }
    running = subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/some/where/"
    try:
        wait_for(address)
        yield address
    finally:
        running.kill()
        running.wait()


def wait_for(address: str, seconds: int = 120) -> None:
    for _ in range(seconds * 2):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"{address} does not answer")


@pytest.mark.journey
def test_search_works_in_mkdocs_serve(browser: Browser, previewed: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{previewed}method/")
    search_for(page, "旧小区")
    assert page.locator(".md-search-result__link mark").first.inner_text() == "旧小区"
    page.context.close()
