"""Small projects to be disturbed: as they were before, as they are to become, and how to tell one from the other."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from generator.registers import write_registers
from tests.build_examples import PLACES, change, make_project, register_of
from tests.chaos.runs import Command, Ran, check_said
from tests.chaos.trees import KEPT, REGISTERS, Tree, find_left, list_names, read_tree, read_trees, tell_difference
from tests.golden import FIXTURES, fixture_content

YEAR = 2024
JOBS = ("--jobs", "2")
_SIDECARS = ("changyuan-2023*", "ganchuan-2024*", "jinlan-2023*", "yunxi-2012*", "yunxi-2023*")
"""Pages and texts, three documents of one register, two registers of one document."""


@dataclass(frozen=True)
class Ground:
    """A project after a run (``before``), and with the content that it has now (``after``, which nothing was made of).

    ``seconds`` is what the next run takes; ``old`` and ``new`` are the trees of what is kept, ``names`` all that stands
    there after an undisturbed run.
    """

    arguments: tuple[str, ...]
    before: Path
    after: Path
    seconds: float = 0
    old: dict[str, Tree] = field(default_factory=dict)
    new: dict[str, Tree] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def lay(self, folder: Path, *, begun: bool = True) -> Command:
        """A copy of the project, its content as it is now, and the run on it; ``begun``: there was a run before."""
        root = folder / "project"
        if begun:
            shutil.copytree(self.before, root)
        shutil.rmtree(root / "content", ignore_errors=True)
        shutil.copytree(self.after / "content", root / "content")
        shutil.copy(self.after / "mkdocs.yml", root)
        shutil.rmtree(root / "content" / "registers")
        source = self.after if self.arguments[0] == "build" else self.before
        if begun or self.arguments[0] == "build":
            shutil.copytree(source / "content" / "registers", root / "content" / "registers")
        return Command(self.arguments, root)

    @property
    def kept(self) -> tuple[str, ...]:
        """What must be whole: a reading touches registers alone."""
        return (REGISTERS,) if self.arguments[0] == "ingest" else KEPT

    def state_of(self, root: Path, *, begun: bool = True) -> tuple[dict[str, str], list[str]]:
        """Of all that is kept whether it is old or new, and what is neither."""
        states, faults = dict[str, str](), list[str]()
        for name in self.kept:
            found = read_tree(root / name)
            if self.arguments[0] == "ingest":
                found = {path: digest for path, digest in found.items() if not Path(path).name.startswith(".")}
                states[name], wrong = self._registers(found, begun=begun)
            else:
                old = self.old[name] if begun or name == REGISTERS else {}
                states[name] = "new" if found == self.new[name] else "old" if found == old else "neither"
                wrong = [tell_difference(found, self.new[name])] if states[name] == "neither" else []
            faults += [f"{name}: {one}" for one in wrong]
        return states, faults

    def _registers(self, found: Tree, *, begun: bool) -> tuple[str, list[str]]:
        """Registers take their places document by document: each is old or new, those of one document alike."""
        old, new = self.old[REGISTERS] if begun else {}, self.new[REGISTERS]
        wrong = [path for path, digest in found.items() if digest not in {old.get(path), new.get(path)}]
        wrong += [path for path in old if path not in found]
        changed = [path for path in new if old.get(path) != new[path]]
        here = [path for path in changed if found.get(path) == new[path]]
        state = "new" if len(here) == len(changed) else f"{len(here)} of {len(changed)} new" if here else "old"
        return state, [f"{path} is neither" for path in wrong]

    def check_next(self, command: Command) -> list[str]:
        """What does not hold of the run after a fault: it succeeds in silence, and leaves what it always leaves."""
        ran = Command(self.arguments, command.root).run()
        return [f"next run: {one}" for one in self.check_done(ran, command.root)]

    def check_done(self, ran: Ran, root: Path) -> list[str]:
        """What does not hold of a run that nothing disturbed."""
        faults = check_said(ran, [0])
        faults += [f"said: {line}" for line in ran.complained.splitlines()]
        for name, found in read_trees(root).items():
            if found != self.new[name]:
                faults.append(f"{name}: {tell_difference(found, self.new[name])}")
        if left := sorted(list_names(root) ^ self.names):
            faults.append(f"left or gone: {', '.join(left[:5])}")
        if self_left := find_left(root.with_name("tmp")):
            faults.append(f"left in the temporary folder: {', '.join(self_left[:5])}")
        return faults


def make_build_ground(folder: Path) -> Ground:
    """Two cities with a year each, of which one was corrected and a page rewritten since the last build."""
    before, after = (make_project(folder / name).root for name in ("before/project", "after/project"))
    for root in (before, after):
        shutil.rmtree(root / "content" / "registers")
        write_registers(root / "content", [register_of(place, YEAR) for place in PLACES])
    change(after / "content" / "registers" / PLACES[0].slug / str(YEAR) / "livelihood.yml", "227", "228")
    about = after / "content" / "pages" / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n228\n", encoding="utf-8")
    return _measured(Ground(("build", *JOBS), before, after))


def make_ingest_ground(folder: Path) -> Ground:
    """A few documents, of which each says another issuer since it was read."""
    before, after = folder / "before" / "project", folder / "after" / "project"
    for root in (before, after):
        content = fixture_content(root)
        wanted = {path for pattern in _SIDECARS for path in (content / "documents").glob(pattern)}
        for path in {*(content / "documents").iterdir()} - wanted:
            path.unlink()
        (root / "mkdocs.yml").touch()
        (content / "registers").mkdir()
    for path in (after / "content" / "documents").glob("*.yml"):
        path.write_text(re.sub(r"(?m)^(issuer: .*)", r"\1办公厅", path.read_text(encoding="utf-8")), encoding="utf-8")
    arguments = ("ingest", "--documents", str(FIXTURES / "documents"), *JOBS)
    return _measured(Ground(arguments, before, after))


def _measured(ground: Ground) -> Ground:
    """The ground with both of its states made, and how long it took."""
    _require(Command(ground.arguments, ground.before).run())
    old = read_trees(ground.before)
    command = ground.lay(ground.before.parent.with_name("measured"))
    started = time.monotonic()
    _require(command.run())
    seconds = time.monotonic() - started
    new, names = read_trees(command.root), frozenset(list_names(command.root))
    return Ground(ground.arguments, ground.before, ground.after, seconds, old, new, names)


def _require(ran: Ran) -> None:
    if faults := check_said(ran, [0]):
        raise AssertionError("; ".join(faults))


def tell_states(states: dict[str, str]) -> str:
    """The states of what a run replaces, in a word where they are all alike."""
    shown = {name: state for name, state in states.items() if name != REGISTERS} if "site" in states else states
    different = set(shown.values())
    return different.pop() if len(different) == 1 else ", ".join(f"{name} {state}" for name, state in shown.items())
