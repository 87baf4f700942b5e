"""Which rows of the evidence can carry a conclusion, and which are left when some are struck out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from moscow_tehran.analysis import coverage

#: Grades above it do not carry a conclusion; 6 means that nothing allows a judgement.
WORST = 3


@dataclass(frozen=True)
class Doubt:
    """What is struck out of the evidence, to see what stands without it.

    Parameters
    ----------
    publisher
        A publisher none of whose documents counts.
    first, last
        Days between which nothing counts that is dated.
    worst
        The worst grade of credibility that counts.
    records
        Whether only rows count that a record of the act, the words of the body itself or its statistics carry.
    """

    publisher: str | None = None
    first: pd.Timestamp | None = None
    last: pd.Timestamp | None = None
    worst: int = WORST
    records: bool = False


def standing(rows: pd.DataFrame, sources: pd.DataFrame, doubt: Doubt | None = None) -> set[str]:
    """Return the keys of all rows that stand.

    A row stands if it is no denial, its credibility is no worse than ``doubt.worst``, it is not dated within the days
    that are struck out, and at least one of its sources counts. An alleged row stands as what it is, one origin's word;
    the checks of the evidence see to it that it never carries a verdict alone.

    Parameters
    ----------
    rows
        All rows, as ``tables.rows`` gives them.
    sources
        Table ``sources``.
    doubt
        What is struck out; nothing by default.
    """
    doubt = doubt or Doubt()
    counted = sources
    if doubt.publisher:
        counted = counted[counted["publisher_id"] != doubt.publisher]
    if doubt.records:
        counted = counted[counted["official"].astype(bool) | counted["kind"].isin(coverage.PRIMARY)]
    rows = rows.reset_index(drop=True)
    named = rows["sources"].str.split(";").explode()
    stands = named.isin(counted["source_id"]).groupby(level=0).any()
    # A status of promises tells what became of them, not whether they were made.
    stands &= ~((rows["table"] == "events") & (rows["status"] == "denied"))
    stands &= ~(rows["credibility"] > doubt.worst)
    if doubt.first is not None:
        stands &= ~rows["date"].between(doubt.first, doubt.last if doubt.last is not None else pd.Timestamp.max)
    return set(rows.loc[stands, "key"])
