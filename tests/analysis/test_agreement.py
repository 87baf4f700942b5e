"""Agreement corrected for chance, against published worked examples and limits that anyone can check."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import agreement, reliability

CELLS = [f"{a}_{b}" for a in agreement.POSITIONS for b in agreement.POSITIONS]


def crosstab(**cells: int) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(CELLS, 0) | cells])


def test_kappa_and_pi_of_a_textbook_table() -> None:
    """Fifty grant proposals, two readers: 20 and 15 alike, 5 and 10 not (the example that encyclopaedias give)."""
    row = agreement.corrected(crosstab(yes_yes=20, yes_no=5, no_yes=10, no_no=15)).iloc[0]
    assert row["votes"] == 50
    assert row["share"] == pytest.approx(0.7)
    assert row["kappa"] == pytest.approx(0.4)
    assert row["pi"] == pytest.approx((0.7 - 0.505) / (1 - 0.505))


def test_agreement_is_one_for_twins_and_nothing_where_none_can_vary() -> None:
    twins = agreement.corrected(crosstab(yes_yes=30, abstain_abstain=5, no_no=9)).iloc[0]
    assert (twins["share"], twins["kappa"], twins["pi"]) == (1, 1, 1)
    constant = agreement.corrected(crosstab(yes_yes=30)).iloc[0]
    assert constant["share"] == 1
    assert math.isnan(constant["kappa"])
    assert math.isnan(constant["pi"])


def test_the_order_of_two_countries_changes_nothing() -> None:
    table = agreement.corrected(tables.table("un_agreement"))
    turned = tables.table("un_agreement").rename(
        columns={f"{a}_{b}": f"{b}_{a}" for a in agreement.POSITIONS for b in agreement.POSITIONS}
    )
    again = agreement.corrected(turned)
    for measure in ("share", "kappa", "pi"):
        assert table[measure].astype(float).tolist() == pytest.approx(
            again[measure].astype(float).tolist(), nan_ok=True
        )


def test_agreement_stays_within_its_bounds() -> None:
    table = agreement.corrected(tables.table("un_agreement"))
    assert table["share"].between(0, 1).all()
    assert (table[["kappa", "pi"]].max() <= 1).all()
    assert (table["pi"].dropna() <= table["share"][table["pi"].notna()] + 1e-9).all()


# Krippendorff's own example with two coders and ten units, nominal α = 0.095 (Computing Krippendorff's
# Alpha-Reliability, 2011, part A: binary data).
MEG = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
OWEN = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]


def test_alpha_of_krippendorffs_example() -> None:
    found = reliability.alpha(pd.Series(MEG), pd.Series(OWEN), draws=200)
    assert found["alpha"] == pytest.approx(0.095, abs=0.0005)
    assert found["share"] == pytest.approx(0.6)
    assert found["low"] < found["alpha"] < found["high"]


def test_alpha_of_a_larger_published_example() -> None:
    """Twelve units, five categories, nominal α = 0.692 (the same paper, part B)."""
    ben = list("aabbdcccedda")
    gerry = list("babbbccceddd")
    assert reliability.alpha(pd.Series(ben), pd.Series(gerry), draws=10)["alpha"] == pytest.approx(0.692, abs=0.0005)


def test_an_ordered_code_forgives_a_near_miss_more_than_a_far_one() -> None:
    order = reliability.ORDERED["strength"]
    first = pd.Series(list("1112223331"))
    near, far = pd.Series(list("1112223332")), pd.Series(list("1112223333"))
    alphas = [reliability.alpha(first, other, order=order, draws=10)["alpha"] for other in (near, far)]
    assert alphas[0] > alphas[1]


def test_alpha_is_missing_where_nothing_varies_and_the_same_seed_gives_the_same_interval() -> None:
    same = pd.Series(["x"] * 5)
    assert math.isnan(reliability.alpha(same, same, draws=5)["alpha"])
    twice = [reliability.alpha(pd.Series(MEG), pd.Series(OWEN), draws=100) for _ in range(2)]
    assert twice[0] == twice[1]


def test_every_code_of_the_base_reaches_the_lowest_alpha_or_was_changed() -> None:
    """``office`` fell short and was narrowed; no other code may."""
    table = reliability.by_code(tables.table("codings"), draws=10)
    assert set(table.loc[table["alpha"] < reliability.LOWEST, "column"]) <= {"office"}
