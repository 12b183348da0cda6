"""Where a build writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.package.releases import RELEASES


@dataclass(frozen=True)
class Targets:
    """Data packages, Markdown and the finished site; all else that is made stands beside the Markdown."""

    datapackage: Path
    docs: Path
    site: Path

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
    def folders(self) -> dict[str, Path]:
        """Every folder that has files of a year, by name."""
        return {"site": self.site, "datapackage": self.datapackage, "downloads": self.downloads, "docs": self.docs}

    @property
    def charts(self) -> Path:
        """Drawings that were made before."""
        return self.cache / "charts"
