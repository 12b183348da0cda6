"""Hand-written pages of ``content/pages`` with the parts that are generated into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, Problem

_MARK = re.compile(r"^<!-- duixian: (\S+) -->$", re.MULTILINE)


def render_plain(path: Path, parts: Mapping[str, str]) -> str:
    """A hand-written page with each mark ``<!-- duixian: NAME -->`` replaced by the part of that name.

    Raises ContentError when a mark names no part, and when a part has no mark: it would vanish in silence.
    """
    text = yamlfile.read_text(path)
    marks = [(match.group(1), text.count("\n", 0, match.start()) + 1) for match in _MARK.finditer(text)]
    problems = [
        Problem(path, line, "page-mark", f"no part called {name!r}", f"one of {', '.join(parts)}", "correct the mark")
        for name, line in marks
        if name not in parts
    ]
    problems += [
        Problem(path, 0, "page-mark", f"no mark for {name!r}", f"a line <!-- duixian: {name} -->", "put it back")
        for name in parts
        if name not in {mark for mark, _ in marks}
    ]
    if problems:
        raise ContentError(*problems)
    return _MARK.sub(lambda match: parts[match.group(1)], text)
