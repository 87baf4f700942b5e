"""What the tests of rerunning share: interpreters, a real Jupyter server, and pages of it in a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
from playwright.sync_api import Page

from moscow_tehran.book import notebooks

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).parent / "uv"


def interpreter(version: str) -> str | None:
    """Return a Python of a version such as ``3.13`` that runs on this machine, if there is one."""
    named = [Path(folder) / f"python{version}" for folder in os.environ.get("PATH", "").split(os.pathsep)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for path in [Path(sys.executable), *named, *sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)]:
        if path.exists():
            asked = subprocess.run([path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
                                   capture_output=True, text=True, check=False)  # fmt: skip
            if asked.stdout.strip() == version:
                return str(path)
    return None


def new_environment(folder: Path, python: str) -> Path:
    """Make an empty environment with pip."""
    subprocess.run([UV, "venv", "-q", "--seed", "--no-config", "--python", python, folder], check=True)
    return folder


def install(environment: Path, *arguments: str | Path) -> None:
    """Install packages into an environment."""
    subprocess.run([UV, "pip", "install", "-q", "--python", environment, *arguments], check=True)


@contextmanager
def jupyter(environment: Path, folder: Path, application: str) -> Iterator[str]:
    """Serve a folder with ``jupyter lab`` or ``jupyter notebook`` on loopback, without any user's settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = environment / "home"
    home.mkdir(exist_ok=True)
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "COV_"))}
    # Coverage of the book's own environment has no place in this one.
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "PYTHONPATH"):
        variables.pop(name, None)
    with (home / f"{application}.log").open("w") as log:
        server = subprocess.Popen(
            [environment / "bin" / "jupyter", application, "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="],
            cwd=folder, env=variables | {"HOME": str(home), "PATH": path}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urlopen(f"{address}/api").close()
                break
            except URLError:
                assert server.poll() is None, (home / f"{application}.log").read_text("utf-8")
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


DONE = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(prompt => prompt.textContent);
  return prompts.length && prompts.every(prompt => /\\[\\d+\\]/.test(prompt)) || document.querySelector(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']");
}"""  # noqa: E501


def open_notebook(page: Page, address: str) -> None:
    """Open an address and wait until a notebook stands there whose kernel is idle."""
    # As on a new machine: JupyterLab would open what was open before as well.
    page.goto(f"{address}?reset")
    wait_for_kernel(page)


def wait_for_kernel(page: Page) -> None:
    """Wait until a notebook is shown and its kernel is idle."""
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    # Cells that are run before a kernel is there make Jupyter ask for one.
    page.locator(".jp-Toolbar-kernelName").filter(has_text="Python 3").wait_for(timeout=120_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached", timeout=120_000)


def run_all(page: Page) -> None:
    """Run all cells by the menu, and wait until they have run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(DONE, timeout=180_000)


def errors(page: Page) -> list[str]:
    """Return what cells complain of: exceptions and all else on the error stream."""
    kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
    return [text for kind in kinds for text in page.locator(f"[data-mime-type='{kind}']").all_text_contents()]


def drawn(page: Page, expected: int) -> list[str]:
    """Wait until as many figures are drawn; return their titles."""
    page.wait_for_function(
        "count => document.querySelectorAll('.js-plotly-plot .main-svg .gtitle').length === count",
        arg=expected, timeout=120_000,
    )  # fmt: skip
    return [title.replace("\u200b", "") for title in page.locator(".js-plotly-plot .gtitle").all_text_contents()]


def change_cell(page: Page, old: str, new: str) -> None:
    """Replace text in the code cell that holds it, as a reader does, and run the cell."""
    cell = page.locator(".jp-CodeCell").filter(has_text=old)
    editor = cell.locator(".cm-content")
    editor.scroll_into_view_if_needed()
    source = editor.evaluate("editor => editor.cmView?.view?.state?.doc?.toString() ?? editor.innerText")
    assert old in source
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source.replace(old, new))
    page.keyboard.press("Shift+Enter")


def outputs(path: Path) -> list[list[Any]]:
    """Return what each code cell of a notebook shows, without what a downloaded notebook leaves out."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [[cleaned.get("data") or cleaned.text for output in cell.outputs if (cleaned := notebooks.clean(output))]
            for cell in cells]  # fmt: skip


def copy_of_the_project(folder: Path) -> Path:
    """Copy what git holds, and what it would hold, as a host of Binder has it."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=True).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder
