"""Scores of forecasts, against published examples and by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moscow_tehran import tables
from moscow_tehran.analysis import forecasting


def forecasts(*rows: tuple[float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["probability_percent", "outcome"])
    return frame.assign(base_rate_percent=50.0)


@pytest.mark.parametrize(
    ("chance", "happened", "score"), [(1, 1, 0), (1, 0, 1), (0.7, 1, 0.09), (0.3, 1, 0.49), (0.5, 1, 0.25)]
)
def test_the_score_is_that_of_the_published_examples(chance: float, happened: int, score: float) -> None:
    """The cases of the encyclopaedia article *Brier score*: certain and right or wrong, 70, 30 and 50 percent."""
    assert forecasting.brier(pd.Series([chance]), pd.Series([happened])) == pytest.approx(score)


def test_the_score_is_half_of_briers_own_table() -> None:
    """Brier (1950), table 1: ten forecasts of rain, whose sum over both classes is 0.19."""
    chance = pd.Series([0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1])
    rain = pd.Series([0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert 2 * forecasting.brier(chance, rain) == pytest.approx(0.19)


def test_open_and_void_forecasts_do_not_count() -> None:
    rows = forecasting.settled(forecasts((70, "yes"), (20, "no"), (10, "open"), (99, "void")))
    assert rows["happened"].tolist() == [1, 0]
    assert forecasting.brier(rows["chance"], rows["happened"]) == pytest.approx((0.09 + 0.04) / 2)


def test_without_settled_forecasts_there_is_no_score() -> None:
    rows = forecasting.settled(tables.table("forecasts").assign(outcome="open"))
    assert rows.empty and math.isnan(forecasting.brier(rows["chance"], rows["happened"]))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.data())
def test_scores_lie_between_zero_and_one_and_honesty_pays(chances: list[float], data: st.DataObject) -> None:
    chance = pd.Series(chances)
    happened = pd.Series(data.draw(st.lists(st.integers(0, 1), min_size=len(chances), max_size=len(chances))))
    assert 0 <= forecasting.brier(chance, happened) <= 1
    other = pd.Series(data.draw(st.lists(st.floats(0, 1), min_size=len(chances), max_size=len(chances))))
    assert forecasting.expected_brier(chance) <= forecasting.expected_brier(other, belief=chance) + 1e-12


def test_the_reliability_diagram_waits_for_thirty_and_then_counts_them_all() -> None:
    few = forecasting.settled(forecasts(*[(70.0, "yes")] * 29))
    assert forecasting.reliability(few).empty
    rows = forecasting.settled(
        forecasts(*[(70.0, "yes")] * 15, *[(70.0, "no")] * 5, *[(3.0, "no")] * 9, (100.0, "yes"))
    )
    bins = forecasting.reliability(rows)
    assert bins["n"].sum() == 30
    likely = bins[bins["low"] == 55].iloc[0]
    assert (likely["n"], likely["share"], likely["chance"]) == (20, 0.75, pytest.approx(0.7))
    assert bins["high"].tolist()[-1] == 100 and bins["share"].tolist()[-1] == 1
