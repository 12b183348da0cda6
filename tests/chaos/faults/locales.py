"""Locales in which Python would write ASCII, or nothing that anybody reads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from tests.chaos.faults.circumstances import in_turn, run_in
from tests.chaos.runs import UNSET
from tests.chaos.trials import Fault, Stage, Trial

_ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C", **_ASCII, "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C"},
    {"LANG": UNSET},
    {"LANG": UNSET, **_ASCII},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "zh_CN.GB18030"},
    {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
)


def set_locales(stage: Stage, times: int) -> Iterator[Trial]:
    """Each locale, from nothing and on what was there; with few attempts the first."""
    for environment, (ground, begun) in islice(product(ENVIRONMENTS, in_turn((stage.build, stage.ingest))), times):
        with stage.scratch() as folder:
            yield run_in(ground, folder, environment, begun=begun)


LOCALES = Fault("locale", set_locales)
