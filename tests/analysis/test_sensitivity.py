"""Which rows stand, what attacks change, how words and deeds and years are counted."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables
from moscow_tehran.analysis import crises, ladder, sensitivity, standing, support

DAY = pd.Timestamp("2020-06-15")
SOURCES = pd.DataFrame(
    {
        "source_id": ["s-a", "s-b", "s-r"],
        "publisher_id": ["p-a", "p-b", "p-r"],
        "kind": ["news", "news", "official-record"],
        "official": [False, False, True],
    }
)
ROWS = pd.DataFrame(
    [
        ("ev-sure", "events", DAY, "confirmed", 1, "s-a;s-b"),
        ("ev-one", "events", DAY, "confirmed", 3, "s-a"),
        ("ev-said", "events", DAY, "alleged", 3, "s-b"),
        ("ev-denied", "events", DAY, "denied", 1, "s-a"),
        ("ev-weak", "events", DAY, "confirmed", 4, "s-a"),
        ("ev-record", "events", pd.Timestamp("2015-01-01"), "confirmed", 2, "s-r"),
        ("ta-bare", "treaty_articles", pd.NaT, None, 1, None),
        ("s-a", "sources", pd.NaT, None, None, "s-a"),
    ],
    columns=["key", "table", "date", "status", "credibility", "sources"],
)


@pytest.mark.parametrize(
    ("doubt", "expected"),
    [
        (standing.Doubt(), {"ev-sure", "ev-one", "ev-said", "ev-record", "s-a"}),
        (standing.Doubt(publisher="p-a"), {"ev-sure", "ev-said", "ev-record"}),
        (standing.Doubt(worst=2), {"ev-sure", "ev-record", "s-a"}),
        (standing.Doubt(records=True), {"ev-record"}),
        (standing.Doubt(first=pd.Timestamp("2020-06-01"), last=pd.Timestamp("2020-07-01")), {"ev-record", "s-a"}),
    ],
    ids=["all", "publisher", "grades", "records", "days"],
)
def test_what_stands_follows_from_what_is_struck_out(doubt: standing.Doubt, expected: set[str]) -> None:
    assert standing.standing(ROWS, SOURCES, doubt) == expected


def test_every_verdict_stands_on_the_whole_evidence() -> None:
    """What the ladder says is what its rows carry, as long as none is struck out."""
    evidence = tables.everything()
    stands = standing.standing(tables.rows(evidence), evidence["sources"])
    judged = ladder.verdicts(evidence["ladder"], stands)
    fallen = judged["met"].to_numpy() != evidence["ladder"]["met"].to_numpy()
    assert evidence["ladder"].loc[fallen, ["ladder_id", "carried_by"]].to_numpy().tolist() == []


def test_attacks_cover_what_was_promised_and_close_calls_bracket_the_verdict() -> None:
    evidence = tables.everything()
    found = sensitivity.attacks(
        tables.rows(evidence), evidence["sources"], evidence["ladder"], evidence["ladder_indicators"],
        evidence["codings"], evidence["crises"],
    )  # fmt: skip
    assert set(found["kind"]) == {
        "as reported", "one publisher left out", "one episode left out", "grades 1 and 2 only", "records only",
        "one coder", "close calls", "another rule",
    }  # fmt: skip
    wide = found.pivot(index="domain", columns="attack", values="shown")
    reported = wide["all evidence, adjudicated"]
    assert (wide["all read lower"] <= reported).all() and (wide["all read higher"] >= reported).all()
    episodes = found.loc[found["kind"] == "one episode left out", "attack"].nunique()
    assert episodes == evidence["crises"]["included"].sum()


def test_the_other_coders_ladder_differs_only_where_they_differ() -> None:
    evidence = tables.everything()
    first, second = (
        sensitivity.coded_by(evidence["ladder"], evidence["codings"], coder)["met"] for coder in ("first", "second")
    )
    apart = set(evidence["ladder"].loc[first != second, "ladder_id"])
    settled = evidence["adjudications"].query("column == 'met'")["row_id"]
    assert apart == set(settled) & set(evidence["ladder"]["ladder_id"])


def test_acceptability_adds_up_and_does_not_hang_on_the_order_of_rows() -> None:
    evidence = tables.everything()
    given = evidence["ladder"], evidence["ladder_indicators"], evidence["codings"]
    shares = sensitivity.acceptability(*given, draws=2000)
    assert shares.sum(axis=1).to_numpy() == pytest.approx([1.0] * len(shares))
    levels = ladder.matrix(ladder.levels(*given[:2]), "shown")
    belarus = levels.loc[("RUS", "BLR")].dropna()
    assert (belarus == ladder.LEVELS).all() and shares.loc[("RUS", "BLR"), 1] > 0.95
    turned = sensitivity.acceptability(given[0].iloc[::-1], *given[1:], draws=2000)
    assert (shares - turned.loc[shares.index]).abs().to_numpy().max() < 0.05


def test_requests_and_answers_are_counted_by_means() -> None:
    table = pd.DataFrame(
        [
            ("c1", "words", "That states condemn it.", 2, "found"),
            ("c1", "arms", "No request found.", 0, "searched-not-found"),
            ("c1", "intelligence", "No request found.", 0, "unknowable"), ("c1", "law", "A law.", -1, "found"),
            ("c2", "words", "Words.", 2, "found"),
        ],
        columns=["crisis_id", "instrument", "requested", "level", "evidence"],
    )  # fmt: skip
    known = pd.DataFrame(
        {"crisis_id": ["c1", "c2"], "title": ["A", "B"], "date_start": [DAY, DAY], "included": [True, False]}
    )
    marked = crises.actions(table, known)
    assert marked["instrument"].tolist() == ["words", "law", "intelligence", "arms"]
    assert marked.set_index("instrument")["fate"].to_dict() == {
        "words": "given", "law": "against", "intelligence": "unknowable", "arms": "nothing",
    }  # fmt: skip
    counts = crises.answers(marked)
    assert counts.loc["words", ["asked", "given"]].tolist() == [1, 1]
    assert counts.loc["law", "against"] == 1 and counts.loc["arms", "asked"] == 0


def events(*rows: tuple[int, str, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["year", "valence", "strength", "domain"])
    dates = pd.to_datetime(frame["year"].astype(str) + "-05-01")
    return frame.assign(date=dates, actor="RUS", target="IRN", status="confirmed", credibility=2)


def test_a_year_with_fewer_than_five_acts_is_blank_and_a_year_without_any_is_there() -> None:
    rows = support.scored(
        events(*[(2010, "restrains", 2, "economy")] * 5, (2012, "supports", 3, "economy")), ("RUS",), "IRN"
    )
    yearly = support.by_year(rows).set_index("year")
    assert yearly["n"].tolist() == [5, 0, 1]
    assert yearly.loc[2010, "mean"] == -2 and yearly.loc[2012, "mean"] != yearly.loc[2012, "mean"]


def test_shuffling_years_finds_a_change_that_is_there_and_none_that_is_not() -> None:
    apart = events(*[(2015, "restrains", 2, "economy")] * 15, *[(2023, "supports", 2, "economy")] * 15)
    alike = events(*[(2015, "supports", 2, "economy"), (2023, "supports", 2, "economy")] * 15)
    rows = support.scored(apart, ("RUS",), "IRN").reset_index(drop=True)
    turn = support.permuted(rows, draws=500)
    assert turn["change"] == 4 and turn["share"] < 0.01
    none = support.permuted(support.scored(alike, ("RUS",), "IRN").reset_index(drop=True), draws=200)
    assert none["change"] == 0 and none["share"] == 1
