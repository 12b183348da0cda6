"""One mutated document, made of a seed number and its own: the same two give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.fuzz import byte_mutators, html_mutators, office_mutators, pdf_mutators, text_mutators
from tests.fuzz.seeds import Seed

#: How often each format is drawn. Documents of the first, which all become, take the most ways through the reading.
WEIGHTS = {".txt": 48, ".md": 4, ".html": 19, ".docx": 11, ".xlsx": 10, ".xls": 4, ".pdf": 4}
#: The share of real documents among texts, and of those of them that are taken whole.
_REAL, _WHOLE = 0.2, 0.01
#: How often the bytes are damaged after the form was changed. Much of what is damaged is refused at once.
_DAMAGED = {".txt": 0.1, ".md": 0.1, ".html": 0.2, ".docx": 0.04, ".xlsx": 0.04, ".xls": 1.0, ".pdf": 0.2}
#: A mutated document is no larger than this: what is larger is refused or is slow for reasons that tests know.
_MOST = 400_000


@dataclass(frozen=True)
class Mutated:
    """A document with what was done to it."""

    seed: Seed
    data: bytes
    steps: tuple[str, ...]


def mutate(seeds: Sequence[Seed], number: int, index: int) -> Mutated:
    """The document of an index in the run of a seed number."""
    draw = Random(f"{number}:{index}")
    seed = choose_seed(seeds, number, index)
    other = draw.choice([one for one in seeds if one.suffix == seed.suffix])
    steps: list[str] = []
    data = _mutate_form(seed, other, draw, steps)
    if draw.random() < (_DAMAGED[seed.suffix] if steps else 1.0):
        mutator = draw.choice(byte_mutators.MUTATORS)
        data = mutator(data, other.data, draw)
        steps.append(mutator.__name__)
    return Mutated(seed, data[:_MOST], tuple(steps))


def choose_seed(seeds: Sequence[Seed], number: int, index: int) -> Seed:
    """The document that the one of an index is made from."""
    draw = Random(f"seed:{number}:{index}")
    held = [suffix for suffix in WEIGHTS if any(one.suffix == suffix for one in seeds)]
    suffix = draw.choices(held, [WEIGHTS[one] for one in held])[0]
    real = suffix == ".txt" and draw.random() < _REAL
    fitting = [one for one in seeds if one.suffix == suffix and one.real == real]
    return draw.choice(fitting or [one for one in seeds if one.suffix == suffix])


def _mutate_form(seed: Seed, other: Seed, draw: Random, steps: list[str]) -> bytes:
    """The bytes after some mutations of the form of a document: of its text, its tags, its parts, its objects."""
    times = draw.choice((0, 1, 1, 1, 2, 2, 3, 5))
    if seed.suffix in {".txt", ".md"}:
        return _mutate_text(seed, other, draw, steps, times)
    if seed.suffix == ".html":
        return _mutate_page(seed, other, draw, steps, times)
    if seed.suffix in {".docx", ".xlsx"}:
        return _mutate_parts(seed, draw, steps, times)
    data = seed.data
    for _again in range(times if seed.suffix == ".pdf" else 0):
        pdf = draw.choice(pdf_mutators.MUTATORS)
        data = pdf(data, draw)
        steps.append(pdf.__name__)
    return data


def _mutate_text(seed: Seed, other: Seed, draw: Random, steps: list[str], times: int) -> bytes:
    text = seed.text
    if seed.real and draw.random() >= _WHOLE:
        text = text_mutators.excerpt(text, seed.programmes[0].title, draw)
        times = max(times, 1)
    text = _with_words(text, other.text, draw, steps, times)
    return text_mutators.encode(text, draw)


def _with_words(text: str, other: str, draw: Random, steps: list[str], times: int) -> str:
    for _again in range(times):
        mutator = draw.choice(text_mutators.MUTATORS)
        text = mutator(text, other, draw)[:_MOST]
        steps.append(mutator.__qualname__.split(".")[0])
    return text


def _mutate_page(seed: Seed, other: Seed, draw: Random, steps: list[str], times: int) -> bytes:
    page = seed.data.decode("utf-8", "replace")
    for _again in range(times):
        html = draw.choice(html_mutators.MUTATORS)
        page = html(page, draw)[:_MOST]
        steps.append(html.__name__)
    page = _with_words(page, other.data.decode("utf-8", "replace"), draw, steps, draw.choice((0, 1)))
    return text_mutators.encode(page, draw)


def _mutate_parts(seed: Seed, draw: Random, steps: list[str], times: int) -> bytes:
    if not times:
        return seed.data
    parts = office_mutators.unpack(seed.data)
    for _again in range(times):
        office = draw.choice(office_mutators.MUTATORS)
        parts = office(parts, draw) if parts else parts
        steps.append(office.__name__)
    return office_mutators.pack(parts, draw)
