"""Loaded by every process of Python that has this folder in its path: its clock is off by ``CHAOS_CLOCK`` seconds.

With ``CHAOS_CLOCK=PID`` by ten years back or forth, as the number of the process is: no two of a run have to agree.
"""

from __future__ import annotations

import datetime
import os
import time
from typing import Any

_YEARS = 315_360_000
_told = os.environ["CHAOS_CLOCK"]
OFF = int(_told) if _told != "PID" else _YEARS * (1 if os.getpid() % 2 else -1)
_time, _time_ns, _localtime, _gmtime = time.time, time.time_ns, time.localtime, time.gmtime
_Date, _Datetime = datetime.date, datetime.datetime


class _OtherDate(_Date):
    @classmethod
    def today(cls) -> Any:
        return cls.fromtimestamp(time.time())


class _OtherDatetime(_Datetime):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


time.time = lambda: _time() + OFF
time.time_ns = lambda: _time_ns() + OFF * 10**9
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
