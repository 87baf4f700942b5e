"""The book's notebooks to take away: executed ``.ipynb`` files, and archives that run wherever Jupyter does.

Beside each page that is a notebook stands the same notebook as executed for the book, in plain Markdown, since Jupyter
by itself knows no MyST. Each chapter has an archive with notebook, package and the tables that it opened when it was
executed; one archive holds all notebooks.
"""

from __future__ import annotations

import ast
import hashlib
import posixpath
import re
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode, v4
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from moscow_tehran import myst, tables
from moscow_tehran.book import downloads, figures, references

ALL = "moscow-tehran-notebooks"
#: Where a visitor of Binder begins who comes from the front page.
FIRST = "notebooks/start-here"
#: Parts of the package that only the book's own build needs.
NOT_TAKEN = ("book", "checks.py")
TABLE_NAME = re.compile(r"^:name: (\S+)$", re.MULTILINE)

README = """\
# {title}

{what} of *{book}*, version {version}, with evidence to {cut_off}.

    pip install -r requirements.txt
    jupyter lab        # or: jupyter notebook

Jupyter itself (`jupyterlab` or `notebook`) is needed as well.
Open {opened}, change a cell or a value in `data/`, and run it again.

- `moscow_tehran/` is what the notebooks share; they find it beside them.
- `data/` holds the tables that they read; `data/datapackage.json` says what each column means and under which terms
  each table stands.
- Code is under the MIT licence (`LICENSE`), text and charts under CC BY 4.0 (`LICENSE-CONTENT`).
"""


def names(env: BuildEnvironment) -> list[str]:
    """Return the names of all pages that are notebooks."""
    return sorted(page for page in env.found_docs if "kernelspec" in env.metadata[page])


def executed(env: BuildEnvironment, page: str) -> tuple[NotebookNode, list[str]]:
    """Return a page as executed for the book, and the project's files that it opened."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    path = Path(env.doc2path(page))
    text = path.read_text("utf-8")
    reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
    assert reader is not None
    cache = get_cache(config.execution_cache_path)
    record, notebook = cache.merge_match_into_notebook(reader.read(text))
    return notebook, cache.get_cache_record(record).data["opened"]


def plain(env: BuildEnvironment, page: str, notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook as a reader without MyST wants it: prose in plain Markdown, captions, no traces.

    Parameters
    ----------
    env
        Sphinx's environment after reading: titles of pages, numbers of figures and tables.
    page
        Name of the page.
    notebook
        The notebook as ``executed`` returns it.
    """
    known = _known(env, page, notebook)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            cells.append(v4.new_markdown_cell(myst.markdown(cell.source, known)))
            continue
        outputs = [cleaned for output in cell.outputs if (cleaned := clean(output))]
        cells.append(v4.new_code_cell(cell.source, outputs=outputs, execution_count=cell.execution_count))
        if caption := cell.metadata.get("mystnb", {}).get("figure"):
            number = known["numref"].get(caption["name"], "Figure")
            cells.append(v4.new_markdown_cell(f"**{number}.** {myst.inline(caption['caption'], known)}"))
        shown = "\n".join(output.data.get("text/markdown", "") for output in cell.outputs if "data" in output)
        for name in TABLE_NAME.findall(shown):
            if f"`{name}`" in prose:
                cells.append(v4.new_markdown_cell(f"*The table above is {known['numref'][name]}.*"))
    cells.insert(1, v4.new_markdown_cell(_note()))
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _note() -> str:
    return (
        f"*Executed for version {tables.package()['version']} of the Moscow–Tehran report, with evidence to "
        f"{references.day(tables.cut_off())}. To run it again take its archive from the book's download menu: it holds "
        "the package `moscow_tehran`, the tables that are read here, and `requirements.txt`.*"
    )


def _known(env: BuildEnvironment, page: str, notebook: NotebookNode) -> dict[str, dict[str, str]]:
    """Return what stands for the content of each role on a page."""
    glued = {
        output.metadata["scrapbook"]["name"]: ast.literal_eval(output.data["application/papermill.record/text/plain"])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "application/papermill.record/text/plain" in output.get("data", {})
    }
    folder = posixpath.dirname(page) or "."
    base = env.config.html_baseurl
    pages = {}
    for other, title in env.titles.items():
        text = title.astext()
        link = f"[{text}]({base.rstrip('/')}/{other}.html)" if base else f"*{text}*"
        pages[posixpath.relpath(other, folder)] = link
    numbers = {
        name: f"{'Table' if kind == 'table' else 'Fig.'} {'.'.join(map(str, number))}"
        for kinds in env.toc_fignumbers.values()
        for kind in ("figure", "table")
        for name, number in kinds.get(kind, {}).items()
    }
    previews = {
        meta["name"]: f"> **{meta['title']}**\n>\n> A chart of *{env.titles[other].astext()}*. {meta['alt']}"
        for other, charts in figures.charts(env).items()
        for _, meta in charts.values()
    }
    return {"glue:text": glued, "doc": pages, "numref": numbers, "chart-preview": previews}


def clean(output: NotebookNode) -> NotebookNode | None:
    """Return an output without what only the book reads; nothing where nothing is left."""
    if "data" not in output:
        return output
    data = {kind: value for kind, value in output.data.items() if not kind.startswith("application/papermill")}
    # Jupyter runs no script of a notebook that was not run on this machine; the words say what to do.
    if "<script" in data.get("text/html", ""):
        del data["text/html"]
    # What has HTML has it for Jupyter, and MyST for the book.
    if "text/html" in data:
        data.pop("text/markdown", None)
    if not data:
        return None
    if output.output_type == "execute_result":
        return v4.new_output("execute_result", data, execution_count=output.execution_count)
    return v4.new_output("display_data", data)


def requirements(root: Path) -> str:
    """Return what the package needs to run, and a kernel, as a ``requirements.txt``."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    kernel = next(name for name in project["optional-dependencies"]["book"] if name.startswith("ipykernel"))
    return "\n".join([f"# Python {project['requires-python']}", *project["dependencies"], kernel, ""])


def pack(target: Path, root: Path, title: str, written: dict[str, str], opened: Iterable[str]) -> None:
    """Pack notebooks with all that they need to run.

    Parameters
    ----------
    target
        The archive; what it unpacks to is a folder of its name. It is left alone if it holds the same already.
    root
        The checkout.
    title
        Title of the archive's README.
    written
        Text of each notebook by its file name.
    opened
        The project's files that the notebooks opened.
    """
    book = next(line for line in (root / "README.md").read_text("utf-8").splitlines() if line.startswith("# "))[2:]
    readme = README.format(
        title=title,
        what="A notebook" if len(written) == 1 else "All notebooks",
        book=book,
        version=tables.package()["version"],
        cut_off=references.day(tables.cut_off()),
        opened=f"`{next(iter(written))}`" if len(written) == 1 else "any of the notebooks",
    )
    package = [path for path in sorted((root / "moscow_tehran").rglob("*.py"))
               if path.relative_to(root / "moscow_tehran").parts[0] not in NOT_TAKEN]  # fmt: skip
    taken = [*package, root / "LICENSE", root / "LICENSE-CONTENT", *(root / name for name in sorted(set(opened)))]
    members = {name: text.encode() for name, text in sorted(written.items())}
    members |= {"README.md": readme.encode(), "requirements.txt": requirements(root).encode()}
    members |= {path.relative_to(root).as_posix(): path.read_bytes() for path in taken}
    state = hashlib.sha256()
    for name, content in members.items():
        state.update(f"{name}\0{len(content)}\0".encode() + content)
    comment = state.hexdigest().encode()
    if target.exists():
        with zipfile.ZipFile(target) as archive:
            if archive.comment == comment:
                return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in members.items():
            downloads.add(archive, f"{target.stem}/{name}", content)


def archive_of(page: str) -> str:
    """Return the place of the archive that holds a page's notebook: a chapter's own, or the one of all notebooks."""
    folder, _, name = page.rpartition("/")
    return f"chapters/moscow-tehran-{name}.zip" if folder == "chapters" else f"notebooks/{ALL}.zip"


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Write notebooks and archives beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    env, root, out = app.env, Path(app.srcdir), Path(app.outdir)
    assert env is not None
    every: dict[str, str] = {}
    files: set[str] = set()
    for page in names(env):
        notebook, opened = executed(env, page)
        text = nbformat.writes(plain(env, page, notebook)) + "\n"
        (out / f"{page}.ipynb").write_text(text, "utf-8")
        name = f"{posixpath.basename(page)}.ipynb"
        every[name] = text
        files.update(opened)
        if page.startswith("chapters/"):
            pack(out / archive_of(page), root, env.titles[page].astext(), {name: text}, opened)
    (out / "notebooks").mkdir(exist_ok=True)
    pack(out / "notebooks" / f"{ALL}.zip", root, "All notebooks", every, files)


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Offer notebook and archive in the page's download menu, and begin at the beginning in Binder.

    The theme's own entry would lead to a notebook that was not executed.
    """
    assert app.env is not None
    if "kernelspec" not in app.env.metadata.get(page, {}):
        return
    for group in context["header_buttons"]:
        if group.get("label") == "launch-buttons" and page == app.config.root_doc:
            for button in group["buttons"]:
                button["url"] = button["url"].replace(f"lab/tree/{page}.", f"lab/tree/{FIRST}.")
        if group.get("label") == "download-buttons":
            kept = [button for button in group["buttons"] if button.get("label") != "download-notebook-button"]
            ours = [
                (f"{page}.ipynb", ".ipynb", "Download the executed notebook", "fas fa-code", "notebook"),
                (
                    archive_of(page),
                    ".zip",
                    "Download the notebook with package and tables",
                    "fas fa-archive",
                    "archive",
                ),
            ]
            group["buttons"] = [
                {"type": "link", "url": context["pathto"](place, 1), "text": text, "tooltip": tooltip, "icon": icon,
                 "label": f"download-{label}-button"}
                for place, text, tooltip, icon, label in ours
            ] + kept  # fmt: skip


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    # After the theme has made its menu.
    app.connect("html-page-context", offer, priority=600)
    app.connect("build-finished", put_into_book)
