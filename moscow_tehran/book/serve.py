"""Serve the built book on loopback and rebuild it whenever a source is saved: ``make serve``."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from moscow_tehran.book.build import ROOT, build

WATCHED = ("*.md", "_*.yml", "chapters/*.md", "notebooks/*.md", "data/*", "assets/*", "moscow_tehran/**/*.py")


class Handler(SimpleHTTPRequestHandler):
    """Serves files without naming each of them."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def state(root: Path) -> dict[Path, float]:
    """Return the watched files with the time of their last change."""
    return {path: path.stat().st_mtime for pattern in WATCHED for path in root.glob(pattern)}


def server(root: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the built book on loopback; port 0 takes any free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(root / "_build" / "html")))


def main(root: Path = ROOT) -> None:
    """Build, serve, and build again on each change until interrupted."""
    build(root)
    serving = server(root, 8000)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    print(f"The book is at http://127.0.0.1:{serving.server_port}/ and follows what you save; stop with Ctrl+C.")
    seen = state(root)
    try:
        while True:
            time.sleep(0.5)
            if (now := state(root)) != seen:
                seen = now
                # In a process of its own: the change may be to the package that builds.
                subprocess.run([sys.executable, "-m", "moscow_tehran.book.build"], cwd=root, check=False)
    except KeyboardInterrupt:
        serving.shutdown()


if __name__ == "__main__":
    main()
