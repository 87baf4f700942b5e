"""Arms transfers: volumes by year and direction."""

from __future__ import annotations

import pandas as pd


def by_year(transfers: pd.DataFrame) -> pd.DataFrame:
    """Spread each deal evenly over its delivery years and add up.

    SIPRI publishes the volume of a deal and the years of its deliveries, not the volume of each year; spreading evenly
    is our estimate and smooths peaks.

    Parameters
    ----------
    transfers
        Rows of the table ``arms_transfers``.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``supplier``, ``recipient``, ``licensed_production``, ``tiv`` (million trend-indicator values).
    """
    delivered = transfers[transfers["tiv_delivered"] > 0].copy()
    delivered["year"] = delivered["delivery_years"].str.split(";")
    delivered["tiv"] = delivered["tiv_delivered"] / delivered["year"].str.len()
    yearly = delivered.explode("year")
    yearly["year"] = yearly["year"].astype(int)
    keys = ["year", "supplier", "recipient", "licensed_production"]
    return yearly.groupby(keys, as_index=False)["tiv"].sum()
