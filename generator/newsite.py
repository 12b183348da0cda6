"""An empty project for another city, and this repository emptied for one.

``write_project`` makes a folder that holds content only and uses the installed program; ``empty_content`` is for a
fork, in which program and content stay together. Neither writes over what a person wrote.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import __version__, yamlfile
from generator.defaults import PACKAGE, PROGRAM_MARK, defaults_folder, program_origin
from generator.errors import BuildError, ContentError, Problem
from generator.jsonschemas import FOLDER, make_schemas
from generator.publication import load_publication

#: Words for reading, which the people of a project extend. The English of the interface belongs to the program.
_OWN_LOOKUPS = (
    *("comparators", "department_slugs", "departments", "garbled_words", "headers", "measures", "numerals"),
    *("phrases", "reported_words", "themes", "units"),
)
#: Files of a fork in which its owner says who publishes: the site, the data, and how they are cited.
NAMED = ("mkdocs.yml", "content/publication.yml", "CITATION.cff")

#: Entries of lookups that are about the registers of one repository, each with what stands there when there are none.
_LOCAL_ENTRIES = {
    "themes.yml": ("overrule",),
    "department_slugs.yml": ("places", "former"),
}
#: What is made from documents, in a fork.
_MADE = ("registers", "documents", "audits", "changes", "releases")
_TEMPLATES = {
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "README.md": "README.md",
    "README.zh-CN.md": "README.zh-CN.md",
    "LICENSE-DATA.md": "LICENSE-DATA.md",
    "CITATION.cff": "CITATION.cff",
    "requirements.txt": "requirements.txt",
    "places.yml": "content/places.yml",
    "publication.yml": "content/publication.yml",
}
#: How a site is published and errors are reported, from our repository as it is.
_GITHUB = (".github/workflows/publish.yml", ".github/ISSUE_TEMPLATE/*.yml", ".github/dependabot.yml")
_OUR_SITE = "https://example.github.io/duixian/"
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+\Z")


def is_repository(name: str) -> bool:
    """Whether this can be a repository on GitHub: OWNER/NAME."""
    return bool(_REPOSITORY.match(name))


@dataclass(frozen=True)
class Adopter:
    """Who makes a site, and where it is published: ``repository`` is OWNER/NAME on GitHub."""

    title: str
    publisher: str
    repository: str
    title_en: str = ""
    publisher_en: str = ""

    @property
    def site_url(self) -> str:
        """The address that GitHub Pages gives the repository."""
        owner, _, name = self.repository.partition("/")
        root = f"https://{owner.lower()}.github.io/"
        return root if name.lower() == f"{owner}.github.io".lower() else f"{root}{name}/"

    @property
    def name(self) -> str:
        """The machine name, made of the repository's."""
        words = re.sub(r"[^a-z0-9]+", "-", self.repository.partition("/")[2].lower()).strip("-")
        return words if words[:1].isalpha() else f"site-{words}".rstrip("-")


def write_project(folder: Path, adopter: Adopter) -> tuple[Path, ...]:
    """Write what an empty project needs and return the files that were written; those that are there stay."""
    texts = {folder / name: text for name, text in _project_files(adopter)}
    missing = {path: text for path, text in texts.items() if not path.exists()}
    yamlfile.write_texts(missing)
    return tuple(missing)


def _project_files(adopter: Adopter) -> Iterator[tuple[str, str]]:
    """Path and text of each file of an empty project."""
    ours = defaults_folder()
    templates = Environment(
        loader=FileSystemLoader(PACKAGE / "templates" / "project"),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
    )
    templates.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    values = _values(adopter)
    for template, path in _TEMPLATES.items():
        yield path, templates.get_template(template).render(values)
    for name in _OWN_LOOKUPS:
        text = (ours / "content" / "lookups" / f"{name}.yml").read_text(encoding="utf-8")
        yield f"content/lookups/{name}.yml", clear_entries(text, _LOCAL_ENTRIES.get(f"{name}.yml", ()))
    for name, text in make_schemas().items():
        yield f"content/{FOLDER}/{name}", text
    yield "mkdocs.yml", _configuration((ours / "mkdocs.yml").read_text(encoding="utf-8"), adopter)
    for file in (file for pattern in _GITHUB for file in sorted(ours.glob(pattern))):
        yield file.relative_to(ours).as_posix(), file.read_text(encoding="utf-8")
    yield "requirements.lock", _pins((ours / "requirements.lock").read_text(encoding="utf-8"))


def _values(adopter: Adopter) -> Mapping[str, str]:
    return {
        "name": adopter.name,
        "title": adopter.title,
        "title_en": adopter.title_en or adopter.title,
        "publisher": adopter.publisher,
        "publisher_en": adopter.publisher_en or adopter.publisher,
        "site_url": adopter.site_url,
        "program": program_requirement(),
        "schema_version": _schema_version(),
    }


def _configuration(text: str, adopter: Adopter) -> str:
    """Our mkdocs.yml with the name and the addresses of another site. Raises BuildError when one of ours is missing."""
    name = f"site_name: {json.dumps(adopter.title, ensure_ascii=False)}"
    places = {_OUR_SITE: adopter.site_url, PROGRAM_MARK: f"https://github.com/{adopter.repository}"}
    for ours, theirs in places.items():
        if ours not in text:
            expected = f"expected {ours}, to put {theirs} in its place"
            raise BuildError(Problem("mkdocs.yml", 0, "configuration", "another address", expected, "report it to us"))
        text = text.replace(ours, theirs)
    return re.sub(r"^site_name: .*$", name.replace("\\", r"\\"), text, count=1, flags=re.MULTILINE)


def _pins(lock: str) -> str:
    """A lock file without its hashes: versions that hold for whatever is installed beside the program."""
    lines = (line.rstrip(" \\") for line in lock.splitlines() if not line.lstrip().startswith("--hash"))
    return "\n".join(lines) + "\n"


def program_requirement() -> str:
    """How pip installs this program again: from where it was installed, if that was a repository, else by version."""
    address, commit = program_origin()
    if commit:
        return f"duixian @ git+{address}@{commit}"
    return f"duixian=={__version__}"


def _schema_version() -> str:
    """The version of the published tables that this program fills."""
    return load_publication(defaults_folder() / "content").schema_version


def clear_entries(text: str, keys: tuple[str, ...]) -> str:
    """A YAML text with nothing under these keys of its top level; all else stays to the byte, comments too."""
    for key in keys:
        below = r"(?:(?:[ \t]*(?:#.*)?\n)*[ \t]+[^\s#].*\n)*"
        text = re.sub(rf"^{key}:.*\n{below}", f"{key}: {{}}\n", text, flags=re.MULTILINE)
    return text


def empty_content(root: Path) -> tuple[Path, ...]:
    """Remove from a fork everything that is about the documents of this repository; return what was touched.

    Git keeps what is removed. Raises BuildError when it does not hold it all, ContentError when there is no content.
    """
    content = root / "content"
    if not (content / "places.yml").is_file():
        problem = Problem(content, 0, "content-missing", "no places.yml", "expected a fork of Duixian", "run it there")
        raise ContentError(problem)
    _refuse_unclean(root)
    touched = [content / name for name in _MADE] + [root / "datapackage"]
    touched = [folder for folder in touched if folder.exists()]
    for folder in touched:
        shutil.rmtree(folder)
    # Git keeps no empty folder, and documentation names these.
    texts = {content / name / ".gitkeep": "" for name in _MADE}
    texts |= {content / "places.yml": (PACKAGE / "templates" / "project" / "places.yml").read_text(encoding="utf-8")}
    for name, keys in _LOCAL_ENTRIES.items():
        path = content / "lookups" / name
        texts[path] = clear_entries(path.read_text(encoding="utf-8"), keys)
    yamlfile.write_texts(texts)
    return (*touched, *(path for path in texts if path.name != ".gitkeep"))


def _refuse_unclean(root: Path) -> None:
    """Only what git can give back is removed."""
    command = ["git", "-C", str(root), "status", "--porcelain", "--ignored", "--", "content", "datapackage"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or done.stdout:
        found = done.stdout.splitlines()[0].strip() if done.stdout else "no git repository"
        remedy = "commit or remove it first; then nothing is lost"
        raise BuildError(Problem(root, 0, "git-unclean", found, "expected everything committed", remedy))
