"""Every way in which a run is disturbed, one file each."""

from tests.chaos.faults.clock import CLOCK
from tests.chaos.faults.damaged_cache import DAMAGED_CACHE
from tests.chaos.faults.fonts import FONTS
from tests.chaos.faults.full_disk import FULL_DISK
from tests.chaos.faults.killed import KILLED_BUILD, KILLED_INGEST
from tests.chaos.faults.killed_at_steps import BUILD_AT_STEPS, INGEST_AT_STEPS
from tests.chaos.faults.killed_leader import KILLED_LEADER
from tests.chaos.faults.locales import LOCALES
from tests.chaos.faults.read_only import READ_ONLY
from tests.chaos.faults.two_at_once import TWO_AT_ONCE
from tests.chaos.faults.unwritable_cache import UNWRITABLE_CACHE
from tests.chaos.trials import Fault

FAULTS: tuple[Fault, ...] = (
    KILLED_BUILD,
    KILLED_INGEST,
    BUILD_AT_STEPS,
    INGEST_AT_STEPS,
    KILLED_LEADER,
    FULL_DISK,
    READ_ONLY,
    UNWRITABLE_CACHE,
    DAMAGED_CACHE,
    TWO_AT_ONCE,
    CLOCK,
    LOCALES,
    FONTS,
)
