"""Chart kinds that more than one chapter uses."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from moscow_tehran.charts import style

#: What became of a promise or a claim: colour and pattern, so that no meaning hangs on colour alone.
OUTCOME = {
    "fulfilled": ("kept", style.SUPPORTS, ""),
    "partly": ("kept in part", style.SUPPORTS, "/"),
    "pending": ("not due yet", style.MUTED, "."),
    "unknown": ("fate not found", style.GRID, ""),
    "overdue": ("overdue", style.RESTRAINS, "/"),
    "abandoned": ("abandoned", style.RESTRAINS, ""),
}

#: What a kind of mark looks like: name in the legend, colour, symbol.
Looks = dict[str, tuple[str, str, str]]

#: How well established.
STATUS: Looks = {
    "confirmed": ("confirmed", style.INK, "circle"),
    "alleged": ("alleged", style.THIRD, "circle-open"),
    "contested": ("contested", style.FOURTH, "diamond-open"),
    "denied": ("denied", style.RESTRAINS, "x"),
}


def points(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    name: str,
    color: str,
    symbol: str = "circle",
    hover: Sequence[str],
    size: int = 10,
) -> go.Scatter:
    """Return marks, one a row.

    Parameters
    ----------
    frame
        Rows to mark.
    x, y
        Columns of the position.
    name
        Name in the legend.
    color, symbol, size
        Look of a mark; a symbol beside the colour, so that no meaning hangs on colour alone.
    hover
        Columns whose text stands in the box over a mark, one a line.
    """
    return go.Scatter(
        x=frame[x].tolist(),
        y=frame[y].tolist(),
        mode="markers",
        name=name,
        marker={
            "color": color,
            "symbol": symbol,
            "size": size,
            "line": {"width": 2 if "open" in symbol else 0, "color": color},
        },
        text=[_lines(row) for row in frame[list(hover)].itertuples(index=False)],
        hovertemplate="%{text}<extra></extra>",
    )


def in_lanes(
    frame: pd.DataFrame, x: str, lane: str, kind: str, *, lanes: Sequence[str], look: Looks, hover: Sequence[str]
) -> go.Figure:
    """Return marks in lanes along time, each kind of mark at its own height within the lane.

    Parameters
    ----------
    frame
        Rows to mark.
    x, lane, kind
        Columns of the position along the axis, of the lane, and of the kind of mark.
    lanes
        Lanes from top to bottom.
    look
        Kinds from top to bottom within a lane: name in the legend, colour, symbol.
    hover
        Columns whose text stands in the box over a mark, one a line.
    """
    height = {name: float(len(lanes) - number) for number, name in enumerate(lanes)}
    shift = {code: 0.6 * (0.5 - (number + 0.5) / len(look)) for number, code in enumerate(look)}
    placed = frame.assign(height=frame[lane].map(height) + frame[kind].map(shift))
    figure = go.Figure(
        [
            points(placed[placed[kind] == code], x, "height", name=name, color=color, symbol=symbol, hover=hover)
            for code, (name, color, symbol) in look.items()
            if (placed[kind] == code).any()
        ]
    )
    figure.update_yaxes(
        tickvals=list(height.values()), ticktext=list(height), range=[0.4, len(lanes) + 0.6], showgrid=False
    )
    for edge in range(1, len(lanes)):
        figure.add_hline(y=edge + 0.5, line={"color": style.GRID, "width": 1}, layer="below")
    return figure


def ranked_bars(
    frame: pd.DataFrame, value: str, label: str, *, text: str, color: str | list[str], name: str = ""
) -> go.Bar:
    """Return horizontal bars, the first row on top, each with its figure at its end.

    Parameters
    ----------
    frame
        Rows in order.
    value, label, text
        Columns of the length, of the name at the axis, and of the figure at the end.
    color
        Colour of all bars, or one a bar.
    name
        Name in the legend.
    """
    turned = frame.iloc[::-1]
    colors = color[::-1] if isinstance(color, list) else color
    return go.Bar(
        x=turned[value].tolist(),
        y=turned[label].tolist(),
        orientation="h",
        name=name,
        marker={"color": colors},
        text=turned[text].tolist(),
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )


def stacked_outcomes(counts: pd.DataFrame) -> go.Figure:
    """Return one stacked bar a group: how many promises of it were kept, are open, or failed.

    Parameters
    ----------
    counts
        Groups as index, the statuses of ``OUTCOME`` as columns, counts.
    """
    turned = counts.iloc[::-1]
    figure = go.Figure()
    for status, (name, color, pattern) in OUTCOME.items():
        if turned[status].sum():
            figure.add_bar(
                x=turned[status].tolist(),
                y=turned.index.tolist(),
                orientation="h",
                name=name,
                marker=style.fill(color, pattern),
                hovertemplate="%{y}: %{x} " + name + "<extra></extra>",
            )
    return figure.update_layout(barmode="stack", legend={"traceorder": "normal"})


def _lines(row: Iterable[object], width: int = 60) -> str:
    return "<br>".join("<br>".join(textwrap.wrap(str(value), width)) for value in row if pd.notna(value))


def level_grid(text: pd.DataFrame, depth: pd.DataFrame, *, colors: Sequence[str], bold: Sequence[bool]) -> go.Figure:
    """Return figures in cells whose tint deepens with the level, one row a case.

    Parameters
    ----------
    text
        What stands in each cell; the index names the rows, the columns the columns.
    depth
        Level of each cell, from 0; missing where nothing is known, which leaves the cell without tint.
    colors
        Tint of each row.
    bold
        Whether a row stands out.
    """
    figure = go.Figure()
    for row, (line, heights) in enumerate(zip(text.to_numpy(), depth.to_numpy(), strict=True)):
        for column, (label, height) in enumerate(zip(line, heights, strict=True)):
            if pd.notna(height):
                figure.add_shape(
                    type="rect", x0=column - 0.47, x1=column + 0.47, y0=row - 0.44, y1=row + 0.44, layer="below",
                    line={"width": 0}, fillcolor=colors[row], opacity=0.05 + 0.09 * float(height),
                )  # fmt: skip
            weight = f"<b>{label}</b>" if bold[row] else label
            figure.add_annotation(x=column, y=row, text=weight, font={"size": 14, "color": style.INK})
    last_column, last_row = text.shape[1] - 1, text.shape[0] - 1
    # Without a trace there are no axes.
    figure.add_scatter(
        x=[0, last_column], y=[0, last_row], mode="markers", marker={"opacity": 0}, hoverinfo="skip", showlegend=False
    )
    named = [f"<b>{name}</b>" if strong else name for name, strong in zip(text.index, bold, strict=True)]
    figure.update_xaxes(
        tickvals=list(range(last_column + 1)), ticktext=list(text.columns), side="top", range=[-0.5, last_column + 0.5],
        showgrid=False, zeroline=False, tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(last_row + 1)), ticktext=named, range=[last_row + 0.5, -0.5], showgrid=False, zeroline=False
    )
    return figure
