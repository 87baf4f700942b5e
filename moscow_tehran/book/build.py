"""Build the book strictly, and put it in place only if all of it is good.

``python -m moscow_tehran.book.build [html|latex]`` builds in ``_build/work``; a good HTML book, made
light, then replaces ``_build/html`` in one move, so that readers of the last good book never meet half of a new one.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from moscow_tehran.book import archive, slim

ROOT = Path(__file__).resolve().parents[2]


def build(root: Path = ROOT, builder: str = "html") -> int:
    """Build the book of the checkout at ``root``; return the exit code.

    As ``jupyter-book build . -W -n --keep-going``: warnings are errors, unresolved references are warnings, and all of
    them are shown.
    """
    # Kernels that may not write bytecode compile pandas and plotly anew each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    from jupyter_book.sphinx import build_sphinx

    output = root / "_build" / "work"
    result = build_sphinx(
        root,
        output / builder,
        noconfig=True,
        path_config=root / "_config.yml",
        confoverrides={"external_toc_path": "_toc.yml", "nitpicky": True, "latex_individualpages": False},
        builder=builder,
        warningiserror=True,
        keep_going=True,
    )
    if result:
        # What was read with warnings would be taken for good the next time.
        shutil.rmtree(output / ".doctrees", ignore_errors=True)
        print("\nThe build failed; the places are named above. The last good book stays as it is.", file=sys.stderr)
        return 1
    if builder == "html":
        replace(output / "html", root)
        print(f"\nThe book is ready: open {root / '_build' / 'html' / 'index.html'}")
    return 0


def replace(new: Path, root: Path) -> None:
    """Put a light copy of ``new`` in the place of the present book by renaming, so that there is never half a book."""
    place = root / "_build" / "html"
    fresh, old = place.with_name("html.new"), place.with_name("html.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(new, fresh)
    slim.slim(fresh, root)
    # Last of all, as it holds everything else.
    archive.add(fresh)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(build(builder=sys.argv[1] if len(sys.argv) > 1 else "html"))
