"""The Jinja environments, for pages and for stamped ones: autoescape always on, undefined names refused."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.ext import Extension
from markupsafe import Markup, escape

from generator.defaults import THEME

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

_LINE_BREAK = re.compile(r"\s*\n\s*")
_SPECIAL = re.compile("[&<>\"']")
_BARE = re.compile(r"[\w.:#/-]*[\w.:#-]", re.ASCII)


class _Environment(Environment):
    """Rows are dicts: their keys are looked up first, which takes a quarter of the time. Escaping takes half of it."""

    def _generate(self, *args: Any, **kwargs: Any) -> str:
        """The hook of Jinja for other code. Where it changes, templates escape as Jinja does, only slower."""
        made = super()._generate(*args, **kwargs)
        return made.replace("\nname = ", f"\nfrom {__name__} import escape_value as escape\nname = ")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of a key, else what Jinja finds."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


def escape_value(value: object) -> str:
    """What ``markupsafe.escape`` makes of a value, as a plain string: markup stays, anything else is escaped."""
    if type(value) is str and not _SPECIAL.search(value):
        return value
    return str(value) if type(value) is Markup else str(escape(value))


class _OneLine(Extension):
    """Line breaks of a template are for those who read it: they do not stand in the pages, nor what indents lines."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template as one line."""
        return _LINE_BREAK.sub("", source)


def _make_environment(*extensions: type[Extension]) -> Environment:
    # Templates do not change while we run: to look whether they have takes as long as to fill in a small one.
    made = _Environment(
        loader=FileSystemLoader([TEMPLATES, THEME / "partials"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=extensions,
    )
    made.filters["attr"] = render_attribute
    made.filters["heading"] = render_heading
    made.filters["front_matter"] = render_front_matter
    return made


@cache
def environment() -> Environment:
    """The environment over ``generator/templates``."""
    return _make_environment()


@cache
def _short_template(name: str) -> Template:
    template = _make_environment(_OneLine).get_template(name)
    template.globals = {**template.globals}  # a chain of dicts, which is copied name by name whenever it is rendered
    return template


def render(template: str, **values: Any) -> str:
    """A template filled in. Every string value is escaped, unless it is markup that we made."""
    return environment().get_template(template).render(**values)


def render_short(template: str, **values: Any) -> str:
    """The same without the line breaks and indents of the template, for pages of which there are very many."""
    return _short_template(template).render(values)


@lru_cache(maxsize=1 << 14)
def render_attribute(text: str) -> Markup:
    """Text as the value of an attribute: without quotes where HTML needs none, else escaped and in quotes."""
    return Markup(text if _BARE.fullmatch(text) else f'"{escape(text)}"')


def render_heading(text: object) -> Markup:
    """Text for a Markdown heading: whatever Markdown or HTML would interpret becomes a character reference."""
    return Markup("".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in str(text)))


def render_front_matter(text: object) -> Markup:
    """Text for a value of the front matter, which the theme prints as it is: escaped for HTML, then quoted for YAML."""
    return Markup(json.dumps(str(escape(text)), ensure_ascii=False))
