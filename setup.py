"""What pyproject.toml cannot say: a wheel carries what every project needs and stands outside the package.

They are written once, where the repository uses them; ``generator/defaults.py`` finds them in both places.
"""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DEFAULTS = (
    *("content/lookups/*.yml", "content/schemas/*.yml", "content/pages/*.md", "content/publication.yml"),
    *(".github/workflows/publish.yml", ".github/ISSUE_TEMPLATE/*.yml", ".github/dependabot.yml"),
    *("mkdocs.yml", "requirements.lock"),
)


class BuildWithDefaults(build_py):
    """Copies the defaults into ``generator/shipped`` of what is built; an editable install uses the repository's."""

    def run(self) -> None:
        """Build the package, then put the defaults into it."""
        super().run()
        if self.editable_mode:
            return
        root = Path(__file__).resolve().parent
        for pattern in DEFAULTS:
            for path in sorted(root.glob(pattern)):
                target = Path(self.build_lib) / "generator" / "shipped" / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                self.copy_file(str(path), str(target))


setup(cmdclass={"build_py": BuildWithDefaults})
