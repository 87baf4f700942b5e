"""The outlook's arithmetic."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import outlook
from moscow_tehran.numbers.outlook import base_rates


def test_a_base_rate_is_the_share_of_years_or_votes() -> None:
    days = pd.to_datetime(pd.Series(["2021-12-31", "2022-01-01", "2022-06-01", "2024-02-29"]))
    assert outlook.share_of_years(days, 2022, 2025) == (2, 4)


def test_the_table_of_forecasts_has_the_base_rates_that_its_rows_give() -> None:
    forecasts = tables.table("forecasts").set_index("forecast_id")
    rates = base_rates()
    assert set(rates) == set(forecasts.index[forecasts["base_rate_percent"].notna()])
    for name, (happened, looked_at) in rates.items():
        assert forecasts.loc[name, "base_rate_percent"] == pytest.approx(100 * happened / looked_at, abs=0.5), name


def test_the_highest_level_of_a_group_stands_for_it() -> None:
    crises = pd.DataFrame({"crisis_id": ["x", "y"], "title": ["X", "Y"], "date_start": ["2020", "2021"],
                           "included": [True, False]})  # fmt: skip
    actions = pd.DataFrame(
        [("x", "law", 0, "nothing"), ("x", "economy", 1, "grain"), ("x", "vote", -1, "against"),
         ("x", "diplomacy", 0, "nothing"), ("x", "words", 2, "words"), ("y", "words", 2, "words")],
        columns=["crisis_id", "instrument", "level", "given"],
    ).assign(evidence="found")  # fmt: skip
    levels = outlook.crisis_levels(actions, crises).set_index("means")["level"].to_dict()
    assert levels == {"words": 2, "law, goods, technology": 1, "votes, diplomacy": -1}


def test_every_crisis_of_the_rule_has_every_group_once() -> None:
    crises = tables.table("crises")
    levels = outlook.crisis_levels(tables.table("crisis_actions"), crises)
    assert len(levels) == crises["included"].sum() * len(set(outlook.MEANS.values()))


def test_bounds_hold_whatever_the_events_share() -> None:
    assert outlook.any_of([20, 7, 1]) == pytest.approx((20, 28, 26.344))
    assert outlook.all_of([65, 80, 72]) == pytest.approx((17, 65, 37.44))
    assert outlook.two_of_three([35, 20, 15]) == pytest.approx((0, 35, 13.15))
    assert outlook.two_of_three([90, 90, 90])[:2] == pytest.approx((85, 100))


def test_the_expected_score_by_hand() -> None:
    """Of 90 percent the score is 0.01 nine times in ten and 0.81 once."""
    mean, spread, flat = outlook.expected_score([90])
    assert mean == pytest.approx(0.9 * 0.01 + 0.1 * 0.81)
    assert spread == pytest.approx((0.9 * (0.01 - mean) ** 2 + 0.1 * (0.81 - mean) ** 2) ** 0.5)
    assert flat == pytest.approx(0.1)
