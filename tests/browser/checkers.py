"""The checkers that are no Python packages: axe-core, the validator vnu with its Java, and lychee."""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
VNU = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"


def require_axe() -> str:
    """The script of axe-core."""
    _require(AXE.is_file(), "axe-core is not installed: run `make checkers`")
    return AXE.read_text(encoding="utf-8")


def require_vnu() -> list[str]:
    """The command that validates HTML."""
    java = shutil.which("java")
    _require(VNU.is_file(), "vnu is not installed: run `make checkers`")
    _require(java is not None, "no Java, which vnu needs: install default-jre-headless (.ci/run does)")
    return [str(java), "-Xss4m", "-jar", str(VNU)]


def require_lychee() -> str:
    """The command that checks links: of the environment that runs the tests, else of this machine."""
    found = shutil.which("lychee", path=sysconfig.get_path("scripts")) or shutil.which("lychee")
    _require(found is not None, "lychee is not installed: run `make test`, which installs what requirements.lock names")
    return str(found)


def _require(there: bool, complaint: str) -> None:
    """Leave the test out and say why; where CI runs it, fail."""
    if not there:
        complain = pytest.fail if os.environ.get("CI") else pytest.skip
        complain(complaint)
