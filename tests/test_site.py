"""The whole build: what it leaves in the site, what it refuses, and that it never leaves half a site."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from generator.errors import BuildError, ContentError
from generator.model import Place
from generator.publish import BuildReport, build_site
from generator.publish.descriptions import fill_json_ld
from generator.publish.markdown import Markdown
from generator.publish.mkdocs import load_setup
from generator.publish.reduction import Reduction
from generator.registers import write_registers
from generator.store import FolderStore
from tests import page_examples as examples
from tests.conftest import FIXTURES, REPOSITORY
from tests.json_addresses import site_problems
from tests.test_dcat import DCAT, check_shapes

SITE_URL = "https://example.github.io/duixian/"
ENTRY = "- {zh: 测试市, en: Test City, slug: SLUG, kind: city, code: '990000'}\n"


def make_content(folder: Path, words: examples.Words, slug: str = "testville") -> Path:
    """A content folder with the repository's words and schemas, and the example city's register."""
    content = folder / "content"
    for name in ("lookups", "schemas", "pages"):
        shutil.copytree(REPOSITORY / "content" / name, content / name)
    shutil.copy(FIXTURES / "content" / "publication.yml", content)
    (content / "places.yml").write_text(ENTRY.replace("SLUG", slug), encoding="utf-8")
    write_registers(content, [examples.make_register(words, Place(zh="测试市", en="x", slug=slug, kind="city"))])
    return content


def build(content: Path, out: Path) -> BuildReport:
    return build_site(
        content, out / "datapackage", out / "build" / "docs", out / "site", config=REPOSITORY / "mkdocs.yml"
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every word tries to break out of its page."""
    out = tmp_path_factory.mktemp("hostile")
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    build(make_content(out, words), out)
    return out / "site"


class Markup(HTMLParser):
    """What a browser would act on: elements, handlers, addresses, and how many scripts there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.acts: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.scripts += tag == "script"
        self.acts += [f"{tag} {name}" for name in values if name.startswith("on")]
        self.acts += [f"{tag} {value}" for value in values.values() if value.strip().lower().startswith("javascript:")]
        self.acts += [tag] if tag == "img" and values.get("src") == "x" else []
        self.links += [values[name] for name in ("href", "src", "xlink:href") if name in values]
        self.ids |= {values["id"]} if "id" in values else set()


@pytest.mark.slow
def test_hostile_words_do_nothing_on_any_page(hostile: Path) -> None:
    pages = sorted(hostile.rglob("*.html"))
    # Indexes of themes and measures, the themes, what is due, silence; openness, the ledger of units, the one unit;
    # changes of the data; how to add a city.
    assert len(pages) == 6 + 2 + 4 + 2 + 12 + 2 + 3 + 1 + 1 + 1
    for page in pages:
        html = page.read_text(encoding="utf-8")
        found = Markup(html)
        assert found.acts == [], page
        assert found.scripts <= 9, page
        assert "dx-slot-" not in html.replace("dx-slot-body #1", "").replace("dx-slot-body%20%231", ""), page
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            json.loads(block)
    findings = (hostile / "findings" / "index.html").read_text(encoding="utf-8")
    assert "*粗*" in findings and "{{7*7}}" in findings and "<em>粗" not in findings


@pytest.mark.slow
def test_every_link_inside_the_site_leads_somewhere(hostile: Path) -> None:
    pages = {path: Markup(path.read_text(encoding="utf-8")) for path in sorted(hostile.rglob("*.html"))}
    broken = []
    for path, found in pages.items():
        if path.name == "404.html":
            continue
        for link in found.links:
            if re.match(r"[a-z]+:", link):
                continue
            address, _, anchor = link.partition("#")
            target = (path.parent / address.partition("?")[0]).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].ids):
                broken.append(f"{path.relative_to(hostile)}: {link}")
    assert broken == []


@pytest.mark.slow
def test_the_site_has_what_its_addresses_promise(hostile: Path) -> None:
    year = hostile / "testville" / "2024"
    assert {path.name for path in year.iterdir()} == {"index.html", "index.json", "due.ics", "share.png"} | {
        f"livelihood-{number}.{kind}" for number in ("001", "002", "003", "009") for kind in ("html", "json")
    }
    assert "已停用" in (year / "livelihood-009.html").read_text(encoding="utf-8")
    assert json.loads((year / "livelihood-009.json").read_text(encoding="utf-8"))["retired"] is True
    data = hostile / "data" / "testville" / "2024"
    assert {"datapackage.json", "commitments.csv", "testville-2024.zip", "testville-2024.xlsx"} <= {
        path.name for path in data.iterdir()
    }
    assert (hostile / "data" / "all" / "datapackage.json").is_file()
    assert not (hostile / "shell").exists()
    index = json.loads((hostile / "search" / "pages.json").read_text(encoding="utf-8"))
    files = {path.relative_to(hostile).as_posix() for path in hostile.rglob("*.html")} - {"404.html"}
    assert {page["location"] for page in index["pages"]} == {name.removesuffix("index.html") for name in files}
    assert {"", "method/", "testville/2024/", "testville/2024/livelihood-009.html"} <= {
        page["location"] for page in index["pages"]
    }
    assert json.loads((hostile / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"] == []


@pytest.mark.slow
def test_every_json_file_is_as_described_whatever_its_words(hostile: Path) -> None:
    assert list(site_problems(hostile)) == []
    assert len(list(hostile.rglob("index.json"))) > 10


@pytest.mark.slow
def test_the_sitemap_has_every_page_and_nothing_else(hostile: Path) -> None:
    sitemap = (hostile / "sitemap.xml").read_text(encoding="utf-8")
    assert gzip.decompress((hostile / "sitemap.xml.gz").read_bytes()).decode() == sitemap
    listed = re.findall("<loc>(.*?)</loc>", sitemap)
    pages = {path.relative_to(hostile).as_posix() for path in hostile.rglob("*.html")} - {"404.html"}
    assert sorted(listed) == sorted(f"{SITE_URL}{re.sub('(^|/)index.html$', chr(92) + '1', name)}" for name in pages)
    assert sitemap.count("<lastmod>") == len(pages)
    assert f"Sitemap: {SITE_URL}sitemap.xml\n" in (hostile / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_sitemap_lists_the_pages_that_call_themselves_by_their_own_address(our_build: Path) -> None:
    """The list is made of what is known before; here it is held against the pages as they lie there, in their order."""
    site = our_build / "site"
    robots, text = ((site / name).read_text(encoding="utf-8") for name in ("robots.txt", "sitemap.xml"))
    root = robots.partition("Sitemap: ")[2].strip().removesuffix("sitemap.xml")
    listed = [html.unescape(one) for one in re.findall("<loc>(.*?)</loc>", text)]
    said: list[str] = []
    for path in sorted(site.rglob("*.html")):
        found = re.search(r"""<link rel="?canonical"? href="?([^">\s]*)"?>""", path.read_text(encoding="utf-8"))
        address = root + re.sub(r"(^|/)index\.html$", r"\1", path.relative_to(site).as_posix())
        said += [address] if found and html.unescape(found.group(1)) == address else []
    assert listed == said


@pytest.mark.slow
def test_catalogues_name_the_files_that_lie_there(hostile: Path) -> None:
    """Whatever the words of documents are: sizes and digests are those of the files, and both syntaxes conform."""
    said = json.loads((hostile / "data.json").read_text(encoding="utf-8"))
    files = [file for one in said["dataset"] for file in one["distribution"]]
    listed = {file["downloadURL"].removeprefix(SITE_URL): file for file in files}
    folders = (hostile / "data" / "all", hostile / "data" / "testville" / "2024")
    lying = {path.relative_to(hostile).as_posix() for folder in folders for path in folder.iterdir()}
    assert set(listed) == lying - {"data/all/croissant.json"}
    for name, file in listed.items():
        data = (hostile / name).read_bytes()
        assert file["byteSize"] == len(data) and file["checksum"]["checksumValue"] == sha256(data).hexdigest()
    assert json.loads((hostile / "data" / "all" / "croissant.json").read_text(encoding="utf-8"))["recordSet"]
    turtle, json_ld = (Graph().parse(hostile / "data" / f"catalog.{kind}") for kind in ("ttl", "jsonld"))
    assert isomorphic(turtle, json_ld) and check_shapes(turtle)[0]
    (said_of_json,) = turtle.objects(None, DCAT.endpointDescription)
    assert (hostile / str(said_of_json).removeprefix(SITE_URL)).is_file()


@pytest.mark.slow
def test_pages_about_data_say_so_to_programs(hostile: Path) -> None:
    for name, kind in (("", "DataCatalog"), ("testville/2024", "Dataset")):
        page = (hostile / name / "index.html").read_text(encoding="utf-8")
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        said = json.loads(block)
        assert said["@type"] == kind and said["url"] == f"{SITE_URL}{name or 'data'}/"
    page = (hostile / "data" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="describedby" type="text/turtle" href="catalog.ttl">' in page
    assert "dx-json-ld" not in page


def test_a_page_without_room_for_them_is_refused() -> None:
    room = b'<script type="application/ld+json">dx-json-ld</script>'
    assert fill_json_ld("data/index.html", room, "{}") == room.replace(b"dx-json-ld", b"{}")
    for page in (b"<html></html>", room + room):
        with pytest.raises(BuildError, match=r"data/index\.html: \[page-json-ld\]"):
            fill_json_ld("data/index.html", page, "{}")


@pytest.mark.slow
def test_a_build_that_fails_leaves_the_last_site(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.stat().st_mtime_ns for path in hostile.rglob("*")}
    out = hostile.parent
    (out / "content" / "pages" / "about.md").write_text("# a\n\n[lost](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"nowhere\.md"):
        build(out / "content", out)
    shutil.copy(REPOSITORY / "content" / "pages" / "about.md", out / "content" / "pages")
    monkeypatch.setattr(Reduction, "_put_sitemap", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(out / "content", out)
    assert {path: path.stat().st_mtime_ns for path in hostile.rglob("*")} == before
    assert not list(out.glob(".site.*"))


def write_markdown(docs: Path, files: dict[str, bytes]) -> None:
    markdown = Markdown(docs, FolderStore(docs.parent / "cache"), load_setup(REPOSITORY / "mkdocs.yml"), ())
    for path, data in files.items():
        markdown.keep(path, data)
    markdown.remove_others()


def test_markdown_is_written_over_and_what_is_gone_goes(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_markdown(docs, {"a.md": b"1", "b/c.md": b"2", "d/e.md": b"3"})
    same = (docs / "a.md").stat().st_mtime_ns
    write_markdown(docs, {"a.md": b"1", "b/c.md": b"new"})
    assert (docs / "a.md").stat().st_mtime_ns == same
    assert (docs / "b" / "c.md").read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in docs.iterdir()) == ["a.md", "b"]


def test_refusals_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"nothing\.yml: \[file-missing\]"):
        build_site(tmp_path, tmp_path / "d", tmp_path / "b" / "docs", tmp_path / "s", config=tmp_path / "nothing.yml")
    content = make_content(tmp_path, examples.Words(), slug="data")
    with pytest.raises(BuildError, match="slug-reserved"):
        build(content, tmp_path)
    shutil.rmtree(content / "registers")
    (content / "documents").mkdir()
    (content / "documents" / "one.yml").touch()  # stated, and not read yet
    with pytest.raises((BuildError, ContentError), match="registers-none"):
        build(content, tmp_path)
    assert not (tmp_path / "site").exists()
