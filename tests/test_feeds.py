"""Feeds of changes in the data: what an entry says, who gets it, and that readers understand it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from lxml import etree
from lxml import html as lxml_html

from generator.assess import load_reported_words
from generator.changes import load_releases
from generator.feeds import Feed, city_feeds, render_atom, render_json_feed, site_feed
from generator.model import AssessedRegister, DataChange, DataRelease, Remark
from generator.pages.changes import release_to_changed, render_changes
from generator.pages.outline import City, registers_to_cities
from generator.pages.summaries import years_to_cities
from generator.publish import assess_content
from generator.schemas import load_schemas
from tests.kept_examples import keep_years
from tests.page_examples import HOSTILE, Words, assess, make_register

CONTENT = Path("content")
SCHEMAS = load_schemas(CONTENT)
SITE, NAME = "https://example.org/duixian/", "兑现 & Co"
ATOM = "{http://www.w3.org/2005/Atom}"
C1, RETIRED = "testville-2024-livelihood-001", "testville-2024-livelihood-009"
LONG = "长" * 300
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def _cities(words: Words | None = None) -> tuple[City, ...]:
    return registers_to_cities([_assessed(words)])


def _assessed(words: Words | None = None) -> AssessedRegister:
    return assess(make_register(words or Words()), load_reported_words(CONTENT))


def _change(table: str, record: str, commitment: str, **said: str) -> DataChange:
    return DataChange(table=table, record=record, commitment=commitment, **said)


CHANGES = (
    _change("commitments", C1, C1, column="status", old="under_way", new="met"),
    _change("targets", f"{C1}.t1", C1, column="value", old="300", new="30"),
    _change("reports", f"{C1}.r1", C1, column="text", old="短", new=LONG),
    _change("responsibilities", f"{C1}/lead/2", C1, old="lead 市财政局"),
    _change("commitments", "testville-2024-livelihood-002", "testville-2024-livelihood-002", new="新的"),
    _change("commitments", RETIRED, RETIRED, old="从前的承诺"),
    _change("commitments", "gone-2020-livelihood-001", "gone-2020-livelihood-001", old="别处的"),
    _change("sources", "testville-2024-livelihood-plan", "", new="通知"),
)


def _release(*changes: DataChange, day: date = date(2026, 3, 1), **said: object) -> DataRelease:
    release = DataRelease(day=day, since=date(2026, 1, 1), reason=Remark("更正<b>", "Corrected"), changes=changes)
    return msgspec.structs.replace(release, **said)


def _feeds(*releases: DataRelease, cities: tuple[City, ...] | None = None) -> dict[str, Feed]:
    return {feed.path: feed for feed in _feeds_of(releases, cities or _cities())}


def _feeds_of(releases: Sequence[DataRelease], cities: Sequence[City]) -> list[Feed]:
    kept = keep_years(*cities)
    of_cities = (feed for city in years_to_cities(kept.years) for feed in city_feeds(releases, kept, city, NAME))
    return [site_feed(releases, kept, NAME), *of_cities]


def _atom(feed: Feed) -> etree._Element:
    return etree.fromstring(render_atom(feed, SITE, NAME, date(2020, 1, 1), SCHEMAS).encode())


def _json(feed: Feed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_json_feed(feed, SITE, NAME, SCHEMAS))
    return found


def _contents(feed: Feed) -> list[str]:
    return [entry.findtext(f"{ATOM}content") or "" for entry in _atom(feed).findall(f"{ATOM}entry")]


# --- what RFC 4287 asks for ---------------------------------------------------------------------------------------


def atom_problems(feed: etree._Element) -> Iterator[str]:
    """What RFC 4287 does not allow in a feed like ours (sections 4.1.1, 4.1.2, 4.2)."""
    if feed.tag != f"{ATOM}feed":
        yield "no feed"
    yield from _wrong_counts(feed, {"id": 1, "title": 1, "updated": 1, "author": 1})
    if not feed.findall(f'{ATOM}link[@rel="self"]'):
        yield "no link to itself"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        yield from _wrong_counts(entry, {"id": 1, "title": 1, "updated": 1, "published": 1, "content": 1})
        if len(entry.findall(f'{ATOM}link[@rel="alternate"]')) != 1:
            yield "not one alternate link"
    ids = [one.text or "" for one in feed.iter(f"{ATOM}id")]
    yield from (f"id twice: {one}" for one in set(ids) if ids.count(one) > 1)
    addresses = [*ids, *(link.get("href", "") for link in feed.iter(f"{ATOM}link"))]
    addresses += [uri.text or "" for uri in feed.iter(f"{ATOM}uri")]
    yield from (f"no absolute IRI: {one}" for one in addresses if not urlsplit(one).scheme or " " in one)
    moments = [one.text or "" for tag in ("updated", "published") for one in feed.iter(f"{ATOM}{tag}")]
    yield from (f"no moment: {one}" for one in moments if not MOMENT.fullmatch(one))
    yield from (f"empty: {one.tag}" for tag in ("title", "name") for one in feed.iter(f"{ATOM}{tag}") if not one.text)
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    yield from ("not newest first" for one, after in pairwise(days) if one < after)
    if days and feed.findtext(f"{ATOM}updated") != max(days):
        yield "not updated with its newest entry"


def _wrong_counts(element: etree._Element, wanted: dict[str, int]) -> Iterator[str]:
    for tag, count in wanted.items():
        if len(element.findall(f"{ATOM}{tag}")) != count:
            yield f"{tag}: not {count}"


def json_feed_problems(feed: dict[str, Any], atom: etree._Element) -> Iterator[str]:
    """What JSON Feed 1.1 asks for, and that it says the same as the Atom feed."""
    items = feed["items"]
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        yield "no version or title"
    yield from (f"no id or content: {item}" for item in items if not item["id"] or not item["content_html"])
    yield from (f"no moment: {item}" for item in items if not MOMENT.fullmatch(item["date_published"]))
    entries = atom.findall(f"{ATOM}entry")
    if [item["id"] for item in items] != [entry.findtext(f"{ATOM}id") for entry in entries]:
        yield "other ids than the Atom feed"
    if [item["content_html"] for item in items] != [entry.findtext(f"{ATOM}content") for entry in entries]:
        yield "other contents than the Atom feed"


def test_every_feed_of_the_repository_is_valid() -> None:
    cities = registers_to_cities(assess_content(CONTENT))
    feeds = _feeds_of(load_releases(CONTENT), cities)
    assert len(feeds) > len(cities) > 0
    for feed in feeds:
        atom = _atom(feed)
        assert list(atom_problems(atom)) == [], feed.path
        assert list(json_feed_problems(_json(feed), atom)) == [], feed.path


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<updated>2026-03-01T00:00:00Z</updated>", "", "updated: not 1"),
        ("2026-03-01T00:00:00Z", "2026-03-01", "no moment"),
        ("<id>https://example.org/duixian/", "<id>/", "no absolute IRI"),
        ('rel="self"', 'rel="via"', "no link to itself"),
        ("-gone</id>", "-testville-2024</id>", "id twice"),
        ("<author><name>兑现 &amp; Co</name>", "<author><name></name>", "empty"),
    ],
)
def test_a_planted_mistake_is_a_problem(old: str, new: str, problem: str) -> None:
    text = render_atom(_feeds(_release(*CHANGES))["changes/feed"], SITE, NAME, date(2020, 1, 1), SCHEMAS)
    assert list(atom_problems(etree.fromstring(text.encode()))) == []
    assert old in text
    assert any(problem in said for said in atom_problems(etree.fromstring(text.replace(old, new).encode())))


def test_a_feed_without_entries_is_of_the_newest_document() -> None:
    for feed in _feeds().values():
        atom = _atom(feed)
        assert atom.findtext(f"{ATOM}updated") == "2020-01-01T00:00:00Z"
        assert list(atom_problems(atom)) == []
        assert _json(feed)["items"] == []


# --- what an entry says -------------------------------------------------------------------------------------------


def test_an_entry_says_what_changed_old_and_new_and_why() -> None:
    (content,) = _contents(_feeds(_release(*CHANGES, rules=("2.0.0", "2.1.0")))["testville/changes"])
    assert "更正&lt;b&gt;" in content and "Corrected" in content
    assert "规则版本 Rules 2.0.0 → 2.1.0" in content and "2026-01-01" in content
    assert "<del>有进展（未能判定）</del> → <ins>达到</ins>" in content
    assert re.search(r"<li>目标 Targets t1 · \S+ Value：<del>300</del> → <ins>30</ins></li>", content)
    assert f'<a href="{SITE}testville/2024/livelihood-001.html">' in content


def test_codes_are_said_in_words() -> None:
    changes = [
        _change("milestones", f"{C1}.m1", C1, column="basis", old="share", new="none"),
        _change("targets", f"{C1}.t1", C1, column="comparator", old="ge", new="no-such-code"),
    ]
    (content,) = _contents(_feeds(_release(*changes))["testville/changes"])
    assert "share" not in content and "<del>ge" not in content
    assert "<del>不少于</del> → <ins>no-such-code</ins>" in content


def test_plain_text_says_the_same() -> None:
    text = _json(_feeds(_release(*CHANGES))["testville/changes"])["items"][0]["content_text"]
    assert "更正<b>" in text and "Corrected" in text
    assert re.search(r"^- 目标 Targets t1 · \S+ Value：300 → 30$", text, re.MULTILINE)
    assert "− 从前的承诺" in text and "+ 新的" in text


def test_what_came_and_what_went_is_told() -> None:
    feeds = _feeds(_release(*CHANGES))
    (content,) = _contents(feeds["testville/changes"])
    assert re.search(
        r"livelihood-002\.html\">[^<]+</a>（新收入的承诺 Commitments added）</p><ul><li>[^<]+<ins>新的</ins>", content
    )
    assert (
        f'<a href="{SITE}testville/2024/livelihood-009.html">{RETIRED}</a>（撤下的承诺 Commitments retired）' in content
    )
    assert "<del>从前的承诺</del>" in content
    assert "<ins>通知</ins>" in content
    assert "别处的" not in content
    (_, gone) = _contents(feeds["changes/feed"])
    assert "<del>别处的</del>" in gone


def test_what_is_shortened_leads_to_the_whole() -> None:
    (content,) = _contents(_feeds(_release(*CHANGES))["testville/changes"])
    assert LONG not in content and "长…</ins>" in content
    assert content.count(f'<a href="{SITE}testville/2024/livelihood-001.json">') == 1
    few = _contents(_feeds(_release(CHANGES[0]))["testville/changes"])
    assert ".json" not in few[0]


def test_long_lists_say_how_many_are_left_out() -> None:
    changes = [_change("targets", f"{C1}.t{n}", C1, column="value", old="1", new="2") for n in range(30)]
    (content,) = _contents(_feeds(_release(*changes))["testville/changes"])
    assert content.count("<li>") == 9 and "……另 22 处 22 more" in content
    assert f'{SITE}testville/2024/livelihood-001.json"' in content


def test_ids_stay_whatever_is_corrected_in_the_entry() -> None:
    def ids(release: DataRelease) -> dict[str, list[str]]:
        feeds = _feeds(release)
        return {path: [entry.identifier for entry in feed.entries] for path, feed in feeds.items()}

    first = ids(_release(*CHANGES, departments={C1: ("unit-a",)}))
    other = _release(*CHANGES[1:], reason=Remark("别的", "else"))
    assert first["testville/changes"] == ids(other)["testville/changes"] == ["changes/#d2026-03-01-testville-2024"]


def test_hostile_words_stay_text_in_every_field() -> None:
    cities = _cities(Words(text=HOSTILE, other=HOSTILE))
    bad = f"{HOSTILE}\x00\x07\ufffe]]>\ud800"
    changes = [
        _change("targets", f"{C1}.{bad}", C1, column="value", old=bad, new=bad),
        _change("commitments", bad, bad, old=bad),
        _change("sources", bad, "", new=bad),
        _change("sources", f"testville-2024-{bad}", "", new=bad),
    ]
    release = _release(*changes, reason=Remark(bad, bad), rules=(bad, bad))
    for feed in _feeds(release, cities=cities).values():
        text = render_atom(feed, SITE, NAME, date(2020, 1, 1), SCHEMAS)
        assert list(atom_problems(etree.fromstring(text.encode()))) == []
        for content in _contents(feed):
            tree = lxml_html.fromstring(content)
            assert {element.tag for element in tree.iter()} <= {"div", "p", "a", "b", "ul", "li", "del", "ins"}
            assert all(str(link.get("href")).startswith(SITE) for link in tree.iter("a"))
    assert "alert" in _contents(_feeds(release, cities=cities)["changes/feed"])[0]


# --- who gets it --------------------------------------------------------------------------------------------------


def _departments(cities: tuple[City, ...]) -> list[str]:
    return [path for path in _feeds(cities=cities) if "/departments/" in path]


def test_every_department_has_a_feed_before_anything_changes() -> None:
    (path,) = _departments(_cities())
    assert re.fullmatch(r"testville/departments/[a-z0-9-]+/changes", path)
    assert _feeds()[path].title == f"{NAME}：测试市市民政局的数据变动"


def test_a_department_gets_the_changes_of_what_it_answers_for() -> None:
    (path,) = _departments(_cities())
    slug = path.split("/")[2]
    feeds = _feeds(_release(*CHANGES))
    (entry,) = feeds[path].entries
    assert entry.identifier == f"testville/departments/{slug}/#d2026-03-01"
    assert [one.commitment for one in entry.changed] == [C1]
    assert feeds[path].address == f"testville/departments/{slug}/"


def test_a_department_is_told_of_what_it_answered_for_before() -> None:
    """What the record says counts, not who answers now: the commitment is another's today, or is gone."""
    (path,) = _departments(_cities())
    slug = path.split("/")[2]
    release = _release(*CHANGES, departments={RETIRED: (slug, "city-other"), C1: ("city-other",)})
    (entry,) = _feeds(release)[path].entries
    assert [one.commitment for one in entry.changed] == [RETIRED]


def test_a_department_with_another_slug_now_keeps_its_feed_and_its_changes() -> None:
    (path,) = _departments(_cities())
    slug = path.split("/")[2]
    assessed = _assessed()
    slugs = msgspec.structs.replace(assessed.catalogue.slugs, former={"testville": {"old-slug": slug}})
    catalogue = msgspec.structs.replace(assessed.catalogue, slugs=slugs)
    cities = registers_to_cities([msgspec.structs.replace(assessed, catalogue=catalogue)])
    feed = _feeds(_release(*CHANGES, departments={C1: ("old-slug",)}), cities=cities)[path]
    assert feed.also == ("testville/departments/old-slug/changes",)
    assert [one.commitment for entry in feed.entries for one in entry.changed] == [C1]


def test_the_newest_entries_come_first_and_are_not_endless() -> None:
    days = [date(2026, 1 + month, 1 + day) for month in range(5, -1, -1) for day in range(24, -1, -1)]
    feed = _feeds(*(_release(CHANGES[0], day=day) for day in days))["changes/feed"]
    assert [entry.day for entry in feed.entries] == days[:100]


def test_what_is_retired_stands_under_its_year_on_the_page_of_changes() -> None:
    cities = _cities()
    changed = {one.commitment: one for one in release_to_changed(_release(*CHANGES), keep_years(*cities))}
    year = changed[RETIRED].year
    assert year is not None and year.path == cities[0].years[0].path
    assert changed[RETIRED].href == "testville/2024/livelihood-009.html"
    page = render_changes(keep_years(*cities), [_release(*CHANGES)], SCHEMAS)
    assert '<a href="../testville/2024/livelihood-009.html">' in page
    assert "已撤下（1）" in page


# --- the built site -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_pages_lead_to_their_feeds_and_calendars(our_build: Path) -> None:
    site = our_build / "site"
    for page in sorted(site.rglob("index.html")):
        links = [link for link in lxml_html.parse(str(page)).iter("link") if link.get("rel") == "alternate feed"]
        assert [link.get("type") for link in links] == ["application/atom+xml", "application/feed+json"], page
        assert all((page.parent / str(link.get("href"))).is_file() for link in links), page
    for feed in [*site.glob("*/changes.xml"), *site.glob("*/departments/*/changes.xml")]:
        page = lxml_html.parse(str(feed.with_name("index.html")))
        assert {"changes.xml", "changes.json"} <= {link.get("href") for link in page.iter("a")}, feed
    due = (site / "due" / "index.html").read_text(encoding="utf-8")
    calendars = sorted(site.glob("*/*/due.ics"))
    assert calendars
    assert all(f"../{path.relative_to(site).as_posix()}" in due for path in calendars)
