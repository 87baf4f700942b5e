"""The figures that the chapter on military support quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import transfers
from moscow_tehran.numbers.prose import percent, words
from moscow_tehran.numbers.verdict import judged

#: How prose names the verdict of a test of the ladder.
VERDICTS = {"met": "passed", "not-met": "failed", "unknown": "unknown", "not-applicable": "not applicable"}


def military_support() -> dict[str, str]:
    """Return the figures that the chapter on military support quotes, by name."""
    deals = tables.table("arms_transfers").set_index("transfer_id")
    to_iran = deals[deals["recipient"] == "IRN"]
    flying = to_iran[to_iran["category"].str.contains("aircraft|helicopter") & (to_iran["ordered_year"] >= 1989)]
    waits = (flying["first_delivery_year"] - flying["ordered_year"]).dropna()
    yearly = transfers.by_year(deals.reset_index())
    iran = yearly[yearly["recipient"] == "IRN"]

    def a_year(first: int, last: int) -> float:
        return iran.loc[iran["year"].between(first, last), "tiv"].sum() / (last - first + 1)

    nineties, twenties = a_year(1990, 1999), a_year(2020, 2025)
    soviet = iran[iran["year"].between(1990, 1999) & (iran["supplier"] == "SUN")]["tiv"].sum() / (10 * nineties)
    fall = 1 - a_year(2021, 2025) / a_year(2016, 2020)
    quiet = to_iran[
        to_iran["category"].str.startswith("air-search") & to_iran["first_delivery_year"].between(2009, 2011)
    ]
    trainer = deals.loc["ar-rus-irn-yak-130-2022"]
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
    evidence = tables.everything()
    tests = judged(evidence)
    intelligence = tests[(tests["ladder_id"] == "la-rus-irn-war-3")].iloc[0]

    def days(treaty: str) -> str:
        return f"{(steps[f'ts-{treaty}-in-force'] - steps[f'ts-{treaty}-signed']).days:,} days"

    def years(later: pd.Timestamp, earlier: pd.Timestamp) -> str:
        return f"{(later - earlier).days / 365.25:.0f} years"

    return {
        "tiv-nineties": f"{nineties:,.0f} million",
        "tiv-two-thousands": f"{a_year(2000, 2009):,.0f} million",
        "tiv-tens": f"{a_year(2010, 2019):,.0f} million",
        "tiv-twenties": f"{twenties:,.0f} million",
        "tiv-yak": f"{trainer['tiv_delivered'] / trainer['delivered']:.1f} million",
        "tiv-soviet": percent(soviet),
        "iran-fall": percent(fall),
        "quiet-radars": words(int(quiet.loc[quiet["category"] == "air-search radar", "delivered"].sum())),
        "quiet-systems": words(int(quiet.loc[quiet["category"] == "air-search system", "delivered"].sum())),
        "yak-130-ordered": f"{deals.loc['ar-rus-irn-yak-130-2022', 'ordered']:,}",
        "yak-130-came": words(int(deals.loc["ar-rus-irn-yak-130-2022", "delivered"])),
        "s-300-came": words(int(deals.loc["ar-rus-irn-s-300pmu2-favorit-2015", "delivered"])),
        "tor-came": words(int(deals.loc["ar-rus-irn-tor-m1-2005", "delivered"])),
        "su-35-came": words(int(deals.loc["ar-rus-irn-su-35s-2023", "delivered"])),
        "longest-wait": f"{words(int(waits.max()))} years",
        "intelligence-test": VERDICTS[intelligence["met"]]
        + (", a close call" if intelligence["close_call"] else ", and no close call"),
        "su-35-announcements": words(len(usable)),
        "su-35-dates": words(int(usable["due"].notna().sum())),
        "su-35-passed": words(int((usable["status"] == "overdue").sum())),
        "satellites-flown": words(len(flown)),
        "satellites-recent": words(len(recent)),
        "satellites-launches": words(recent["launched_on"].nunique()),
        "satellites-built": words(int((flown["built_by"] == "RUS").sum())),
        "drills": words(len(drills)),
        "drills-alone": words(int((drills["participants"] == "RUS;IRN").sum())),
        "drills-china": words(int(drills["participants"].str.contains("CHN").sum())),
        "days-to-force": days("russia-iran-2025"),
        "articles-intent": words(int(articles["intent"])),
        "articles-must-not": words(int(articles["must-not"])),
        "unit-1-wait": years(events["ev-2011-09-03-bushehr-grid"], events["ev-1995-01-08-bushehr-contract"]),
        "unit-2-wait": years(unit_2["pr-bushehr-2-3-2029"], events["ev-2014-11-11-bushehr-2-3-contract"]),
    }
