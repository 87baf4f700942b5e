"""Promises: what became of them, and what was delivered against what was announced."""

from __future__ import annotations

import pandas as pd

#: From kept to given up; what is not due yet or not known stands between.
STATUS_ORDER = ["fulfilled", "partly", "pending", "unknown", "overdue", "abandoned"]
#: What ran past its day or was given up.
FAILED = ["overdue", "abandoned"]


def outcomes(promises: pd.DataFrame, by: str = "topic") -> pd.DataFrame:
    """Count promises by group and by what became of them.

    Returns
    -------
    pandas.DataFrame
        One row a group, one column a status in ``STATUS_ORDER``, counts; groups with most promises first.
    """
    counts = pd.crosstab(promises[by], promises["status"]).reindex(columns=STATUS_ORDER, fill_value=0)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def due(promises: pd.DataFrame) -> pd.DataFrame:
    """Return the promises whose day has come: all but those that are pending or of which nothing is known."""
    return promises[~promises["status"].isin(["pending", "unknown"])]


def beyond_words(promises: pd.DataFrame) -> pd.DataFrame:
    """Return the promises that went further than a statement: offered, agreed, contracted or later."""
    return promises[promises["stage"] != "stated"]
