"""How far two coders agree who read the same sources by the same codebook."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd

#: Codes whose order means something; all others are names.
ORDERED = {
    "strength": ["1", "2", "3"],
    "level": ["-1", "0", "1", "2", "3"],
    "stage": ["stated", "offered", "agreed", "contracted", "delivered", "used"],
}
#: Below it no conclusion may rest on a code (Krippendorff 2004, *Content Analysis*, chapter 11).
LOWEST = 0.667


def side_by_side(codings: pd.DataFrame) -> pd.DataFrame:
    """Put the two coders' values beside each other.

    Parameters
    ----------
    codings
        Table ``codings``: one value a row. Of a cell coded under several versions of the codebook the latest counts.

    Returns
    -------
    pandas.DataFrame
        One row a coded cell: ``row_id``, ``column``, ``first``, ``second``; an empty value is empty text.
    """
    latest = codings.groupby(["row_id", "column"])["codebook_version"].transform("max")
    current = codings[codings["codebook_version"] == latest]
    wide = current.fillna({"value": ""}).pivot(index=["row_id", "column"], columns="coder", values="value")
    return wide.reset_index().rename_axis(columns=None)


def alpha(
    first: pd.Series, second: pd.Series, *, order: list[str] | None = None, draws: int = 2000
) -> dict[str, float]:
    """Return Krippendorff's α for two coders, with an interval by resampling units.

    Parameters
    ----------
    first, second
        The coders' values, unit by unit.
    order
        Values from lowest to highest, if the code is ordinal; units with other values are left out. Nominal otherwise.
    draws
        Resamples for the interval; the seed is fixed.

    Returns
    -------
    dict
        ``units`` (count), ``share`` (identical), ``alpha``, and ``low`` and ``high``, its 2.5th and 97.5th percentile.
        ``alpha`` is missing where all values are the same, since then nothing could vary.
    """
    values = pd.DataFrame({"first": first.to_numpy(), "second": second.to_numpy()}).astype(str)
    if order:
        values = values[values.isin(order).all(axis=1)]
    domain = order or sorted(set(values.to_numpy().ravel()))
    # Units by values: how many of the two coders gave which value.
    counts = np.stack([(values == value).sum(axis=1).to_numpy() for value in domain], axis=1)

    def of(sample: np.ndarray) -> float:
        if (sample.sum(axis=0) > 0).sum() < 2:
            return float("nan")
        return float(krippendorff.alpha(value_counts=sample, level_of_measurement="ordinal" if order else "nominal"))

    random = np.random.default_rng(20261122)
    resampled = [of(counts[random.integers(0, len(counts), len(counts))]) for _ in range(draws)]
    varied = [value for value in resampled if not np.isnan(value)]
    low, high = np.percentile(varied, [2.5, 97.5]) if varied else (np.nan, np.nan)
    return {
        "units": len(counts),
        "share": float((values["first"] == values["second"]).mean()),
        "alpha": of(counts),
        "low": float(low),
        "high": float(high),
    }


def by_code(codings: pd.DataFrame, draws: int = 2000) -> pd.DataFrame:
    """Return agreement by table and column, in the order of the package.

    Returns
    -------
    pandas.DataFrame
        ``table`` (by the key's prefix), ``column``, ``scale`` (``nominal`` or ``ordinal``), and what ``alpha`` gives.
    """
    beside = side_by_side(codings)
    beside["table"] = beside["row_id"].str.partition("-")[0].map(TABLES)
    return pd.DataFrame(
        [
            {"table": table, "column": column, "scale": "ordinal" if column in ORDERED else "nominal"}
            | alpha(cells["first"], cells["second"], order=ORDERED.get(column), draws=draws)
            for (table, column), cells in beside.groupby(["table", "column"], sort=False)
        ]
    ).sort_values(["table", "alpha"], ignore_index=True)


#: Tables that are coded twice, by the prefix of their keys.
TABLES = {"ev": "events", "ca": "crisis_actions", "la": "ladder"}
