"""The figures that the chapter on military support quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import transfers
from moscow_tehran.numbers.prose import percent, words


def military_support() -> dict[str, str]:
    """Return the figures that the chapter on military support quotes, by name."""
    deals = tables.table("arms_transfers").set_index("transfer_id")
    to_iran = deals[deals["recipient"] == "IRN"]
    waits = (to_iran["first_delivery_year"] - to_iran["ordered_year"])[to_iran["ordered_year"] >= 1989].dropna()
    yearly = transfers.by_year(deals.reset_index())
    iran = yearly[yearly["recipient"] == "IRN"]

    def a_year(first: int, last: int) -> float:
        return iran.loc[iran["year"].between(first, last), "tiv"].sum() / (last - first + 1)

    nineties, twenties = a_year(1990, 1999), a_year(2020, 2025)
    promised = tables.table("promises")
    su_35 = promised[(promised["topic"] == "weapon") & promised["subject"].str.contains("Su-35")]
    usable = su_35[su_35["credibility"] <= 3]
    satellites = tables.table("satellites")
    flown = satellites[(satellites["launched_by"] == "RUS") & (satellites["outcome"] == "orbit")]
    recent = flown[flown["launched_on"] >= "2022-01-01"]
    drills = tables.table("exercises")
    events = tables.table("events").set_index("event_id")["date"]
    steps = tables.table("treaty_steps").set_index("step_id")["date"]
    articles = tables.table("treaty_articles").query("treaty_id == 'ty-russia-iran-2025'")["obligation"].value_counts()
    unit_2 = promised.set_index("promise_id")["due"]

    def days(treaty: str) -> str:
        return f"{(steps[f'ts-{treaty}-in-force'] - steps[f'ts-{treaty}-signed']).days:,} days"

    def years(later: pd.Timestamp, earlier: pd.Timestamp) -> str:
        return f"{(later - earlier).days / 365.25:.0f} years"

    return {
        "tiv-nineties": f"{nineties:,.0f} million",
        "tiv-two-thousands": f"{a_year(2000, 2009):,.0f} million",
        "tiv-tens": f"{a_year(2010, 2019):,.0f} million",
        "tiv-twenties": f"{twenties:,.0f} million",
        "tiv-twenties-share": percent(twenties / nineties),
        "yak-130-ordered": f"{deals.loc['ar-rus-irn-yak-130-2022', 'ordered']:,}",
        "yak-130-came": words(int(deals.loc["ar-rus-irn-yak-130-2022", "delivered"])),
        "s-300-came": words(int(deals.loc["ar-rus-irn-s-300pmu2-favorit-2015", "delivered"])),
        "tor-came": words(int(deals.loc["ar-rus-irn-tor-m1-2005", "delivered"])),
        "su-35-came": words(int(deals.loc["ar-rus-irn-su-35s-2023", "delivered"])),
        "longest-wait": f"{words(int(waits.max()))} years",
        "su-35-announcements": words(len(usable)),
        "su-35-dates": words(int(usable["due"].notna().sum())),
        "su-35-passed": words(int((usable["status"] == "overdue").sum())),
        "satellites-flown": words(len(flown)),
        "satellites-recent": words(len(recent)),
        "satellites-launches": words(recent["launched_on"].nunique()),
        "satellites-built": words(int((flown["built_by"] == "RUS").sum())),
        "satellites-gap": years(recent["launched_on"].min(), flown["launched_on"].min()),
        "drills": words(len(drills)),
        "drills-alone": words(int((drills["participants"] == "RUS;IRN").sum())),
        "drills-china": words(int(drills["participants"].str.contains("CHN").sum())),
        "days-to-force": days("russia-iran-2025"),
        "days-to-force-korea": days("russia-dprk-2024"),
        "articles-intent": words(int(articles["intent"])),
        "articles-must-not": words(int(articles["must-not"])),
        "unit-1-wait": years(events["ev-2011-09-03-bushehr-grid"], events["ev-1995-01-08-bushehr-contract"]),
        "unit-2-wait": years(unit_2["pr-bushehr-2-3-2029"], events["ev-2014-11-11-bushehr-2-3-contract"]),
    }
