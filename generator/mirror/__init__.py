"""The finished site → a folder, a server or a bucket from which a plain web server sends it.

Readers never meet half a file; what was not published from here is never replaced or removed.
"""

from generator.mirror.address import AddressDestination
from generator.mirror.destination import Destination
from generator.mirror.folder import FolderDestination
from generator.mirror.mirror import mirror_folder, mirror_site, read_address
from generator.mirror.named import open_destination
from generator.mirror.plan import Plan
from generator.mirror.rsync import RsyncDestination, is_remote

__all__ = [
    "AddressDestination",
    "Destination",
    "FolderDestination",
    "Plan",
    "RsyncDestination",
    "is_remote",
    "mirror_folder",
    "mirror_site",
    "open_destination",
    "read_address",
]
