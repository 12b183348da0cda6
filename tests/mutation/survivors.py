"""The mutants that no test can notice, each with the reason: ``survivors.yml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

EXPLAINED = Path(__file__).with_name("survivors.yml")

Name = tuple[str, str, str]


@dataclass(frozen=True)
class Explanation:
    """Why mutants of one place in a module change nothing that anybody could see."""

    module: str
    where: str
    changes: tuple[str, ...]
    why: str

    @property
    def names(self) -> list[Name]:
        """The mutants that it explains."""
        return [(self.module, self.where, change) for change in self.changes]


def load_explanations(path: Path = EXPLAINED) -> dict[Name, Explanation]:
    """Mutant → its explanation. Raises ValueError for a mutant that is explained twice, or without a reason."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    found = [Explanation(one["module"], one["where"], tuple(one["changes"]), one["why"].strip()) for one in entries]
    counted = Counter(name for one in found for name in one.names)
    wrong = [f"{' | '.join(name)}: explained {count} times" for name, count in counted.items() if count > 1]
    wrong += [f"{one.module} | {one.where}: no reason" for one in found if not one.why]
    if wrong:
        raise ValueError("\n".join(wrong))
    return {name: one for one in found for name in one.names}


def find_faults(survived: Iterable[Name], tried: Iterable[Name], explained: Iterable[Name]) -> list[str]:
    """Survivors without an explanation, and explanations of what was killed or is no mutant any more."""
    living, known, told = set(survived), set(tried), set(explained)
    modules = {module for module, _, _ in known}
    faults = [f"survived: {' | '.join(name)}" for name in sorted(living - told)]
    faults += [f"explained, but killed: {' | '.join(name)}" for name in sorted((told & known) - living)]
    gone = (name for name in told - known if name[0] in modules)
    return faults + [f"explained, but no mutant: {' | '.join(name)}" for name in sorted(gone)]
