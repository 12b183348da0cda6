"""The files of the whole site: valid HTML, no link that leads nowhere, commitment pages that are small."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.checkers import require_lychee, require_vnu
from tests.browser.conftest import site_path
from tests.browser.page_kinds import commitment_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What Material prints into every page outside of what a template can replace: what vnu says of it, and a piece of it.
THEME_LINES = (("Attribute “autocomplete” is only allowed when", "md-toggle"),)

#: Bytes of a commitment's page.
LARGEST = 14 * 1024


def validate(*paths: Path) -> list[str]:
    """What vnu calls an error in these files and folders, without the listed lines of the theme."""
    command = [*require_vnu(), "--errors-only", "--skip-non-html", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, encoding="utf-8", check=True)
    said = json.loads(done.stderr or done.stdout)["messages"]
    return [
        f"{one.get('url', '')}:{one.get('lastLine', 0)}: {one['message']} {one.get('extract', '')}"
        for one in said
        if not any(one["message"].startswith(what) and piece in one.get("extract", "") for what, piece in THEME_LINES)
    ]


def broken_links(site: Path, root: Path) -> list[str]:
    """Links and anchors within the site that lead nowhere. ``root`` is an empty folder to mount the site in."""
    mounted = root / site_path(site)
    mounted.parent.mkdir(parents=True, exist_ok=True)
    mounted.symlink_to(site, target_is_directory=True)
    command = [require_lychee(), "--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
    command += ["--root-dir", str(root), "--format", "json", f"{mounted}/**/*.html"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)
    assert found["total"] > len(list(site.rglob("*.html"))), done.stderr
    errors: dict[str, Sequence[dict[str, str]]] = found["error_map"]
    return [f"{path}: {one['url']}" for path, links in errors.items() for one in links]


@pytest.mark.journey
def test_the_whole_site_is_valid_html(site: Path) -> None:
    assert validate(site) == []


@pytest.mark.journey
def test_invalid_html_is_noticed(tmp_path: Path) -> None:
    bodies = {
        "No “p” element in scope": "<p><div>x</div></p>",
        "autocomplete": '<input type="checkbox" autocomplete="off" id="b">',
        "Duplicate ID": '<p id="a">x</p><p id="a">y</p>',
        "“for” attribute": '<label for="none">x</label>',
    }
    page = tmp_path / "a.html"
    body = "\n".join(bodies.values())
    page.write_text(f"<!doctype html><html lang=zh><title>x</title><body>{body}</body></html>", encoding="utf-8")
    found = validate(tmp_path)
    assert len(found) == len(bodies)
    assert all(any(said in one for one in found) for said in bodies), found


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path, tmp_path: Path) -> None:
    assert broken_links(site, tmp_path) == []


def test_a_broken_link_is_noticed(site: Path, tmp_path: Path) -> None:
    links = ["#no-such-anchor", "../method/#no-such-either", "../method/no-such-page.html"]
    copy = tmp_path / "site"
    shutil.copytree(site, copy, copy_function=os.link)
    about = copy / "about/index.html"
    text = about.read_text(encoding="utf-8")
    about.unlink()
    added = "".join(f'<a href="{link}">x</a>' for link in links)
    about.write_text(text.replace("</main>", f"{added}</main>"), encoding="utf-8")
    found = broken_links(copy, tmp_path / "root")
    assert len(found) == len(links) and all("about/index.html" in one for one in found)
    assert all(any(link.rpartition("/")[2] in one for one in found) for link in links), found


def test_commitment_pages_are_small(site: Path) -> None:
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in commitment_pages(site)}
    commitments = json.loads((site / "data/all/commitments.json").read_text(encoding="utf-8"))
    assert len(sizes) >= len(commitments) > 0
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
