"""The search box: all and only the pages whose text has every term, told by the text that Chromium shows of each page."""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watched
from tests.conftest import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUERIES = (
    # places, departments, people's words
    *("杭州", "湖州市", "拱墅区", "淳安县", "太湖", "南太湖新区", "市民政局", "市残联", "教育局", "卫生健康", "公安局", "供销社"),
    *("养老", "旧小区", "加装电梯", "幼儿园", "就业", "污水", "公交", "助餐", "无障碍", "民生实事", "静默", "核查发现", "抽查"),
    # numbers and units
    *("7%", "100%", "227个", "1000人次", "1,000 人次", "12公里", "2024年", "2021-12-31", "11月底", "500张", "5亿元"),
    # Latin, in either case
    *("GDP", "gdp", "BibTeX", "sha256", "COFOG 08", "Open kitchens", "5G", "hangzhou-2024-livelihood-008"),
    # Traditional, full-width, radicals
    *("養老", "舊小區", "醫療衛生", "７％", "２０２４年", "ＧＤＰ", "⺠政", "⽼年助餐", "諮詢", "著力"),
    # several terms
    *("养老 湖州", "老年　助餐", "杭州 残疾人 就业", "教育 2024 幼儿园", "市民政局 市财政局", "7% 增长", "養老 機構"),
    # punctuation, spaces inside
    *("“幸福助老”", '"弱有众扶"', "幸福助老在杭州", "杭政办函[2024]4号", "县(市)", "县（市）", "2024—02—04", "未来社区、", "+公园"),
    *("杭州市2024年", "第8项", "·", "，", "不能计算尚无"),
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
        article.replaceChildren(...document.importNode(read, true).childNodes);
        texts[name] = article.innerText;
    }
    return texts;
}"""

ASK = """async ([address, queries]) => {
    const worker = new Worker(address);
    const ask = message => new Promise(resolve => {
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
    answers: list[list[list[dict[str, Any]]]] = page.evaluate(ASK, [f"{address}assets/duixian/search.js", list(queries)])
    return answers


# --- what must be found, told without the index -----------------------------------------------------------


@pytest.fixture(scope="module")
def lines(browser: Browser, address: str, site: Path) -> dict[str, list[str]]:
    """Each page's text as a reader sees it, folded, line by line and cell by cell."""
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    texts: Mapping[str, str] = page.evaluate(READ_PAGES, names)
    context.close()
    assert len(texts) > 500
    return {
        name.removesuffix("index.html"): [fold(line) for line in re.split(r"[\n\t]", text) if line.strip()]
        for name, text in texts.items()
    }


@cache
def simplify(character: str) -> str:
    return str(opencc.OpenCC("t2s").convert(character))


def fold(text: str) -> str:
    """What a reader takes as the same, written down anew: the index has a table of its own."""
    text = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    text = re.sub(r"""["'`“”‘’「」『』\u200b]""", "", text).translate(str.maketrans("⺠⽼〔〕【】[]、。《》×著", "民老()()(),.<>x着"))
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
    """What is found wrongly or not at all. Of a long group only the count is told."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in expected(query, lines):
        wanted[re.sub(r"[^/]+/?$", "", name)].add(name)
    wrong = [f"{query}: group {name!r}" for name in wanted.keys() ^ {group[0]["location"] for group in items}]
    for head, *pages in items:
        found, all_of = {page["location"] for page in pages}, wanted[head["location"]]
        if len(found) != len(pages) or (found != all_of if len(all_of) <= 50 else not found < all_of):
            wrong.append(f"{query}: {sorted(found ^ all_of)[:5]}")
        if f">{len(all_of)} 条" not in head["title"]:
            wrong.append(f"{query}: {head['title']}, expected {len(all_of)}")
    return wrong


def test_search_finds_all_and_only_the_pages_that_contain_it(
    watched: Watched, address: str, lines: dict[str, list[str]]
) -> None:
    page = watched.page
    page.goto(address)
    queries = [*QUERIES, *sampled(lines, 160)]
    answers = ask(page, address, queries)
    assert [query for query, items in zip(queries, answers, strict=True) if not items] == [
        query for query in queries if query in NOWHERE
    ]
    assert [one for query, items in zip(queries, answers, strict=True) for one in differences(query, items, lines)] == []
    assert max(Counter(len(expected(query, lines)) > 0 for query in QUERIES).values()) >= 70
