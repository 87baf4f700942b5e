"""See that a browser is there for the tests: install it on Debian as root, elsewhere say what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from moscow_tehran.book.figures import browser

MISSING = "The tests need Chromium or Chrome: install it, or set BROWSER_PATH to it."


def main() -> int:
    """Return 0 once there is a browser."""
    if browser():
        return 0
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        print(MISSING, file=sys.stderr)
        return 1
    print("installing Chromium for the browser tests")
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True, **quiet)
    if not browser():
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
