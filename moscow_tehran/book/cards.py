"""Images for those who pass a page on: its main chart under the chart's title, or its title and description.

A card is a plotly figure like any other, so that the browser that exports the charts draws it in the same batch.
"""

from __future__ import annotations

import hashlib
import html
import json
import math
import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from moscow_tehran.book import figures, pages
from moscow_tehran.charts import style

FOLDER = "_cards"
#: The size that Open Graph and Twitter ask for, in pixels.
WIDTH, HEIGHT = 1200, 630
#: What is drawn, left and right in the middle; labels of axes reach to its edge.
INNER_WIDTH, INNER_HEIGHT = 1140, 600
#: Sizes in pixels of a finished card.
MARGIN, BAND, SMALL, SAID = 48, 10, 24, 38
INSET = (WIDTH - INNER_WIDTH) // 2
#: Sizes of a title above a chart and above a text, each with the number of lines that it may take.
ABOVE_CHART, ABOVE_TEXT = ((46, 2), (38, 3), (32, 4)), ((72, 2), (56, 3), (44, 4))
#: Height of a line, and width of a bold and of a plain letter in the widest of the house's fonts, at size 1.
LINE, BOLD, PLAIN = 1.3, 0.64, 0.56
#: Height of a row of a legend, width of a letter in it and of what stands before one, in pixels of the chart.
LEGEND_ROW, LEGEND_LETTER, LEGEND_MARK = 22, 7.5, 46
#: A chart on a card is this part of its height on a page.
FLATTENED = 0.75
#: Colours of a finished card: enough for text with smooth edges, few enough for a small file.
COLOURS = 96


@dataclass(frozen=True)
class Card:
    """The card of a page: the name of its file, the figure to draw, its size before scaling, what it shows."""

    file: str
    figure: dict[str, Any]
    height: int
    alt: str

    @property
    def key(self) -> str:
        """Return the digest of all that the card shows."""
        shown = json.dumps([self.figure, self.height, INSET, BAND, COLOURS], sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:12]


def main_chart(env: BuildEnvironment, page: str) -> tuple[str, dict[str, Any]] | None:
    """Return figure JSON and meta of the chart that stands for a page: the one on the front page, else its first."""
    own = list(figures.charts(env).get(page, {}).values())
    shown = figures.previews(env).get(env.config.root_doc, [])
    return next((chart for chart in own if chart[1]["name"] in shown), own[0] if own else None)


def card(app: Sphinx, page: str) -> Card:
    """Return the card of a page.

    A page written from right to left has that of the front page: not every machine that builds the book has its
    letters.
    """
    env = app.env
    assert env is not None
    if app.config.report_languages.get(page) in pages.RIGHT_TO_LEFT:
        return card(app, app.config.root_doc)
    file, own = f"{page.replace('/', '-')}.png", pages.known(env)[page]
    report, heading = app.config.html_title, own["heading"]
    if (chart := main_chart(env, page)) is not None:
        text, meta = chart
        figure, height = _with_title(json.loads(text), f"{heading} · {report}", meta["title"], meta["height"])
        return Card(file, figure, height, f"{heading} — {meta['title']} (chart)")
    small = app.config.author if heading == report else report
    figure, height = _with_title({"data": [], "layout": {}}, small, own["title"].removesuffix(f" — {report}"))
    said = _wrapped(own["description"], SAID, PLAIN)
    figure["layout"] |= {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    figure["layout"]["annotations"] = [
        {"text": said, "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top",
         "align": "left", "showarrow": False,
         "font": {"size": SAID * height / INNER_HEIGHT, "color": style.INK, "family": style.FONT}}
    ]  # fmt: skip
    return Card(file, figure, height, f"{heading} — {own['description']}")


def _with_title(figure: dict[str, Any], small: str, title: str, chart_height: int = 0) -> tuple[dict[str, Any], int]:
    """Give a figure a title that is read in a small preview; return it and its height in pixels of the chart."""
    sizes = ABOVE_CHART if chart_height else ABOVE_TEXT
    size = next((size for size, most in sizes if len(_lines(title, size, BOLD)) <= most), sizes[-1][0])
    lines = _lines(title, size, BOLD)
    above = MARGIN + SMALL * LINE * 1.5 + size * LINE * len(lines)
    # Tens, so that the width has no fraction either.
    height = 10 * math.ceil(max(INNER_HEIGHT / 1.5, chart_height * FLATTENED / (1 - above / INNER_HEIGHT)) / 10)
    unit = height / INNER_HEIGHT
    layout = figure["layout"]
    layout["title"] = {
        "text": f'<span style="font-size:{SMALL * unit:.1f}px;color:{style.MUTED}">{html.escape(small, quote=False)}'
        f"</span><br><b>{'<br>'.join(html.escape(line, quote=False) for line in lines)}</b>",
        "font": {"size": size * unit, "color": style.INK, "family": style.FONT},
        "x": (MARGIN - INSET) / INNER_WIDTH, "xref": "container", "xanchor": "left",
        "y": 1 - MARGIN / INNER_HEIGHT, "yref": "container", "yanchor": "top",
    }  # fmt: skip
    layout["paper_bgcolor"] = style.PAPER
    layout["margin"] = {
        "l": (MARGIN - INSET) * unit, "r": (MARGIN - INSET) * unit, "b": (MARGIN - INSET) * unit,
        "t": (above + SMALL) * unit + _legend_height(figure, (WIDTH - 2 * MARGIN) * unit),
    }  # fmt: skip
    return figure, height


def _lines(text: str, size: float, letter: float) -> list[str]:
    return textwrap.wrap(text, int((WIDTH - 2 * MARGIN) / (size * letter)), break_on_hyphens=False)


def _wrapped(text: str, size: float, letter: float) -> str:
    return "<br>".join(html.escape(line, quote=False) for line in _lines(text, size, letter))


def _legend_height(figure: dict[str, Any], width: float) -> float:
    """Return the height of the legend above a chart; plotly lays its entries out in columns of one width."""
    layout = figure["layout"]
    below = layout.get("legend", {}).get("y", 1) < 1
    names = [trace["name"] for trace in figure["data"] if trace.get("name") and trace.get("showlegend", True)]
    if below or not layout.get("showlegend", len(names) > 1):
        return 0
    widest = max((len(name) for name in names), default=0) * LEGEND_LETTER + LEGEND_MARK
    return LEGEND_ROW * math.ceil(len(names) / max(1, width // widest))


def _drawn(app: Sphinx, drawn: Card) -> Path:
    return figures.store(app) / f"card-{drawn.key}.png"


def card_of(app: Sphinx, page: str) -> Card | None:
    """Return the card of a page if it was drawn, which takes a browser."""
    found = card(app, page)
    return found if _drawn(app, found).exists() else None


def jobs(app: Sphinx, env: BuildEnvironment) -> dict[Path, dict[str, Any]]:
    """Return what is to be drawn anew: path to figure and options, as Kaleido takes them."""
    if app.builder.format != "html":
        return {}
    wanted = {_drawn(app, found): found for found in (card(app, page) for page in pages.known(env))}
    folder = figures.store(app)
    for old in folder.glob("card-*.png"):
        if old not in wanted:
            old.unlink()
    return {
        path: {
            "fig": found.figure,
            "opts": {
                "format": "png", "width": found.height * INNER_WIDTH // INNER_HEIGHT, "height": found.height,
                "scale": INNER_HEIGHT / found.height,
            },
        }
        for path, found in wanted.items()
        if not path.exists()
    }  # fmt: skip


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Finish the cards that are new and put all into the book, and nothing of earlier builds."""
    if error is not None or app.builder.format != "html":
        return
    assert app.env is not None
    target, finished = Path(app.outdir) / FOLDER, Path(app.outdir).parent / ".cards"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    finished.mkdir(exist_ok=True)
    wanted = {found.key: found for page in pages.known(app.env) if (found := card_of(app, page)) is not None}
    for found in wanted.values():
        ready = finished / f"{found.key}.png"
        if not ready.exists():
            _finish(_drawn(app, found), ready)
        shutil.copyfile(ready, target / found.file)
    for old in finished.iterdir():
        if old.stem not in wanted:
            old.unlink()


def _finish(drawn: Path, ready: Path) -> None:
    """Add margins and a band in the colours of the two, and leave as many colours as a small file holds."""
    shown = Image.new("RGB", (WIDTH, HEIGHT), style.PAPER)
    with Image.open(drawn) as image:
        shown.paste(image.convert("RGB"), (INSET, 0))
    draw = ImageDraw.Draw(shown)
    draw.rectangle((0, HEIGHT - BAND, WIDTH // 2, HEIGHT), fill=style.RUSSIA)
    draw.rectangle((WIDTH // 2, HEIGHT - BAND, WIDTH, HEIGHT), fill=style.IRAN)
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(ready, optimize=True)


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.connect("report-images", jobs)
    app.connect("build-finished", put_into_book)
