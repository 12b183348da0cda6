"""The sitemap: addresses escaped, days of the data, several files where there are too many addresses; robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from lxml import etree

from generator.lookups import load_places
from generator.metadata.addresses import mail_address, to_url, web_address
from generator.metadata.sitemap import (
    Page,
    compress,
    documents_to_addresses,
    list_pages,
    render_robots,
    render_sitemaps,
)
from generator.model import Catalogue, DataRelease, DepartmentSlugs
from generator.pages.outline import registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.kept_examples import YearsInMemory
from tests.metadata_examples import HOSTILE_URL, release

_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(text: str, element: str) -> list[tuple[str | None, str | None]]:
    root = etree.fromstring(text.encode())
    return [(one.findtext(f"{_SPACE}loc"), one.findtext(f"{_SPACE}lastmod")) for one in root.iter(f"{_SPACE}{element}")]


def test_few_addresses_are_one_sitemap() -> None:
    made = dict(render_sitemaps("https://example.org/a&b/", [("x/", None), ("y/", date(2024, 2, 4))]))
    assert list(made) == ["sitemap.xml"] and "a&amp;b/x/" in made["sitemap.xml"]
    assert addresses(made["sitemap.xml"], "url") == [
        ("https://example.org/a&b/x/", None),
        ("https://example.org/a&b/y/", "2024-02-04"),
    ]


def test_many_addresses_are_several_sitemaps_and_an_index() -> None:
    pages = [(f"p{number}/", date(2024, 1, 1 + number)) for number in range(7)]
    made = dict(render_sitemaps("https://example.org/", iter(pages), most=3))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert addresses(made["sitemap.xml"], "sitemap") == [
        ("https://example.org/sitemap-1.xml", "2024-01-03"),
        ("https://example.org/sitemap-2.xml", "2024-01-06"),
        ("https://example.org/sitemap-3.xml", "2024-01-07"),
    ]
    listed = [one for name in list(made)[:-1] for one in addresses(made[name], "url")]
    assert [address for address, _ in listed] == [f"https://example.org/p{number}/" for number in range(7)]
    assert not addresses(made["sitemap.xml"], "url")


def test_the_standards_limit_is_the_one_that_is_kept() -> None:
    at_limit: list[Page] = [("", None)] * 50_000
    assert len(list(render_sitemaps("https://example.org/", at_limit))) == 1
    assert len(list(render_sitemaps("https://example.org/", [*at_limit, ("", None)]))) == 3
    assert [name for name, _ in render_sitemaps("https://example.org/", [])] == ["sitemap.xml"]


def test_hostile_addresses_are_encoded() -> None:
    ((_, text),) = render_sitemaps(HOSTILE_URL + "\x00/", [('<x>&"\ud800', None)])
    ((address, _),) = addresses(text, "url")
    assert address is not None and address.isascii() and not set(address) & set(' <>"\n\x00')
    assert "\n" not in to_url("https://example.org/a\nSitemap: https://evil.example/")
    assert render_robots("https://example.org/a\nDisallow: /").count("\n") == 4


def test_robots_say_where_the_sitemap_is() -> None:
    said = render_robots("https://example.org/sub/")
    assert said == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sub/sitemap.xml\n"


def test_an_archive_has_no_date() -> None:
    assert compress("x") == compress("x")
    assert compress("x")[4:8] == b"\0\0\0\0"


DOCUMENTS = ["index.md", "data.md", "testville/index.md", "testville/2024/index.md", "testville/departments/x.md"]


def days(*releases: DataRelease, documents: Sequence[str] = DOCUMENTS) -> dict[str, date | None]:
    cities = registers_to_cities([examples.assess(examples.make_register(examples.Words()), WORDS)])
    return dict(list_pages(YearsInMemory(cities, load_places(CONTENT)), releases, documents))


def test_pages_are_of_the_day_of_their_documents_or_of_their_newest_change() -> None:
    before, year = days(), "testville/2024/"
    for address in ("", "data/", "testville/", "testville/departments/x/", year, f"{year}livelihood-001.html"):
        assert before[address] == date(2024, 12, 31), address
    after = days(release(date(2025, 3, 1), "testville-2024-livelihood-001"))
    assert after[f"{year}livelihood-001.html"] == date(2025, 3, 1)
    assert after[f"{year}livelihood-002.html"] == date(2024, 12, 31)
    for address in ("", "data/", "testville/", year, f"{year}livelihood-009.html"):
        assert after[address] == date(2025, 3, 1), address
    elsewhere = days(release(date(2025, 3, 1), "otherville-2024-livelihood-001"))
    assert (elsewhere[year], elsewhere[""]) == (date(2024, 12, 31), date(2025, 3, 1))


def test_pages_are_listed_in_the_order_of_their_files() -> None:
    listed = list(days(documents=["testville/x-y.md", "testville/x/z.md", *DOCUMENTS, "shell/commitment/index.md"]))
    assert listed == [
        "data/",
        "",
        "testville/2024/",
        *(f"testville/2024/livelihood-00{number}.html" for number in (1, 2, 3, 9)),
        "testville/departments/x/",
        "testville/",
        "testville/x/z/",
        "testville/x-y/",
    ]


def test_what_only_leads_on_and_what_is_no_page_are_not_listed() -> None:
    catalogue = Catalogue(slugs=DepartmentSlugs(former={"testville": {"old": "new"}}))
    documents = ["testville/departments/old.md", "testville/departments/new.md", "search/x.json", "due/part.html"]
    assert list(documents_to_addresses(documents, catalogue)) == ["testville/departments/new/"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a b?c=d&e", "https://example.org/a%20b?c=d&e"),
        ("https://example.org/%E5%85%91/兑", "https://example.org/%E5%85%91/%E5%85%91"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://兑现.中国/现", "https://xn--e5qv15f.xn--fiqs8s/%E7%8E%B0"),
        ("http://[::1]:80/[x]", "http://[::1]:80/%5Bx%5D"),
        ('https://a"b/>', "https://a%22b/%3E"),
    ],
)
def test_addresses_are_made_safe(text: str, url: str) -> None:
    assert to_url(text) == url
    assert to_url(url) == url
    assert web_address(text) == url


@pytest.mark.parametrize(
    "text", ["", "javascript:alert(1)", "data:text/html,x", "//example.org/", "https:///x", "ftp://a/"]
)
def test_other_addresses_are_none(text: str) -> None:
    assert web_address(text) == ""


def test_mail_addresses() -> None:
    assert mail_address("a.b@example.org") == "mailto:a.b@example.org" and mail_address("") == ""
    assert mail_address("a b>@example.org?cc=x") == "mailto:a%20b%3E@example.org%3Fcc%3Dx"
