"""Commands work on folders. One that is named by an address is fetched for them, and what they change there sent back.

The work of ``FetchedFolder``, once for all commands and options. It is done around the command, and not by a callback
of the option: whether to send, and what is said, depends on how the command ended.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

import typer

from generator.commands.options import Address
from generator.commands.outcome import complain, tell_as
from generator.elsewhere import hide_password
from generator.errors import DuixianError

FETCHED = ("content", "documents")
"""The options whose folders are fetched."""
SENT = "content"
"""The one whose folder commands write into; of the other they only read."""


def with_folders(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose options may name addresses where it knows only folders."""

    @wraps(command)
    def run(**given: Any) -> None:
        addresses = {name: given[name] for name in FETCHED if isinstance(given.get(name), Address)}
        if addresses:
            _run_there(command, given, addresses)
        else:
            command(**given)

    return run


def _run_there(command: Callable[..., None], given: dict[str, Any], addresses: dict[str, Address]) -> None:
    """What a command wrote before it refused is sent, too: it stands in a folder in the same way."""
    from generator.fetched import fetched

    with ExitStack() as stack:
        work = {name: stack.enter_context(fetched(address, name)) for name, address in addresses.items()}
        for name, found in work.items():
            tell_as(found.folder, hide_password(addresses[name]))
        stopped = _end_of(command, given | {name: found.folder for name, found in work.items()})
        if SENT in work:
            work[SENT].send_back()
        if stopped:
            raise stopped


def _end_of(command: Callable[..., None], given: dict[str, Any]) -> typer.Exit | None:
    """With what a command stops that has ended its work; what else it raises leaves the address as it is."""
    try:
        command(**given)
    except DuixianError as error:
        complain(error.problems)
        return typer.Exit(1)
    except typer.Exit as stopped:
        return stopped
    return None
