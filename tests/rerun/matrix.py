"""Run all notebooks with each Python that is here, with the oldest and the newest packages allowed: ``make matrix``.

Each environment has what the archive of all notebooks asks for, and ``nbconvert`` to run them. It takes some minutes
and is no part of the tests. The book must be built.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import jupyter_pages as jupyter

from moscow_tehran.book import notebooks

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = ("lowest-direct", "highest")
ARCHIVE = jupyter.ROOT / "_build" / "html" / "notebooks" / f"{notebooks.ALL}.zip"


def run(python: str, resolution: str) -> str:
    """Run all notebooks in a new environment; return what is wrong, or nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = jupyter.new_environment(Path(scratch) / "environment", python)
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(scratch)
        folder = Path(scratch) / notebooks.ALL
        jupyter.install(environment, "--resolution", resolution, "-r", folder / "requirements.txt")
        # Whatever runs them is not what is tested.
        jupyter.install(environment, "nbconvert")
        names = sorted(path.name for path in folder.glob("*.ipynb"))
        ran = subprocess.run(
            [environment / "bin" / "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "again",
             *names],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            return ran.stderr[-2000:]
        return "\n".join(
            f"{name}, code cell {place}: another output than the book's"
            for name in names
            for place, (one, other) in enumerate(
                zip(jupyter.outputs(folder / name), jupyter.outputs(folder / "again" / name), strict=True), start=1
            )
            if one != other
        )


def main() -> int:
    """Run every combination that this machine has; return 1 if one fails."""
    failed = False
    for version in VERSIONS:
        python = jupyter.interpreter(version)
        if python is None:
            print(f"Python {version}: not on this machine, not run", flush=True)
            continue
        for resolution in RESOLUTIONS:
            wrong = run(python, resolution)
            failed = failed or bool(wrong)
            print(
                f"Python {version}, {resolution}: {wrong or 'all notebooks run and give what the book gives'}",
                flush=True,
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
