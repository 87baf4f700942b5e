"""Notebooks to take away: what they hold, and that they run elsewhere and give what the book gives."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupyter_pages as jupyter
import nbformat
import pytest
from playwright.sync_api import Browser, Page

from moscow_tehran import tables

ROOT = Path(__file__).resolve().parents[2]
PLOTLY = "application/vnd.plotly.v1+json"
PAGES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix()
    for path in [ROOT / "index.md", *ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*.md")]
    if "\nkernelspec:" in path.read_text("utf-8")
)
CHAPTERS = [page for page in PAGES if page.startswith("chapters/")]
#: Run again where nothing but the archive is: the one that reads every table, and one that reads some.
RUN = ["verdict", "economics"]


def figures(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [output["data"][PLOTLY] for cell in notebook["cells"] for output in cell.get("outputs", [])
            if PLOTLY in output.get("data", {})]  # fmt: skip


def shown(notebook: dict[str, Any]) -> str:
    """All text that a reader sees, but for code."""
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    outputs = [str(text) for cell in notebook["cells"] for output in cell.get("outputs", [])
               for kind, text in output.get("data", {}).items() if kind in ("text/html", "text/markdown")]  # fmt: skip
    return "\n".join(cells + outputs)


@pytest.fixture(scope="module")
def unpacked(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archives of RUN, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    for chapter in RUN:
        with zipfile.ZipFile(book / "chapters" / f"moscow-tehran-{chapter}.zip") as archive:
            archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def elsewhere(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with Jupyter, and what an archive asks for."""
    environment = tmp_path_factory.mktemp("elsewhere") / "environment"
    jupyter.new_environment(environment, jupyter.sys.executable)
    jupyter.install(environment, "notebook", "-r", unpacked / f"moscow-tehran-{RUN[0]}" / "requirements.txt")
    return environment


@pytest.mark.parametrize("page", PAGES)
def test_a_notebook_is_whole_clean_and_readable_without_myst(book: Path, page: str) -> None:
    text = (book / f"{page}.ipynb").read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert str(ROOT) not in text and str(Path.home()) + "/" not in text
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all(cell.metadata == {} for cell in notebook.cells)
    assert "stream" not in {output.output_type for cell in notebook.cells for output in cell.get("outputs", [])}
    left = re.findall(r"\{[a-z:-]+\}(?:`|<code>)[^`<]*|^(?::{3,}|`{3,}\{).*|papermill|scrapbook", shown(notebook), re.M)
    assert left == []
    source = (ROOT / f"{page}.md").read_text("utf-8")
    assert len(figures(notebook)) == len(re.findall(r"^    name: fig-", source, re.M))


@pytest.mark.parametrize("page", PAGES)
def test_a_notebook_shows_the_numbers_of_the_book(book: Path, page: str) -> None:
    notebook = nbformat.read(book / f"{page}.ipynb", as_version=4)
    for figure in figures(notebook):
        meta = figure["layout"]["meta"]
        with (book / "_charts" / f"{meta['name']}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == meta["columns"]
        assert rows == [["" if value is None else str(value) for value in row] for row in meta["rows"]]
    # As text of both, since the book's own markup differs.
    plain = re.sub(r"\W", "", re.sub(r"<[^>]+>", "", (book / f"{page}.html").read_text("utf-8")))
    prose = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    for sentence in re.findall(r"(?<=\n)[A-Z][^\n\[*&]*\d[^\n\[*&]*(?=\n)", prose):
        if "Fig." not in sentence and "Table" not in sentence:
            assert re.sub(r"\W", "", sentence) in plain, sentence


@pytest.mark.parametrize("page", PAGES)
def test_the_download_menu_offers_notebook_and_archive(book: Path, page: str) -> None:
    html = (book / f"{page}.html").read_text("utf-8")
    menu = html[html.index("dropdown-download-buttons") :]
    offered = re.findall(r'<a href="([^"]+)"', menu[: menu.index("</ul>")])
    assert [Path(link).suffix for link in offered] == [".ipynb", ".zip", ".md"]
    for link in offered:
        assert ((book / page).parent / link).resolve().is_file()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_archive_holds_package_requirements_and_the_tables_that_are_read(book: Path, chapter: str) -> None:
    name = chapter.removeprefix("chapters/")
    with zipfile.ZipFile(book / "chapters" / f"moscow-tehran-{name}.zip") as archive:
        members = {path.partition("/")[2] for path in archive.namelist()}
        assert {path.partition("/")[0] for path in archive.namelist()} == {f"moscow-tehran-{name}"}
        notebook = archive.read(f"moscow-tehran-{name}/{name}.ipynb")
    assert notebook == (book / f"{chapter}.ipynb").read_bytes()
    assert {"README.md", "requirements.txt", "LICENSE", "LICENSE-CONTENT", "data/datapackage.json",
            "moscow_tehran/tables.py"} <= members  # fmt: skip
    assert not [path for path in members if path.startswith("moscow_tehran/book/")]
    source = (ROOT / f"{chapter}.md").read_text("utf-8")
    named = set(re.findall(r'tables\.table\("(\w+)"\)', source))
    held = {Path(path).stem for path in members if re.fullmatch(r"data/\w+\.csv", path)}
    assert named <= held
    assert held == set(tables.names()) or "tables.everything()" not in source


@pytest.mark.parametrize("chapter", RUN)
def test_an_archive_runs_elsewhere_and_gives_the_same_cell_by_cell(
    elsewhere: Path, unpacked: Path, chapter: str
) -> None:
    folder = unpacked / f"moscow-tehran-{chapter}"
    ran = subprocess.run(
        [elsewhere / "bin" / "jupyter", "nbconvert", "--to", "notebook", "--execute", f"{chapter}.ipynb",
         "--output", "again.ipynb"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    before, after = (jupyter.outputs(folder / f"{name}.ipynb") for name in (chapter, "again"))
    for place, (one, other) in enumerate(zip(before, after, strict=True), start=1):
        assert one == other, f"code cell {place} of {chapter} gives another output"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("application", "place"), [("notebook", "notebooks"), ("lab", "lab/tree")])
def test_an_archive_works_in_a_clean_jupyterlab_and_notebook(
    elsewhere: Path, unpacked: Path, page: Page, application: str, place: str
) -> None:
    folder = unpacked / f"moscow-tehran-{RUN[1]}"
    expected = len(figures(json.loads((folder / f"{RUN[1]}.ipynb").read_text("utf-8"))))
    with jupyter.jupyter(elsewhere, folder, application) as address:
        jupyter.open_notebook(page, f"{address}/{place}/{RUN[1]}.ipynb")
        stored = jupyter.drawn(page, expected)
        jupyter.run_all(page)
        assert jupyter.errors(page) == []
        assert jupyter.drawn(page, expected) == stored
