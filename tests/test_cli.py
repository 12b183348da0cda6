"""The command line: what it does with good input, and the one clear message that it has for each bad one."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest

from generator import __version__, model, registers
from generator.__main__ import app
from generator.assess import CHECKS
from generator.commands.reading import ProgrammeName
from generator.serve import make_server
from tests.conftest import REPOSITORY, Ran, Run
from tests.golden import FIXTURES, fixture_content

TITLE = "2024年市政府民生实事项目责任清单"
DOCUMENT = f"""\
{TITLE}
序号 | 类别 | 项目名称 | 分管市领导 | 牵头单位 | 配合单位 | 预计完成时间 | 工作计划和进度安排 |
1 | 老有所养 | 新增养老床位1000张 | 张三 | 市民政局 | 市财政局 | 11月底 | 6月底前完成500张; 11月底前完成1000张。 |
2 | 出行便利 | 新建公共充电桩300个 | 李四 | 市建委 | 市财政局 | 11月底 | 6月底前完成100个; 11月底前完成300个。 |
"""
SIDECAR = """\
document: {name}.txt
sha256: {sha256}
place: {place}
year: 2024
kind: plan
programmes:
- programme: livelihood
  title: {title}
title: {title}
"""
# path:line: [code] found; expected; what to do
MESSAGE = re.compile(r"^(?P<path>[^\n:]+)(:(?P<line>\d+))?: \[(?P<code>[a-z0-9-]+)\] [^;]+; .+; .+$")


def add_document(content: Path, name: str, text: str = DOCUMENT, place: str = "云溪市") -> Path:
    """A document with its sidecar in a content folder; the path of the sidecar."""
    data = text.encode()
    (content / "documents" / f"{name}.txt").write_bytes(data)
    sidecar = content / "documents" / f"{name}.yml"
    digest = hashlib.sha256(data).hexdigest()
    sidecar.write_text(SIDECAR.format(name=name, sha256=digest, place=place, title=TITLE), encoding="utf-8")
    return sidecar


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def golden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with the golden registers, in which there is something to find, below the working directory."""
    content = fixture_content(tmp_path)
    shutil.copytree(FIXTURES / "content" / "registers", content / "registers")
    monkeypatch.chdir(tmp_path)
    return content.relative_to(tmp_path)


# --- Good input ---------------------------------------------------------------------------------


def test_ingest_writes_and_check_agrees(content: Path, run: Run) -> None:
    add_document(content, "one")
    first = run("ingest", "--content", content)
    assert (first.status, first.err) == (0, "")
    path = content / "registers" / "yunxi" / "2024" / "livelihood.yml"
    assert f"{path}: 2 commitments" in first.out
    assert [c.text for c in registers.load_register(path).commitments] == ["新增养老床位1000张", "新建公共充电桩300个"]
    before = tree(content)
    assert run("ingest", "one", "--content", content, "--check").status == 0
    assert run("ingest", "--content", content).status == 0
    assert tree(content) == before


def test_ingest_check_reports_a_difference_and_writes_nothing(content: Path, run: Run) -> None:
    add_document(content, "one")
    run("ingest", "--content", content)
    path = content / "registers" / "yunxi" / "2024" / "livelihood.yml"
    edit(path, "市财政局", "市发改委")
    before = tree(content)
    ran = run("ingest", "--check", "--content", content)
    assert ran.status == 1
    assert re.search(rf"^{re.escape(str(path))}:\d+: \[register-differs\] .*市发改委.*市财政局", ran.err)
    assert tree(content) == before


def test_documents_may_lie_elsewhere(content: Path, run: Run, tmp_path: Path) -> None:
    add_document(content, "one")
    (tmp_path / "elsewhere").mkdir()
    (content / "documents" / "one.txt").rename(tmp_path / "elsewhere" / "one.txt")
    assert run("ingest", "--content", content, "--documents", tmp_path / "elsewhere").status == 0
    assert run("ingest", "--content", content).status == 1


@pytest.mark.parametrize("stage", ["blocks", "rows", "commitments", "account"])
def test_explain_prints_every_stage(content: Path, run: Run, stage: str) -> None:
    add_document(content, "one")
    ran = run("explain", "one", "--stage", stage, "--content", content)
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) >= 2
    assert tree(content / "registers") == {}


def test_new_writes_a_sidecar_that_ingest_reads_and_never_writes_over_one(
    content: Path, run: Run, tmp_path: Path
) -> None:
    document = tmp_path / "notice.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    command = ("new", document, "--place", "云溪市", "--year", 2024, "--programme", "livelihood", "--content", content)
    ran = run(*command)
    assert (ran.status, ran.err) == (0, "")
    (sidecar,) = (content / "documents").glob("*.yml")
    assert str(sidecar) in ran.out
    assert hashlib.sha256(document.read_bytes()).hexdigest() in sidecar.read_text(encoding="utf-8")
    before = tree(content)
    again = run(*command)
    assert again.status == 1 and "[sidecar-exists]" in again.err
    assert tree(content) == before
    assert run("ingest", "--content", content, "--documents", tmp_path).status == 0


def line_of(subject: str) -> str:
    """The line of a register that a finding points at: its commitment, or the first one for a finding on the whole."""
    whole = re.fullmatch(r"([a-z]+)-\d{4}-[a-z-]+", subject)
    return f"place: {whole[1]}" if whole else f"- id: {subject}"


def test_check_prints_register_paths_and_tallies(golden: Path, run: Run) -> None:
    ran = run("check", "--content", golden)
    assert (ran.status, ran.err) == (0, "")
    findings = [line for line in ran.out.splitlines() if "/registers/" in line]
    tallies = [line for line in ran.out.splitlines() if "/registers/" not in line]
    assert findings, "the golden registers are known to hold findings"
    for line in findings:
        match = re.match(
            r"(?P<path>.+\.yml):(?P<line>\d+): \[[a-z]+\] (error|warning|notice): (?P<id>[a-z0-9-]+): ", line
        )
        assert match, line
        lines = Path(match["path"]).read_text(encoding="utf-8").split("\n")
        assert lines[int(match["line"]) - 1].strip() == line_of(match["id"])
    assert sum(int(re.findall(r"(\d+) found", line)[0]) for line in tallies) == len(findings)
    assert run("check", "--strict", "--content", golden).status == 1


def test_check_prints_the_same_findings_as_json(golden: Path, run: Run) -> None:
    ran = run("check", "--format", "json", "--content", golden)
    assert (ran.status, ran.err) == (0, "")
    told = json.loads(ran.out)
    lines = run("check", "--content", golden).out.splitlines()
    assert len(told["findings"]) == sum("/registers/" in line for line in lines)
    for one in told["findings"]:
        assert f"{one['path']}:{one['line']}: [{one['check']}] {one['severity']}: {one['subject']}: " in "\n".join(
            lines
        )
        assert one["message_zh"] and one["message_en"]
    assert {tally["check"] for tally in told["tallies"]} == {check.name for check in CHECKS}
    assert sum(tally["found"] for tally in told["tallies"]) == len(told["findings"])


def test_check_prints_sarif_that_a_code_host_can_place(golden: Path, run: Run) -> None:
    ran = run("check", "--format", "sarif", "--content", golden)
    assert (ran.status, ran.err) == (0, "")
    log = json.loads(ran.out)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (made,) = log["runs"]
    driver = made["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert (driver["name"], driver["version"]) == ("duixian", __version__)
    assert ids == [check.name for check in CHECKS]
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in driver["rules"])
    assert made["results"], "the golden registers are known to hold findings"
    for result in made["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"} and result["message"]["text"]
        (place,) = result["locations"]
        where = place["physicalLocation"]
        uri, line = where["artifactLocation"]["uri"], where["region"]["startLine"]
        assert not uri.startswith("/") and ":" not in uri and "\\" not in uri
        text = Path(uri).read_text(encoding="utf-8").split("\n")[line - 1]
        assert text.strip() == line_of(place["logicalLocations"][0]["fullyQualifiedName"])
    prints = [json.dumps(result["partialFingerprints"]) for result in made["results"]]
    assert len(prints) == len(set(prints))


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_register_that_cannot_be_read_is_an_error_in_every_form(content: Path, run: Run, form: str) -> None:
    add_document(content, "one")
    run("ingest", "--content", content)
    path = content / "registers" / "yunxi" / "2024" / "livelihood.yml"
    edit(path, "  source: yunxi-2024-livelihood-plan", "  source: nowhere")
    ran = run("check", "--format", form, "--content", content)
    assert (ran.status, ran.out) == (1, "") and "[id-unknown]" in ran.err
    assert run("check", "--format", "xml", "--content", content).status == 2


def test_check_strict_is_content_with_a_clean_register(content: Path, run: Run) -> None:
    add_document(content, "one")
    run("ingest", "--content", content)
    ran = run("check", "--strict", "--content", content)
    assert (ran.status, ran.err) == (0, ""), ran.out


# --- Bad input ----------------------------------------------------------------------------------


def break_layout(sidecar: Path) -> tuple[Path, int]:
    edit(sidecar, "year: 2024", "layout: crystal_ball\nyear: 2024")
    return sidecar, 4


def break_document(sidecar: Path) -> tuple[Path, int]:
    sidecar.with_suffix(".txt").unlink()
    return sidecar, 1


def break_sha256(sidecar: Path) -> tuple[Path, int]:
    edit(sidecar.with_suffix(".txt"), "1000张", "2000张")
    return sidecar, 2


def break_yaml(sidecar: Path) -> tuple[Path, int]:
    edit(sidecar, "kind: plan", "kind: plan: half")
    return sidecar, 5


def break_field(sidecar: Path) -> tuple[Path, int]:
    edit(sidecar, "kind: plan", "kind: dream")
    return sidecar, 5


def break_place(sidecar: Path) -> tuple[Path, int]:
    edit(sidecar, "锦岚市", "乌有市")
    return sidecar, 3


def break_unit(sidecar: Path) -> tuple[Path, int]:
    document = sidecar.with_suffix(".txt")
    before = hashlib.sha256(document.read_bytes()).hexdigest()
    edit(document, "新建公共充电桩300个", "新建公共充电桩300咚")
    edit(sidecar, before, hashlib.sha256(document.read_bytes()).hexdigest())
    return document, 4


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (break_layout, "layout-unknown"),
        (break_document, "document-missing"),
        (break_sha256, "sha256-mismatch"),
        (break_yaml, "yaml-syntax"),
        (break_field, "content-invalid"),
        (break_place, "place-unknown"),
        (break_unit, "unit-unknown"),
    ],
)
def test_one_clear_message_and_the_others_go_on(
    content: Path, run: Run, break_it: Callable[[Path], tuple[Path, int]], code: str
) -> None:
    broken = add_document(content, "broken", place="锦岚市")
    assert run("ingest", "--content", content).status == 0
    good_before = tree(content / "registers")
    add_document(content, "zz-good", place="云溪市")
    path, line = break_it(broken)
    ran = run("ingest", "--content", content)
    assert ran.status == 1
    (message,) = ran.err.splitlines()
    match = MESSAGE.match(message)
    assert match, message
    assert (match["path"], int(match["line"] or 0), match["code"]) == (str(path), line, code)
    after = tree(content / "registers")
    assert {name: after.pop(name) for name in good_before} == good_before, "the broken document's register changed"
    assert list(after) == ["yunxi/2024/livelihood.yml"], "the other document did not go on, or a half file is left"


def test_a_name_without_a_sidecar_is_said_and_the_others_go_on(content: Path, run: Run) -> None:
    add_document(content, "one")
    ran = run("ingest", "nowhere", "one", "--content", content)
    assert ran.status == 1
    assert "nowhere.yml: [sidecar-missing]" in ran.err and "one" in ran.err
    assert tree(content / "registers")


@pytest.mark.parametrize(
    "command", [("ingest",), ("check",), ("build",), ("explain", "one", "--stage", "rows")], ids=lambda words: words[0]
)
def test_a_content_folder_that_is_not_there(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = run(*command, "--content", tmp_path / "nowhere")
    assert ran.status == 1
    assert "[content-missing]" in ran.err
    assert MESSAGE.match(ran.err.strip())
    assert list(tmp_path.iterdir()) == []


def test_no_registers_is_said(content: Path, run: Run, tmp_path: Path) -> None:
    (content / "documents" / "one.yml").write_text("document: one.txt\n", encoding="utf-8")
    for command in (("check",), ("build", "--out", tmp_path / "out")):
        ran = run(*command, "--content", content)
        assert (ran.status, "[registers-none]" in ran.err) == (1, True), ran
    assert not (tmp_path / "out").exists()


def test_a_broken_register_is_said_with_its_line(content: Path, run: Run) -> None:
    add_document(content, "one")
    run("ingest", "--content", content)
    path = content / "registers" / "yunxi" / "2024" / "livelihood.yml"
    edit(path, "year: 2024", "year: soon")
    for command in ("check", "build"):
        ran = run(command, "--content", content, *(["--out", content] if command == "build" else []))
        assert ran.status == 1
        assert ran.err.startswith(f"{path}:2: [content-invalid] year")


def test_validate_without_packages(run: Run, tmp_path: Path) -> None:
    assert run("validate", tmp_path / "nowhere").status == 1
    ran = run("validate", tmp_path)
    assert ran.status == 1
    assert MESSAGE.match(ran.err.strip()), ran.err


# --- Our own mistakes, and the terminal -----------------------------------------------------------


def test_a_defect_of_ours_is_one_line_without_a_traceback(
    content: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_document(content, "one")

    def fail(*_: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("generator.ingest.read_papers", fail)
    ran = run("ingest", "--content", content)
    assert ran.status == 2
    (line,) = ran.err.splitlines()
    assert line.startswith(
        f"{content / 'documents' / 'one.yml'}: [internal] RuntimeError: first line; this is a defect"
    )
    monkeypatch.setenv("DUIXIAN_DEBUG", "1")
    with pytest.raises(RuntimeError, match="second line"):
        app(["ingest", "--content", str(content)])


def test_a_folder_that_cannot_be_written_is_not_a_traceback(content: Path, run: Run) -> None:
    add_document(content, "one")
    (content / "registers").rmdir()
    (content / "registers").write_text("a file where a folder is needed", encoding="utf-8")
    ran = run("ingest", "--content", content)
    assert ran.status == 1
    assert "[file]" in ran.err and "Traceback" not in ran.err


def shell(*arguments: str, **environment: str) -> Ran:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=REPOSITORY, env=kept | environment, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def test_chinese_is_printed_in_the_plainest_locale() -> None:
    ran = shell("new", "--help", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.status == 0
    assert "云溪市" in ran.out


def test_wrong_usage_is_status_two() -> None:
    for arguments in (
        ["frob"],
        ["explain", "one"],
        ["explain", "one", "--stage", "dreams"],
        ["new", "x", "--year", "soon"],
    ):
        ran = shell(*arguments)
        assert ran.status == 2
        assert "Usage:" in ran.err and "Traceback" not in ran.err


def test_version_and_help() -> None:
    assert shell("--version").out.strip() == __version__
    assert shell("--help").status == 0
    assert {name.value for name in ProgrammeName} == set(get_args(model.Programme))


# --- serve ------------------------------------------------------------------------------------------


@contextmanager
def serving(site: Path, prefix: str) -> Iterator[str]:
    with make_server(site, prefix, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def get(address: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.url, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, address, error.read().decode()


def test_serve_is_like_a_project_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "city").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    for name, text in {"index.html": "home", "city/index.html": "city", "404.html": "missing page"}.items():
        (site / name).write_text(text, encoding="utf-8")
    with serving(site, "/sub/path/") as host:
        assert get(f"{host}/sub/path/") == (200, f"{host}/sub/path/", "home")
        assert get(f"{host}/") == (200, f"{host}/sub/path/", "home")
        assert get(f"{host}/sub/path") == (200, f"{host}/sub/path/", "home")
        assert get(f"{host}/sub/path/city") == (200, f"{host}/sub/path/city/", "city")
        assert get(f"{host}/sub/path/city/?q=1")[2] == "city"
        for missing in (
            "/city/",
            "/sub/path/nowhere",
            "/sub/pathology",
            "/sub/path/../../secret.txt",
            "/sub/path/%2e%2e/secret.txt",
        ):
            assert get(f"{host}{missing}")[::2] == (404, "missing page"), missing


def test_serve_without_a_site_or_with_a_taken_port(run: Run, tmp_path: Path) -> None:
    ran = run("serve", "--site", tmp_path)
    assert ran.status == 1 and "[site-missing]" in ran.err
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    with make_server(tmp_path, "", 0) as server:
        ran = run("serve", "--site", tmp_path, "--port", server.server_address[1])
    assert ran.status == 1 and "[port]" in ran.err
