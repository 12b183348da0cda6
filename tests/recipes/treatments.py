"""What is done with a code block, by its language. A language that is not in ``TREATMENTS`` fails the tests.

| language | what is done with a block |
|---|---|
| python | run in the readers' environment |
| sql | run by DuckDB of the readers' environment |
| r | run by Rscript |
| sh | run by sh; `make TARGET` only shows what it would do, since it builds, tests or serves for long, and CI runs it |
| powerquery | not run, there is no Excel: its addresses answer with UTF-8 CSV, and it names columns that are there |
| citation | not code; it names an address of the site, which answers |
| yaml | `content/parts.yml` of a README: read as a build reads it, beside the places of the repository |

Blocks of a README run in a scratch copy of the repository, those of a page in an empty folder, with the address of the
site replaced by that of the site just built. Nothing else is changed: what is published is what runs. No other host
can be reached.
"""

from __future__ import annotations

import csv
import io
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ContentError
from generator.lookups import load_places
from generator.parts import FILE, load_split
from tests.recipes.blocks import Block
from tests.recipes.environment import PYTHON, require_environment, require_program, run_clean
from tests.recipes.printed import check_printed

# DuckDB reads addresses with an extension that it downloads; here addresses become paths, which it reads without.
_RUN_SQL = """
import csv, sys, duckdb
connection = duckdb.connect()
connection.execute("SET autoinstall_known_extensions = false")
for statement in connection.extract_statements(sys.stdin.read()):
    csv.writer(sys.stdout).writerows(connection.execute(statement).fetchall())
"""


@dataclass(frozen=True)
class Place:
    """Where a block runs: its folder, programs that go before those of the machine, and the site.

    ``published`` is the address that blocks name, ``served`` where the site answers in its stead.
    """

    folder: Path
    site: Path
    published: str
    served: str
    programs: tuple[Path, ...] = ()

    def text(self, block: Block) -> str:
        """The text of a block with the address of the site replaced."""
        return block.text.replace(self.published, self.served)


def run_python(block: Block, place: Place) -> str:
    """What the block prints."""
    require_environment()
    return run_clean([PYTHON, "-I", "-"], place.folder, place.text(block))


def run_sql(block: Block, place: Place) -> str:
    """The rows of its answers, as CSV."""
    require_environment()
    text = place.text(block).replace(place.served, f"{place.site}/")
    return run_clean([PYTHON, "-I", "-c", _RUN_SQL], place.folder, text)


def run_r(block: Block, place: Place) -> str:
    """What the block prints."""
    require_program("Rscript")
    script = place.folder / "recipe.R"
    script.write_text(place.text(block), encoding="utf-8")
    return run_clean(["Rscript", "--vanilla", script], place.folder)


def run_sh(block: Block, place: Place) -> str:
    """What the block prints; the first command that fails ends it."""
    for name in ("curl", "sqlite3", "unzip", "git"):
        if re.search(rf"^{name} ", block.text, re.MULTILINE):
            require_program(name)
    return run_clean(["sh", "-eu"], place.folder, place.text(block), place.programs)


def check_powerquery(block: Block, place: Place) -> str:
    """Nothing; fails unless each address gives CSV in UTF-8 that has every column that the block names."""
    text = place.text(block)
    addresses = re.findall(r'Web\.Contents\("([^"]+)"\)', text)
    columns = re.findall(r'\{"(\w+)", ', text)
    assert addresses and columns and "Encoding = 65001" in text, block
    for address in addresses:
        assert address.startswith(place.served), f"{address} is not of this site"
        with urllib.request.urlopen(address) as answer:
            header = next(csv.reader(io.StringIO(answer.read().decode("utf-8"))))
        assert set(columns) <= set(header), f"{block}: {set(columns) - set(header)}"
    return ""


def check_citation(block: Block, place: Place) -> str:
    """Nothing; fails unless it names an address of the site, and all that it names answer."""
    addresses = [url.rstrip("},") for url in re.findall(rf"{re.escape(place.served)}\S*", place.text(block))]
    assert addresses, "no address of the site"
    for address in addresses:
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
    return ""


def check_parts(block: Block, place: Place) -> str:
    """Nothing; fails unless a build takes it for a site in parts."""
    content = place.folder / "content"
    path = content / FILE
    path.write_text(block.text, encoding="utf-8")
    try:
        split = load_split(content, load_places(content))
    except ContentError as error:
        raise AssertionError(f"{block}: {error}") from None
    finally:
        path.unlink()
    assert split is not None and split.parts
    return ""


TREATMENTS: Mapping[str, Callable[[Block, Place], str]] = {
    "python": run_python,
    "sql": run_sql,
    "r": run_r,
    "sh": run_sh,
    "powerquery": check_powerquery,
    "citation": check_citation,
    "yaml": check_parts,
}
OF_READMES = frozenset({"yaml"})
"""What no page has a block of."""


def try_block(block: Block, place: Place, answers: Mapping[str, list[list[str]]]) -> None:
    """Fail, and say where the block stands, unless it does what its page says."""
    assert block.language in TREATMENTS, f"{block}: no treatment; one of {sorted(TREATMENTS)}, or a new one there"
    try:
        printed = TREATMENTS[block.language](block, place)
        if block.answers:
            assert block.answers in answers, f"no answer {block.answers!r} on its page"
            check_printed(printed, answers[block.answers])
    except (AssertionError, urllib.error.URLError) as error:
        raise AssertionError(f"{block}: {error}\n{block.text}") from error
