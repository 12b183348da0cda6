"""Large blocks of HTML wait outside of the Markdown, and stand in the page as if they had gone through MkDocs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publish.slots import SMALL, blocks_to_slots, fill_slots

LARGE = f'<div class="dx"><div>{"x" * SMALL}</div><p>&lt;div&gt;</p></div>'


def slotted(markdown: str) -> tuple[str, list[str]]:
    """What is left of the Markdown, and the blocks that left it, as text."""
    left, blocks = blocks_to_slots(markdown.encode())
    return left.decode(), [bytes(block).decode() for block in blocks]


def test_a_large_block_between_blank_lines_leaves_the_markdown() -> None:
    markdown, blocks = slotted(f"# A\n\n{LARGE}\n\ntext\n\n<ul>{LARGE}</ul>\n")
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
    assert slotted(markdown) == (markdown, [])


_PIECES = st.sampled_from(
    [LARGE, f"<ul>{'老' * SMALL}</ul>", "# A", "文字", "<div>small</div>", f"<table>{LARGE}</table>", "- a\n- b", ""]
)


@given(st.lists(_PIECES, max_size=8))
def test_filled_it_is_what_it_was(pieces: list[str]) -> None:
    markdown = "\n\n".join(pieces).encode()
    assert fill_slots(*blocks_to_slots(markdown)) == markdown


@pytest.mark.parametrize("page", ["", '<div data-slot="0"></div>' * 2, '<div data-slot="1"></div>'])
def test_a_slot_that_was_lost_is_no_page(page: str) -> None:
    with pytest.raises(ValueError, match="for 1 blocks"):
        fill_slots(page.encode(), [memoryview(LARGE.encode())])
