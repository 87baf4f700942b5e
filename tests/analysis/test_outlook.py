"""The outlook's arithmetic."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import outlook


def test_a_base_rate_is_the_share_of_promises_kept() -> None:
    promises = pd.DataFrame({"promise_id": ["a", "b", "c"], "status": ["fulfilled", "partly", "overdue"]})
    assert outlook.kept_percent(promises, "a;b;c") == pytest.approx(100 / 3)
    assert outlook.kept_percent(promises, "a;ev-x") is None
    assert outlook.kept_percent(promises, None) is None


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


@pytest.mark.parametrize(
    ("said_by", "group"),
    [
        ("Nematollah Izadi, last ambassador of Iran to the Soviet Union", "analysts, press"),
        ("Levan Dzhagaryan, ambassador of Russia in Tehran", "Russia’s officials"),
        ("Javad Owji, oil minister of Iran", "Iran’s officials"),
        ("The White House", "other officials"),
        ("Experts consulted by Meduza", "analysts, press"),
    ],
)
def test_a_voice_is_told_from_the_office(said_by: str, group: str) -> None:
    assert outlook.speaker(said_by) == group


def test_bounds_hold_whatever_the_events_share() -> None:
    assert outlook.any_of([20, 7, 1]) == pytest.approx((20, 28, 26.344))
    assert outlook.two_of_three([35, 20, 15]) == pytest.approx((0, 35, 13.15))
    assert outlook.two_of_three([90, 90, 90])[:2] == pytest.approx((85, 100))
