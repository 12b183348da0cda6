"""MkDocs renders a page to the same HTML whatever is rendered beside it; what is no Markdown passes by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.pages.documents import ALWAYS
from generator.publish import mkdocs
from generator.publish.markdown import PAGES_A_BATCH, Markdown
from generator.publish.mkdocs import Batch, Setup, html_path, load_setup, render_batch, render_pages
from generator.store import FolderStore
from tests.conftest import REPOSITORY

SETUP = load_setup(REPOSITORY / "mkdocs.yml")


def markdown(folder: Path) -> Markdown:
    return Markdown(folder / "docs", FolderStore(folder / "store"), SETUP, ALWAYS)


def batched(found: Markdown, pages: Mapping[str, bytes]) -> list[Batch]:
    """These pages in batches, with what is less than one."""
    return [*found.batches(pages.items()), *found.rest()]


def rendered(folder: Path, *batches: Mapping[str, bytes]) -> dict[str, bytes]:
    """The HTML of pages that were rendered in these batches."""
    found = markdown(folder)
    for pages in batches:
        for batch in batched(found, pages):
            render_batch(batch)
    return {path: page.html for path, _, page in found.rendered(found.entries)}


@pytest.mark.slow
def test_a_page_is_the_same_in_any_batch(tmp_path: Path) -> None:
    alone = {"data.md": b"# Data\n"}, {"method.md": b"# How\n\n[what](data.md)\n\n## Rules\n"}
    both = {**alone[1], **alone[0]}
    expected = rendered(tmp_path / "alone", *alone)
    assert set(expected) == {"data/index.html", "method/index.html"}
    assert expected["method/index.html"].count(b"<h2") == 1
    assert rendered(tmp_path / "both", both) == expected
    assert rendered(tmp_path / "turned", dict(reversed(both.items()))) == expected
    lost = markdown(tmp_path / "lost")
    assert len(batched(lost, both)) == 1
    assert {path: page.html for path, _, page in lost.rendered(lost.entries)} == expected, (
        "nothing was kept, so all is rendered"
    )


@pytest.mark.parametrize(("made", "said"), [({}, "no page of data.md"), ({"data/index.html": "<p>"}, "for 1 blocks")])
def test_a_page_that_mkdocs_does_not_make_whole_is_refused(
    monkeypatch: pytest.MonkeyPatch, made: Mapping[str, str], said: str
) -> None:
    def run(_: Setup, docs: Path, out: Path, work: Path) -> None:
        for path, html in made.items():
            (out / path).parent.mkdir(parents=True)
            (out / path).write_text(html, encoding="utf-8")

    monkeypatch.setattr(mkdocs, "_run", run)
    with pytest.raises(BuildError) as refused:
        render_pages(SETUP, {"data.md": f"# A\n\n<div>{'x' * 4000}</div>\n".encode()}, ())
    assert said in str(refused.value)


@pytest.mark.slow
def test_a_page_that_was_rendered_is_not_again(tmp_path: Path) -> None:
    page = {"data.md": b"# Data\n"}
    before = rendered(tmp_path, page)
    again = markdown(tmp_path)
    assert batched(again, page) == []
    assert {path: page.html for path, _, page in again.rendered(again.entries)} == before
    assert len(batched(markdown(tmp_path), {"data.md": b"# Other\n"})) == 1


@pytest.mark.slow
@pytest.mark.parametrize("path", ["data.md", "testville/2024/index.md"])
def test_a_link_to_a_page_that_is_not_there_is_refused_with_the_page(path: str) -> None:
    with pytest.raises(BuildError) as refused:
        render_pages(SETUP, {path: b"# Data\n\n[lost](nowhere.md)\n"}, ALWAYS)
    (problem,) = refused.value.problems
    assert problem.code == "mkdocs" and f"'{path}'" in problem.found and "nowhere.md" in problem.found
    assert "duixian-mkdocs." not in str(problem), "no folder that is gone"


def test_pages_are_shared_out(tmp_path: Path) -> None:
    pages = {f"{number}.md": b"# a\n" for number in range(2 * PAGES_A_BATCH + 1)}
    batches = batched(markdown(tmp_path), pages)
    assert [len(batch.pages) for batch in batches] == [PAGES_A_BATCH, PAGES_A_BATCH, 1]
    assert [path for batch in batches for path, _, _ in batch.pages] == list(pages)


def test_less_than_a_batch_waits_for_more(tmp_path: Path) -> None:
    found, half = markdown(tmp_path), PAGES_A_BATCH // 2 + 1
    assert list(found.batches((f"{number}.md", b"# a\n") for number in range(half))) == []
    (batch,) = found.batches((f"b/{number}.md", b"# a\n") for number in range(half))
    assert len(batch.pages) == PAGES_A_BATCH and batch.pages[half][0] == "b/0.md"
    (rest,) = found.rest()
    assert len(rest.pages) == 2 * half - PAGES_A_BATCH and list(found.rest()) == []


def test_what_is_no_markdown_goes_to_the_site_as_it_is(tmp_path: Path) -> None:
    found = markdown(tmp_path)
    assert batched(found, {"due/2.html": b"<li>x", "data.json": b"{}"}) == []
    docs = tmp_path / "docs"
    assert found.others() == {"due/2.html": f"{docs}/due/2.html", "data.json": f"{docs}/data.json"}
    assert (tmp_path / "docs" / "due" / "2.html").read_bytes() == b"<li>x"
    assert list(found.used()) == []


@pytest.mark.parametrize(
    ("markdown", "html"),
    [("index.md", "index.html"), ("data.md", "data/index.html"), ("a/2024/index.md", "a/2024/index.html")],
)
def test_pages_stand_where_mkdocs_puts_them(markdown: str, html: str) -> None:
    assert html_path(markdown) == html
