"""Phases of the relationship: our cut, so that acts can be counted within them."""

from __future__ import annotations

import pandas as pd

#: First day, years as a chart and a table write them, and what the events of the phase show.
PHASES = (
    ("1989-01-01", "1989–94", "Arms for sale"),
    ("1995-01-08", "1995–2000", "A contract and a limit"),
    ("2000-11-01", "2000–06", "Back to selling"),
    ("2006-02-04", "2006–13", "Votes with the six"),
    ("2013-09-23", "2013–22", "A deal, and Syria"),
    ("2022-02-24", "since 2022", "Two countries at war"),
)


def assign(days: pd.Series) -> pd.Series:
    """Return the years of the phase in which each day falls; missing before the first."""
    starts = [pd.Timestamp(start) for start, _, _ in PHASES]
    return pd.cut(
        days, [*starts, pd.Timestamp.max], right=False, labels=[years for _, years, _ in PHASES], ordered=True
    )


def acts(events: pd.DataFrame) -> pd.DataFrame:
    """Return what Russia (before it the Soviet Union) is confirmed to have done towards Iran.

    Only acts that change more than what has been said, strength 2 or 3 in the codebook. Statements, drafts, refusals,
    offers and talks without a paper are left out, whichever way they point.

    Parameters
    ----------
    events
        Rows of the table ``events``.

    Returns
    -------
    pandas.DataFrame
        The rows that are such acts since 1989, in order of date, with their ``phase``.
    """
    kept = events[
        events["actor"].isin(["RUS", "SUN"])
        & (events["target"] == "IRN")
        & (events["status"] == "confirmed")
        & (events["instrument"] != "words")
        & (events["strength"] >= 2)
        & (events["credibility"] <= 3)
    ]
    phased = kept.assign(phase=assign(kept["date"]))
    return phased[phased["phase"].notna()].sort_values("date")
