"""The guide “add your city”, read as somebody follows it: commands, the files to fill in, what should be seen.

A block of ``sh`` is typed, a block of ``yaml`` goes into the file that line 1 names, a block of ``text`` is what
the commands before it print; a line that ends in … is the beginning of one, and … alone leaves lines out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

from generator import yamlfile

INSTALL = "pip install "
SERVE = "make serve"
_BLOCK = re.compile(r"^```(sh|yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of code of the guide: its language and its lines."""

    language: str
    text: str


def read_guide(text: str) -> list[Block]:
    """The blocks of a guide in their order."""
    return [Block(language, body) for language, body in _BLOCK.findall(text)]


def copy_repository(repository: Path, folder: Path) -> Path:
    """The repository as it is on disk, without its history and what git ignores."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=repository, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (repository / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((repository / name).read_bytes())
    return folder


def build_wheel(repository: Path, folder: Path) -> Path:
    """The wheel of the repository as it is on disk."""
    source = copy_repository(repository, folder / "source")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@dataclass
class Reader:
    """Somebody who follows the guide in a folder, with the program from a wheel and a remote that is a folder, too."""

    folder: Path
    wheel: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cwd, self.path = self.folder, os.environ["PATH"]
        subprocess.run(["git", "init", "-q", "--bare", str(self.remote)], check=True)

    @property
    def remote(self) -> Path:
        """The repository that is pushed to."""
        return self.folder / "remote.git"

    def follow(self, block: Block) -> str:
        """Do what a block says; what the commands print, both streams together."""
        if block.language == "yaml":
            self._fill_in(block.text)
            return ""
        return "".join(self._type(part) for part in re.split(r"(?<=\n)(?=pip install |make serve\n)", block.text))

    def _type(self, commands: str) -> str:
        """Commands in a shell whose folder and search path stay, as in one terminal."""
        first, _, rest = commands.partition("\n")
        if first.startswith(INSTALL):
            self._install()
            return self._type(rest) if rest else ""
        if first == SERVE:
            return self._serve()
        script = f'{commands}\npwd > "$STATE/cwd"; printf %s "$PATH" > "$STATE/path"'
        done = subprocess.run(
            ["bash", "-euc", script],
            cwd=self.cwd,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}"
        self.cwd = Path((self.folder / "cwd").read_text(encoding="utf-8").strip())
        self.path = (self.folder / "path").read_text(encoding="utf-8")
        return done.stdout

    def _install(self) -> None:
        """The program alone; what it needs is taken from where these tests run."""
        offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        environment = self._environment() | offline
        subprocess.run(["pip", "install", "--quiet", str(self.wheel)], cwd=self.cwd, env=environment, check=True)
        (packages,) = (self.cwd / ".venv" / "lib").glob("python3*/site-packages")
        (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    def _serve(self) -> str:
        """The first line of the server, which is stopped then."""
        process = subprocess.Popen(
            ["make", "serve", "PORT=0"],
            cwd=self.cwd,
            env=self._environment(),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stdout
        lines = [process.stdout.readline(), process.stdout.readline()]
        os.killpg(process.pid, 15)
        process.wait(timeout=10)
        process.stdout.close()
        return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", "".join(lines))

    def _fill_in(self, text: str) -> None:
        """Put a block into the file that its first line names: at the end where there are only comments."""
        first, _, body = text.partition("\n")
        path = self.cwd / first.removeprefix("# ")
        kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")]
        yamlfile.write_text(path, "".join(kept) + body)

    def _environment(self) -> dict[str, str]:
        """A terminal of somebody whose git knows who they are; pushes stay on this machine."""
        who = {f"GIT_{role}_{what}": "reader" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        redirect = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/qinghe-daily/promises.git",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DUIXIAN", "MAKE"))}
        return {**kept, "PATH": self.path, "STATE": str(self.folder), **who, **redirect}


def missing_lines(expected: str, printed: str) -> list[str]:
    """The lines of a block of text that do not stand, in this order, in what was printed."""
    rest = printed.splitlines()
    missing = []
    for line in expected.splitlines():
        if line.strip() == "…":
            continue
        matches = (
            number
            for number, one in enumerate(rest)
            if one.rstrip() == line or (line.endswith("…") and one.startswith(line[:-1]))
        )
        found = next(matches, None)
        if found is None:
            missing.append(line)
        else:
            rest = rest[found + 1 :]
    return missing
