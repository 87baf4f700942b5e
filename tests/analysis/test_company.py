"""In whose company a country votes, on small tables whose answers are known."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import company

CELLS = [f"{a}_{b}" for a in ("yes", "abstain", "no") for b in ("yes", "abstain", "no")]


def year(number: int, first: str, second: str, **cells: int) -> dict[str, object]:
    return dict.fromkeys(CELLS, 0) | {"year": number, "country_a": first, "country_b": second, "sources": "s-a"} | cells


def test_partners_are_found_on_either_side_and_means_are_of_years() -> None:
    crosstabs = pd.DataFrame(
        [
            year(2010, "RUS", "IRN", yes_yes=5, no_no=5),
            year(2011, "IRN", "RUS", yes_no=5, no_yes=5),
            year(2010, "CHN", "IRN", yes_yes=5, no_no=5),
        ]
    )
    yearly = company.partners(crosstabs, "RUS")
    assert yearly["partner"].tolist() == ["IRN", "IRN"]
    assert yearly["pi"].tolist() == pytest.approx([1, -1])
    mean = company.by_decade(yearly).iloc[0]
    assert (mean["decade"], mean["mean"], mean["min"], mean["max"], mean["count"]) == ("2010–2019", 0, -1, 1, 2)


def test_positions_are_counted_and_gaps_kept() -> None:
    beside = pd.DataFrame({"IRN": ["no", "abstain", None], "BLR": ["no", "no", "no"]})
    counts = company.positions_taken(beside, ["BLR", "IRN"])
    assert counts.loc["BLR"].tolist() == [3, 0, 0, 0, 0]
    assert counts.loc["IRN"].tolist() == [1, 1, 0, 0, 1]


def test_a_vote_is_judged_by_what_iran_opposed() -> None:
    found = company.russia_on_iran(tables.table("votes"), tables.table("vote_positions"))
    assert found["date"].is_monotonic_increasing
    stance = found.set_index("title")["stance"]
    assert stance["Fourth round of sanctions on Iran"] == "restrains"
    assert stance["To keep sanctions on Iran terminated"] == "supports"
    assert stance["On the safety of navigation in the Strait of Hormuz"] == "supports"
    assert stance["Condemning Iran’s attacks on Gulf states and Jordan"] == "abstains"
    assert not found["title"].str.contains("let Ukraine").any()
    assert (found["date"].dt.year == 2006).sum() == 3


def test_a_vote_on_irans_allies_is_shown_and_not_counted() -> None:
    ballots = pd.DataFrame(
        [
            {"vote_id": vote, "body": "unsc", "date": "2022-02-28", "title": vote, "sponsor": "",
             "subject_country": country, "outcome": "adopted", "sources": "s-a"}
            for vote, country in ((company.BESIDE[0], "YEM"), ("vo-other", "YEM"), ("vo-iran", "IRN"))
        ]
    )  # fmt: skip
    positions = pd.DataFrame({"vote_id": ballots["vote_id"], "country": "RUS", "position": "yes"})
    found = company.russia_on_iran(ballots, positions).set_index("title")["stance"]
    assert found.to_dict() == {company.BESIDE[0]: "beside", "vo-iran": "restrains"}


def test_measures_of_agreement_by_hand() -> None:
    """Ten votes: four alike in favour, two alike against, two one step apart, two opposed."""
    crosstabs = pd.DataFrame([year(2010, "RUS", "IRN", yes_yes=4, no_no=2, yes_abstain=2, yes_no=2)])
    row = company.measures(crosstabs).iloc[0]
    assert (row["share"], row["opposed"], row["s"]) == pytest.approx((0.6, 0.2, 0.4))
    # Together both vote yes in 0.6, abstain in 0.1 and no in 0.3 of all cases.
    assert row["pi"] == pytest.approx((0.6 - 0.46) / (1 - 0.46))
    assert row["pi_linear"] == pytest.approx(1 - (0.2 + 0.5 * 0.2) / (0.36 + 0.5 * 0.18))
    assert row["pi_squared"] == pytest.approx(1 - (0.2 + 0.25 * 0.2) / (0.36 + 0.25 * 0.18))


def test_measures_agree_with_the_one_the_chapters_use() -> None:
    crosstabs = tables.table("un_agreement")
    every = company.measures(crosstabs)
    assert every[["pi", "pi_linear", "pi_squared", "kappa", "s"]].le(1).all(axis=None)
    assert every.loc[every["opposed"] == 0, "s"].gt(0).all()


def test_the_texts_named_by_hand_exist() -> None:
    ids = set(tables.table("votes")["vote_id"])
    assert set(company.RELIEVES) | set(company.LEFT_OUT) | set(company.BESIDE) <= ids
