"""Votes: who stood where."""

from __future__ import annotations

import pandas as pd


def side_by_side(votes: pd.DataFrame, positions: pd.DataFrame, countries: list[str]) -> pd.DataFrame:
    """Put the positions of some countries beside each vote.

    Returns
    -------
    pandas.DataFrame
        The rows of ``votes`` in order of date, with one column a country; missing where the position is not known.
    """
    wide = positions.pivot(index="vote_id", columns="country", values="position").reindex(columns=countries)
    return votes.merge(wide, left_on="vote_id", right_index=True, how="left").sort_values(["date", "vote_id"])


def agreement(beside: pd.DataFrame, first: str, second: str) -> tuple[int, int]:
    """Count the votes in which two countries took the same position, and those in which both positions are known.

    Absence counts as a position of its own: two countries that stay away together agree.
    """
    known = beside[beside[first].notna() & beside[second].notna()]
    return int((known[first] == known[second]).sum()), len(known)
