"""What the outlook rests on: base rates, what crises brought, who expected what, and bounds on scenarios."""

from __future__ import annotations

import re
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

# Read from top to bottom; the first that is found decides. A former office counts as an analyst's voice.
_OFFICES = {
    "analysts, press": r"last ambassador|[Aa]nalyst|analysis|explainer|lawyer|Institute|Chatham|Carnegie|Centre|Center",
    "Iran’s officials": r"of Iran\b|Iran’s parliament|adviser to Khamenei|governor of Gilan",
    "Russia’s officials": r"of Russia\b|Russia’s|Rosatom|Russian Railways|Federation Council",
    "other officials": r"United States|White House|Israeli official",
}


def kept_percent(promises: pd.DataFrame, rows: str | None) -> float | None:
    """Return how many of the promises named in ``rows`` were kept, in percent; none if one of them is no promise.

    A base rate of this kind is the share of promises of one sort that fell due and were fulfilled as announced.
    """
    status = promises.set_index("promise_id")["status"]
    named = rows.split(";") if isinstance(rows, str) else []
    if not named or any(row not in status.index for row in named):
        return None
    return float((status[named] == "fulfilled").mean() * 100)


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


def speaker(said_by: str) -> str:
    """Return whose voice an expectation is, from the office named.

    >>> speaker("Javad Owji, oil minister of Iran"), speaker("Bilal Y. Saab, Chatham House")
    ('Iran’s officials', 'analysts, press')
    """
    return next((group for group, office in _OFFICES.items() if re.search(office, said_by)), "analysts, press")


def any_of(percents: Sequence[float]) -> tuple[float, float, float]:
    """Return the least and the largest chance that any of some events happens, and that of independent events.

    The bounds are those of Fréchet: they hold however the events hang together. All in percent.
    """
    none = 1.0
    for percent in percents:
        none *= 1 - percent / 100
    return max(percents), min(100.0, sum(percents)), 100 * (1 - none)


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
