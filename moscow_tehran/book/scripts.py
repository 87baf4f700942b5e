"""Scripts and stylesheets of single pages, each bundled into one file with the libraries it uses, and data for them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from moscow_tehran import tables

#: Where pages find them in the book. Sphinx's own folder would do, but Jupyter Book puts what is there on every page.
FOLDER = "_pages"
#: Browsers of the last five years or so.
TARGET = "es2021"


def esbuild(root: Path) -> Path:
    """Return esbuild's program for this machine, which npm has installed.

    Raises
    ------
    ExtensionError
        If there is none.
    """
    found = sorted((root / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    found += sorted((root / "node_modules" / "@esbuild").glob("*/esbuild.exe"))
    if not found:
        raise ExtensionError(f"{root / 'node_modules'} holds no esbuild; run: npm ci --ignore-scripts")
    return found[0]


def bundle(app: Sphinx, name: str) -> None:
    """Write ``assets/NAME.js`` and ``assets/NAME.css`` into the book, the script with all that it imports.

    Raises
    ------
    ExtensionError
        With esbuild's message, if a script cannot be bundled.
    """
    root = Path(app.srcdir)
    entries = [f"assets/{name}.{ending}" for ending in ("js", "css")]
    options = ["--bundle", "--minify", "--format=iife", f"--target={TARGET}", "--charset=utf8", "--log-level=error"]
    run = subprocess.run(
        [esbuild(root), *entries, *options, f"--outdir={Path(app.outdir) / FOLDER}"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise ExtensionError(f"esbuild cannot bundle {' and '.join(entries)}:\n{run.stderr}")


def version(app: Sphinx) -> str:
    """Return a short digest of the evidence and of our scripts: addresses that carry it are safe to keep for long."""
    state = hashlib.sha256()
    own = [*(Path(app.srcdir) / "assets").glob("*.*"), *Path(__file__).parent.glob("*.py")]
    for path in sorted([*tables.DATA.iterdir(), *own]):
        state.update(path.read_bytes())
    return state.hexdigest()[:8]


def write_data(target: Path, name: str, data: Any) -> None:
    """Write data as a script that hands them over under the name of its file: pages on disk may load it, not JSON."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (target / f"{name}.js").write_text(f"reportData({json.dumps(name)},{text})\n", "utf-8")
