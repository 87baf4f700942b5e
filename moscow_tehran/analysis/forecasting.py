"""How good forecasts were: the Brier score, and how often what was called likely came."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Outcomes that are settled; void ones and open ones do not count.
SETTLED = {"yes": 1.0, "no": 0.0}
#: Settled forecasts from which a reliability diagram means something.
ENOUGH = 30
#: Edges of its bins, in percent: the words of probability of ICD 203.
BINS = (0, 5, 20, 45, 55, 80, 95, 100)


def settled(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts whose outcome is known.

    Parameters
    ----------
    forecasts
        Table ``forecasts``.

    Returns
    -------
    pandas.DataFrame
        The rows with ``happened`` (1 or 0), ``chance`` and ``base`` (0 to 1; the latter missing where none is given).
    """
    rows = forecasts[forecasts["outcome"].isin(list(SETTLED))]
    return rows.assign(
        happened=rows["outcome"].map(SETTLED).astype(float),
        chance=rows["probability_percent"].astype(float) / 100,
        base=rows["base_rate_percent"].astype(float) / 100,
    )


def brier(chance: pd.Series, happened: pd.Series) -> float:
    """Return the Brier score: the mean squared distance of the chances given (0 to 1) from what happened (0 or 1).

    0 is perfect, 0.25 what one half always gives, 1 always certain and wrong. The form with one class of Brier (1950),
    *Monthly Weather Review* 78: 1–3, whose own sum over both classes is twice as large. Missing without forecasts.
    """
    return float(((chance - happened) ** 2).mean())


def expected_brier(chance: pd.Series, belief: pd.Series | None = None) -> float:
    """Return the Brier score that chances would get on average if the chances in ``belief`` were right.

    By default the chances themselves: what a forecaster expects who believes what is said.
    """
    right = chance if belief is None else belief
    return float((right * (1 - chance) ** 2 + (1 - right) * chance**2).mean())


def reliability(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, for each bin of chances, how often what was forecast happened.

    Parameters
    ----------
    rows
        Settled forecasts, as ``settled`` gives them.

    Returns
    -------
    pandas.DataFrame
        ``low`` and ``high`` of the bin in percent, ``n``, ``chance`` (mean, 0 to 1), ``share`` (that happened); empty
        with fewer than ``ENOUGH`` forecasts, of which no bin would hold enough.
    """
    columns = ["low", "high", "n", "chance", "share"]
    if len(rows) < ENOUGH:
        return pd.DataFrame(columns=columns)
    edges = np.array(BINS) / 100
    place = np.clip(np.digitize(rows["chance"], edges[1:-1]), 0, len(edges) - 2)
    grouped = (
        rows.assign(place=place)
        .groupby("place")
        .agg(n=("happened", "size"), chance=("chance", "mean"), share=("happened", "mean"))
    )
    grouped["low"], grouped["high"] = [BINS[i] for i in grouped.index], [BINS[i + 1] for i in grouped.index]
    return grouped.reset_index(drop=True)[columns]
