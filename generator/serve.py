"""A local server for the finished site, under a sub-path as on GitHub Pages, so that a wrong link shows at home."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.errors import BuildError, Problem


def make_server(site: Path, prefix: str, port: int) -> ThreadingHTTPServer:
    """A server of ``site`` at ``http://127.0.0.1:<port>/<prefix>/``; port 0 takes any free one.

    The caller runs and closes it. Raises BuildError when there is no site or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise BuildError(Problem(site, 0, "site-missing", "no index.html", "expected a built site", "run `make site`"))
    mount = f"/{prefix.strip('/')}/".replace("//", "/")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_SiteHandler, site=site, mount=mount))
    except (OSError, OverflowError) as error:
        found = f"cannot listen on 127.0.0.1:{port}: {getattr(error, 'strerror', None) or error}"
        problem = Problem("serve", 0, "port", found, "expected a free port", "name another with --port")
    raise BuildError(problem)


class _SiteHandler(SimpleHTTPRequestHandler):
    """The files of ``site`` under ``mount``; what is missing gets the site's own 404 page."""

    def __init__(self, *args: Any, site: Path, mount: str, **kwargs: Any) -> None:
        self._site, self._mount = site, mount
        super().__init__(*args, directory=str(site), **kwargs)

    def send_head(self) -> Any:
        """Answer the request; ``/`` and the mount without its slash lead to the mount."""
        path = urlsplit(self.path).path
        if path.startswith(self._mount):
            return super().send_head()
        if path in {"/", self._mount.rstrip("/")}:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._mount)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def translate_path(self, path: str) -> str:
        """The file that a path below the mount names."""
        return super().translate_path("/" + path.removeprefix(self._mount))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the error; not found is the site's own page, as GitHub Pages does it."""
        page = self._site / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about what was served; a page asks for dozens of files."""
