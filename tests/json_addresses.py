"""What the description says of the JSON files of a site: which path each is of, and whether it keeps to its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

# Files that are no part of the API: read by our own scripts alone, or each described by a standard of its own (such as
# the JSON Schemas of the files below content/).
OTHERS = re.compile(r"assets/.*|search/.*|data/openapi\.json|data\.json|data/schemas/.*|.*croissant.*\.json")


class Description:
    """The description of a site's JSON addresses, ready to hold files against it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.paths = {path: _path_pattern(path) for path in data["paths"]}
        self.validators = {path: self._validator(path) for path in self.paths}
        self.parameters = {name: _validator(one["schema"]) for name, one in data["components"]["parameters"].items()}

    def _validator(self, path: str) -> Draft202012Validator:
        answer = self.data["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        return _validator({**answer, "components": self.data["components"]})

    def path_of(self, address: str) -> list[str]:
        """The paths of the description that an address (from the root of the site) is one of.

        Those without parameters go before those with, as in OpenAPI.
        """
        found = [path for path, pattern in self.paths.items() if self._fits(pattern, address)]
        return [path for path in found if "{" not in path] or found

    def _fits(self, pattern: re.Pattern[str], address: str) -> bool:
        match = pattern.fullmatch(address)
        values = match.groupdict() if match else {}
        read = {name: int(value) if value.isdecimal() else value for name, value in values.items()}
        return match is not None and all(self.parameters[name].is_valid(value) for name, value in read.items())

    def problems(self, address: str, record: Any) -> list[str]:
        """What is wrong with the file at an address: no path or two, or a record that is otherwise than described."""
        paths = self.path_of(address)
        if len(paths) != 1:
            return [f"{address}: {len(paths)} paths"]
        errors = self.validators[paths[0]].iter_errors(record)
        return [f"{address}: {error.json_path}: {error.message[:200]}" for error in errors]


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _path_pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", path.lstrip("/"))
    return re.compile(
        "".join(f"(?P<{piece}>[^/]+)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces))
    )


def load_description(site: Path) -> Description:
    """The description that a built site publishes."""
    return Description(json.loads((site / "data" / "openapi.json").read_text(encoding="utf-8")))


def site_problems(site: Path) -> Iterator[str]:
    """What is wrong with any JSON file of a built site."""
    description = load_description(site)
    for path in sorted(site.rglob("*.json")):
        address = path.relative_to(site).as_posix()
        if not OTHERS.fullmatch(address):
            yield from description.problems(address, json.loads(path.read_text(encoding="utf-8")))


def hrefs(record: Any) -> Iterator[str]:
    """Every reference in a record of the API: ``href``, ``moved_to`` and what stands under ``links``."""
    if isinstance(record, list):
        for one in record:
            yield from hrefs(one)
    elif isinstance(record, dict):
        for name, value in record.items():
            if name in {"href", "moved_to"} and value is not None:
                yield value
            elif name == "links":
                for one in value.values():
                    yield from one if isinstance(one, list) else [one] if one else []
            else:
                yield from hrefs(value)
