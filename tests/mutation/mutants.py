"""Mutants: every change of a module, with a name that stays when lines are added elsewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from tests.mutation.operators import Change, Changes


@dataclass(frozen=True)
class Function:
    """A function as its code names it: the qualified name and the first line, decorators included."""

    name: str
    line: int


@dataclass(frozen=True)
class Mutant:
    """A module with one change. ``where`` is the function, the class or the name that it is in, ``what`` the change.

    ``function`` is None where the change is in no function. ``statement`` then numbers the assignment of the module
    that it is in; without one, the change shows only when the module is imported.
    """

    module: str
    where: str
    what: str
    change: Change
    function: Function | None
    statement: int | None

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells it from every other."""
        return self.module, self.where, self.what

    def compile(self, repository: Path) -> CodeType:
        """The code of the module with the change."""
        return compile(self._tree(repository), str(repository / self.module), "exec", dont_inherit=True)

    def assignments(self, repository: Path) -> tuple[CodeType, frozenset[str]]:
        """The assignment with the change, those behind it that depend on it, and the names that all of them give."""
        assert self.statement is not None
        body: list[ast.stmt] = []
        names: set[str] = set()
        for one in self._tree(repository).body[self.statement :]:
            if not isinstance(one, ast.Assign | ast.AnnAssign):
                continue
            used = {name.id for name in ast.walk(one) if isinstance(name, ast.Name)}
            if not body or used & names:
                body.append(one)
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        code = compile(ast.Module(body, []), str(repository / self.module), "exec", dont_inherit=True)
        return code, frozenset(names)

    def _tree(self, repository: Path) -> ast.Module:
        return self.change.apply(ast.parse((repository / self.module).read_text(encoding="utf-8")))


def module_name(path: str) -> str:
    """The dotted name of a module, of its path in the repository."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def find_mutants(repository: Path, module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    changes = Changes((repository / module).read_text(encoding="utf-8"))
    seen: Counter[tuple[str, str]] = Counter()
    for change in sorted(changes, key=lambda one: one.lines):
        path = changes.path(change)
        where, function = _place(path, change)
        what = re.sub(r"\s+", " ", change.what)
        seen[where, what] += 1
        if seen[where, what] > 1:
            what = f"{what} ({seen[where, what]})"
        yield Mutant(module, where, what, change, function, None if function else _statement(changes.tree, path))


def _place(path: list[ast.AST], change: Change) -> tuple[str, Function | None]:
    """Where a change is: in which class and function, or in what is assigned."""
    names: list[str] = []
    function: Function | None = None
    below: ast.AST | None = None
    assigned = ""
    for node in path:
        match node:
            case ast.FunctionDef():
                names.insert(0, node.name)
                # what is not in its body is computed when it is defined
                inside = below in node.body if below is not None else change.field == "body"
                line = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                function = Function(node.name, line) if inside else None
            case ast.ClassDef():
                names.insert(0, node.name)
                if function is not None:
                    function = Function(f"{node.name}.{function.name}", function.line)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                assigned = name
        below = node
    return ".".join(names) or assigned, function


def _statement(tree: ast.Module, path: list[ast.AST]) -> int | None:
    """Which statement of the module a change is in, where that is an assignment."""
    top = path[-2] if len(path) > 1 else None
    return next(
        (number for number, one in enumerate(tree.body) if one is top and isinstance(one, ast.Assign | ast.AnnAssign)),
        None,
    )
