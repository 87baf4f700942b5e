"""Support over time: the mean of what one state did towards the other, by year, beside series of constant coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Years with fewer rows are left blank: a mean of so few says nothing.
LEAST = 5
SIGN = {"supports": 1, "restrains": -1, "neutral": 0}
#: The first year of the invasion of Ukraine, before and after which years are compared.
TURN = 2022


def scored(events: pd.DataFrame, actors: tuple[str, ...], target: str) -> pd.DataFrame:
    """Return confirmed acts of one state towards another with their score.

    Parameters
    ----------
    events
        Table ``events``.
    actors
        Codes of the state that acts; several where a state had a predecessor.
    target
        Code of the state on whom the act bears.

    Returns
    -------
    pandas.DataFrame
        The rows with ``year`` and ``score``, the sign of the valence times the strength (-3 to 3).
    """
    kept = events[
        events["actor"].isin(actors)
        & (events["target"] == target)
        & (events["status"] == "confirmed")
        & (events["credibility"] <= 3)
    ]
    score = kept["valence"].map(SIGN).astype(float) * kept["strength"].astype(float)
    return kept.assign(year=kept["date"].dt.year, score=score)


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the mean score of each year with the number of rows, blank below ``LEAST``.

    Returns
    -------
    pandas.DataFrame
        ``year`` (all between the first and the last), ``n``, ``mean`` (missing where ``n`` is below ``LEAST``).
    """
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    grouped = rows.groupby("year")["score"].agg(n="size", mean="mean").reindex(years)
    grouped["n"] = grouped["n"].fillna(0).astype(int)
    grouped["mean"] = grouped["mean"].where(grouped["n"] >= LEAST)
    return grouped.rename_axis("year").reset_index()


def change(rows: pd.DataFrame) -> float:
    """Return the mean score since ``TURN`` less that before it, each domain counting by its number of rows."""
    after = rows["year"] >= TURN
    return float(rows.loc[after, "score"].mean() - rows.loc[~after, "score"].mean())


def permuted(rows: pd.DataFrame, draws: int = 5000) -> dict[str, float]:
    """Compare the change at ``TURN`` with what it is when years are shuffled among the rows of each domain.

    Returns
    -------
    dict
        ``change`` as found; ``low`` and ``high``, the 2.5th and 97.5th percentile when shuffled; ``share`` of shuffles
        in which it is at least as far from zero.
    """
    random = np.random.default_rng(20261128)
    found = change(rows)
    domains = [index.to_numpy() for index in rows.reset_index().groupby("domain").groups.values()]
    years, scores = rows["year"].to_numpy(), rows["score"].to_numpy()
    shuffled = []
    for _ in range(draws):
        mixed = years.copy()
        for places in domains:
            mixed[places] = random.permutation(years[places])
        after = mixed >= TURN
        shuffled.append(scores[after].mean() - scores[~after].mean())
    low, high = np.percentile(shuffled, [2.5, 97.5])
    share = float((np.abs(shuffled) >= abs(found) - 1e-12).mean())
    return {"change": found, "low": float(low), "high": float(high), "share": share}
