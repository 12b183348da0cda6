"""The one Jinja environment: autoescape always on, undefined names refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class RowEnvironment(Environment):
    """An environment that looks for ``row.name`` among the fields of a row first.

    Jinja asks for an attribute first, and raises and catches an error for each field of a row: pages are made of rows.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a row, else what Jinja finds."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment() -> Environment:
    """The environment over ``generator/templates``."""
    made = RowEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["heading"] = render_heading
    made.filters["front_matter"] = render_front_matter
    return made


def render(template: str, **values: Any) -> str:
    """A template filled in. Every string value is escaped, unless it is markup that we made."""
    return environment().get_template(template).render(**values)


def render_heading(text: object) -> Markup:
    """Text for a Markdown heading: whatever Markdown or HTML would interpret becomes a character reference."""
    return Markup("".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in str(text)))


def render_front_matter(text: object) -> Markup:
    """Text for a value of the front matter, which the theme prints as it is: escaped for HTML, then quoted for YAML."""
    return Markup(json.dumps(str(escape(text)), ensure_ascii=False))
