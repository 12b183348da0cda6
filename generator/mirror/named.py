"""What a user names → the kind of place that it is."""

from __future__ import annotations

from pathlib import Path

from generator.elsewhere import is_address
from generator.mirror.address import AddressDestination
from generator.mirror.destination import Destination
from generator.mirror.folder import FolderDestination
from generator.mirror.rsync import RsyncDestination, is_remote


def open_destination(name: str, site: Path) -> Destination:
    """The place of this name, to which ``site`` is to be published. Raises BuildError where it can be none."""
    if is_remote(name):
        return RsyncDestination(name)
    return AddressDestination(name, site) if is_address(name) else FolderDestination(Path(name), site)
