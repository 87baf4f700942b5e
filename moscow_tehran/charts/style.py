"""The house style: one palette in two variants, one template, one way to finish a figure.

A figure carries everything that the book writes around it (title, alternative text, sources, its data) in
``layout.meta``, so that the same cell works in JupyterLab, in the HTML book and on paper.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Hue:
    """One colour in the variant for light pages and the one for dark pages."""

    light: str
    dark: str


# Russia and Iran differ in hue and in lightness, so that they hold apart for every kind of colour vision.
# Every hue reaches 4.5 : 1 against its page and so can carry text as well as marks.
HUES = {
    "russia": Hue("#1f5fa8", "#74b3f5"),
    "iran": Hue("#b0480b", "#f5a25d"),
    "china": Hue("#7b4fa3", "#c7a3ec"),
    "third": Hue("#0f766e", "#4cc3b5"),
    "fourth": Hue("#7a6500", "#d8c04a"),
    "supports": Hue("#0b7261", "#52c7b2"),
    "restrains": Hue("#a3245f", "#f191bd"),
    "ink": Hue("#1d2329", "#e8ecf0"),
    "muted": Hue("#59636e", "#a7b2bd"),
    "grid": Hue("#dde2e7", "#39424b"),
    "paper": Hue("#fffffe", "#121416"),
}
RUSSIA, IRAN, CHINA, THIRD, FOURTH = (HUES[name].light for name in ("russia", "iran", "china", "third", "fourth"))
SUPPORTS, RESTRAINS = HUES["supports"].light, HUES["restrains"].light
INK, MUTED, GRID, PAPER = (HUES[name].light for name in ("ink", "muted", "grid", "paper"))

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [RUSSIA, IRAN, CHINA, THIRD, FOURTH, MUTED],
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "xaxis": {"automargin": True, "gridcolor": GRID, "linecolor": MUTED, "zerolinecolor": GRID, "ticks": "",
                  "title": {"standoff": 8}},
        "yaxis": {"automargin": True, "gridcolor": GRID, "linecolor": MUTED, "zerolinecolor": GRID, "ticks": "",
                  "title": {"standoff": 8}},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left"},
        "hoverlabel": {"font": {"family": FONT, "size": 13, "color": INK}, "bgcolor": PAPER, "bordercolor": MUTED,
                       "align": "left"},
        "separators": ".,",
        "hovermode": "closest",
        # What the theme would else leave black.
        "shapedefaults": {"line": {"color": MUTED, "width": 1}},
        "annotationdefaults": {"font": {"color": INK, "size": 12}, "arrowcolor": MUTED, "showarrow": False},
    }
)  # fmt: skip

#: Widths at which a figure is drawn for the page, in CSS pixels.
WIDE, NARROW = 720, 390


def finish(
    figure: go.Figure,
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    data: pd.DataFrame,
    sources: Iterable[str],
    height: int = 400,
    narrow_height: int | None = None,
) -> go.Figure:
    """Give a figure the house style and everything that is written around it.

    Parameters
    ----------
    figure
        The figure with its traces.
    name
        Name of the figure: its address in the book and the name of its files.
    title
        What the chart shows, as a sentence.
    subtitle
        What is measured, in which unit, for which years.
    alt
        What a sighted reader would conclude, for those who do not see the chart.
    data
        The values drawn, with readable column names that carry their units; shown as a table and given as CSV.
    sources
        Source ids behind the values; names of this report's own tables where a chart is about the evidence itself.
    height, narrow_height
        Height in CSS pixels on a desk and on a phone.

    Returns
    -------
    plotly.graph_objects.Figure
        The same figure.

    Raises
    ------
    ValueError
        If title, subtitle, alternative text, data or sources are empty: a figure without them does not enter the book.
    """
    rows = [[_plain(value) for value in row] for row in data.itertuples(index=False)]
    meta: dict[str, Any] = {
        "name": name,
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "columns": [str(column) for column in data.columns],
        "rows": rows,
        "sources": list(dict.fromkeys(sources)),
        "height": height,
        "narrow_height": narrow_height or height,
        "margin": figure.layout.margin.to_plotly_json(),
    }
    for part in ("name", "title", "subtitle", "alt", "columns", "rows", "sources"):
        if not meta[part]:
            raise ValueError(f"figure {name!r} has no {part}: every figure of the book needs one")
    # In Jupyter the title stands in the figure, in room of its own: plotly's automatic margin would lay it over the
    # legend. The book takes them out and sets the title as text.
    head, below = textwrap.wrap(title, 80), textwrap.wrap(subtitle, 110)
    room = 28 + 20 * len(head) + 18 * len(below)
    small = [f'<span style="font-size:13px">{line}</span>' for line in below]
    figure.update_layout(
        template=TEMPLATE,
        meta=meta,
        height=height + room,
        margin={"t": room + max(30, figure.layout.margin.t or 0)},
        title={
            "text": "<br>".join([f"<b>{line}</b>" for line in head] + small),
            "font": {"size": 16},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 8, "t": 22},
        },
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": MUTED, "activecolor": INK, "orientation": "v"},
    )
    return figure


def _plain(value: object) -> str | int | float | None:
    """A cell as JSON can carry it; dates as ISO text, missing as none."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, int | float | str) else str(value)


def dark(text: str) -> str:
    """Return figure JSON with every colour of the house in its dark variant."""
    for hue in HUES.values():
        text = text.replace(hue.light, hue.dark)
    return text


def fill(color: str, pattern: str = "") -> dict[str, Any]:
    """Return a bar's marker: a colour, and a pattern that tells it apart without colour."""
    return {
        "color": color,
        "pattern": {"shape": pattern, "bgcolor": color, "fgcolor": PAPER, "size": 6, "solidity": 0.3},
    }


def label(figure: go.Figure, x: Any, y: Any, text: str, color: str, **position: Any) -> go.Figure:
    """Write a direct label beside a mark, instead of a legend entry."""
    return figure.add_annotation(
        x=x, y=y, text=text, font={"color": color, "size": 13}, **({"xanchor": "left", "xshift": 8} | position)
    )


def reader_friendly(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Return the named columns under readable names, for the table beneath a chart."""
    return frame[list(columns)].rename(columns=columns)
