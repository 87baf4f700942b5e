"""Take the download addresses out of a package-lock file: versions and hashes are enough, on any registry."""

import json
import sys
from pathlib import Path

path = Path(sys.argv[1])
lock = json.loads(path.read_text("utf-8"))
for package in lock["packages"].values():
    package.pop("resolved", None)
path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")
