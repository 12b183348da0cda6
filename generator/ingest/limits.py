"""What a document may cost. Every limit of reading stands here, with its reason; ``SECURITY.md`` lists them.

What is above a limit is refused with the limit in the message. All are far above what a document with commitments
has (the largest that we know: 80 KB of text, 20 pages, a dozen columns) and far below what a small machine lacks.
"""

from __future__ import annotations

#: Bytes of a file. Pictures make files large; a page, a workbook or a text without them has a hundredth of this.
MAX_BYTES = 50_000_000
#: Characters of the text of a document: reading takes a minute a million of them, and keeps all in memory.
MAX_CHARACTERS = 5_000_000
#: Characters of a paragraph or of a cell. Each figure of a paragraph is held against all others of it.
MAX_PARAGRAPH = 20_000
#: Figures of a commitment's reports times its targets. Each is held against each, by its wording; of more none is tied
#: to any, and all stand as they are. The largest that we know have a few thousand.
MAX_TIED = 100_000
#: Cells of a row of a table: a year has twelve months, a province a hundred counties.
MAX_COLUMNS = 500
#: Places of a table, counted with its spans. A larger one is no table that a person reads.
MAX_PLACES = 2_000_000
#: Rows or columns that a cell of a web page may span: what browsers take (65,534 rows, 1,000 columns), or less.
MAX_SPAN = 1000

#: Bytes that the parts of an archive may have unpacked, those of its XML alone, and the tags in it: a parser keeps a
#: hundred times the bytes of the smallest element.
MAX_UNPACKED = 200_000_000
MAX_XML = 100_000_000
MAX_TAGS = 8_000_000
#: How many times its own size an archive may unpack to, once that is more than ``LARGE_ARCHIVE`` bytes.
MAX_RATIO = 200
LARGE_ARCHIVE = 10_000_000
#: Parts of an archive. Overlapping ones are counted, and unpacked, as often as they are listed.
MAX_PARTS = 10_000

#: Pages of a PDF. A reader needs a tenth of a second for each.
MAX_PAGES = 500
#: Characters to which one font of a PDF gives widths: four times as many as a font can have.
MAX_WIDTHS = 262_144

#: What a process that reads one document may take: seconds of processor time, seconds by the clock (a last resort on
#: a busy machine), bytes of memory. A document of a megabyte of text takes seconds and 150 MB.
CPU_SECONDS = 120
WALL_SECONDS = 600
MAX_MEMORY = 2 << 30
#: A web page of more bytes is read in a process of its own, as the other formats always are.
LARGE_PAGE = 2_000_000
