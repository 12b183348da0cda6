"""Where a build writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.package.releases import RELEASES
from generator.swap import finish_swap, journal_of, remove

SUMMARIES = ".summaries."
"""How the name of the folder begins in which a build lays out summaries, beside the Markdown."""


@dataclass(frozen=True)
class Targets:
    """Data packages, Markdown and the finished site; all else that is made stands beside the Markdown."""

    datapackage: Path
    docs: Path
    site: Path

    @property
    def parents(self) -> tuple[Path, ...]:
        """The folders in which a build puts what it makes."""
        return self.site.parent, self.datapackage.parent, self.docs.parent

    @property
    def downloads(self) -> Path:
        """The formats of packages that are not kept in git."""
        return self.docs.parent / "downloads"

    @property
    def archives(self) -> Path:
        """The archives of releases."""
        return self.docs.parent / RELEASES

    @property
    def cache(self) -> Path:
        """What is kept for the next build."""
        return self.docs.parent / "cache"

    @property
    def spare(self) -> Path:
        """The site before the last, of which the next is made: almost all of it has a second name in the site."""
        return self.docs.parent / "spare"

    @property
    def folders(self) -> dict[str, Path]:
        """Every folder that has files of a year, by name."""
        return {"site": self.site, "datapackage": self.datapackage, "downloads": self.downloads, "docs": self.docs}

    @property
    def charts(self) -> Path:
        """Drawings that were made before."""
        return self.cache / "charts"


def clear_left(targets: Targets) -> None:
    """What a build that was killed left: a swap that it began is ended, its summaries go. Staged folders go later."""
    finish_swap(journal_of(targets.site))
    for left in targets.docs.parent.glob(f"{SUMMARIES}*"):
        remove(left)
