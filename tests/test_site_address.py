"""A site is built for one address: whatever it is, links are relative, and what must be absolute begins with it.

Nothing of the address that the repository has by default is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from generator.errors import BuildError
from generator.publish.address import require_site_url
from tests import page_examples as examples
from tests.conftest import REPOSITORY, once, shared_folder
from tests.test_site import build, make_content

#: Address → where errors are reported, empty where it is as in mkdocs.yml.
ADDRESSES = {
    "https://site.test/": "",
    "http://127.0.0.1:8080/a/b/c/": "mailto:errors@site.test?subject={title}&body={body}",
}
DEFAULTS = ("example.github.io", "github.com/example", "site-url.invalid")
TEXTS = frozenset(
    [".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonld", ".md", ".svg", ".ttl", ".txt", ".xml", ".yaml", ".yml"]
)
#: An address in running text, up to what cannot be part of it; what is a template ({place}) is none.
REST = r"[^\s\"'<>&\\)|，。；、{}]*(?![^\s\"'<>&\\)|，。；、{}]|\{)"


class Links(HTMLParser):
    """Addresses in attributes: those that the page leads to, and its canonical one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.canonical = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("rel") == "canonical":
            self.canonical = values["href"]
        else:
            self.found += [values[name] for name in ("href", "src", "action", "poster", "data") if name in values]


@pytest.fixture(scope="module", params=ADDRESSES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An address, and the site that was built for it."""
    out = shared_folder(tmp_path_factory) / f"address-{list(ADDRESSES).index(request.param)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIXIAN_SITE_URL", request.param.rstrip("/"))
        patch.setenv("DUIXIAN_REPOSITORY", "https://code.test/someone/fork")
        if ADDRESSES[request.param]:
            patch.setenv("DUIXIAN_REPORT", ADDRESSES[request.param])
        built = once(tmp_path_factory, out.name, lambda: str(build(make_content(out, examples.Words()), out).site_url))
        assert built == request.param
        yield request.param, out / "site"


def read_texts(site: Path) -> dict[str, str]:
    """Name → text of every file that is one; lines of calendars are put together again."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8").replace("\n ", "")
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix in TEXTS
    }


def leads_somewhere(site: Path, path: str) -> bool:
    target = site / unquote(path.partition("#")[0].partition("?")[0])
    return (target / "index.html").is_file() if target.is_dir() else target.is_file()


@pytest.mark.slow
def test_links_are_relative(built: tuple[str, Path]) -> None:
    url, site = built
    wrong = []
    pages = {name: Links(text) for name, text in read_texts(site).items() if name.endswith(".html")}
    for name, links in pages.items():
        inside = [link for link in links.found if not re.match(r"[a-z]+:", link)]
        assert inside, name
        wrong += [f"{name}: {link}" for link in links.found if link.startswith((url, "//"))]
        if name == "404.html":
            path = urlsplit(url).path
            wrong += [f"{name}: {link}" for link in inside if not link.startswith((path, "#"))]
            inside = [link.removeprefix(path) for link in inside if link.startswith(path)]
            wrong += [f"{name}: {link}" for link in inside if not leads_somewhere(site, link)]
            continue
        wrong += [f"{name}: {link}" for link in inside if link.startswith("/")]
        assert links.canonical == url + name.removesuffix("index.html"), name
    assert wrong == [] and len(pages) > 20


@pytest.mark.slow
def test_absolute_addresses_begin_with_the_site_and_lead_somewhere(built: tuple[str, Path]) -> None:
    url, site = built
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    wrong, files = [], set()
    for name, text in read_texts(site).items():
        for found in re.findall(re.escape(origin) + REST, text):
            address = unescape(found).partition("%0A")[0].rstrip(".,;")
            files.add(name)
            if f"{address}/" == url and name == "data/openapi.json":
                continue  # its paths begin with the slash
            if not address.startswith(url) or not leads_somewhere(site, address.removeprefix(url)):
                wrong.append(f"{name}: {address}")
    assert wrong == []
    page, year = "testville/2024/livelihood-001.html", "testville/2024"
    expected = {
        "sitemap.xml",
        "changes/feed.xml",
        "changes/feed.json",
        "testville/changes.xml",
        page,
        "data/index.html",
    }
    assert expected | {f"{year}/due.ics", f"{year}/index.html", "index.html"} <= files
    assert f'property="og:image" content="{url}assets/' in (site / "index.html").read_text(encoding="utf-8")
    assert f'"@id":"{url}{page}"' in (site / page).read_text(encoding="utf-8")


@pytest.mark.slow
def test_nothing_of_the_default_addresses_is_left(built: tuple[str, Path]) -> None:
    _, site = built
    found = [(name, word) for name, text in read_texts(site).items() for word in DEFAULTS if word in text]
    assert found == []


@pytest.mark.slow
def test_errors_are_reported_where_the_configuration_says(built: tuple[str, Path]) -> None:
    url, site = built
    page = f"{url}testville/2024/livelihood-001.html"
    found = Links((site / "testville/2024/livelihood-001.html").read_text(encoding="utf-8")).found
    retired = Links((site / "testville/2024/livelihood-009.html").read_text(encoding="utf-8")).found
    where = ("https://code.test/someone/fork/issues/new?", "mailto:errors@site.test?")
    (link,), (other,) = ([one for one in links if one.startswith(where)] for links in (found, retired))
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    if ADDRESSES[url]:
        assert set(query) == {"subject", "body"} and query["subject"] == "testville-2024-livelihood-001"
        assert query["body"].startswith(f"{page}\n\n") and query["body"].endswith("哪里不对：")
    else:
        assert query["template"] == "correction.yml" and query["title"] == "testville-2024-livelihood-001"
        assert query["page"] == page and re.fullmatch(r"\d+-\d+", query["place"])
        assert query["words"][:4] in (site / "testville/2024/livelihood-001.html").read_text(encoding="utf-8")
        assert parse_qs(urlsplit(other).query)["page"] == [page.replace("001", "009")]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://site.test", "https://site.test/"),
        ("https://site.test/a", "https://site.test/a/"),
        ("http://127.0.0.1:8080/a/b/", "http://127.0.0.1:8080/a/b/"),
        ("https://xn--fsqu00a.test/%E5%85%91/", "https://xn--fsqu00a.test/%E5%85%91/"),
    ],
)
def test_an_address_gets_its_slash(monkeypatch: pytest.MonkeyPatch, said: str, address: str) -> None:
    monkeypatch.setenv("DUIXIAN_SITE_URL", said)
    assert require_site_url(REPOSITORY / "mkdocs.yml") == address


@pytest.mark.parametrize(
    "said",
    [
        "",
        "site.test/a",
        "//site.test/a",
        "ftp://site.test/",
        "https://",
        "https:///a/",
        "https://site.test/a b/",
        " https://site.test/",
        "https://site.test/a/?x=1",
        "https://site.test/#a",
        "https://site.test/a?",
        "https://me:secret@site.test/",
        "https://site.test:port/",
        "https://site.test:99999/",
        "https://[::1/",
        "https://兑现.test/",
        "https://site.test/a//b/",
        'https://site.test/"><script>/',
        "https://site.test/${{ x }}",
        "https://-site.test/",
    ],
)
def test_what_is_no_address_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("DUIXIAN_SITE_URL", said)
    with pytest.raises(BuildError, match=r"mkdocs\.yml:\d+: \[site-url\] DUIXIAN_SITE_URL is .*; expected an address"):
        require_site_url(REPOSITORY / "mkdocs.yml")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("site_name: x\n", 0, "no site_url"),
        ("site_name: x\nsite_url:\n", 2, "no site_url"),
        ("site_url: ''\n", 1, "no site_url"),
        ("site_url: example.org\n", 1, "site_url is 'example.org', without http"),
        ("site_url: [https://example.org/]\n", 1, "no site_url"),
        ("site_url: !ENV DUIXIAN_NOWHERE\n", 1, "no site_url"),
        ("site_url: !ENV [DUIXIAN_NOWHERE, DUIXIAN_NEITHER, example.org]\n", 1, "site_url is 'example.org', without"),
    ],
)
def test_a_configuration_without_an_address_is_refused(tmp_path: Path, text: str, line: int, found: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as refused:
        require_site_url(config)
    (problem,) = refused.value.problems
    assert (problem.line, problem.code) == (line, "site-url") and problem.found.startswith(found)


def test_the_variables_come_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_url: !ENV [ONE_ADDRESS, OTHER_ADDRESS, https://default.test/]\n", encoding="utf-8")
    assert require_site_url(config) == "https://default.test/"
    monkeypatch.setenv("OTHER_ADDRESS", "https://other.test/")
    assert require_site_url(config) == "https://other.test/"
    monkeypatch.setenv("ONE_ADDRESS", "https://one.test/")
    assert require_site_url(config) == "https://one.test/"
