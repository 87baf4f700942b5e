"""Binder: its image is built by the recipe, and a visitor opens, runs and changes every chapter in it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jupyter_pages as jupyter
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks import PythonBuildPack

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.stem for path in ROOT.glob("chapters/*.md"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that a visitor may change."""
    return jupyter.copy_of_the_project(tmp_path_factory.mktemp("binder") / "checkout")


@pytest.fixture(scope="module")
def recipe(checkout: Path) -> PythonBuildPack:
    """The buildpack that repo2docker itself picks for the project."""
    before = Path.cwd()
    os.chdir(checkout)
    try:
        program = Repo2Docker()
        picked = next(pack for kind in program.buildpacks if (pack := kind(program.base_image)).detect())
        assert isinstance(picked, PythonBuildPack), f"repo2docker picks {type(picked).__name__}"
        picked.platform = "linux/amd64"
        assert picked.binder_dir == "binder"
        assert picked.python_version == (ROOT / "binder" / "runtime.txt").read_text("utf-8").strip().partition("-")[2]
        picked.commands = [command for _, command in picked.get_preassemble_scripts() + picked.get_assemble_scripts()]
        picked.commands += [f"./{script}" for script in picked.get_post_build_scripts()]
    finally:
        os.chdir(before)
    return picked


@pytest.fixture(scope="module")
def image(recipe: PythonBuildPack, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment made by the recipe's commands as they are written; of the recipe's Python if it is here."""
    environment = tmp_path_factory.mktemp("image") / "environment"
    python = jupyter.interpreter(recipe.python_version) or jupyter.sys.executable
    jupyter.new_environment(environment, python)
    variables = {"NB_PYTHON_PREFIX": str(environment), "KERNEL_PYTHON_PREFIX": str(environment)}
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for command in recipe.commands:
        ran = subprocess.run(
            ["bash", "-c", command], cwd=checkout, env=os.environ | variables | {"PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
    return environment


@pytest.fixture(scope="module")
def lab(image: Path, checkout: Path) -> Iterator[str]:
    """JupyterLab of that environment."""
    with jupyter.jupyter(image, checkout, "lab") as address:
        yield address


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser for all pages, so that it loads JupyterLab once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    # A kernel takes its time where others run beside it.
    context.set_default_timeout(120_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def test_the_recipe_installs_what_is_locked_and_opens_myst_as_notebooks(recipe: PythonBuildPack, image: Path) -> None:
    assert any("binder/requirements.txt" in command for command in recipe.commands)
    assert "./binder/postBuild" in recipe.commands
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "binder" / "requirements.txt").read_text("utf-8"), re.M))
    asked = "import importlib.metadata as m; print(*(m.version(n) for n in ('jupyterlab', 'pandas', 'plotly')))"
    found = subprocess.run([image / "bin" / "python", "-c", asked], capture_output=True, text=True, check=True).stdout
    assert found.split() == [locked[name] for name in ("jupyterlab", "pandas", "plotly")]
    assert "Jupytext" in (image / "share" / "jupyter" / "lab" / "settings" / "overrides.json").read_text("utf-8")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_opens_from_the_launch_address_runs_and_draws_its_figures(lab: str, page: Page, chapter: str) -> None:
    jupyter.open_notebook(page, f"{lab}/lab/tree/chapters/{chapter}.md")
    jupyter.run_all(page)
    assert jupyter.errors(page) == []
    source = (ROOT / "chapters" / f"{chapter}.md").read_text("utf-8")
    jupyter.drawn(page, source.count("name: fig-"))
    # What prose quotes by name is listed with its value, and tables show links instead of roles.
    name = re.search(r"\{glue:text\}`([^`]+)`", source)[1]
    listing = page.locator(".jp-OutputArea details")
    assert re.search(rf"{name}\S", listing.first.text_content() or "")
    assert "{cite}" not in "".join(page.locator(".jp-RenderedHTMLCommon td").all_text_contents())
    if chapter == "verdict":
        sliders_move(page)


def sliders_move(page: Page) -> None:
    """Assert that the verdict under the reader's own weights follows a slider."""
    before = page.locator(".weights-verdict").text_content()
    slider = page.locator(".weights input[type=range]").first
    slider.scroll_into_view_if_needed()
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function("text => document.querySelector('.weights-verdict').textContent !== text", arg=before)


def test_a_double_click_opens_a_notebook(lab: str, page: Page) -> None:
    page.goto(f"{lab}/lab/tree/chapters?reset")
    page.locator(".jp-DirListing-item", has_text="economics.md").dblclick()
    jupyter.wait_for_kernel(page)
    assert page.locator(".jp-FileEditor").count() == 0


def test_the_visitor_is_greeted_and_what_he_changes_shows(lab: str, checkout: Path, page: Page) -> None:
    jupyter.open_notebook(page, f"{lab}/lab/tree/notebooks/start-here.md")
    jupyter.run_all(page)
    assert jupyter.errors(page) == []
    before = jupyter.drawn(page, 3)

    jupyter.change_cell(page, '"diplomacy": 5,', '"diplomacy": 0,')
    page.wait_for_function("title => document.querySelector('.gtitle').textContent !== title", arg=before[0])
    jupyter.change_cell(page, "worst_grade = 2", "worst_grade = 1")

    table = checkout / "data" / "enriched_uranium.csv"
    text = table.read_text("utf-8")
    assert "440.9" in text and "440.9" in before[2]
    table.write_text(text.replace("440.9", "987.6"), "utf-8")
    jupyter.change_cell(page, 'tables.table("enriched_uranium")', 'tables.table( "enriched_uranium")')
    page.wait_for_function("() => [...document.querySelectorAll('.gtitle')].some(t => /987.6/.test(t.textContent))")
    after = jupyter.drawn(page, 3)
    assert jupyter.errors(page) == []
    assert after[0] != before[0] and after[1] != before[1]
