"""The map lies where the world does: borders as the report names them, distances true, legs dashed where not built."""

from __future__ import annotations

import itertools
import json
import math

import pytest

from moscow_tehran import tables
from moscow_tehran.charts import maps, style

BOUNDS = (28.5, 24, 65.5, 61.5)


def owners(longitude: float, latitude: float) -> list[str]:
    """Countries in whose land a point lies (ray casting)."""
    found = []
    for row in tables.table("outlines").itertuples():
        points = [tuple(map(float, point.split(" "))) for point in row.ring.split(", ")]
        crossed = sum(
            (b != d) and (b > latitude) != (d > latitude) and longitude < a + (latitude - b) * (c - a) / (d - b)
            for (a, b), (c, d) in itertools.pairwise(points)
        )
        found += [row.country] * (crossed % 2)
    return found


@pytest.mark.parametrize(
    ("place", "owner"),
    {
        (34.1, 45.2): ["UKR"], (37.8, 48.0): ["UKR"], (39.7, 47.2): ["RUS"], (51.4, 35.7): ["IRN"],
        (33.4, 35.25): ["CYP"], (35.8, 33.05): ["SYR"], (51.0, 42.0): [], (50.8, 38.5): [],
    }.items(),
)  # fmt: skip
def test_land_belongs_to_whom_the_general_assembly_says_and_the_caspian_to_none(
    place: tuple[float, float], owner: list[str]
) -> None:
    assert owners(*place) == owner


def test_distances_are_true_within_a_few_percent() -> None:
    """Tehran to Moscow is 2,470 km on the great circle."""
    drawn = math.dist(maps.project(51.42, 35.69), maps.project(37.62, 55.75)) * 111.2
    assert drawn == pytest.approx(2470, rel=0.04)
    assert maps.project(*maps.CENTRE) == pytest.approx((0, 0))


def test_land_is_one_path_under_all_else() -> None:
    """Drawn as a trace it would come twice, as fill and as line, and make the image half as heavy again."""
    outlines = tables.table("outlines")
    figure = maps.region(outlines, BOUNDS)
    [land] = figure.layout.shapes
    assert (land.type, land.layer, len(figure.data)) == ("path", "below", 0)
    first, *_ = land.path.removeprefix("M").split("Z")
    assert land.path.count("M") == land.path.count("Z") == len(outlines)
    drawn = [tuple(map(float, point.split(","))) for point in first.split("L")]
    stored = [maps.project(*map(float, point.split(" "))) for point in outlines["ring"][0].split(", ")]
    assert drawn == [pytest.approx(point, abs=0.005) for point in stored]


def test_every_place_lies_within_the_bounds_and_no_light_colour_is_left_in_the_dark() -> None:
    places, routes = tables.table("places"), tables.table("routes")
    figure = maps.add_places(maps.add_routes(maps.region(tables.table("outlines"), BOUNDS), routes, places), places)
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for place in places.itertuples():
        x, y = maps.project(place.longitude, place.latitude)
        assert west < x < east and south < y < north, place.place_id
    *_, (_, name, _, _, dash) = maps.LEGS
    assert [trace.name for trace in figure.data if trace.line.dash == dash] == [name]
    text = style.dark(figure.to_json())
    assert not any(hue.light in text for hue in style.HUES.values())
    json.loads(text)
