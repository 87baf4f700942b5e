"""The ladder of support: from rows of evidence to tests, from tests to levels, from levels to who supports more.

A test stands only while the rows that carry it stand. A level is the highest test of a domain that is passed: how far a
supporter has gone. Levels are ordinal, so pairs are compared by dominance first; weights come only after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

#: Domains in the order in which the book shows them.
DOMAINS = ("diplomacy", "economy", "arms-technology", "nuclear", "security-commitment", "conduct-in-war")
#: The pair of the book's question.
ASKED = ("RUS", "IRN")
LEVELS = 5
#: Open domains from which a pair counts as incomplete.
INCOMPLETE = 3


def verdicts(ladder: pd.DataFrame, standing: set[str]) -> pd.DataFrame:
    """Return the ladder with the verdict that each test has on the evidence that stands.

    Parameters
    ----------
    ladder
        Table ``ladder``. A verdict falls to ``unknown`` when fewer than ``needed`` of the rows named in
        ``carried_by`` stand; one that names none rests on a search and does not fall.
    standing
        Keys of the rows that stand, as ``standing.standing`` gives them.

    Returns
    -------
    pandas.DataFrame
        The same rows; ``met`` is the verdict, ``left`` the number of carrying rows that stand.
    """
    carriers = ladder["carried_by"].fillna("").map(lambda cell: [key for key in cell.split(";") if key])
    left = carriers.map(lambda keys: sum(key in standing for key in keys))
    falls = carriers.map(bool) & (left < ladder["needed"].fillna(0).astype(int))
    return ladder.assign(met=ladder["met"].mask(falls, "unknown"), left=left)


def levels(judged: pd.DataFrame, indicators: pd.DataFrame, *, every: bool = False) -> pd.DataFrame:
    """Return how far each supporter has gone in each domain.

    Parameters
    ----------
    judged
        Rows of the ladder with their verdict in ``met``.
    indicators
        Table ``ladder_indicators``.
    every
        Whether a level asks for all lower tests of its domain as well, as a Guttman scale does.

    Returns
    -------
    pandas.DataFrame
        One row a pair and domain, in the order of ``DOMAINS``: ``supporter``, ``supported``, ``domain``, ``shown`` (the
        level shown, 0 to 5), ``possible`` (the level if every unknown test is passed). Both are missing where no test
        of the domain applies.
    """
    placed = judged.merge(indicators[["indicator_id", "domain", "level"]], on="indicator_id")
    found = []
    for (supporter, supported, domain), tests in placed.groupby(["supporter", "supported", "domain"], sort=False):
        met = dict(zip(tests["level"].astype(int), tests["met"], strict=True))
        applies = {level: verdict for level, verdict in met.items() if verdict != "not-applicable"}
        row = {"supporter": supporter, "supported": supported, "domain": domain}
        shown, possible = (_highest(applies, passed, every) for passed in (("met",), ("met", "unknown")))
        found.append(row | {"shown": shown if applies else pd.NA, "possible": possible if applies else pd.NA})
    table = pd.DataFrame(found).astype({"shown": "Int64", "possible": "Int64"})
    order = pd.Categorical(table["domain"], DOMAINS, ordered=True)
    return (
        table.assign(order=order)
        .sort_values(["supporter", "supported", "order"], ignore_index=True)
        .drop(columns="order")
    )


def _highest(verdicts: dict[int, str], passed: Sequence[str], every: bool) -> int:
    highest = 0
    for level in sorted(verdicts):
        if verdicts[level] in passed:
            highest = level
        elif every:
            break
    return highest


def matrix(found: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return levels with pairs as rows and domains as columns; ``value`` is ``shown`` or ``possible``."""
    wide = found.pivot(index=["supporter", "supported"], columns="domain", values=value)
    return wide.reindex(columns=list(DOMAINS))


def compare(found: pd.DataFrame, pair: tuple[str, str] = ASKED) -> pd.DataFrame:
    """Compare one pair with each other by dominance: no level lower, and one higher, over the domains that both have.

    Returns
    -------
    pandas.DataFrame
        One row another pair: ``supporter``, ``supported``; ``relation``, which is ``dominates`` or ``dominated`` if
        that holds whatever the unknown tests would show, ``crosses`` if each is certainly ahead of the other
        somewhere, ``equal``, and ``open`` if the unknown tests decide; ``on_shown``, the same on the levels shown
        alone; ``ahead``, ``behind``: domains in which the pair is ahead or behind on the levels shown.
    """
    low, high = matrix(found, "shown"), matrix(found, "possible")
    own_low, own_high = low.loc[pair], high.loc[pair]
    rows = []
    for other in low.index.drop(pair):
        both = [domain for domain in DOMAINS if pd.notna(own_low[domain]) and pd.notna(low.loc[other, domain])]
        mine = np.array([[own_low[domain], own_high[domain]] for domain in both], int)
        theirs = np.array([[low.loc[other, domain], high.loc[other, domain]] for domain in both], int)
        rows.append(
            {
                "supporter": other[0],
                "supported": other[1],
                "relation": _relation(mine, theirs),
                "on_shown": _relation(mine[:, [0, 0]], theirs[:, [0, 0]]),
                "ahead": [domain for domain, a, b in zip(both, mine, theirs, strict=True) if a[0] > b[0]],
                "behind": [domain for domain, a, b in zip(both, mine, theirs, strict=True) if a[0] < b[0]],
            }
        )
    return pd.DataFrame(rows)


def _relation(mine: np.ndarray, theirs: np.ndarray) -> str:
    """Relation of two vectors of intervals (lowest, highest level a domain)."""
    if (mine[:, 0] >= theirs[:, 1]).all() and (mine[:, 0] > theirs[:, 1]).any():
        return "dominates"
    if (mine[:, 1] <= theirs[:, 0]).all() and (mine[:, 1] < theirs[:, 0]).any():
        return "dominated"
    if (mine[:, 0] > theirs[:, 1]).any() and (mine[:, 1] < theirs[:, 0]).any():
        return "crosses"
    return "equal" if (mine == theirs).all() and (mine[:, 0] == mine[:, 1]).all() else "open"


def incomplete(found: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs with ``INCOMPLETE`` or more domains in which the level is open: too little is known to rank."""
    gaps = found.assign(gap=found["possible"] > found["shown"]).groupby(["supporter", "supported"])["gap"].sum()
    return [pair for pair, gap in gaps.items() if gap >= INCOMPLETE]


def score(levels: pd.DataFrame, weights: Iterable[float]) -> pd.Series:
    """Return the weighted mean level of each pair as a share of the highest, over the domains that apply to it.

    Parameters
    ----------
    levels
        Pairs as rows, ``DOMAINS`` as columns, levels 0 to 5, as ``matrix`` gives them.
    weights
        One weight a domain, not negative, not all zero; they need not add up to one.

    Returns
    -------
    pandas.Series
        0 to 1 a pair; missing where the weights of all domains that apply are zero. It takes the steps between levels
        for equal, which they are not known to be: see ``smaa.acceptability`` for the ranking without that.
    """
    given = np.array(list(weights), float)
    values = levels[list(DOMAINS)].astype("Float64").to_numpy(float, na_value=np.nan)
    return pd.Series(weighted(values / LEVELS, given), index=levels.index)


def weighted(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of each row of ``values`` over its columns that are not missing."""
    if (weights < 0).any():
        raise ValueError(f"weights {weights.tolist()}: a weight may not be negative")
    present = ~np.isnan(values)
    total = present @ weights
    sums = np.where(present, values, 0.0) @ weights
    return np.divide(sums, total, out=np.full(len(values), np.nan), where=total > 0)
