"""The house style: colours that everyone can tell apart, figures that carry what the book writes around them."""

from __future__ import annotations

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from moscow_tehran.charts import grid, kinds, style

PAGES = {"light": "#ffffff", "dark": "#121416"}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PAGES)
@pytest.mark.parametrize("name", [name for name in style.HUES if name not in ("grid", "paper")])
def test_every_colour_can_carry_text(name: str, theme: str) -> None:
    assert contrast(getattr(style.HUES[name], theme), PAGES[theme]) >= 4.5


def test_no_colour_is_two_hues() -> None:
    colours = [hue.light for hue in style.HUES.values()] + [hue.dark for hue in style.HUES.values()]
    assert len(colours) == len(set(colours))


def finished(**changes: object) -> go.Figure:
    data = pd.DataFrame({"Day": pd.to_datetime(["2022-01-01"]), "Share": [None], "Full": [True]})
    parts = {
        "name": "n",
        "title": "Bars rise",
        "subtitle": "Units",
        "alt": "Rising bars.",
        "sources": ["s-a", "s-a"],
        "data": data,
    }
    return style.finish(go.Figure(go.Bar(x=[1], y=[2], marker=style.fill(style.RUSSIA, "/"))), **(parts | changes))


def test_a_figure_carries_its_words_data_and_sources() -> None:
    meta = finished().layout.meta
    assert (meta["columns"], meta["rows"]) == (["Day", "Share", "Full"], [["2022-01-01", None, "yes"]])
    assert meta["sources"] == ["s-a"]
    assert "Bars rise" in finished().layout.title.text


@pytest.mark.parametrize("part", ["name", "title", "subtitle", "alt", "sources"])
def test_a_figure_without_one_of_them_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match=f"has no {part}"):
        finished(**{part: ""})


def test_the_dark_variant_leaves_no_light_colour() -> None:
    text = style.dark(finished().to_json())
    assert not any(hue.light in text for hue in style.HUES.values())
    assert style.HUES["russia"].dark in text
    json.loads(text)


def test_marks_in_lanes_keep_kinds_apart() -> None:
    frame = pd.DataFrame({"x": [1, 1], "lane": ["a", "b"], "kind": ["confirmed", "denied"], "text": ["t", None]})
    figure = kinds.in_lanes(frame, "x", "lane", "kind", lanes=["a", "b"], look=kinds.STATUS, hover=["text"])
    heights = [trace.y[0] for trace in figure.data]
    assert heights[0] > 2 > 1 > heights[1]
    assert [trace.name for trace in figure.data] == ["confirmed", "denied"]


def test_a_table_is_myst_and_html() -> None:
    table = grid.Grid(pd.DataFrame({"A|B": ["x|y", None]}), caption="Things", name="tbl-x", widths=[1])
    assert ":::{table} Things\n:name: tbl-x\n:widths: 1\n" in table.myst()
    assert "x\\|y" in table.myst() and "| – |" in table.myst()
    bundle = table._repr_mimebundle_()
    assert bundle["text/markdown"] == table.myst() and "<caption>Things</caption>" in bundle["text/html"]
    assert grid.cite(["s-a;s-b"]) == ["{cite}`s-a,s-b`"]
