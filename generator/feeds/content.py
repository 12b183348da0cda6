"""What an entry says: why, and what changed, old and new; as HTML and as plain text.

Long texts and long lists are shortened, and lead to the page or the record that has the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.feeds.entries import Entry
from generator.model import DataChange
from generator.pages.changes import KINDS, LONGEST, Changed, Row, change_to_row
from generator.schemas import TableSchema

_MOST_NAMED = 20
_MOST_CHANGES = 8


def entry_to_html(entry: Entry, site_url: str, schemas: Sequence[TableSchema]) -> str:
    """The content of an entry as HTML, every text in it escaped, its links absolute."""
    release = entry.release
    parts = [
        Markup("<p>{}</p>").format(release.reason.zh),
        Markup('<p lang="en">{}</p>').format(release.reason.en),
        Markup("<p>{}</p>").format(_compared(entry)),
        *(_changed_html(one, site_url, schemas) for one in entry.changed[:_MOST_NAMED]),
    ]
    if entry.others:
        rows = [change_to_row(one, schemas) for one in entry.others]
        parts.append(Markup("<p>文件等其他变动 Documents and the rest</p>") + _list_html(rows))
    rest = len(entry.changed) - _MOST_NAMED
    if rest > 0:
        parts.append(Markup("<p>……另 {} 项 {} more</p>").format(rest, rest))
    parts.append(Markup('<p><a href="{}">全部变动 All changes</a></p>').format(site_url + entry.address))
    return "\n".join(parts)


def _compared(entry: Entry) -> str:
    release = entry.release
    rules = f"规则版本 Rules {' → '.join(release.rules)}。" if release.rules else ""
    return f"与 {release.since.isoformat()} 的数据相比 Compared with the data of {release.since.isoformat()}。{rules}"


def _changed_html(one: Changed, site_url: str, schemas: Sequence[TableSchema]) -> Markup:
    title = (
        Markup('<a href="{}">{}</a>').format(site_url + one.href, one.title)
        if one.href
        else Markup("<b>{}</b>").format(one.title)
    )
    rows = [change_to_row(change, schemas) for change in one.changes[:_MOST_CHANGES]]
    rest = len(one.changes) - len(rows)
    whole = _whole_html(one, site_url) if rest or any(_is_cut(change) for change in one.changes) else Markup("")
    more = Markup("<li>……另 {} 处 {} more</li>").format(rest, rest) if rest else Markup("")
    return Markup("<p>{}{}</p>").format(title, _kind(one)) + _list_html(rows, more) + whole


def _kind(one: Changed) -> str:
    return "" if one.kind == "changed" else f"（{KINDS[one.kind].zh} {KINDS[one.kind].en}）"


def _whole_html(one: Changed, site_url: str) -> Markup:
    """Where every change stands in full: the record of the commitment."""
    if not one.href:
        return Markup("")
    address = f"{site_url}{one.href.removesuffix('.html')}.json"
    return Markup('<p><a href="{}">全文 In full (JSON)</a></p>').format(address)


def _list_html(rows: Sequence[Row], more: Markup | str = "") -> Markup:
    lines = Markup("").join(Markup("<li>{}：{}</li>").format(_where(row), _values_html(row)) for row in rows)
    return Markup("<ul>{}{}</ul>").format(lines, more)


def _values_html(row: Row) -> Markup:
    old = Markup("<del>{}</del>").format(row["old"] or "（空）")
    new = Markup("<ins>{}</ins>").format(row["new"] or "（空）")
    if row["column"]:
        return old + " → " + new
    return new if row["new"] else old


def _where(row: Row) -> str:
    """Table, which row of the commitment, and column, in both languages."""
    table, column = row["table"], row["column"]
    record = f" {row['record']}" if row["record"] else ""
    return f"{table.zh} {table.en}{record}" + (f" · {column.zh} {column.en}" if column else "")


def entry_to_text(entry: Entry, schemas: Sequence[TableSchema]) -> str:
    """The same as plain text."""
    release = entry.release
    lines = [release.reason.zh, release.reason.en, _compared(entry)]
    for one in entry.changed[:_MOST_NAMED]:
        rows = [change_to_row(change, schemas) for change in one.changes[:_MOST_CHANGES]]
        lines += ["", f"{one.title}{_kind(one)}", *map(_line, rows)]
        lines += [f"- ……另 {len(one.changes) - len(rows)} 处"] if len(one.changes) > len(rows) else []
    if entry.others:
        lines += ["", "文件等其他变动", *(_line(change_to_row(one, schemas)) for one in entry.others)]
    if len(entry.changed) > _MOST_NAMED:
        lines += ["", f"……另 {len(entry.changed) - _MOST_NAMED} 项"]
    return "\n".join(lines)


def _line(row: Row) -> str:
    old, new = row["old"] or "（空）", row["new"] or "（空）"
    values = f"{old} → {new}" if row["column"] else f"+ {new}" if row["new"] else f"− {old}"
    return f"- {_where(row)}：{values}"


def _is_cut(change: DataChange) -> bool:
    return max(len(change.old), len(change.new)) > LONGEST
