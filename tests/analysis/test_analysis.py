"""What chapters compute, on small tables whose answers are known."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import promises, trade, transfers, votes


def figure(**changes: object) -> dict[str, object]:
    row = {"country": "IRN", "partner": "RUS", "flow": "turnover", "reporter": "rus", "value": 4000.0}
    row |= {"unit": "million-usd", "coverage": "all-goods", "credibility": 2}
    return row | {"period_start": "2022-01-01", "period_end": "2022-12-31"} | changes


def figures(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows))
    return frame.assign(
        period_start=pd.to_datetime(frame["period_start"]), period_end=pd.to_datetime(frame["period_end"]),
        value=frame["value"].astype("Float64"),
    )  # fmt: skip


def test_a_pair_keeps_only_usable_figures_for_goods() -> None:
    rows = figures(
        figure(), figure(flow="exports"), figure(partner="CHN"), figure(value=None), figure(unit="percent"),
        figure(coverage="food"), figure(credibility=5), figure(credibility=6),
    )  # fmt: skip
    assert trade.pair(rows, "IRN", "RUS").index.tolist() == [0]


def test_a_year_is_a_year_of_either_calendar_and_no_part_of_one() -> None:
    rows = figures(
        figure(), figure(period_start="2023-03-21", period_end="2024-03-19", reporter="irn"),
        figure(period_end="2022-11-30"), figure(period_end="2023-12-31"),
    )  # fmt: skip
    whole = trade.annual(rows)
    assert whole["year"].tolist() == [2022, 2023]
    assert whole["billion_usd"].tolist() == [4.0, 4.0]


def test_growth_implies_a_level_and_a_share_is_never_above_one() -> None:
    assert trade.implied(4000, 13) == pytest.approx(4520)
    assert trade.share(4, 16) == 0.25
    with pytest.raises(ValueError, match="larger than the whole"):
        trade.share(5, 4)


def test_promises_are_counted_by_what_became_of_them() -> None:
    frame = pd.DataFrame({
        "topic": ["gas", "gas", "rail"], "stage": ["stated", "agreed", "contracted"],
        "status": ["overdue", "pending", "fulfilled"],
    })  # fmt: skip
    counts = promises.outcomes(frame)
    assert counts.index.tolist() == ["gas", "rail"]
    assert counts.columns.tolist() == promises.STATUS_ORDER
    assert counts.loc["gas", ["overdue", "pending", "fulfilled"]].tolist() == [1, 1, 0]
    assert promises.due(frame)["status"].tolist() == ["overdue", "fulfilled"]
    assert promises.beyond_words(frame)["status"].tolist() == ["pending", "fulfilled"]


def test_a_deal_is_spread_evenly_and_nothing_is_lost() -> None:
    deals = pd.DataFrame({
        "supplier": ["RUS", "RUS", "RUS"], "recipient": "IRN", "licensed_production": [False, False, True],
        "delivery_years": ["2000;2001", "2001", None], "tiv_delivered": [100.0, 10.0, 0.0],
    })  # fmt: skip
    yearly = transfers.by_year(deals)
    assert yearly[["year", "tiv"]].to_numpy().tolist() == [[2000, 50.0], [2001, 60.0]]
    register = tables.table("arms_transfers")
    assert transfers.by_year(register)["tiv"].sum() == pytest.approx(register["tiv_delivered"].sum())


def test_votes_stand_side_by_side_in_order_with_gaps() -> None:
    ballots = pd.DataFrame({"vote_id": ["b", "a"], "date": pd.to_datetime(["2023-01-01", "2022-01-01"])})
    positions = pd.DataFrame(
        {"vote_id": ["a", "a", "b"], "country": ["RUS", "IRN", "RUS"], "position": ["no", "no", "no"]}
    )
    beside = votes.side_by_side(ballots, positions, ["RUS", "IRN"])
    assert beside["vote_id"].tolist() == ["a", "b"]
    assert beside["IRN"].isna().tolist() == [False, True]
    assert votes.agreement(beside, "RUS", "IRN") == (1, 1)
