"""The shell is cut once; what is filled in is never searched for slots, and no slot is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import stamp
from generator.errors import BuildError

HEAD = (
    '<link rel="canonical" href="https://example.org/sub/shell/commitment/">\n'
    '<meta property="og:site_name" content="兑现">\n'
)
DEPARTMENT_HEAD = HEAD.replace("shell/commitment/", "shell/department/page/")
DEPARTMENT_BODY = "".join(f"<i>dx-slot-{name}</i>\n" for name in sorted(stamp.DEPARTMENT.slots - {"canonical"}))
BODY = "".join(f"<i>dx-slot-{name}</i>\n      " for name in sorted(stamp.COMMITMENT.slots - {"canonical"}))


def write_shell(folder: Path, html: str) -> Path:
    path = folder / "index.html"
    path.write_text(html, encoding="utf-8")
    return path


def read_shell(path: Path, kind: stamp.ShellKind = stamp.COMMITMENT) -> stamp.Shell:
    return stamp.parse_shell(path.read_text(encoding="utf-8"), path, kind)


def test_every_slot_is_filled_once_and_nothing_is_searched_again(tmp_path: Path) -> None:
    shell = read_shell(write_shell(tmp_path, HEAD + BODY))
    values = {name: f"[dx-slot-title {name}]" for name in stamp.COMMITMENT.slots}
    page = shell.fill(values)
    assert (shell.site_url, shell.site_name) == ("https://example.org/sub/", "兑现")
    assert all(page.count(value) == 1 for value in values.values())
    assert page.count("dx-slot-") == len(stamp.COMMITMENT.slots)
    assert "shell/commitment" not in page


def test_every_kind_has_slots_of_its_own(tmp_path: Path) -> None:
    path = write_shell(tmp_path, DEPARTMENT_HEAD + DEPARTMENT_BODY)
    page = read_shell(path, stamp.DEPARTMENT).fill({name: f"[{name}]" for name in stamp.DEPARTMENT.slots})
    assert all(page.count(f"[{name}]") == 1 for name in stamp.DEPARTMENT.slots)
    with pytest.raises(BuildError, match=r"shell_commitment\.md"):
        read_shell(path)
    with pytest.raises(BuildError, match=r"toc.*shell_department\.md"):
        read_shell(write_shell(tmp_path, DEPARTMENT_HEAD + BODY), stamp.DEPARTMENT)


def test_a_shell_lies_as_deep_as_its_pages() -> None:
    assert stamp.COMMITMENT.page.count("/") == "city/2024/livelihood-001.html".count("/")
    assert stamp.DEPARTMENT.page.count("/") == "city/departments/bureau/index.html".count("/")
    assert all(kind.page.startswith(f"{stamp.SHELLS}/") for kind in stamp.KINDS)


def test_what_scripts_make_is_left_out_and_a_value_with_a_slot_keeps_its_quotes(tmp_path: Path) -> None:
    frame = (
        '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">\n'
        '<label class="md-overlay" for="__drawer"></label>\n<div data-md-component="announce">\n  </div>'
        '<div class="md-dialog" data-md-component="dialog">\n<div class="md-dialog__inner md-typeset"></div>\n</div>'
        '<p id="kept"><a href="dx-slot-json" class="kept">a</a></p>'
    )
    shell = read_shell(write_shell(tmp_path, HEAD + BODY.replace("<i>dx-slot-json</i>", "") + frame))
    page = shell.fill(dict.fromkeys(stamp.COMMITMENT.slots, "x y"))
    assert page.endswith('<p id=kept><a href="x y" class=kept>a</a></p>')
    assert "md-" not in page


def test_indentation_goes(tmp_path: Path) -> None:
    shell = read_shell(write_shell(tmp_path, HEAD + BODY))
    assert "\n " not in shell.fill(dict.fromkeys(stamp.COMMITMENT.slots, ""))


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (HEAD + BODY.replace("dx-slot-body", ""), "body"),
        (HEAD + BODY + "dx-slot-unheard_of", "unheard_of"),
        (HEAD.replace("canonical", "other") + BODY, "canonical"),
        (BODY, "site_name"),
    ],
)
def test_a_shell_that_is_not_whole_is_refused(tmp_path: Path, html: str, named: str) -> None:
    with pytest.raises(BuildError, match=named):
        read_shell(write_shell(tmp_path, html))


def test_where_errors_are_reported_may_have_any_of_its_slots(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    for slots in ((), ("report_title",), tuple(sorted(stamp.COMMITMENT.more))):
        path.write_text(HEAD + BODY + "".join(f"<b>dx-slot-{name}</b>" for name in slots), encoding="utf-8")
        page = read_shell(path).fill({name: f"[{name}]" for name in stamp.COMMITMENT.slots | stamp.COMMITMENT.more})
        assert [name for name in sorted(stamp.COMMITMENT.more) if f"<b>[{name}]</b>" in page] == list(slots)


def test_slots_escape_what_their_place_needs() -> None:
    assert stamp.text_slot('<b>"&') == "&lt;b&gt;&#34;&amp;"
    assert stamp.query_slot("15套(间),老旧") == "15套(间),老旧"
    assert stamp.query_slot('a&b=c #养\u3000"<') == "a%26b%3Dc%20%23养%E3%80%80%22%3C"
    assert stamp.json_slot('{"a": "</script><!--&"}') == '{"a": "\\u003c/script\\u003e\\u003c!--\\u0026"}'


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a<li>b</ul>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a<dd>b</dl>"),
        ("<table><tr><th>a</th>\n<td>b</td></tr>\n</table>", "<table><tr><th>a<td>b</table>"),
        ("<p>a</p>\n<p>b</p>\n</div>", "<p>a<p>b</div>"),
        ("<p>a</p> b", "<p>a</p> b"),
        ("<p>a</p><span>b</span>", "<p>a</p><span>b</span>"),
        ("<li>a</li> <!-- b -->", "<li>a</li> <!-- b -->"),
        ("<b>a</b>\n<i>b</i>", "<b>a</b>\n<i>b</i>"),
        ('<a class="b" href="c/d.html#e">f</a>', "<a class=b href=c/d.html#e>f</a>"),
        ('<a href="../"><b class="c d" title="“e”" lang=""></b></a>',) * 2,
        ('<i title="a&#34;b">="c"d</i>',) * 2,
        ("<pre>a\n<b>b</b>\n</pre>", "<pre>a\n<b>b</b></pre>"),
    ],
)
def test_what_may_be_left_out_is_left_out(whole: str, short: str) -> None:
    assert stamp.compact(whole) == short


@pytest.mark.parametrize("tag", ["li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot"])
def test_end_tags_that_html_lets_be_left_out_go_before_another_tag(tag: str) -> None:
    assert stamp.compact(f"<{tag}>a</{tag}><b>") == f"<{tag}>a<b>"
    assert stamp.compact(f"<{tag}>a</{tag}> b") == f"<{tag}>a</{tag}> b"


@pytest.mark.parametrize(
    "behind",
    [
        *("<p>", "</p>", "<ol>", "</ol>", "<ul>", "<dl>", "<li>", "</li>", "<dd>", "<td>", "</td>", "<div>", "</div>"),
        *("<section>", "<article>", "<blockquote>", "<details>", "<table>", "<h1>", "<h6>", "<nav>", "<pre>"),
    ],
)
def test_a_paragraph_ends_by_itself_before_a_block(behind: str) -> None:
    assert stamp.compact(f"<p>a</p>{behind}") == f"<p>a{behind}"


@pytest.mark.parametrize("behind", ["<b>", "<span>", "<a>", "<button>", "<picture>", "b"])
def test_a_paragraph_is_ended_before_anything_else(behind: str) -> None:
    assert stamp.compact(f"<p>a</p>{behind}") == f"<p>a</p>{behind}"


@pytest.mark.parametrize(
    "block",
    [
        *("<ol>", "<ul>", "<dl>", "</ul>", "<dd>", "<dt>", "<li>", "<table>", "<tbody>", "<tfoot>", "<thead>", "<tr>"),
        *("<td>", "<th>", "<h2>", "<p>", "<pre>", "<section>", "<div>", "<details>", "<nav>", "<nav class=a>"),
    ],
)
def test_line_ends_before_blocks_go(block: str) -> None:
    assert stamp.compact(f"<b>a</b>\n{block}") == f"<b>a</b>{block}"
    assert stamp.compact(f"a\n{block}") == f"a\n{block}"


@pytest.mark.parametrize("inline", ["<b>", "<span>", "<a>", "<i>", "<divx>", "<img>"])
def test_line_ends_before_what_stands_in_a_line_stay(inline: str) -> None:
    assert stamp.compact(f"<b>a</b>\n{inline}") == f"<b>a</b>\n{inline}"


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ('<a b="c">', "<a b=c>"),
        ('<a b="c" d="e">', "<a b=c d=e>"),
        ('<a b="a_1.:#/-9">', "<a b=a_1.:#/-9>"),
        ('<a b="#">', "<a b=#>"),
        ('<a b="c-">', "<a b=c->"),
        ('<a b="a/">', '<a b="a/">'),
        ('<a b="a=b">', '<a b="a=b">'),
        ('<a b="a b">', '<a b="a b">'),
        ('<a b="">', '<a b="">'),
        ('<a b="养">', '<a b="养">'),
        ('<a b="dx-slot-json">', '<a b="dx-slot-json">'),
        ('<a b="../dx-slot-json">', '<a b="../dx-slot-json">'),
        ('<a b="c"/>', '<a b="c"/>'),
    ],
)
def test_plain_values_need_no_quotes(whole: str, short: str) -> None:
    assert stamp.compact(whole) == short


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("aZ09_/:(),.~-", "aZ09_/:(),.~-"),
        ("\u00a0", "%C2%A0"),
        ("\u00a1", "\u00a1"),
        ("\u200b", "%E2%80%8B"),
        ("养老", "养老"),
        ("%", "%25"),
        ("'", "%27"),
        ("+/", "%2B/"),
        ("*", "%2A"),
    ],
)
def test_what_stands_in_a_query_is_encoded_where_it_must_be(text: str, slot: str) -> None:
    assert stamp.query_slot(text) == slot


@pytest.mark.parametrize(("sign", "written"), [("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")])
def test_no_sign_of_markup_stands_in_json(sign: str, written: str) -> None:
    assert stamp.json_slot(f"a{sign}b{sign}") == f"a{written}b{written}"


def test_every_slot_of_a_kind_is_named() -> None:
    head = {"body", "canonical", "crumbs", "description", "heading", "title"}
    more = {"report_body", "report_page", "report_place", "report_title", "report_words"}
    assert stamp.COMMITMENT.slots == head | {"json", "jsonld", "status"} and stamp.COMMITMENT.more == more
    assert stamp.DEPARTMENT.slots == head | {"toc"} and not stamp.DEPARTMENT.more
    assert stamp.KINDS == (stamp.COMMITMENT, stamp.DEPARTMENT)
    assert [kind.template for kind in stamp.KINDS] == ["shell_commitment.md", "shell_department.md"]
    assert (stamp.COMMITMENT.markdown, stamp.COMMITMENT.page) == (
        "shell/commitment/index.md",
        "shell/commitment/index.html",
    )
    assert stamp.DEPARTMENT.page == "shell/department/page/index.html"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (HEAD + BODY.replace("dx-slot-body", ""), "slots missing or unknown: body"),
        (HEAD + BODY.replace("dx-slot-body", "") + "dx-slot-z_y", "slots missing or unknown: body, z_y"),
        (BODY, "no canonical address or no site name"),
        (HEAD.replace("og:site_name", "og:other") + BODY, "no canonical address or no site name"),
    ],
)
def test_a_shell_that_is_refused_is_named_with_what_to_do(tmp_path: Path, html: str, said: str) -> None:
    path = write_shell(tmp_path, html)
    with pytest.raises(BuildError) as refused:
        read_shell(path)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line, problem.code, problem.found) == (path, 0, "shell", said)
    assert problem.remedy == "restore generator/templates/shell_commitment.md and the theme"
    expected = {
        "no": "expected site_url and site_name in mkdocs.yml",
        "slots": "expected body, canonical, crumbs, description, heading, json, jsonld, status, title",
    }
    assert problem.expected == expected[said.split(maxsplit=1)[0]]


def test_blanks_between_tags_and_before_lines_go(tmp_path: Path) -> None:
    shell = read_shell(write_shell(tmp_path, f"{HEAD}{BODY}<b>a</b> \n  \n <i>b</i>\n    c\n\td"))
    assert shell.fill(dict.fromkeys(stamp.COMMITMENT.slots, "")).endswith("<b>a</b><i>b</i>\nc\nd")


def test_text_that_looks_like_a_slot_in_capitals_or_alone_is_text(tmp_path: Path) -> None:
    shell = read_shell(write_shell(tmp_path, f"{HEAD}{BODY}dx-slot-Body dx-slot- dx-slot"))
    assert shell.fill(dict.fromkeys(stamp.COMMITMENT.slots, "")).endswith("dx-slot-Body dx-slot- dx-slot")


@pytest.mark.parametrize(
    "made",
    [
        '<input class="md-toggle" id="a">',
        '<label class="md-overlay" for="a"></label>',
        '<div data-md-component="announce"></div>',
        '<div class="md-dialog" data-a><div class="b"></div></div>',
        '<input class="md-toggle">',
        '<label class="md-overlay"></label>',
        '<div class="md-dialog"><div class=""></div></div>',
    ],
)
def test_each_thing_that_scripts_make_is_left_out(tmp_path: Path, made: str) -> None:
    shell = read_shell(write_shell(tmp_path, f"{HEAD}{BODY}<b>1</b>{made}<b>2</b>"))
    assert shell.fill(dict.fromkeys(stamp.COMMITMENT.slots, "")).endswith("<b>1</b><b>2</b>")


def test_a_line_end_behind_text_stays_and_the_canonical_address_is_one_slot(tmp_path: Path) -> None:
    shell = read_shell(write_shell(tmp_path, f"{HEAD}{BODY}text \n <b>a</b>"))
    page = shell.fill({name: f"[{name}]" for name in stamp.COMMITMENT.slots})
    assert page.endswith("text \n<b>a</b>")
    assert '<link rel=canonical href="[canonical]">' in page


def test_a_site_may_have_no_address_and_no_name(tmp_path: Path) -> None:
    head = HEAD.replace("https://example.org/sub/", "").replace("兑现", "")
    shell = read_shell(write_shell(tmp_path, head + BODY))
    assert (shell.site_url, shell.site_name) == ("", "")
