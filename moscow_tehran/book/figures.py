"""One way from a plotly figure in a cell to every output of the book.

A renderer plugin of myst-nb turns the figure into two nodes, ``chart`` and ``chart_notes``. When all pages are read,
one browser exports the images of all new figures in one batch. HTML then gets still images first, light and dark, wide
and narrow, with the interactive chart kept ready for the reader who reaches for it; LaTeX gets a vector image.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import hashlib
import html
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any, ClassVar

import kaleido
from docutils import nodes
from kaleido._kaleido_tab import _KaleidoTab
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from moscow_tehran import tables
from moscow_tehran.book import chart_tools, pages, references
from moscow_tehran.charts import style

logger = logging.getLogger(__name__)

MIME = "application/vnd.plotly.v1+json"
FOLDER = "_charts"
#: The charts use its kinds of trace alone, on the page as in the still images.
PLOTLY = Path("node_modules/plotly.js-basic-dist-min/plotly-basic.min.js")
#: Sources named in the line itself; more are folded, and still more are on the chart's own page: of some chapters a
#: quarter would else be such lists.
SOURCES_SHOWN, SOURCES_FOLDED = 4, 20


class chart(nodes.General, nodes.Element):
    """A chart: its title, its images, and the figure to draw."""


class chart_notes(nodes.General, nodes.Element):
    """What stands beneath a chart's caption: sources, data as a table and as CSV."""


class chart_preview(nodes.General, nodes.Element):
    """A chart of another page, as a still image that leads there."""


class ChartPreview(SphinxDirective):
    """``{chart-preview} NAME`` shows the chart of that name, which another page makes, and links to it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the image; what it shows is known when all pages are read."""
        preview = chart_preview(name=self.arguments[0])
        self.set_source_info(preview)
        return [preview]


class ChartRenderer(MimeRenderPlugin):
    """Turns a plotly figure in a cell's output into nodes that every builder can write."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes of a finished figure; warn, with the place, of one that ``style.finish`` never saw."""
        if data.mime_type != MIME or inline:
            return None
        figure: Any = data.content if isinstance(data.content, dict) else json.loads(data.string)
        layout = figure["layout"]
        meta = layout.pop("meta", None)
        place = (renderer.renderer.sphinx_env.docname, data.line)
        if not isinstance(meta, dict) or "alt" not in meta:
            logger.warning(
                "a figure without title, alternative text, data and sources: end the cell in charts.style.finish(...)",
                location=place,
            )
            return []
        # A chart about the evidence itself names tables of this report instead of documents.
        known = set(tables.table("sources")["source_id"]) | set(tables.names())
        for source_id in set(meta["sources"]) - known:
            logger.warning(
                "figure %r names source %r, which sources.csv lacks", meta["name"], source_id, location=place
            )
            return []
        # The book sets the title as text; the room for it goes with it.
        for head in ("title", "height", "margin", "modebar"):
            layout.pop(head, None)
        if margin := meta.pop("margin"):
            layout["margin"] = margin
        text = json.dumps({"data": figure["data"], "layout": layout}, ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256(f"{text}{meta['height']}{meta['narrow_height']}".encode()).hexdigest()[:12]
        drawn = chart(name=meta["name"], key=key, figure=text, meta=meta)
        drawn.line = data.line
        return [drawn, chart_notes(name=meta["name"], key=key, meta=meta)]


class NotesBelowCaption(SphinxTransform):
    """Moves a chart's notes beneath its caption, where readers look for sources."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Move the notes; warn of a chart without number and caption."""
        for notes in list(self.document.findall(chart_notes)):
            figure = notes.parent
            while figure is not None and not isinstance(figure, nodes.figure):
                figure = figure.parent
            if figure is None or not any(isinstance(child, nodes.caption) for child in figure.children):
                logger.warning(
                    "figure %r has no caption: give its cell 'mystnb: figure: caption, name'", notes["name"],
                    location=(self.env.docname, None),
                )  # fmt: skip
                continue
            notes.parent.remove(notes)
            figure += notes


class ChartCollector(EnvironmentCollector):
    """Remembers which figures each page shows."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        charts(env).pop(docname, None)
        previews(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over pages that another process read."""
        charts(env).update({name: charts(other)[name] for name in docnames if name in charts(other)})
        previews(env).update({name: previews(other)[name] for name in docnames if name in previews(other)})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember a page; warn of a figure whose name another has."""
        assert app.env is not None
        docname = app.env.docname
        found = {node["name"]: node for node in doctree.findall(chart)}
        charts(app.env)[docname] = {node["key"]: (node["figure"], node["meta"]) for node in found.values()}
        names = [node["name"] for node in doctree.findall(chart)]
        others = {meta["name"] for page, own in charts(app.env).items() if page != docname for _, meta in own.values()}
        for name in names:
            if names.count(name) > 1 or name in others:
                logger.warning("figure name %r is taken: every figure needs a name of its own", name, location=docname)
        if shown := [node["name"] for node in doctree.findall(chart_preview)]:
            previews(app.env)[docname] = shown


def previews(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the names of the charts that pages show from other pages: page to names."""
    if not hasattr(env, "report_previews"):
        env.report_previews = {}  # type: ignore[attr-defined]
    return env.report_previews  # type: ignore[attr-defined]


def chart_named(env: BuildEnvironment, name: str) -> tuple[str, str, dict[str, Any]] | None:
    """Return page, key and meta of the chart of a name; nothing where no page makes it."""
    for page, figures in charts(env).items():
        for key, (_, meta) in figures.items():
            if meta["name"] == name:
                return page, key, meta
    return None


def rewrite_previews(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show charts of other pages, which may have changed; warn of charts that no page makes."""
    for page, names in previews(env).items():
        for name in names:
            if chart_named(env, name) is None:
                logger.warning("no page makes a chart named %r", name, location=page)
    return list(previews(env))


def charts(env: BuildEnvironment) -> dict[str, dict[str, tuple[str, dict[str, Any]]]]:
    """Return the figures of all pages: page to key to figure JSON and meta."""
    if not hasattr(env, "report_charts"):
        env.report_charts = {}  # type: ignore[attr-defined]
    return env.report_charts  # type: ignore[attr-defined]


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "chromium-headless-shell")
#: Still images of a chart: variant and width.
IMAGES = [(f"{theme}-{size}", width) for theme in ("light", "dark")
          for size, width in (("wide", style.WIDE), ("narrow", style.NARROW))]  # fmt: skip


def store(app: Sphinx) -> Path:
    """Return the folder of exported images, kept from build to build."""
    return Path(app.outdir).parent / ".charts"


def export(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Export the images of all new figures of all pages, in one browser and one batch.

    Returns the pages to write anew: all, where an earlier build had no browser and left images out.
    """
    folder = store(app)
    folder.mkdir(parents=True, exist_ok=True)
    jobs: dict[Path, dict[str, Any]] = {}
    used = set()
    for figures in charts(env).values():
        for key, (text, meta) in figures.items():
            for variant, width in IMAGES:
                path = folder / f"{key}-{variant}.svg"
                used.add(path)
                if not path.exists():
                    height = meta["narrow_height" if variant.endswith("narrow") else "height"]
                    themed = style.dark(text) if variant.startswith("dark") else text
                    options = {"format": "svg", "width": width, "height": height, "scale": 1}
                    jobs[path] = {"fig": json.loads(themed), "opts": options}
    # Images that other parts want, drawn in the same batch.
    for more in app.emit("report-images", env):
        jobs |= more
    for old in folder.iterdir():
        # A vector image for paper lives as long as the still image that it was made from.
        if old.suffix in (".svg", ".pdf") and old.with_suffix(".svg") not in used:
            old.unlink()
    if not jobs:
        return []
    left_out = folder / "left-out"
    if not browser():
        left_out.touch()
        logger.info("no Chromium found: charts of this build need script; install chromium or set BROWSER_PATH")
        return []
    logger.info("exporting %d images", len(jobs))
    scratch = folder / "new"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    # Kaleido itself, as plotly's write_images drops the errors that it returns. It loads its page anew for each image,
    # by default with all of plotly.js and, from another host, with MathJax.
    kaleido.write_fig_from_object_sync(
        [job | {"path": scratch / path.name} for path, job in jobs.items()],
        cancel_on_error=True,
        kopts={"n": 2, "path": browser(), "plotlyjs": Path(app.srcdir) / PLOTLY, "mathjax": False},
    )
    # Moved when complete, so that an interrupted export leaves no broken image behind.
    for path in jobs:
        (scratch / path.name).replace(path)
    scratch.rmdir()
    if not left_out.exists():
        return []
    left_out.unlink()
    return sorted(env.found_docs)


_navigate = _KaleidoTab.navigate


async def _navigate_listening(tab: _KaleidoTab, url: str = "") -> None:
    """Open a page of Kaleido with its ears open.

    Kaleido asks for news of the page after it has sent the browser there, and waits for ever for a page that was
    loaded before.
    """
    await tab.tab.send_command("Page.enable")
    await _navigate(tab, url)


_KaleidoTab.navigate = _navigate_listening

#: Seconds that a browser has to say that it closes.
FAREWELL = 5
_send = kaleido.Kaleido.send_command


async def _send_or_leave(browser: kaleido.Kaleido, command: str, *rest: Any, **named: Any) -> Any:
    """Send a command, and wait for the answer; to the last one, no longer than ``FAREWELL``.

    A browser that is told to close may be gone before it has answered, and Kaleido waits for ever. After this it closes
    its end too, and kills a browser that is still there.
    """
    answer = _send(browser, command, *rest, **named)
    if command != "Browser.close":
        return await answer
    with contextlib.suppress(asyncio.TimeoutError):
        return await asyncio.wait_for(answer, FAREWELL)


kaleido.Kaleido.send_command = _send_or_leave


def browser() -> str | None:
    """Return the Chromium or Chrome that exports images, if there is one."""
    if path := os.environ.get("BROWSER_PATH"):
        return path
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def copy_charts(app: Sphinx, error: Exception | None) -> None:
    """Put images, figures and data of all charts into the HTML book, and nothing of earlier builds."""
    if error is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    assert app.env is not None
    listed = references.places(app.env)
    for page, figures in charts(app.env).items():
        for key, (text, meta) in figures.items():
            for variant, _ in IMAGES:
                name = f"{key}-{variant}.svg"
                if (store(app) / name).exists():
                    shutil.copyfile(store(app) / name, target / name)
            # A script, not JSON: pages opened from disk may load scripts but not fetch.
            (target / f"{key}.js").write_text(f"MoscowTehran.figure({json.dumps(key)},{text})\n", "utf-8")
            (target / f"{meta['name']}.csv").write_text(_csv(meta), "utf-8")
            chart_tools.write(target, key, meta, page, listed)


def _csv(meta: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(meta["columns"])
    writer.writerows(meta["rows"])
    return text.getvalue()


def _page_root(translator: SphinxTranslator) -> str:
    return pages.top(translator.builder.current_docname)  # type: ignore[attr-defined]


def _picture(key: str, theme: str, meta: dict[str, Any], base: str) -> str:
    address = f"{base}{FOLDER}/{key}-{theme}"
    wide, narrow = (
        f'width="{style.WIDE}" height="{meta["height"]}"',
        f'width="{style.NARROW}" height="{meta["narrow_height"]}"',
    )
    return (
        f'<picture class="chart-{theme}"><source media="(max-width: 540px)" srcset="{address}-narrow.svg" {narrow}>'
        f'<img src="{address}-wide.svg" alt="{html.escape(meta["alt"])}" {wide} loading="lazy" '
        f'decoding="async"></picture>'
    )


def visit_chart_html(translator: SphinxTranslator, node: chart) -> None:
    """Write title, still images and the place of the interactive chart."""
    meta, key = node["meta"], node["key"]
    base = _page_root(translator)
    exported = (store(translator.builder.app) / f"{key}-light-wide.svg").exists()
    pictures = "".join(_picture(key, theme, meta, base) for theme in ("light", "dark")) if exported else ""
    missing = "" if exported else '<p class="chart-missing">This chart is drawn by script; its data stand below.</p>'
    translator.body.append(  # type: ignore[attr-defined]
        f'<p class="chart-title">{html.escape(meta["title"])}</p>'
        f'<p class="chart-subtitle">{html.escape(meta["subtitle"])}</p>'
        f'<div class="chart-box{"" if exported else " chart-at-once"}" data-key="{key}" data-base="{base}{FOLDER}/" '
        f'style="--wide:{meta["height"]};--narrow:{meta["narrow_height"]}">'
        f'{pictures}{missing}<div class="chart-live" role="img" aria-label="{html.escape(meta["alt"])}" hidden></div>'
        f'<button class="chart-reach" type="button" hidden>Make interactive<span class="chart-hidden">: '
        f"{html.escape(meta['title'])}</span></button></div>\n"
    )
    raise nodes.SkipNode


def visit_preview_html(translator: SphinxTranslator, node: chart_preview) -> None:
    """Write the still images of a chart of another page under its title, which leads there."""
    found = chart_named(translator.builder.env, node["name"])
    if found is not None:
        page, key, meta = found
        here = translator.builder.current_docname  # type: ignore[attr-defined]
        address = f"{translator.builder.get_relative_uri(here, page)}#fig-{meta['name']}"
        pictures = "".join(_picture(key, theme, meta, _page_root(translator)) for theme in ("light", "dark"))
        exported = (store(translator.builder.app) / f"{key}-light-wide.svg").exists()
        translator.body.append(  # type: ignore[attr-defined]
            f'<div class="chart-preview"><p class="chart-title"><a class="reference internal" href="{address}">'
            f'{html.escape(meta["title"])}</a></p><p class="chart-subtitle">{html.escape(meta["subtitle"])}</p>'
            f'<div class="chart-box" style="--wide:{meta["height"]};--narrow:{meta["narrow_height"]}">'
            f"{pictures if exported else ''}</div></div>\n"
        )
    raise nodes.SkipNode


def visit_notes_html(translator: SphinxTranslator, node: chart_notes) -> None:
    """Write sources with links, the data as a folded table, the CSV, and what else a reader may take away."""
    meta = node["meta"]
    root = _page_root(translator)
    builder: Any = translator.builder
    exported = (store(builder.app) / f"{node['key']}-light-wide.svg").exists()
    # Long lists lead to the bibliography, which says more of each source; so many addresses would be half of the page.
    listed = references.places(builder.env) if len(meta["sources"]) > SOURCES_SHOWN else {}
    links = references.links(meta["sources"], root, listed)
    if len(links) <= SOURCES_SHOWN:
        sources = f'<p class="chart-sources">{"Sources" if len(links) > 1 else "Source"}: {"; ".join(links)}.</p>'
    elif len(links) <= SOURCES_FOLDED or not exported:
        items = "".join(f"<li>{link}</li>" for link in links)
        sources = f'<details class="chart-sources"><summary>{len(links)} sources</summary><ul>{items}</ul></details>'
    else:
        sources = (
            f'<p class="chart-sources"><a class="reference internal" href="{root}{FOLDER}/{meta["name"]}.html#sources">'
            f"{len(links)} sources</a>, most often {html.escape(references.most_frequent(meta['sources']))}</p>"
        )
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in meta["columns"])
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in meta["rows"])
    translator.body.append(  # type: ignore[attr-defined]
        f'<div class="chart-notes">{sources}<details class="chart-data"><summary>Data of this chart</summary>'
        f'<div class="chart-table" tabindex="0" role="region" aria-label="Data: {html.escape(meta["title"])}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
        f'<p class="chart-csv"><a href="{_page_root(translator)}{FOLDER}/{meta["name"]}.csv" download>'
        f'CSV<span class="chart-hidden"> of: {html.escape(meta["title"])}</span></a></p>'
        f"{chart_tools.panel(translator, meta, f'{root}{FOLDER}/', exported)}</div>\n"
    )
    raise nodes.SkipNode


def _cell(value: object) -> str:
    if value is None:
        return '<td class="chart-none">–</td>'
    if isinstance(value, int | float):
        return (
            f'<td class="chart-number">{value:,.10g}</td>'
            if abs(value) >= 10_000
            else f'<td class="chart-number">{value:g}</td>'
        )
    return f"<td>{html.escape(str(value))}</td>"


def register(app: Sphinx) -> None:
    """Connect figures with Sphinx."""
    app.add_node(chart_preview, html=(visit_preview_html, None))
    app.add_directive("chart-preview", ChartPreview)
    app.connect("env-updated", rewrite_previews)
    app.add_node(chart, html=(visit_chart_html, None))
    app.add_node(chart_notes, html=(visit_notes_html, None))
    app.add_transform(NotesBelowCaption)
    app.add_env_collector(ChartCollector)
    app.add_event("report-images")
    app.connect("env-updated", export)
    app.connect("build-finished", copy_charts, priority=400)
