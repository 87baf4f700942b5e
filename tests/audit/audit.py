"""Measure every page of the built book as a phone meets it, and compare with the limits: ``make audit``.

Lighthouse's mobile defaults, median of three runs; axe in light and dark; what a page loads, from where, and what it
says to the console; what it loads once all its charts are interactive. All figures go to ``_build/audit.json``, those
beyond their limit into a table. ``make audit PAGES="index chapters/history"`` measures some pages only.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from moscow_tehran.book import build, figures, serve, slim

ROOT = build.ROOT
BOOK = ROOT / "_build" / "html"
LIGHTHOUSE = ROOT / "tests" / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUNS = 3
CHROME = "--headless=new --no-sandbox"
#: Kinds of files that are compressed in themselves.
PACKED = {".png", ".woff2", ".parquet", ".zip", ".pdf"}
KIB = 1024

#: Measures that must reach a value, and those that may not exceed one, with the unit.
AT_LEAST = {"performance": 100, "accessibility": 100, "best practices": 100, "SEO": 100}
AT_MOST = {
    "largest contentful paint, s": 1.5,
    "total blocking time, ms": 50,
    "cumulative layout shift": 0.01,
    "first load, KiB": 150,
    "all charts interactive, KiB": 800,
    "requests to other hosts": 0,
    "console messages above log": 0,
    "axe violations, light": 0,
    "axe violations, dark": 0,
}
#: Pages that may be heavier.
EXCEPTIONS = {"notebooks/explorer": {"first load, KiB": 250}}
AUDITS = {
    "largest contentful paint, s": ("largest-contentful-paint", 1000),
    "total blocking time, ms": ("total-blocking-time", 1),
    "cumulative layout shift": ("cumulative-layout-shift", 1),
    "first load, KiB": ("total-byte-weight", KIB),
}
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best practices": "best-practices",
    "SEO": "seo",
}


class Published(serve.Handler):
    """Serves the book as a host of static pages does: compressed, and what has a digest in its name for good."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file; everything but fonts and images is compressed."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix not in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        digest = slim.DIGEST.search(path.name)
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if digest else "public, max-age=600")
        self.end_headers()
        self.wfile.write(content)


def pages() -> list[str]:
    """Return the pages to measure, without ending: those asked for, or all that readers go to.

    Those that only lead to another, charts for the frames of other sites, and the page in place of a missing one are
    left out.
    """
    if asked := sys.argv[1:]:
        return asked
    found = sorted(path for path in BOOK.rglob("*.html") if not {"_static", "_charts", "404.html"} & {*path.parts})
    return [
        path.relative_to(BOOK).with_suffix("").as_posix()
        for path in found
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    ]


def lighthouse(address: str) -> dict[str, float]:
    """Return scores and measures of a page, the median of all runs."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(
            [slim.node(), LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags={CHROME}"],
            env=os.environ | {"CHROME_PATH": figures.browser() or ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"Lighthouse cannot measure {address}:\n{done.stderr}")
        report = json.loads(done.stdout)
        scores = {name: 100 * report["categories"][key]["score"] for name, key in CATEGORIES.items()}
        runs.append(
            scores | {name: report["audits"][key]["numericValue"] / unit for name, (key, unit) in AUDITS.items()}
        )
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}


def visit(chromium: Browser, address: str, page_name: str) -> dict[str, float]:
    """Return what a page asks for and says, what axe finds, and what it has loaded when all charts are interactive."""
    measured: dict[str, float] = {"requests to other hosts": 0, "console messages above log": 0}
    for theme in ("light", "dark"):
        context = chromium.new_context(viewport={"width": 412, "height": 823}, color_scheme=theme)
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.type))
        page.on("pageerror", lambda _, said=said: said.append("error"))
        page.goto(f"{address}/{page_name}.html", wait_until="networkidle")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run()")["violations"]
        measured[f"axe violations, {theme}"] = sum(len(one["nodes"]) for one in found)
        boxes = page.locator(".chart-box[data-key]")
        for number in range(boxes.count()):
            boxes.nth(number).scroll_into_view_if_needed()
            boxes.nth(number).hover()
            boxes.nth(number).locator(".main-svg").first.wait_for(state="visible")
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".reduce((sum, entry) => sum + entry.transferSize, 0)"
        )
        measured["all charts interactive, KiB"] = round(loaded / KIB, 1)
        measured["requests to other hosts"] += sum(not url.startswith((address, "data:", "blob:")) for url in asked)
        measured["console messages above log"] += sum(kind in ("warning", "error") for kind in said)
        context.close()
    return measured


def beyond(page: str, measured: dict[str, float]) -> Iterator[tuple[str, str, float, str]]:
    """Yield page, measure, value and limit of what a page does not keep."""
    least, most = AT_LEAST | EXCEPTIONS.get(page, {}), AT_MOST | EXCEPTIONS.get(page, {})
    for name, value in measured.items():
        if name in AT_LEAST and value < least[name]:
            yield page, name, value, f"≥ {least[name]}"
        if name in AT_MOST and value > most[name]:
            yield page, name, value, f"≤ {most[name]}"


def main() -> int:
    """Measure, write the figures, and return 1 if any is beyond its limit."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Published, directory=str(BOOK)))
    # Browsers that have seen enough break connections off.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    figures_of: dict[str, dict[str, Any]] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=figures.browser(), args=["--no-sandbox"])
        for page in pages():
            figures_of[page] = visit(chromium, address, page) | lighthouse(f"{address}/{page}.html")
            scores = " ".join(f"{figures_of[page][name]:.0f}" for name in AT_LEAST)
            print(f"{page}: {scores}, {figures_of[page]['first load, KiB']:.0f} KiB", flush=True)
        chromium.close()
    server.shutdown()
    (ROOT / "_build" / "audit.json").write_text(json.dumps(figures_of, indent=1) + "\n", "utf-8")
    found = [row for page, measured in figures_of.items() for row in beyond(page, measured)]
    if not found:
        print(f"All {len(figures_of)} pages keep all limits; figures in _build/audit.json")
        return 0
    rows = [
        ("page", "measure", "value", "limit"),
        *((page, name, f"{value:g}", limit) for page, name, value, limit in found),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 1


if __name__ == "__main__":
    sys.exit(main())
