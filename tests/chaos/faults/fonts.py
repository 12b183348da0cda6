"""A machine without any font: drawings are the same, since nobody asks how wide a word is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.chaos.faults.circumstances import run_in
from tests.chaos.trials import Fault, Stage, Trial

_NO_FONTS = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig></fontconfig>\n'


def take_fonts_away(stage: Stage, times: int) -> Iterator[Trial]:
    """A build from nothing, in which every chart is drawn."""
    with stage.scratch() as folder:
        config = Path(folder, "fonts.conf")
        config.write_text(_NO_FONTS, encoding="utf-8")
        environment = {"FONTCONFIG_FILE": str(config), "FONTCONFIG_PATH": str(folder), "XDG_DATA_HOME": str(folder)}
        yield run_in(stage.build, folder, environment, begun=False)


FONTS = Fault("no fonts", take_fonts_away)
