"""What the tests share: the built book, a scratch copy of the project, a real browser."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from moscow_tehran import checks
from moscow_tehran.book import execution, figures, serve, site

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    "_build", ".venv", "node_modules", ".git", "__pycache__", "tests", ".*_cache", ".coverage*"
)


#: Folders and files that take minutes, the book's build first.
LONG = ("book", "pdf", "rerun", "test_charts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run long files first: a long one at the end would keep one process busy while the other waits."""
    items.sort(key=lambda item: not {item.path.parent.name, item.path.stem} & {*LONG})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nothing may be skipped where REPORT_NO_SKIPS is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REPORT_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def uncounted() -> dict[str, str]:
    """Return the environment without the counting of lines, which makes a build half as long again.

    What enough other tests run and count goes without it.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


@pytest.fixture
def uncounted_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count no lines in what the test builds."""
    for name in os.environ.keys() - uncounted().keys():
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, built from this checkout, once for all processes; its HTML folder."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "book.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "book.built").exists():
            # As readers build it, and apart, for a build leaves marks on its process.
            command = [sys.executable, "-m", "moscow_tehran.book.build"]
            subprocess.run(command, cwd=ROOT, env=uncounted(), check=True)
            (shared / "book.built").touch()
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def address(book: Path) -> Iterator[str]:
    """The built book, served on loopback."""
    server = serve.server(ROOT)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real, headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=figures.browser(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the book in a fresh context; the page carries what it asked for and what it said."""
    contexts = []

    def open_(path: str, *, theme: str = "light", width: int = 1280, script: bool = True, touch: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script, has_touch=touch
        )
        contexts.append(context)
        page = context.new_page()
        page.requests, page.said = [], []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.said.append((message.type, message.text)))
        page.on("pageerror", lambda error: page.said.append(("error", str(error))))
        if script:
            page.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')")
        page.goto(f"{address}/{path}")
        return page

    yield open_
    for context in contexts:
        context.close()


def darken(page: Page) -> None:
    """Press the theme's button until a page is dark; each press tells before the next."""
    for _ in range(3):  # light, as the system has it, dark
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
        mode = page.evaluate("document.documentElement.dataset.mode")
        page.locator("button.theme-switch-button:visible").first.click()
        page.wait_for_function("mode => document.documentElement.dataset.mode !== mode", arg=mode)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


#: A bibliography of what is cited, in place of the ten pages of all sources.
BIBLIOGRAPHY = "# Bibliography\n\n```{bibliography}\n```\n"


class Project:
    """A scratch copy of the project that tests may damage."""

    def __init__(self, root: Path, sound: str) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        (root / "node_modules").symlink_to(ROOT / "node_modules")
        work = root / "_build" / "work"
        work.mkdir(parents=True)
        (work / site.SOUND).write_text(sound, "utf-8")

    def build(self, builder: str = "html") -> subprocess.CompletedProcess[str]:
        """Build as ``make book`` does, from the copy's own package."""
        return subprocess.run(
            [sys.executable, "-m", "moscow_tehran.book.build", builder],
            cwd=self.root, env=os.environ | {"PYTHONPATH": str(self.root), "NO_COLOR": "1"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text that must be there."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} does not contain {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def keep(self, *pages: str) -> None:
        """Leave some pages, the head of the front page, and the sources they cite, without links to other pages."""
        for path in [*self.root.glob("chapters/*.md"), *self.root.glob("notebooks/*.md")]:
            if path.relative_to(self.root).with_suffix("").as_posix() not in pages:
                path.unlink()
        (self.root / "notebooks" / "bibliography.md").write_text(BIBLIOGRAPHY, "utf-8")
        pages = (*pages, "notebooks/bibliography")
        index = self.root / "index.md"
        text = index.read_text("utf-8")
        head = text[: text.index("\n## ")]
        index.write_text(re.sub(r"```\{chart-preview\}.*?```\n", "", head, flags=re.S), "utf-8")
        for path in (index, *(self.root / f"{page}.md" for page in pages)):
            path.write_text(re.sub(r"\{doc\}`([^`]*)`", r"\1", path.read_text("utf-8")), "utf-8")
        listed = "".join(f"  - file: {page}\n" for page in pages)
        (self.root / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{listed}", "utf-8")

    def page(self, path: str) -> str:
        """Return the HTML of a built page."""
        return (self.root / "_build" / "html" / path).read_text("utf-8")

    def files(self) -> set[str]:
        """Return the names of all files of the built book."""
        book = self.root / "_build" / "html"
        return {path.relative_to(book).as_posix() for path in book.rglob("*") if path.is_file()}

    def stylesheet(self) -> str:
        """Return the one stylesheet of the built book."""
        [name] = [name for name in self.files() if name.startswith("_static/") and name.endswith(".css")]
        return self.page(name)


@pytest.fixture(scope="session")
def sound() -> str:
    """The state of the evidence, checked once, so that not every copy checks what it has not changed."""
    assert not checks.problems()
    return execution.digest(ROOT)


@pytest.fixture
def project(tmp_path: Path, sound: str) -> Project:
    """A scratch copy of the whole project."""
    return Project(tmp_path / "project", sound)


SMALL = """\
# Small

```{code-cell} python
---
tags: [hide-input]
mystnb:
  figure:
    caption: "Launches by month."
    name: fig-small
---
import plotly.graph_objects as go
from moscow_tehran import tables
from moscow_tehran.charts import style

launches = tables.table("drone_launches")
style.finish(
    go.Figure(go.Bar(x=launches["month"], y=launches["drones_launched"].astype(float))),
    name="small", title="Launches rise", subtitle="Drones a month", alt="Bars that rise.",
    data=launches[["month", "drones_launched"]], sources=tables.source_ids(launches["sources"]),
)
```

See {numref}`fig-small` and {cite}`SOURCE`.
"""

HEAD = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""


@pytest.fixture
def small_project(project: Project) -> Project:
    """A scratch copy with one small chapter and all the evidence, for builds that are meant to fail."""
    from moscow_tehran import tables

    for page in [*project.root.glob("chapters/*.md"), *project.root.glob("notebooks/*.md")]:
        page.unlink()
    source = tables.table("sources")["source_id"].iloc[0]
    (project.root / "index.md").write_text("# Start\n\n[On](chapters/small.md)\n", "utf-8")
    (project.root / "chapters" / "small.md").write_text(HEAD + SMALL.replace("SOURCE", source), "utf-8")
    (project.root / "notebooks" / "bibliography.md").write_text(BIBLIOGRAPHY, "utf-8")
    (project.root / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/small\n- file: notebooks/bibliography\n", "utf-8"
    )
    return project
