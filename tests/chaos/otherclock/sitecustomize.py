"""Loaded by every process of Python that has this folder in its path: its clock is off by ``CHAOS_CLOCK`` seconds.

With ``CHAOS_CLOCK=PID`` by ten years back or forth, as the number of the process is: no two of a run have to agree.
The class ``datetime`` asks the system itself; nothing in the program asks it what time it is (``grep``: none).
"""

from __future__ import annotations

import os
import time

_YEARS = 315_360_000
_told = os.environ["CHAOS_CLOCK"]
OFF = int(_told) if _told != "PID" else _YEARS * (1 if os.getpid() % 2 else -1)
_time, _time_ns, _localtime, _gmtime = time.time, time.time_ns, time.localtime, time.gmtime

time.time = lambda: _time() + OFF
time.time_ns = lambda: _time_ns() + OFF * 10**9
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
