"""What a reader takes a chart away with: an image that keeps its claim and its sources, a citation, a page to embed."""

from __future__ import annotations

import html
import textwrap
from pathlib import Path
from typing import Any

from sphinx.util.docutils import SphinxTranslator

from moscow_tehran import tables
from moscow_tehran.book import references
from moscow_tehran.charts import style

#: Sources named on an image; more are counted.
NAMED = 4
#: Space around what an image carries, in CSS pixels.
EDGE = 20
#: Kinds of lines on an image: size and height in CSS pixels, weight, colour, and letters that surely fit the width.
LINES = {
    "title": (19, 24, 650, style.INK, 62),
    "subtitle": (14, 20, 400, style.MUTED, 94),
    "source": (12, 17, 400, style.MUTED, 108),
}


def credit(meta: dict[str, Any]) -> str:
    """Return the line of sources of a chart that stands alone."""
    named = list(dict.fromkeys(references.short(source_id) for source_id in meta["sources"]))
    more = f"; and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return f"Source{'s' if len(named) > 1 else ''}: {'; '.join(named[:NAMED])}{more}."


def imprint() -> str:
    """Return where a chart that stands alone comes from, and on which terms it may be used."""
    package = tables.package()
    reach = f"evidence to {references.day(tables.cut_off())}"
    return f"The Moscow–Tehran report ({package['created'][:4]}), version {package['version']}, {reach}. CC BY 4.0."


def citation(meta: dict[str, Any], number: str, page_title: str, report: str) -> str:
    """Return the citation of a chart of a page of a report as HTML, as the page on citing has it, up to its address."""
    package = tables.package()
    title, chapter = html.escape(meta["title"]), html.escape(page_title)
    return (
        f"The Moscow–Tehran report ({package['created'][:4]}). “{title}”. Fig. {number} of “{chapter}”, "
        f"in <em>{html.escape(report)}</em> Version {package['version']}, "
        f"evidence to {references.day(tables.cut_off())}. CC BY 4.0."
    )


def image(meta: dict[str, Any], still: str) -> str:
    """Return a chart as an image that stands alone.

    Parameters
    ----------
    meta
        What the figure carries beside its traces.
    still
        Its exported image: SVG of the width of a desk, in light colours.

    Returns
    -------
    str
        SVG with title, subtitle, the chart, its sources and where it comes from.
    """
    height = EDGE
    parts = []

    def write(kind: str, text: str) -> None:
        nonlocal height
        size, step, weight, color, letters = LINES[kind]
        for line in textwrap.wrap(text, letters):
            height += step
            parts.append(
                f'<text x="{EDGE}" y="{height - step * 0.28:g}" font-size="{size}" font-weight="{weight}" '
                f'fill="{color}">{html.escape(line)}</text>'
            )

    write("title", meta["title"])
    height += 3
    write("subtitle", meta["subtitle"])
    height += 10
    parts.append(still.replace("<svg ", f'<svg x="{EDGE}" y="{height}" ', 1))
    height += meta["height"] + 8
    write("source", credit(meta))
    write("source", imprint())
    height += EDGE
    size = f"{style.WIDE + 2 * EDGE} {height}"
    width, tall = size.split()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{tall}" viewBox="0 0 {size}" role="img" '
        f'font-family="{html.escape(style.FONT)}"><title>{html.escape(meta["title"])}</title>'
        f'<desc>{html.escape(meta["alt"])}</desc><rect width="100%" height="100%" fill="{style.PAPER}"/>'
        f"{''.join(parts)}</svg>\n"
    )


def page(key: str, meta: dict[str, Any], docname: str, listed: dict[str, tuple[str, str]]) -> str:
    """Return a small page that shows a chart alone, with all its sources, for frames in other pages.

    It needs no script.

    Parameters
    ----------
    key
        Name of the chart's images.
    meta
        What the figure carries beside its traces.
    docname
        Page of the book that the chart belongs to.
    listed
        Page and anchor of each source in the bibliography.
    """

    def colors(theme: str) -> str:
        return "".join(f"--{name}:{getattr(style.HUES[name], theme)};" for name in ("ink", "muted", "paper"))

    sources = "".join(
        f'<source media="{query}" srcset="{key}-{variant}.svg" width="{width}" height="{meta[height]}">'
        for query, variant, width, height in (
            ("(max-width: 540px) and (prefers-color-scheme: dark)", "dark-narrow", style.NARROW, "narrow_height"),
            ("(max-width: 540px)", "light-narrow", style.NARROW, "narrow_height"),
            ("(prefers-color-scheme: dark)", "dark-wide", style.WIDE, "height"),
        )
    )
    title = html.escape(meta["title"])
    size = f'width="{style.WIDE}" height="{meta["height"]}"'
    chapter = f"../{docname}.html#fig-{meta['name']}"
    named = html.escape(credit(meta))
    if len(meta["sources"]) > NAMED:
        items = "".join(f"<li>{link}</li>" for link in references.links(meta["sources"], "../", listed))
        named = f'<details><summary>{named}</summary><ul id="sources">{items}</ul></details>'
    else:
        named = f"<p>{named}</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<base target="_blank">
<style>
:root {{ {colors("light")} }}
@media (prefers-color-scheme: dark) {{ :root {{ {colors("dark")} }} }}
body {{ max-width: {style.WIDE}px; margin: 0 auto; padding: .8rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 {style.FONT}; }}
h1 {{ margin: 0; font-size: 1.15rem; line-height: 1.3; }}
p, details {{ margin: .3rem 0; color: var(--muted); font-size: .88rem; }}
ul {{ margin: .3rem 0; padding-left: 1.2rem; columns: 2 16rem; }}
li {{ padding: .15rem 0; break-inside: avoid; overflow-wrap: anywhere; }}
summary {{ min-height: 1.6rem; cursor: pointer; }}
img {{ display: block; width: 100%; height: auto; margin: .6rem 0; }}
a {{ color: var(--ink); }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{html.escape(meta["subtitle"])}</p>
<picture>{sources}<img src="{key}-light-wide.svg" alt="{html.escape(meta["alt"])}" {size}></picture>
{named}
<p>{html.escape(imprint())} <a href="{chapter}">The chart in its chapter</a></p>
</main>
</body>
</html>
"""


def write(folder: Path, key: str, meta: dict[str, Any], docname: str, listed: dict[str, tuple[str, str]]) -> None:
    """Write a chart's image and page beside its exported images; without these there is neither."""
    still = folder / f"{key}-light-wide.svg"
    if still.exists():
        (folder / f"{meta['name']}.svg").write_text(image(meta, still.read_text("utf-8")), "utf-8")
        (folder / f"{meta['name']}.html").write_text(page(key, meta, docname, listed), "utf-8")


def panel(translator: SphinxTranslator, meta: dict[str, Any], base: str, exported: bool) -> str:
    """Return what is folded beneath a chart: downloads, a citation, and what can be copied.

    Parameters
    ----------
    translator
        Writer of the page.
    meta
        What the figure carries beside its traces.
    base
        The folder of charts, from the page.
    exported
        Whether the chart has still images.
    """
    env = translator.builder.env
    docname = translator.builder.current_docname  # type: ignore[attr-defined]
    figures = env.toc_fignumbers.get(docname, {}).get("figure", {})
    number = ".".join(map(str, figures.get(f"fig-{meta['name']}", ())))
    title = html.escape(meta["title"])
    cite = citation(meta, number, env.titles[docname].astext(), translator.config.html_title)
    name = f"{base}{meta['name']}"
    images = (
        f'<a href="{name}.svg" download>SVG</a><button type="button" data-do="png" hidden>PNG</button>'
        f'<a href="{name}.html">Page to embed</a>'
    )
    return (
        f'<details class="chart-use" data-chart="{name}" data-height="{meta["height"]}"><summary>Use this chart'
        f'<span class="chart-hidden">: {title}</span></summary><div role="group" aria-label="Use: {title}">'
        f'<p class="chart-cite"><span class="chart-citation">{cite}</span></p>'
        f'<div class="chart-tools">{images if exported else ""}'
        '<button type="button" data-do="cite" hidden>Copy citation</button>'
        '<button type="button" data-do="link" hidden>Copy link</button>'
        + ('<button type="button" data-do="embed" hidden>Copy embed code</button>' if exported else "")
        + '<p role="status"></p></div></div></details>'
    )
