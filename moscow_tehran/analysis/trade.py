"""Trade figures: which are usable, which cover a year, what growth rates and shares come to."""

from __future__ import annotations

import pandas as pd

#: A period of this many days counts as a year; Iranian years have 365 or 366 days.
YEAR_IN_DAYS = (360, 367)


#: Coverages that stand for goods in general; food, services and crude oil alone do not.
GOODS = ["all-goods", "non-oil", "not-stated"]
#: Figures graded worse are contradicted by better evidence, or cannot be judged.
WORST_CREDIBILITY = 4


def pair(trade: pd.DataFrame, country: str, partner: str, flow: str = "turnover") -> pd.DataFrame:
    """Return the usable figures for trade in goods of one pair and flow, all reporters kept apart.

    Usable are values in million US dollars of credibility ``WORST_CREDIBILITY`` or better.
    """
    chosen = (trade["country"] == country) & (trade["partner"] == partner) & (trade["flow"] == flow)
    usable = (trade["unit"] == "million-usd") & trade["value"].notna() & trade["coverage"].isin(GOODS)
    return trade[chosen & usable & (trade["credibility"] <= WORST_CREDIBILITY)].copy()


def annual(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that cover a whole year of their calendar.

    Parameters
    ----------
    figures
        Rows of the table ``trade``.

    Returns
    -------
    pandas.DataFrame
        The same columns, with ``year`` (the calendar year in which the period begins: nine to ten months of an Iranian
        year lie in it) and ``billion_usd``.
    """
    days = (figures["period_end"] - figures["period_start"]).dt.days + 1
    whole = figures[days.between(*YEAR_IN_DAYS)].copy()
    whole["year"] = whole["period_start"].dt.year
    whole["billion_usd"] = whole["value"] / 1000
    return whole.sort_values(["year", "reporter", "value"])


def implied(base: float, growth_percent: float) -> float:
    """Return the level that a growth rate and its base give; the unit is that of ``base``."""
    return base * (1 + growth_percent / 100)


def share(part: float, whole: float) -> float:
    """Return a part as a share of the whole.

    Raises
    ------
    ValueError
        If the part is larger than the whole, which two reporters' figures can produce.
    """
    if part > whole:
        raise ValueError(f"the part ({part}) is larger than the whole ({whole}): are both of one reporter and period?")
    return part / whole
