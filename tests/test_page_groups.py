"""Pages that speak of all places are made group by group, each group it may be in a process of its own."""

from __future__ import annotations

from generator.charts import Chart
from generator.pages.documents import ALWAYS, GROUPS, OF_FILES, Site, SiteSaid, list_documents
from generator.pages.outline import registers_to_cities
from generator.publish import assess_content
from tests.conftest import REPOSITORY
from tests.kept_examples import keep_years

CONTENT = REPOSITORY / "content"


def test_pages_with_charts_are_one_group() -> None:
    """What draws them takes a second to begin."""
    asked: list[str] = []

    def draw(chart: Chart) -> str:
        asked.append(chart.name)
        return ""

    def paths(*groups: str) -> set[str]:
        return {page.path for page in list_documents(site, draw, groups) if page.render()}

    site = Site(CONTENT, keep_years(*registers_to_cities(assess_content(CONTENT))), (), SiteSaid("https://x.example/"))
    others = paths(*(group for group in GROUPS if group not in {"drawn", OF_FILES}))
    assert not asked
    drawn = paths("drawn")
    assert "openness.md" in drawn and not drawn & others
    assert drawn | others >= {*ALWAYS} - {"data.md"}
