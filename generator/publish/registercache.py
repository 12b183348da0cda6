"""Registers as they were read from YAML, kept under its digest in a form that is read many times faster."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from generator import model, registers, yamlfile
from generator.errors import ContentError, Problem
from generator.model import Register
from generator.publish.entries import read_entry
from generator.publish.fingerprint import digest_of
from generator.registers import load_register
from generator.store import Store

FOLDER = "registers"
"""Where the entries of registers are in the store."""


def read_registers(content: Path, names: Iterable[str], store: Store) -> tuple[Register, ...]:
    """The registers of a content folder by their paths in it. Raises one ContentError with the problems of them all."""
    found, problems = list[Register](), list[Problem]()
    for name in names:
        try:
            found.append(_read(content, name, store))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(*problems)
    return tuple(found)


def register_entry(name: str, data: bytes) -> str:
    """The entry of a register, by its path from the root of the content and its YAML."""
    return f"{FOLDER}/{digest_of(_reader_digest(), name, data)}"


def _read(content: Path, path: str, store: Store) -> Register:
    name = register_entry(path, (content / path).read_bytes())
    kept = read_entry(store, name, Register)
    if kept is not None:
        return kept
    register = load_register(content / path)
    store.write(name, msgspec.msgpack.encode(register))
    return register


@cache
def _reader_digest() -> str:
    """Of the code that says what a register is and when it is refused."""
    return digest_of(*(Path(str(one.__file__)).read_bytes() for one in (model, registers, yamlfile)))
