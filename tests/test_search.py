"""What stands in the search index: the words of each page, and the table of Traditional characters."""

from __future__ import annotations

import json

from generator.pages.commitment_page import year_to_pages
from generator.pages.outline import registers_to_cities
from generator.search import fold_pairs, html_to_entry, render_index
from tests import page_examples as examples
from tests.assess_examples import WORDS


def test_a_commitment_is_found_by_all_its_words() -> None:
    assessed = examples.assess(examples.make_register(examples.Words()), WORDS)
    (city,) = registers_to_cities([assessed])
    pages = year_to_pages(city.years[0])
    index = json.loads(render_index(pages, []))
    entry = index["docs"][0]
    assert entry["location"] == "testville/2024/livelihood-001.html"
    assert entry["title"] == "〔✓ 达到〕新增老年助餐服务点227个"
    for word in ("新增老年助餐", "市民政局1", "227个", "testville-2024-livelihood-001", "测试市 2024", "民生实事"):
        assert word in entry["text"]
    assert [doc["location"] for doc in index["docs"]] == [f"testville/2024/{page.file}.html" for page in pages]


def test_a_page_is_read_as_rendered() -> None:
    html = """<title>no</title><nav>no</nav><article><nav>no</nav><h1>核查 <small>Findings</small></h1>
      <p>一&amp;二</p><p>三</p><svg><text>no</text></svg><form><p>no</p></form>
      <section data-search-exclude>
      <div><section>no</section></div>no</section><article>四</article>五<script>no</script>
      </article>no"""
    assert html_to_entry("x/", html) == {"location": "x/", "title": "核查 Findings", "text": "一&二 三 四五"}


def test_fold_is_pairs_of_single_characters() -> None:
    pairs = fold_pairs()
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert len(table) > 2500
    assert "".join(table.get(char, char) for char in "養老機構與舊小區") == "养老机构与旧小区"
    assert all(old != new and ord(new) < 0x10000 for old, new in table.items())
    assert not table.keys() & set("养老机构与旧小区")
