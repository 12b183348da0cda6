"""Imports run one way. Each rule is tried on a planted violation, so that a rule that died would be noticed."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

# From top to bottom; a module imports from lower layers, and inside its own folder. Both halves stand in one layer.
LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.split())
    for layer in (
        "__main__",
        "commands",
        "publish serve bench mirror newsite",
        "api search feeds calendars shareimages metadata",
        "pages",
        "stamp charts package",
        "tables checkreport changes jsonschemas",
        "schemas",
        "assess ingest audits",
        "registers parts",
        "quantities",
        "lookups publication",
        "text yamlfile folding inert patterns workers fetched",
        "store scratch",
        "swap locks elsewhere listing",
        "model errors radicals defaults fieldnotes steps memory",
    )
)
LEVEL = {name: len(LAYERS) - index for index, layer in enumerate(LAYERS) for name in layer}
ONLY_IMPORTED_BY = {
    "yaml": "yamlfile",
    "frictionless": "package",
    "pyarrow": "package",
    "altair": "charts",
    "vl_convert": "charts",
    "fsspec": "elsewhere",
    "generator.ingest": "commands bench",
    "generator.publish": "commands",
    "generator.newsite": "commands",
    "generator.bench": "commands",
    "generator.mirror": "commands",
}
NEVER_IMPORTED = ("mkdocs", "material", "importlib.import_module", "__import__")
WITHOUT_SIBLINGS = ("ingest.layouts", "ingest.readers", "assess.checks")
PUBLISHERS = {"mkdocs", "mkdocs-material"}  # run as a program, never imported


@dataclass(frozen=True)
class Import:
    """``module`` (inside the package, dotted) imports ``target`` (dotted, as it resolves)."""

    module: str
    target: str
    line: int

    @property
    def inside(self) -> str:
        """The target inside the package, or an empty text."""
        return self.target.removeprefix("generator.") if self.target.startswith("generator.") else ""


def find_imports(package: Path) -> list[Import]:
    """Every import of every module, wherever it stands, ``importlib`` and ``__import__`` calls included."""
    return [found for path in sorted(package.rglob("*.py")) for found in _imports_of(path, package)]


def _imports_of(path: Path, package: Path) -> Iterator[Import]:
    parts = path.relative_to(package).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, parts)
            yield from (Import(module, _resolve(package, base, alias.name), node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in NEVER_IMPORTED:
            yield Import(module, ast.unparse(node.func), node.lineno)


def _base(node: ast.ImportFrom, parts: tuple[str, ...]) -> str:
    if not node.level:
        return node.module or ""
    folder = ("generator", *parts[: len(parts) - node.level])
    return ".".join((*folder, node.module) if node.module else folder)


def _resolve(package: Path, base: str, name: str) -> str:
    """``from generator.assess import rules`` names a module, ``from generator.assess import RULES`` its package."""
    if base.split(".", maxsplit=1)[0] != "generator":
        return f"{base}.{name}" if f"{base}.{name}" in NEVER_IMPORTED else base
    folder = package.joinpath(*base.split(".")[1:])
    return f"{base}.{name}" if (folder / name).is_dir() or (folder / f"{name}.py").is_file() else base


def find_violations(imports: list[Import]) -> list[str]:
    """Each import that breaks a rule, as ``module:line imports target: rule``."""
    broken = [
        f"{found.module}:{found.line} imports {found.target}: {rule}" for found in imports for rule in _broken(found)
    ]
    return broken + _cycles(imports)


def _broken(found: Import) -> Iterator[str]:
    top = found.module.split(".")[0]
    if found.target.startswith(NEVER_IMPORTED):
        yield "never imported"
    for target, only in ONLY_IMPORTED_BY.items():
        if _is_or_below(found.target, target) and top not in {*only.split(), target.removeprefix("generator.")}:
            yield f"only {only} may"
    if found.inside:
        yield from _broken_inside(found, top, found.inside.split(".")[0])


def _broken_inside(found: Import, top: str, below: str) -> Iterator[str]:
    if found.inside == "__main__":
        yield "nothing imports the command line"
    if top != "__init__" and {top, below} - LEVEL.keys():
        yield "give the module a layer in tests/test_architecture.py"
    elif top == "__init__" or (top != below and LEVEL[top] <= LEVEL[below]):
        yield "imports run downwards"
    for folder in WITHOUT_SIBLINGS:
        if found.module.startswith(f"{folder}.") and _is_or_below(found.inside, folder):
            yield f"a file of {folder} imports no sibling"


def _is_or_below(name: str, parent: str) -> bool:
    return name == parent or name.startswith(f"{parent}.")


def _cycles(imports: list[Import]) -> list[str]:
    graph: dict[str, set[str]] = {}
    for found in imports:
        if found.inside and not _is_or_below(found.module, found.inside):
            graph.setdefault(found.module, set()).add(found.inside)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"cycle: {' → '.join(reversed(error.args[1]))}"]
    return []


@pytest.fixture(scope="module")
def imports(repository: Path) -> list[Import]:
    """Those of the program."""
    return find_imports(repository / "generator")


def test_imports_keep_the_rules(imports: list[Import]) -> None:
    assert len(imports) > 200, "the finder finds next to nothing, so it proves nothing"
    assert find_violations(imports) == []


@pytest.mark.parametrize(
    ("path", "line", "rule"),
    [
        ("assess/rates.py", "from generator.ingest.blocks import Block", "only commands bench may"),
        ("ingest/rows.py", "from generator import assess", "imports run downwards"),
        ("ingest/rows.py", "from generator.assess.rates import assess_rate", "imports run downwards"),
        ("tables.py", "from generator.ingest import ingest_document", "only commands bench may"),
        ("tables.py", "from generator.bench import bench_ingest", "only commands may"),
        ("publish/build.py", "from generator.mirror import mirror_site", "only commands may"),
        ("bench/measure.py", "from generator.publish import build_site", "only commands may"),
        ("publish/build.py", "def f():\n    from generator import ingest", "only commands bench may"),
        ("registers.py", "from generator.tables import Row", "imports run downwards"),
        ("model/places.py", "from generator import errors", "imports run downwards"),
        ("errors.py", "from .text import fold", "imports run downwards"),
        ("charts/bars.py", "from generator.package import write", "imports run downwards"),
        ("pages/home.py", "from ..publish import build_site", "only commands may"),
        ("tables.py", "from generator.__main__ import main", "nothing imports the command line"),
        ("__init__.py", "from generator.model import Place", "imports run downwards"),
        ("utils.py", "from generator.model import Place", "give the module a layer"),
        ("tables.py", "from generator.utils import x", "give the module a layer"),
        ("ingest/layouts/table.py", "from generator.ingest.layouts.prose import read", "imports no sibling"),
        ("ingest/layouts/table.py", "from .prose import read", "imports no sibling"),
        ("ingest/layouts/table.py", "from generator.ingest import layouts", "imports no sibling"),
        ("ingest/readers/pdf.py", "from generator.ingest.readers import plain", "imports no sibling"),
        ("assess/checks/rate.py", "from generator.assess.checks import unit", "imports no sibling"),
        ("tables.py", "import yaml", "only yamlfile may"),
        ("lookups.py", "from yaml.nodes import Node", "only yamlfile may"),
        ("tables.py", "if True:\n    import frictionless.schema", "only package may"),
        ("pages/city.py", "import altair as alt", "only charts may"),
        ("pages/city.py", "def f():\n    import vl_convert", "only charts may"),
        ("store.py", "def f():\n    from fsspec.core import url_to_fs", "only elsewhere may"),
        ("publish/build.py", "from mkdocs.commands.build import build", "never imported"),
        ("publish/build.py", "import material", "never imported"),
        ("publish/build.py", "import importlib\nm = importlib.import_module('generator.ingest')", "never imported"),
        ("publish/build.py", "from importlib import import_module", "never imported"),
        ("publish/build.py", "m = __import__('mkdocs')", "never imported"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, path: str, line: str, rule: str) -> None:
    package = tmp_path / "generator"
    for name in ("ingest/layouts/prose.py", "ingest/readers/plain.py", "assess/checks/unit.py", "errors.py", "text.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("from __future__ import annotations\n", encoding="utf-8")
    (package / path).parent.mkdir(parents=True, exist_ok=True)
    assert find_violations(find_imports(package)) == []
    (package / path).write_text(line, encoding="utf-8")
    violations = find_violations(find_imports(package))
    assert any(rule in violation for violation in violations), violations


def test_a_planted_cycle_is_caught(tmp_path: Path) -> None:
    folder = tmp_path / "generator" / "assess"
    folder.mkdir(parents=True)
    (folder / "rates.py").write_text("from generator.assess.states import a", encoding="utf-8")
    (folder / "states.py").write_text("def f():\n    from generator.assess.rates import b", encoding="utf-8")
    (violation,) = find_violations(find_imports(tmp_path / "generator"))
    assert violation.startswith("cycle: assess.")


def test_dependencies_are_those_that_are_imported(repository: Path, imports: list[Import]) -> None:
    """What the package imports is declared; what is declared is imported, or is the publisher that it runs."""
    owners = packages_distributions()
    outside = {found.target.split(".")[0] for found in imports if not found.inside}
    imported = {
        _normal(name)
        for module in outside - set(sys.stdlib_module_names) - {"generator"}
        for name in owners.get(module, [module])
    }
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared, extra = (
        {_normal(re.split(r"[<>=!~\[; ]", text)[0]) for text in texts}
        for texts in (project["dependencies"], project["optional-dependencies"]["cluster"])
    )
    assert imported == (declared - PUBLISHERS) | extra
    assert declared >= PUBLISHERS


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
