"""Chromium, without a window, at a page that measures and posts what it found; and the server of that page.

The server compresses what GitHub Pages does, and counts what it sends.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.errors import BuildError, Problem

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_ENDS = 30
"""Seconds in which a browser that is told to end does."""
_COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"})


def ask_browser(site: Path, made: Mapping[str, bytes], patience: int = 120) -> dict[str, Any]:
    """What ``/bench.html`` posts. ``made`` are files by their paths, beside those of the site or in their place.

    The page gets what was sent since it asked last at ``/moved``: bytes of files, as they were sent. ``patience`` is in
    seconds. Raises BuildError when there is no Chromium, or no answer.
    """
    told: Queue[dict[str, Any]] = Queue()
    with _served(partial(_Handler, site=site, made=made, told=told, sent=[])) as address:
        return _run_browser(f"{address}bench.html", told, patience)


class _Handler(SimpleHTTPRequestHandler):
    """The files of a site, but for those that were made; what is posted is told. Nothing is kept by the browser."""

    def __init__(
        self,
        *args: Any,
        site: Path,
        made: Mapping[str, bytes],
        told: Queue[dict[str, Any]],
        sent: list[int],
        **kwargs: Any,
    ) -> None:
        self._site, self._made, self._told, self._sent = site, made, told, sent
        super().__init__(*args, directory=str(site), **kwargs)

    def do_GET(self) -> None:
        """A made file, else one of the site."""
        path = unquote(urlsplit(self.path).path)
        file = self._site / path.strip("/")
        if path == "/moved":
            body, self._sent[:] = json.dumps(sum(self._sent)).encode(), []
            self._answer(body, plain=True)
        elif path in self._made or file.is_file():
            body = self._made[path] if path in self._made else file.read_bytes()
            self._sent.append(self._answer(body, plain=Path(path).suffix not in _COMPRESSED))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take what the page measured."""
        self._told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer(b"", plain=True)

    def _answer(self, body: bytes, *, plain: bool) -> int:
        """Send it; the bytes of it that went."""
        sent = body if plain else gzip.compress(body, 6)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(urlsplit(self.path).path))
        self.send_header("Content-Length", str(len(sent)))
        self.send_header("Cache-Control", "no-store")
        if not plain:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(sent)
        return len(sent)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def _run_browser(address: str, told: Queue[dict[str, Any]], patience: int) -> dict[str, Any]:
    path = os.environ.get("DUIXIAN_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        raise BuildError(_problem("no Chromium", "expected one", "install it or name one in DUIXIAN_CHROMIUM"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [path, *_FLAGS, f"--user-data-dir={profile}", address]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return told.get(timeout=patience)
        except Empty:
            raise BuildError(_problem(f"no answer in {patience} s", "expected times", "open the site")) from None
        finally:
            running.terminate()
            try:
                running.wait(_ENDS)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def _problem(found: str, expected: str, remedy: str) -> Problem:
    return Problem("bench", 0, "browser", found, expected, remedy)
