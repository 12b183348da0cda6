"""One run: plan, announce, send, verify, remove, and only then say that it is complete."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.mirror.destination import Destination, refusal
from generator.mirror.manifest import MANIFEST, Manifest, parse_manifest, render_manifest
from generator.mirror.plan import Plan, make_plan
from generator.scratch import scratch_folder, sweep_scratch

_CANONICAL = re.compile(r'<link rel="?canonical"? href="?([^" >]+)')


def mirror_site(site: Path, there: Destination, *, dry_run: bool = False) -> Plan:
    """Make ``there`` hold what a built site holds, as ``mirror_folder`` does. Raises BuildError when there is none."""
    if not (site / "index.html").is_file():
        raise BuildError(Problem(site, 0, "site-missing", "no index.html", "expected a built site", "run `make site`"))
    return mirror_folder(site, there, dry_run=dry_run)


def mirror_folder(folder: Path, there: Destination, *, dry_run: bool = False) -> Plan:
    """Make ``there`` hold what ``folder`` holds, and return what was done; with ``dry_run``, what would be done.

    A run that was interrupted is resumed by the next one; a second run waits for the first, or is told apart from it
    at the end. Raises BuildError when something there is not ours, when what arrived is not what was sent, and when
    another run has been at work there.
    """
    sweep_scratch()
    files = digest_files(folder)
    if dry_run:
        return make_plan(folder, files, read_manifest(there), there)
    with there.held():
        return _mirror(folder, files, there)


def _mirror(site: Path, files: Mapping[str, str], there: Destination) -> Plan:
    manifest = read_manifest(there)
    plan = make_plan(site, files, manifest, there)
    if manifest == Manifest(files) and not plan.sent and not plan.left:
        return plan
    before = {name: digest for name, digest in (manifest or Manifest()).owned.items() if name not in files}
    begun = Manifest(files, before, complete=False)
    _write_manifest(there, begun)
    for names in plan.sent:
        there.send(site, names)
    _require_alone(begun, there)
    _require_same(site, plan, there)
    there.remove([*plan.removed, *plan.left])
    _write_manifest(there, Manifest(files))
    return plan


def digest_files(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_address(site: Path) -> str:
    """The address that a site was built for, as its first page says; empty where it says none."""
    found = _CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    return unescape(found[1]) if found else ""


def read_manifest(there: Destination) -> Manifest | None:
    """What the last run says that it published; None where there was none."""
    text = there.read_file(MANIFEST)
    return None if text is None else parse_manifest(text, there.label)


def _write_manifest(there: Destination, manifest: Manifest) -> None:
    with scratch_folder("manifest") as root:
        (root / MANIFEST).write_text(render_manifest(manifest), encoding="utf-8", newline="\n")
        there.send(root, [MANIFEST])


def _require_alone(begun: Manifest, there: Destination) -> None:
    """Raise BuildError where another run wrote the manifest since: the next one is told of the files of both."""
    found = read_manifest(there)
    if found == begun:
        return
    others = (found or Manifest()).owned
    before = {name: digest for name, digest in {**begun.before, **others}.items() if name not in begun.files}
    _write_manifest(there, Manifest(begun.files, before, complete=False))
    said, remedy = "another run published there at the same time", "publish again when it has ended"
    raise refusal(there.label, "publish-twice", said, "expected to be alone", remedy)


def _require_same(site: Path, plan: Plan, there: Destination) -> None:
    wrong = sorted(there.different(site, [name for names in plan.sent for name in names]))
    if wrong:
        found = f"{len(wrong)} files are otherwise there than they were sent, such as {wrong[0]}"
        remedy = "look at the disk and at who else writes there, and publish again"
        raise refusal(there.label, "publish-differs", found, "expected the bytes of the site", remedy)
