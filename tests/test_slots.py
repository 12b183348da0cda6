"""Large blocks of HTML wait outside of the Markdown, and stand in the page as if they had gone through MkDocs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publish.slots import SMALL, blocks_to_slots, fill_slots

LARGE = f'<div class="dx"><div>{"x" * SMALL}</div><p>&lt;div&gt;</p></div>'


def test_a_large_block_between_blank_lines_leaves_the_markdown() -> None:
    markdown, blocks = blocks_to_slots(f"# A\n\n{LARGE}\n\ntext\n\n<ul>{LARGE}</ul>\n")
    assert blocks == [LARGE, f"<ul>{LARGE}</ul>"]
    assert markdown == '# A\n\n<div data-slot="0"></div>\n\ntext\n\n<div data-slot="1"></div>\n'


@pytest.mark.parametrize(
    "markdown",
    [
        "# A\n\n<div>small</div>\n",
        f"text\n{LARGE}\n\n",  # a paragraph that goes on
        f"# A\n\n{LARGE} and more\n\n",
        f"# A\n\n{LARGE.removesuffix('</div>')}\n\n",  # not closed
        f"# A\n\n  {LARGE}\n\n",
        f"# A\n\n{LARGE.replace('<p>', '<h2>').replace('</p>', '</h2>')}\n",
        f"# A\n\n{LARGE.replace('<p>', '<p markdown>')}\n",
        "# A\n\n" + LARGE.replace("<p>", '<p data-slot="0">'),
    ],
)
def test_all_else_stays_where_it_is(markdown: str) -> None:
    assert blocks_to_slots(markdown) == (markdown, [])


_PIECES = st.sampled_from([LARGE, "# A", "text", "<div>small</div>", f"<table>{LARGE}</table>", "- a\n- b", ""])


@given(st.lists(_PIECES, max_size=8))
def test_filled_it_is_what_it_was(pieces: list[str]) -> None:
    markdown = "\n\n".join(pieces)
    slotted, blocks = blocks_to_slots(markdown)
    assert fill_slots(slotted, blocks) == markdown


@pytest.mark.parametrize("page", ["", '<div data-slot="0"></div>' * 2, '<div data-slot="1"></div>'])
def test_a_slot_that_was_lost_is_no_page(page: str) -> None:
    with pytest.raises(ValueError, match="for 1 blocks"):
        fill_slots(page, [LARGE])
