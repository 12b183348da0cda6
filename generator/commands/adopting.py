"""A site for another city: ``new-site``, ``schema``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.options import CONTENT, Content, require_folder


def new_site(  # noqa: PLR0913, PLR0917  an option is a parameter
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder of the new project; made where it is missing.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Name of the site.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who publishes the data, and answers for them.")] = "",
    repository: Annotated[
        str, typer.Option("--repository", help="OWNER/NAME on GitHub, where the site is published from.")
    ] = "",
    title_en: Annotated[str, typer.Option("--title-en", help="The name in English.", show_default="as --title")] = "",
    publisher_en: Annotated[
        str, typer.Option("--publisher-en", help="The publisher in English.", show_default="as --publisher")
    ] = "",
    here: Annotated[
        bool, typer.Option("--here", help="In a fork of Duixian: remove what is about its documents instead.")
    ] = False,
) -> None:
    """Make an empty project for another city, or empty a fork with --here.

    Files that are there are left as they are. --here refuses what git could not give back.
    """
    from generator import newsite
    from generator.defaults import program_origin

    named = {"--title": title, "--publisher": publisher, "--repository": repository}
    if here:
        for name in (
            name for name, value in (named | {"--title-en": title_en, "--publisher-en": publisher_en}).items() if value
        ):
            raise typer.BadParameter(
                "with --here names are written by you, into the files that it tells", param_hint=name
            )
        for path in newsite.empty_content(folder or Path()):
            print(f"{path}: emptied")
        print(f"Names are still ours: put yours into {', '.join(newsite.NAMED)}")
        print("Nothing is registered any more. Next: your place into content/places.yml, then `duixian new`")
        return
    for name, value in named.items():
        if not value.strip():
            raise typer.BadParameter("it stands on every page: say it", param_hint=name)
    if folder is None:
        raise typer.BadParameter("name the folder; `.` is this one", param_hint="DIR")
    if not newsite.is_repository(repository):
        raise typer.BadParameter(f"{repository!r} is not OWNER/NAME of a repository", param_hint="--repository")
    adopter = newsite.Adopter(title.strip(), publisher.strip(), repository, title_en.strip(), publisher_en.strip())
    for path, count in Counter(map(_shown, newsite.write_project(folder, adopter))).items():
        print(f"{path}: {'written' if count == 1 else f'{count} files written'}")
    if not program_origin()[1]:
        print(f"{folder / 'requirements.txt'}: write there where others get the program, which here is no repository")
    print(f"{folder}: ready; look at it with `make site` and `make serve`, then add a document with `duixian new`")


def _shown(path: Path) -> Path:
    """Many files of one folder are named by their folder."""
    return path.parent if path.parent.name in {"lookups", "json"} else path


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Which one to print: register, sidecar, places …; none: their names.")
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="Write all of them to CONTENT/schemas/json.")] = False,
    content: Content = CONTENT,
) -> None:
    """Print the JSON Schema of a kind of file below CONTENT, for editors and other programs."""
    from generator import jsonschemas

    schemas = jsonschemas.make_schemas()
    if write:
        require_folder(content)
        print(f"{content / jsonschemas.FOLDER}: {len(jsonschemas.write_schemas(content))} schemas")
    elif not name:
        for known, (files, _) in jsonschemas.TYPES.items():
            print(f"{known}: {content / files}")
    elif name in jsonschemas.TYPES:
        print(schemas[jsonschemas.schema_file(name)], end="")
    else:
        raise typer.BadParameter(f"no schema {name!r}; one of {', '.join(jsonschemas.TYPES)}", param_hint="NAME")
