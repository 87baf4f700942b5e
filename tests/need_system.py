"""See that the system has what the tests need: install it on Debian as root, elsewhere say what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from moscow_tehran.book.pdf import missing


def main() -> int:
    """Return 0 once there is a browser and what sets the PDF."""
    if not missing():
        return 0
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"installing {' '.join(missing())} for the tests")
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing()], check=True, **quiet)
    if lacking := missing():
        print(f"The tests need {' '.join(lacking)}: install it, or set BROWSER_PATH to a browser.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
