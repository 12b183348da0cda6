"""Every kind of page that the site has, and where one of it lies: the tests of whole pages all go through this list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.own import leave_out


@dataclass(frozen=True)
class PageKind:
    """A kind of page. ``find`` gives the address, from the root of the site, of its longest page."""

    name: str
    find: Callable[[Path], str]

    def __str__(self) -> str:
        """The kind as tests are named."""
        return self.name


def _fixed(address: str) -> Callable[[Path], str]:
    return lambda site: address


def _longest(pattern: str, *, having: str = "", lacking: str = r"\0") -> Callable[[Path], str]:
    return lambda site: longest_page(site, pattern, f"page {pattern} with {having}", having=having, lacking=lacking)


def longest_page(site: Path, pattern: str, what: str, *, having: str = "", lacking: str = r"\0") -> str:
    """The address of the longest page of those whose HTML has, and lacks, a pattern.

    Where there is none the test is left out, for ``what`` the registers lack; or fails where they should have it.
    """
    for path in sorted(site.glob(pattern), key=lambda path: (-path.stat().st_size, path)):
        text = path.read_text(encoding="utf-8")
        if re.search(having, text) and not re.search(lacking, text):
            return path.relative_to(site).as_posix().removesuffix("index.html")
    leave_out(what)


YEARS = "*/2[0-9][0-9][0-9]/index.html"

KINDS = (
    PageKind("home", _fixed("")),
    PageKind("city", _longest("*/index.html", having='href="departments/', lacking="dx-home-title")),
    PageKind("city-year", _longest(YEARS)),
    PageKind("commitment-with-reports", _longest("*/*/*-[0-9][0-9][0-9].html", having=r'<h2 id="?reports\b')),
    PageKind("commitment-without-reports", _longest("*/*/*-[0-9][0-9][0-9].html", lacking=r'<h2 id="?reports\b')),
    PageKind("commitment-with-findings", _longest("*/*/*-[0-9][0-9][0-9].html", having=r'<h2 id="?findings\b')),
    PageKind("commitment-with-districts", _longest("*/*/*-[0-9][0-9][0-9].html", having=r'<h2 id="?districts\b')),
    PageKind("commitment-retired", _longest("*/*/*-[0-9][0-9][0-9].html", having="已停用")),
    PageKind("themes", _fixed("themes/")),
    PageKind("theme", _longest("themes/*/index.html")),
    PageKind("measures", _fixed("measures/")),
    PageKind("measure", _longest("measures/*/index.html")),
    PageKind("departments", _longest("*/departments/index.html")),
    PageKind("department", _longest("*/departments/*/index.html")),
    PageKind("findings", _fixed("findings/")),
    PageKind("due", _fixed("due/")),
    PageKind("silence", _fixed("silence/")),
    PageKind("openness", _fixed("openness/")),
    PageKind("data", _fixed("data/")),
    PageKind("changes", _fixed("changes/")),
    PageKind("method", _fixed("method/")),
    PageKind("about", _fixed("about/")),
    PageKind("adopt", _fixed("adopt/")),
    PageKind("performance", _fixed("performance/")),
    PageKind("missing", _fixed("404.html")),
)


def commitment_pages(site: Path) -> Iterator[Path]:
    """The page of every commitment, and of every id that was dropped."""
    return iter(sorted(site.glob("*/*/*-[0-9][0-9][0-9].html")))
