"""A map from geometry of our own: no tiles, no address that a reader's browser would have to ask.

Land, legs and marks are lines in a plane, so that the map is drawn, coloured and darkened like any other chart.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from moscow_tehran.charts import style

#: Parallels at which the projection is true to scale, and its centre, in degrees.
TRUE_AT, CENTRE = (30.0, 50.0), (47.0, 40.0)

#: What a kind of place looks like: kinds, name in the legend, colour, symbol.
PLACES = (
    (("corridor", "port"), "place on a route", style.THIRD, "circle"),
    (("base",), "base held or used", style.RUSSIA, "square"),
    (("nuclear-site",), "nuclear site", style.IRAN, "diamond"),
    (("drone-plant", "launch-site", "power-plant"), "other joint site", style.FOURTH, "triangle-up"),
)
#: What a state of a leg looks like: states, name in the legend, colour, width, dash.
LEGS = (
    (("runs",), "route that runs", style.THIRD, 2.2, "solid"),
    (("partly-built", "not-built"), "partly or not built", style.INK, 3.2, "3px,2px"),
)


#: Names of countries written on the land: longitude and latitude.
NAMES = {
    "Russia": (47.0, 58.5),
    "Ukraine": (31.5, 49.2),
    "Kazakhstan": (58.5, 48.6),
    "Türkiye": (32.3, 39.3),
    "Iraq": (42.6, 32.6),
    "Turkmenistan": (60.3, 39.6),
    "Iran": (57.6, 30.3),
}
#: Distance in pixels from which a line leads to a label.
LEADER = 22


def _cone() -> tuple[float, float, float]:
    low, high = (math.radians(parallel) for parallel in TRUE_AT)
    steep = math.log(math.cos(low) / math.cos(high)) / math.log(_tangent(high) / _tangent(low))
    scale = math.cos(low) * _tangent(low) ** steep / steep
    return steep, scale, scale / _tangent(math.radians(CENTRE[1])) ** steep


def _tangent(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the position of a place on the map.

    Lambert's conformal conic projection on a sphere (Snyder, *Map Projections: A Working Manual*, 1987, equations 15-1
    to 15-4), true to scale at 30 and 50 degrees north.

    Parameters
    ----------
    longitude, latitude
        Decimal degrees, east and north.

    Returns
    -------
    tuple of float
        Eastward and northward distance from 47 E, 40 N, in degrees of a great circle (about 111 km each).
    """
    steep, scale, centre = _cone()
    radius = scale / _tangent(math.radians(latitude)) ** steep
    angle = steep * math.radians(longitude - CENTRE[0])
    return math.degrees(radius * math.sin(angle)), math.degrees(centre - radius * math.cos(angle))


def region(outlines: pd.DataFrame, bounds: tuple[float, float, float, float]) -> go.Figure:
    """Return a map of land and borders to draw on.

    Parameters
    ----------
    outlines
        Rings of land, one a row: ``ring`` is text, ``longitude latitude`` in decimal degrees, a comma between points.
    bounds
        West, south, east and north edge in decimal degrees: west and east are taken at the latitude of the middle. A
        figure wider or higher than that shows more, so that distances stay true.

    Returns
    -------
    plotly.graph_objects.Figure
        Land, borders and the names of some countries; the axes are those of ``project``.
    """
    rings = []
    for ring in outlines["ring"]:
        points = [project(*map(float, point.split(" "))) for point in ring.split(", ")]
        rings.append("M" + "L".join(f"{east:.2f},{north:.2f}" for east, north in points) + "Z")
    west, south, east, north = bounds
    middle = (south + north) / 2
    hidden = {"visible": False, "showgrid": False, "zeroline": False}
    figure = go.Figure()
    # A trace would draw land and borders as two paths, and make the image half as heavy again.
    figure.add_shape(
        type="path",
        path="".join(rings),
        layer="below",
        fillcolor=style.GRID,
        line={"color": style.MUTED, "width": 0.6},
        opacity=0.6,
    )
    figure.update_xaxes(range=[project(west, middle)[0], project(east, middle)[0]], **hidden)
    figure.update_yaxes(
        range=[project(CENTRE[0], south)[1], project(CENTRE[0], north)[1]], scaleanchor="x", scaleratio=1, **hidden
    )
    for name, place in NAMES.items():
        x_name, y_name = project(*place)
        figure.add_annotation(x=x_name, y=y_name, text=name, font={"color": style.MUTED, "size": 11})
    return figure


def add_routes(figure: go.Figure, routes: pd.DataFrame, places: pd.DataFrame) -> go.Figure:
    """Draw legs between places: solid where they run, dashed where they are partly or not built.

    Parameters
    ----------
    figure
        A map that ``region`` gave.
    routes
        Legs: ``name``, ``mode`` and ``note`` for the box over them; ``status`` is a state of ``LEGS``; ``path`` holds
        place ids, ``;`` between; ``through`` holds points between the first and the second place, written as a ring
        is, and may be missing.
    places
        Places: ``place_id``, ``longitude``, ``latitude`` in decimal degrees.
    """
    where = places.set_index("place_id")[["longitude", "latitude"]]
    for states, name, color, width, dash in LEGS:
        x: list[float | None] = []
        y: list[float | None] = []
        text: list[str | None] = []
        for leg in routes[routes["status"].isin(states)].itertuples():
            points = [tuple(where.loc[place]) for place in leg.path.split(";")]
            if isinstance(leg.through, str):
                points[1:1] = [tuple(map(float, point.split(" "))) for point in leg.through.split(", ")]
            said = _lines([f"<b>{leg.name}</b>", f"{leg.mode}, {leg.status}".replace("-", " "), leg.note])
            for east, north in (project(*point) for point in points):
                x.append(round(east, 2))
                y.append(round(north, 2))
                text.append(said)
            x.append(None)
            y.append(None)
            text.append(None)
        if x:
            figure.add_scatter(
                x=x, y=y, mode="lines", name=name, text=text, hovertemplate="%{text}<extra></extra>",
                line={"color": color, "width": width, "dash": dash},
            )  # fmt: skip
    return figure


def add_places(figure: go.Figure, places: pd.DataFrame) -> go.Figure:
    """Mark places by kind, and with a cross those that were struck.

    Parameters
    ----------
    figure
        A map that ``region`` gave.
    places
        Places: ``name``, ``kind``, ``longitude``, ``latitude`` in decimal degrees, ``what``, ``note``, and the years of
        strikes in ``struck``, ``;`` between, missing where there was none. Kinds not in ``PLACES`` get a cross alone.
    """
    placed = places.assign(
        text=[
            _lines([f"<b>{row.name}</b>", row.what, row.note, f"Credibility {row.credibility} of 6"])
            for row in places.itertuples(index=False)
        ]
    )
    # A cross lies under the mark of its place and reaches beyond it, so that both can be told.
    cross = {"color": style.INK, "symbol": "x-thin", "size": 11, "line": {"color": style.INK, "width": 2}}
    _marks(figure, placed[placed["struck"].notna()], "struck, 2024 to 2026", cross, rank=1100)
    for kinds, name, color, symbol in PLACES:
        marker = {"color": color, "symbol": symbol, "size": 7.5, "line": {"color": style.PAPER, "width": 1}}
        _marks(figure, placed[placed["kind"].isin(kinds)], name, marker)
    return figure


def _marks(figure: go.Figure, part: pd.DataFrame, name: str, marker: Mapping[str, Any], rank: int = 1000) -> None:
    points = [project(row.longitude, row.latitude) for row in part.itertuples()]
    figure.add_scatter(
        x=[round(east, 2) for east, _ in points], y=[round(north, 2) for _, north in points], mode="markers", name=name,
        marker=dict(marker), text=part["text"].tolist(), hovertemplate="%{text}<extra></extra>", legendrank=rank,
    )  # fmt: skip


def add_labels(figure: go.Figure, places: pd.DataFrame, labels: Mapping[str, tuple[str, int, int]]) -> go.Figure:
    """Write names beside places.

    Parameters
    ----------
    figure
        A map that ``region`` gave.
    places
        Places: ``place_id``, ``longitude``, ``latitude`` in decimal degrees.
    labels
        By place id: what is written, and how far right of the mark and above it, in pixels. Text right of its mark
        begins there, text left of it ends there; 0 centres it. A line leads to text farther away than ``LEADER``.
    """
    where = places.set_index("place_id")
    for place, (text, right, up) in labels.items():
        east, north = project(where.at[place, "longitude"], where.at[place, "latitude"])
        anchor = "center" if right == 0 else "left" if right > 0 else "right"
        far = math.hypot(right, up) > LEADER
        away = {"ax": right, "ay": -up, "arrowwidth": 0.8, "arrowhead": 0} if far else {"xshift": right, "yshift": up}
        figure.add_annotation(
            x=east, y=north, text=text, showarrow=far, xanchor=anchor, yanchor="middle", align=anchor,
            font={"color": style.INK, "size": 12}, **away,
        )  # fmt: skip
    return figure


def _lines(parts: Sequence[object], width: int = 46) -> str:
    return "<br>".join("<br>".join(textwrap.wrap(part, width)) for part in parts if isinstance(part, str) and part)
