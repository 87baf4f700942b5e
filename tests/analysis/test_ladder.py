"""From rows of evidence to tests, from tests to levels, from levels to comparisons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moscow_tehran import tables
from moscow_tehran.analysis import ladder, smaa

INDICATORS = tables.table("ladder_indicators")
VERDICTS = ["met", "not-met", "unknown", "not-applicable"]


def pair(verdicts: list[str], supporter: str = "AAA", supported: str = "BBB") -> pd.DataFrame:
    """A pair's thirty rows, with verdicts in the order of the indicators."""
    return pd.DataFrame(
        {"supporter": supporter, "supported": supported, "indicator_id": INDICATORS["indicator_id"], "met": verdicts}
    )


def thirty(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=len(INDICATORS), max_size=len(INDICATORS))


def test_a_verdict_falls_when_too_few_of_its_rows_stand() -> None:
    rows = pd.DataFrame(
        {"carried_by": ["a;b;c", "a", None], "needed": [2, 1, None], "met": ["met", "not-met", "not-met"]}
    )
    assert ladder.verdicts(rows, {"a", "b", "c"})["met"].tolist() == ["met", "not-met", "not-met"]
    assert ladder.verdicts(rows, {"b", "c"})["met"].tolist() == ["met", "unknown", "not-met"]
    assert ladder.verdicts(rows, {"c"})["met"].tolist() == ["unknown", "unknown", "not-met"]


def test_a_level_is_the_highest_test_passed_and_unknown_tests_leave_it_open() -> None:
    verdicts = dict.fromkeys(INDICATORS["indicator_id"], "not-met")
    verdicts |= {"li-war-1": "met", "li-war-2": "not-met", "li-war-4": "met", "li-war-5": "unknown"}
    verdicts |= {f"li-nuc-{level}": "not-applicable" for level in range(1, 6)}
    rows = pair([verdicts[key] for key in INDICATORS["indicator_id"]])
    found = ladder.levels(rows, INDICATORS).set_index("domain")
    assert found.loc["conduct-in-war", ["shown", "possible"]].tolist() == [4, 5]
    assert found.loc["nuclear", ["shown", "possible"]].isna().all()
    assert found.loc["diplomacy", ["shown", "possible"]].tolist() == [0, 0]
    every = ladder.levels(rows, INDICATORS, every=True).set_index("domain")
    assert every.loc["conduct-in-war", ["shown", "possible"]].tolist() == [1, 1]


@settings(max_examples=60, deadline=None)
@given(thirty(VERDICTS), st.booleans())
def test_levels_are_bounded_and_do_not_hang_on_the_order_of_rows(verdicts: list[str], every: bool) -> None:
    rows = pair(verdicts)
    found = ladder.levels(rows, INDICATORS, every=every)
    known = found.dropna()
    assert known["shown"].between(0, 5).all() and (known["shown"] <= known["possible"]).all()
    mixed = ladder.levels(rows.sample(frac=1, random_state=1), INDICATORS, every=every)
    pd.testing.assert_frame_equal(found, mixed)


@settings(max_examples=60, deadline=None)
@given(thirty(["met", "not-met", "unknown"]), st.integers(0, 29))
def test_one_more_test_passed_never_lowers_a_level_or_a_score(verdicts: list[str], place: int) -> None:
    better = [*verdicts[:place], "met", *verdicts[place + 1 :]]
    before, after = (ladder.levels(pair(values), INDICATORS) for values in (verdicts, better))
    assert (after["shown"] >= before["shown"]).all() and (after["possible"] >= before["possible"]).all()
    weights = [1, 2, 3, 4, 5, 6]
    scores = [ladder.score(ladder.matrix(found, "shown"), weights).iloc[0] for found in (before, after)]
    assert 0 <= scores[0] <= scores[1] <= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10), min_size=6, max_size=6).filter(any), st.integers(2, 9))
def test_a_score_hangs_on_the_ratio_of_weights_alone(weights: list[int], factor: int) -> None:
    levels = ladder.matrix(ladder.levels(pair(["met", "unknown"] * 15), INDICATORS), "shown")
    assert ladder.score(levels, weights).iloc[0] == pytest.approx(
        ladder.score(levels, [factor * weight for weight in weights]).iloc[0]
    )


def test_weights_of_domains_that_do_not_apply_go_to_the_others() -> None:
    levels = pd.DataFrame([[5, 0, pd.NA, pd.NA, pd.NA, pd.NA]], columns=list(ladder.DOMAINS)).astype("Int64")
    assert ladder.score(levels, [1, 1, 9, 9, 9, 9]).tolist() == [0.5]
    assert np.isnan(ladder.score(levels, [0, 0, 1, 1, 1, 1]).iloc[0])
    with pytest.raises(ValueError, match="negative"):
        ladder.score(levels, [-1, 1, 1, 1, 1, 1])


def levels_of(**pairs: list[tuple[int, int]]) -> pd.DataFrame:
    rows = []
    for name, spans in pairs.items():
        supporter, supported = name.split("_")
        rows += [
            {"supporter": supporter, "supported": supported, "domain": domain, "shown": low, "possible": high}
            for domain, (low, high) in zip(ladder.DOMAINS, spans, strict=True)
        ]
    return pd.DataFrame(rows).astype({"shown": "Int64", "possible": "Int64"})


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        ([(2, 2)] * 6, "dominates"),
        ([(4, 5)] * 6, "dominated"),
        ([(5, 5)] + [(2, 2)] * 5, "crosses"),
        ([(3, 3)] * 6, "equal"),
        ([(2, 4)] + [(2, 2)] * 5, "open"),
    ],
)
def test_dominance_holds_whatever_the_unknown_tests_would_show(other: list[tuple[int, int]], relation: str) -> None:
    found = levels_of(RUS_IRN=[(3, 3)] * 6, AAA_BBB=other)
    assert ladder.compare(found)["relation"].tolist() == [relation]


def test_a_pair_with_many_open_domains_is_incomplete() -> None:
    found = levels_of(RUS_IRN=[(3, 3)] * 6, AAA_BBB=[(1, 2)] * 3 + [(1, 1)] * 3)
    assert ladder.incomplete(found) == [("AAA", "BBB")]


def test_acceptability_of_two_alternatives_is_the_share_of_weights_that_favour_each() -> None:
    """Worked by hand: (1, 0) beats (0, 1/2) where w > (1 - w) / 2, that is for two thirds of the weights."""
    random = np.random.default_rng(1)
    weight = smaa.weights(random, 40_000, 2)
    linear = np.broadcast_to([0.0, 0.5, 1.0], (40_000, 2, 3))
    value = smaa.values(np.array([[2.0, 0.0], [0.0, 1.0]]), weight, linear)
    assert smaa.acceptability(value)[0] == pytest.approx([2 / 3, 1 / 3], abs=0.01)


def test_acceptability_is_that_of_the_reference_implementation() -> None:
    """The case that the R package *smaa* (van Valkenhoef) tests itself with: two alternatives, three equal criteria.

    The first is best on all of them in all of 10,000 iterations but one, in which it is worst.
    """
    draws = 10_000
    levels = np.zeros((draws, 2, 3))
    levels[:, 0] = 5
    levels[0] = levels[0, ::-1]
    weight = np.full((draws, 3), 1 / 3)
    value = smaa.values(levels, weight, smaa.scales(np.random.default_rng(4), draws, 3, 5))
    assert smaa.acceptability(value) == pytest.approx(np.array([[0.9999, 0.0001], [0.0001, 0.9999]]))


def test_drawn_weights_and_scales_are_what_they_say() -> None:
    random = np.random.default_rng(2)
    weight, scale = smaa.weights(random, 5000, 6), smaa.scales(random, 5000, 6, 5)
    assert weight.sum(axis=1) == pytest.approx(np.ones(5000))
    assert weight.mean(axis=0) == pytest.approx(np.full(6, 1 / 6), abs=0.01)
    assert (np.diff(scale, axis=2) >= 0).all()
    assert scale[..., 0].max() == 0 and scale[..., -1] == pytest.approx(np.ones((5000, 6)))


def test_an_alternative_that_dominates_is_first_in_every_draw() -> None:
    random = np.random.default_rng(3)
    levels = np.array([[5.0, 4.0, np.nan], [4.0, 3.0, 2.0], [1.0, 0.0, 0.0]])
    value = smaa.values(levels, smaa.weights(random, 2000, 3), smaa.scales(random, 2000, 3, 5))
    shares = smaa.acceptability(value)
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    assert shares[2, 2] == 1.0
