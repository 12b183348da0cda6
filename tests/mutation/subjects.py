"""What is mutated, and by which tests it is tried."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Subject:
    """Modules (patterns under the repository) and the tests that state their rules."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def find_modules(self, repository: Path) -> list[str]:
        """The modules, sorted."""
        return _find(repository, self.modules)

    def find_tests(self, repository: Path) -> list[str]:
        """The files of the tests, sorted."""
        return _find(repository, self.tests)


def _find(repository: Path, patterns: tuple[str, ...]) -> list[str]:
    found = {path for pattern in patterns for path in repository.glob(pattern)}
    return sorted(str(path.relative_to(repository)) for path in found)


SUBJECTS = (
    Subject(
        "quantities",
        ("generator/quantities/*.py",),
        ("tests/test_quantities*.py", "tests/test_units.py", "tests/test_reading_any.py"),
    ),
    Subject(
        "assessment",
        ("generator/assess/*.py", "generator/assess/checks/*.py"),
        (
            "tests/test_assess_*.py",
            "tests/test_measures_shared.py",
            "tests/test_themes.py",
            "tests/test_totals.py",
            "tests/test_department_slugs.py",
        ),
    ),
    Subject(
        "stamping",
        (
            "generator/stamp.py",
            "generator/publish/stamped.py",
            "generator/pages/environment.py",
            "generator/pages/commitment.py",
            "generator/pages/commitment_page.py",
        ),
        ("tests/test_stamp.py", "tests/test_stamped.py", "tests/test_pages*.py", "tests/test_list_fields.py"),
    ),
)
