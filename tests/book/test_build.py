"""The build takes nothing stale, lets nothing broken pass, and leaves the last good book in place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable

import pytest
from conftest import Project

from moscow_tehran.book import figures, slim

#: Faults of a page: what is replaced by what, and what the warning names besides the page.
ON_A_PAGE: dict[str, tuple[str, str, str]] = {
    "a citation of an unknown source": ("{cite}`", "{cite}`s-nobody-2020-nothing,", "s-nobody-2020-nothing"),
    "a reference to an unknown figure": ("{numref}`fig-small", "{numref}`fig-smaller", "-smaller"),
    "a link to a page that is not there": ("# Small", "# Small\n\n[On](elsewhere.md)", "elsewhere.md"),
    "a figure that names an unknown source": ('tables.source_ids(launches["sources"])', '["s-nobody"]', "s-nobody"),
    "a figure that is not finished": (
        "style.finish(",
        "(lambda figure, **_: figure)(",
        "without title, alternative text, data and sources",
    ),
    "a figure without caption": ('    caption: "Launches by month."\n', "", "has no caption"),
    "a figure of a kind that nothing renders": (
        "import plotly",
        'from IPython.display import display\ndisplay({"application/vnd.vega.v5+json": {}}, raw=True)\nimport plotly',
        "application/vnd.vega.v5+json",
    ),
}
#: Faults that stop the build, each by itself.
AT_ONCE: dict[str, tuple[Callable[[Project], None], list[str]]] = {
    "a cell that raises": (
        lambda project: project.edit("chapters/small.md", "launches = ", "launches = 1 / 0\nlaunches = "),
        ["chapters/small.md", "ZeroDivisionError"],
    ),
    "a figure without alternative text": (
        lambda project: project.edit("chapters/small.md", 'alt="Bars that rise."', 'alt=""'),
        ["chapters/small.md", "figure 'small' has no alt"],
    ),
    "a code that the codebook lacks": (
        lambda project: project.edit("data/corridor.csv", ",million-tonnes,", ",tons,"),
        ["data/corridor.csv", "column unit", "'tons'"],
    ),
    "a table that cannot be read": (
        lambda project: (project.root / "data" / "events.csv").write_bytes(b""),
        ["data/events.csv", "empty file"],
    ),
    "a script that cannot be read": (
        lambda project: project.edit("assets/charts.js", "(() => {", "(() => {{"),
        ["charts.js", "esbuild fails"],
    ),
}


@pytest.mark.usefixtures("uncounted_builds")
def test_a_changed_value_shows_in_chart_table_and_prose(project: Project) -> None:
    """Iranian customs' figure for trade with Russia is drawn, listed and quoted in the chapter on the economy."""
    project.keep("chapters/economics")
    first = project.build()
    assert first.returncode == 0, first.stdout + first.stderr
    before = project.page("chapters/economics.html")
    assert "2.3 billion dollars" in before and '<td class="chart-number">2.32</td>' in before
    project.edit("data/trade.csv", ",1401,2320,million-usd,", ",1401,2130,million-usd,")
    second = project.build()
    assert second.returncode == 0, second.stdout + second.stderr
    after = project.page("chapters/economics.html")
    assert "2.1 billion dollars" in after, "the prose is stale"
    assert '<td class="chart-number">2.13</td>' in after and '<td class="chart-number">2.32</td>' not in after
    keys = [
        re.search(r'data-key="(\w+)"', page[page.index('id="fig-turnover"') :]).group(1) for page in (before, after)
    ]
    assert keys[0] != keys[1], "the chart is stale"
    charts = project.root / "_build" / "html" / "_charts"
    assert "2.13" in (charts / f"{keys[1]}.js").read_text("utf-8")
    assert (charts / f"{keys[1]}-light-wide.svg").exists() and not (charts / f"{keys[0]}.js").exists()
    assert "2.13" in (charts / "turnover.csv").read_text("utf-8")


@pytest.mark.usefixtures("uncounted_builds")
def test_an_unchanged_book_executes_and_exports_nothing_and_what_changed_or_went_shows(small_project: Project) -> None:
    (small_project.root / "notebooks" / "old.md").write_text("# Old\n\nA page that goes.\n", "utf-8")
    small_project.edit("_toc.yml", "- file: notebooks", "- file: notebooks/old\n- file: notebooks")
    assert "executed chapters/small" in small_project.build().stdout
    files = small_project.files()
    again = small_project.build()
    assert again.returncode == 0
    assert "executed chapters" not in again.stdout and "exporting" not in again.stdout
    assert small_project.files() == files
    small_project.edit("assets/book.css", ".chart-title {", ".chart-title { letter-spacing: 0;")
    (small_project.root / "notebooks" / "old.md").unlink()
    small_project.edit("_toc.yml", "- file: notebooks/old\n", "")
    restyled = small_project.build()
    assert restyled.returncode == 0 and "executed chapters" not in restyled.stdout
    assert re.search(r"\.chart-title\{[^}]*letter-spacing:0", small_project.stylesheet())
    assert files - small_project.files() >= {"notebooks/old.html"}


def test_without_a_browser_the_book_builds_and_says_so_and_once_there_is_one_it_draws(
    small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = figures.browser()
    path = os.environ["PATH"]
    tools = small_project.root / "tools"
    tools.mkdir()
    (tools / "git").symlink_to(str(shutil.which("git")))
    (tools / "node").symlink_to(slim.node())
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    built = small_project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    assert built.stdout.count("no Chromium found") == 1
    assert "chart-at-once" in small_project.page("chapters/small.html")
    # The smallest Chromium of Debian, of which Kaleido knows nothing by itself.
    small = tools / "chromium-headless-shell"
    small.write_text(f'#!/bin/sh\n: > {tools}/used\nPATH="{path}" exec {found} "$@"\n', "utf-8")
    small.chmod(0o755)
    built = small_project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    assert "exporting" in built.stdout and (tools / "used").exists()
    page = small_project.page("chapters/small.html")
    assert "chart-at-once" not in page and "-light-wide.svg" in page


@pytest.mark.usefixtures("uncounted_builds")
def test_what_is_broken_fails_the_build_and_leaves_the_last_good_book(small_project: Project) -> None:
    good = small_project.build()
    assert good.returncode == 0, good.stdout + good.stderr
    assert re.search(r"The book is ready: open \S+/_build/html/index\.html\s*$", good.stdout)
    page = small_project.page("chapters/small.html")
    for what, (break_it, named) in AT_ONCE.items():
        kept = {
            path: path.read_bytes()
            for pattern in ("data/*", "chapters/*.md", "assets/*.js")
            for path in small_project.root.glob(pattern)
        }
        break_it(small_project)
        bad = small_project.build()
        assert bad.returncode == 1, f"{what} passes"
        for part in named:
            assert part in bad.stdout + bad.stderr, f"{what}: {part!r} is not named:\n{bad.stdout}{bad.stderr}"
        assert small_project.page("chapters/small.html") == page, f"{what} touched the last good book"
        for path, content in kept.items():
            path.write_bytes(content)
    assert small_project.build().returncode == 0


def test_a_warning_fails_the_build_again_and_again_and_names_its_page(small_project: Project) -> None:
    text = (small_project.root / "chapters" / "small.md").read_text("utf-8")
    for number, (old, new, _) in enumerate(ON_A_PAGE.values()):
        assert old in text
        own = (
            text.replace(old, new)
            .replace("fig-small", f"fig-page{number}-small")
            .replace('"small"', f'"small-{number}"')
        )
        (small_project.root / "chapters" / f"page{number}.md").write_text(own, "utf-8")
        small_project.edit("_toc.yml", "- file: notebooks", f"- file: chapters/page{number}\n- file: notebooks")
    # What Sphinx only warns of when it reads a page must not pass for good the second time.
    for again in ("at first", "again"):
        bad = small_project.build()
        assert bad.returncode == 1
        said = re.findall(r"^.*(?:WARNING|ERROR).*$", bad.stdout + bad.stderr, re.M)
        for number, (what, (*_, named)) in enumerate(ON_A_PAGE.items()):
            assert [line for line in said if f"chapters/page{number}" in line and named in line], (
                f"{what} {again}: {said}"
            )
        assert not [line for line in said if "chapters/small" in line], "a sound page is blamed"
        assert not (small_project.root / "_build" / "html").exists()


@pytest.mark.parametrize("builder", ["latex"])
def test_the_same_figures_reach_latex(small_project: Project, builder: str) -> None:
    box = ":::{admonition} The answer\n:class: answer\n\nIt is *very likely*, with *low* confidence.\n:::\n"
    row = "| {row-key}`cl-s44` A claim | supported |"
    small_project.edit(
        "chapters/small.md", "See {numref}", f"{box}\n| Claim | Verdict |\n| --- | --- |\n{row}\n\nSee {{numref}}"
    )
    built = small_project.build(builder)
    assert built.returncode == 0, built.stdout + built.stderr
    folder = small_project.root / "_build" / "work" / builder
    text = next(folder.glob("*.tex")).read_text("utf-8")
    image = re.search(r"\\sphinxincludegraphics(?:\[[^\]]*\])?\{\{?([^}]+)\}", text)
    assert image, "no image in the LaTeX"
    assert "Launches rise" in text
    # Badges and links to rows are for the screen.
    assert re.search(r"It is \\sphinxstyleemphasis\{very likely\}, with \\sphinxstyleemphasis\{low\} confidence", text)
    assert re.search(r"\n\s*A claim\s*\n", text) and "badge-word" not in text and "row-link" not in text
    assert re.search(r"Sources?: ", text)
    assert next(iter(folder.glob("*-light-wide.pdf"))).read_bytes().startswith(b"%PDF")
