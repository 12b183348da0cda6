"""What was published, as it is kept beside it: so that the next run knows what is its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.elsewhere import is_below
from generator.mirror.destination import refusal

MANIFEST = ".duixian-manifest.json"
"""The name of the manifest in the place that was published to."""

_FORMAT = "duixian-manifest"
_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Manifest:
    """Name → SHA-256 of the files that were published, and of those from before that may still be there.

    ``complete`` is false from the first change of a run to its last: an interrupted run is resumed from there.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True

    @property
    def owned(self) -> dict[str, str]:
        """Every file that may be ours, with what was published last under its name."""
        return {**self.before, **self.files}


def render_manifest(manifest: Manifest) -> str:
    """The manifest as JSON, sorted."""
    data: dict[str, Any] = {"format": _FORMAT, "version": _VERSION, "complete": manifest.complete}
    data["files"] = dict(sorted(manifest.files.items()))
    if manifest.before:
        data["before"] = dict(sorted(manifest.before.items()))
    return json.dumps(data, indent=1) + "\n"


def parse_manifest(text: bytes, label: str) -> Manifest:
    """The manifest that stands in a place. Raises BuildError when it is none: what is ours there is not known."""
    try:
        data = json.loads(text)
        known = data["format"] == _FORMAT and data["version"] == _VERSION and isinstance(data["complete"], bool)
        groups = data["files"], data.get("before", {})
        if not known or not all(_is_group(group) for group in groups):
            raise ValueError("not a manifest of this version")
    except (ValueError, KeyError, TypeError) as error:
        found = f"{MANIFEST} cannot be read ({error})"
        expected = f"expected a manifest of version {_VERSION}, as the last run wrote it"
        raise refusal(label, "publish-manifest", found, expected, "publish to an empty folder instead") from None
    return Manifest(groups[0], groups[1], data["complete"])


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and all(
        is_below(name) and isinstance(digest, str) and _DIGEST.match(digest) for name, digest in value.items()
    )
