"""The site that recipes read, served at a local address, and the scratch copy in which the READMEs' commands run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import served, site_path
from tests.conftest import REPOSITORY
from tests.recipes.environment import our_python, require_program, run_clean, write_program
from tests.recipes.treatments import Place

NOTICE = """\
2024年市政府民生实事项目责任清单
序号 | 类别 | 项目名称 | 分管市领导 | 牵头单位 | 配合单位 | 预计完成时间 | 工作计划和进度安排 |
1 | 老有所养 | 新增养老床位1000张 | 张三 | 市民政局 | 市财政局 | 11月底 | 6月底前完成500张; 11月底前完成1000张。 |
2 | 出行便利 | 新建公共充电桩300个 | 李四 | 市建委 | 市财政局 | 11月底 | 6月底前完成100个; 11月底前完成300个。 |
"""


@pytest.fixture(scope="session")
def site(our_build: Path) -> Path:
    """The repository's own site, built from nothing."""
    return our_build / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site answers."""
    with served(site, site_path(site)) as url:
        yield url


@pytest.fixture
def place(tmp_path: Path, site: Path, address: str) -> Place:
    """An empty folder, for the blocks of pages."""
    home = (site / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<link rel="canonical" href="([^"]+)"', home)
    assert found, "the home page has no canonical address"
    return Place(folder=tmp_path, site=site, published=found[1], served=address)


@pytest.fixture(scope="session")
def in_git(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What commands of the READMEs read and write, in git."""
    require_program("git")
    folder = tmp_path_factory.mktemp("git")
    for name in ("content", "datapackage"):
        shutil.copytree(REPOSITORY / name, folder / name)
    run_clean(["git", "init", "--quiet"], folder)
    run_clean(["git", "add", "."], folder)
    return folder


@pytest.fixture
def scratch(in_git: Path, tmp_path: Path) -> Place:
    """A copy of it, with `make` that only shows what it would do.

    The source document that the quick start speaks of lies there, too.
    """
    shutil.copytree(in_git, tmp_path, dirs_exist_ok=True)
    programs = tmp_path / ".venv" / "bin"
    write_program(programs / "make", f'exec {shutil.which("make")} --dry-run --directory "{REPOSITORY}" "$@"')
    write_program(programs / "duixian", f'PYTHONPATH="{REPOSITORY}" exec "{our_python()}" -m generator "$@"')
    (programs / "activate").write_text("", encoding="utf-8")
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    nowhere = "http://site.invalid/"
    return Place(folder=tmp_path, site=tmp_path, published=nowhere, served=nowhere, programs=(programs,))
