"""What the outlook rests on: base rates, what crises brought, and bounds on scenarios and on a score."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

#: Instruments of a crisis in groups, from the cheapest to the dearest.
MEANS = {
    "words": "words",
    "vote": "votes, diplomacy",
    "diplomacy": "votes, diplomacy",
    "law": "law, goods, technology",
    "economy": "law, goods, technology",
    "technology": "law, goods, technology",
    "arms": "arms",
    "intelligence": "intelligence",
    "force": "force",
}


def share_of_years(days: pd.Series, first: int, last: int) -> tuple[int, int]:
    """Return in how many years from ``first`` to ``last`` one of some days lies, and how many years there are.

    >>> share_of_years(pd.to_datetime(pd.Series(["2018-02-26", "2018-05-01", "2026-04-07"])), 2016, 2026)
    (2, 11)
    """
    years = pd.to_datetime(days).dt.year
    return int(years[years.between(first, last)].nunique()), last - first + 1


def crisis_levels(actions: pd.DataFrame, crises: pd.DataFrame) -> pd.DataFrame:
    """Return one row a crisis that the rule takes in and a group of means, in order of time.

    Returns
    -------
    pandas.DataFrame
        ``crisis_id``, ``title``, ``date_start``, ``means``, ``level`` (the highest in the group, or -1 where nothing
        in it is above zero and something is below), ``given`` (what Russia gave at that level), ``evidence``.
    """
    rows = actions.merge(crises.loc[crises["included"], ["crisis_id", "title", "date_start"]], on="crisis_id")
    rows["means"] = rows["instrument"].map(MEANS)
    # An act against what was asked outweighs nothing, and is outweighed by something given.
    rows["weight"] = rows["level"].map({-1: 0.5, 0: 0.0, 1: 1.0, 2: 2.0, 3: 3.0})
    rows = rows.sort_values(["date_start", "weight"], ascending=[True, False], kind="stable")
    columns = ["crisis_id", "title", "date_start", "means", "level", "given", "evidence"]
    return rows.drop_duplicates(["crisis_id", "means"])[columns].reset_index(drop=True)


def any_of(percents: Sequence[float]) -> tuple[float, float, float]:
    """Return the least and the largest chance that any of some events happens, and that of independent events.

    The bounds are those of Fréchet: they hold however the events hang together. All in percent.
    """
    none = 1.0
    for percent in percents:
        none *= 1 - percent / 100
    return max(percents), min(100.0, sum(percents)), 100 * (1 - none)


def all_of(percents: Sequence[float]) -> tuple[float, float, float]:
    """Return the least and the largest chance that all of some events happen, and that of independent events.

    The bounds are those of Fréchet, as in ``any_of``. All in percent.
    """
    all_ = 1.0
    for percent in percents:
        all_ *= percent / 100
    return max(0.0, sum(percents) - 100 * (len(percents) - 1)), min(percents), 100 * all_


def two_of_three(percents: Sequence[float]) -> tuple[float, float, float]:
    """Return the least and the largest chance that two of three events happen, and that of independent events.

    All in percent. As the number of events that happen is on average their sum *s*, at least two of three have at
    least a chance of *(s - 100) / 2* and at most one of *s / 2*, nor more than that of either of the two rarer ones.
    """
    first, second, third = sorted(percents)
    total = first + second + third
    a, b, c = first / 100, second / 100, third / 100
    independent = a * b + a * c + b * c - 2 * a * b * c
    return max(0.0, (total - 100) / 2), min(total / 2, first + second, 100.0), 100 * independent


def expected_score(percents: Sequence[float]) -> tuple[float, float, float]:
    """Return what the mean Brier score comes to if every probability is right, its spread, and that of a flat answer.

    The spread is the standard deviation over independent events. The flat answer says 0 or 100 percent, whichever is
    nearer; with events that would each be a change it is the answer that nothing changes.
    """
    chances = [percent / 100 for percent in percents]
    count = len(chances)
    mean = sum(chance * (1 - chance) for chance in chances) / count
    spread = sum(chance * (1 - chance) * (1 - 2 * chance) ** 2 for chance in chances) ** 0.5 / count
    return mean, spread, sum(min(chance, 1 - chance) for chance in chances) / count
