"""The figures that the chapter on history quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import coverage, phases, transfers, votes
from moscow_tehran.numbers.prose import percent, words


def history() -> dict[str, str]:
    """Return the figures that the chapter on history quotes, by name."""
    events = tables.table("events").set_index("event_id")
    return _acts(events.reset_index()) | _bushehr(events) | _arms(events) | _council() | _contacts() | _polls()


def _days(events: pd.DataFrame, first: str, last: str) -> int:
    return int((events.loc[last, "date"] - events.loc[first, "date"]).days)


def _acts(events: pd.DataFrame) -> dict[str, str]:
    acts = phases.acts(events)
    held = pd.crosstab(acts["phase"], acts["valence"])
    counts = held.sum(axis=1)
    said = events[(events["actor"] == "RUS") & (events["target"] == "IRN") & (events["status"] == "confirmed")]
    said = said[(said["instrument"] == "words") & (said["valence"] == "restrains") & (said["credibility"] <= 3)]
    return {
        "acts-six": words(int(counts["2006–13"])),
        "held-six": words(int(held.loc["2006–13", "restrains"])),
        "acts-deal": words(int(counts["2013–22"])),
        "held-deal": words(int(held.loc["2013–22", "restrains"])),
        "acts-war": words(int(counts["since 2022"])),
        "held-war": words(int(held.loc["since 2022", "restrains"])),
        "held-third": words(int(held.loc["2000–06", "restrains"])),
        "words-war": words(int((said["date"] >= phases.PHASES[-1][0]).sum())),
    }


def _bushehr(events: pd.DataFrame) -> dict[str, str]:
    grid, fuel = events.loc["ev-2011-09-03-bushehr-grid", "date"], events.loc["ev-2007-12-16-first-fuel", "date"]
    # Four and a half years from the contract; fuel was due in March 2007.
    due = events.loc["ev-1995-01-08-bushehr-contract", "date"] + pd.DateOffset(months=54)
    return {
        "grid-late-years": words(round((grid - due).days / 365.25)),
        "fuel-late-months": words(round((fuel - pd.Timestamp("2007-03-31")).days / 30.44)),
    }


def _arms(events: pd.DataFrame) -> dict[str, str]:
    deals = tables.table("arms_transfers")
    to_iran = deals[deals["recipient"] == "IRN"]
    yearly = transfers.by_year(to_iran).groupby("year")["tiv"].sum()
    old = to_iran[to_iran["ordered_year"] <= 1991]
    bought = transfers.by_year(to_iran[~to_iran["licensed_production"].astype(bool)]).groupby("year")["tiv"].sum()
    putin = range(2000, 2008)
    under = to_iran[to_iran["ordered_year"].between(1996, 2000)]
    yeltsin, since = range(1992, 2000), range(2000, 2026)
    from_old = transfers.by_year(old).groupby("year")["tiv"].sum().reindex(yeltsin, fill_value=0).sum()
    mean = {years: yearly.reindex(years, fill_value=0).mean() for years in (yeltsin, since)}
    one = to_iran.set_index("transfer_id")["delivered"]
    mig = one[["ar-sun-irn-mig-29-1989", "ar-sun-irn-mig-29-1989-2"]].sum()
    submarines = one[["ar-rus-irn-project-877e-1991", "ar-rus-irn-project-877e-1993"]].sum()
    ban, lifted = "ev-2010-09-22-medvedev-decree", "ev-2015-04-13-s300-ban-lifted"
    return {
        "mig-29": str(mig),
        "su-24": words(int(one["ar-sun-irn-su-24-1990"])),
        "submarines": words(int(submarines)),
        "t-72": str(one["ar-rus-irn-t-72m1-1991"]),
        "tiv-yeltsin": f"{mean[yeltsin]:.0f}",
        "tiv-since": f"{mean[since]:.0f}",
        "tiv-putin-first": f"{yearly.reindex(putin, fill_value=0).mean():.0f}",
        "tiv-yeltsin-bought": f"{bought.reindex(yeltsin, fill_value=0).mean():.0f}",
        "tiv-putin-bought": f"{bought.reindex(putin, fill_value=0).mean():.0f}",
        "tiv-soviet-orders": percent(from_old / yearly.reindex(yeltsin, fill_value=0).sum()),
        "deals-under-limit": words(len(under)),
        "deals-uncertain": words(int(under["ordered_year_uncertain"].sum())),
        "ban-years": f"{_days(events, ban, lifted) / 365.25:.1f}",
        "s-300-systems": words(int(one["ar-rus-irn-s-300pmu2-favorit-2015"])),
    }


def _council() -> dict[str, str]:
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS"])
    council = beside[(beside["body"] == "unsc") & beside["date"].between("2006-01-01", "2015-12-31")]
    return {
        "decisions": words(len(council)),
        "rounds": words(int(council["title"].str.contains("round of sanctions").sum())),
    }


def _contacts() -> dict[str, str]:
    contacts = tables.table("contacts")
    iran = contacts[contacts["counterpart_country"] == "IRN"]
    leaders = iran[iran["level"] == "leaders"].groupby(iran["date"].dt.year).size()
    who = iran["initiator"].value_counts()
    beside = coverage.against_published(contacts, tables.table("contact_counts"))
    heads = beside[beside["russian"].isin(["Putin", "Medvedev"])]
    zarif = beside.set_index("count_id").loc["cc-zarif-visits-30"]
    return {
        "contacts": str(len(iran)),
        "leaders-2025": words(int(leaders[2025])),
        "leaders-2012": words(int(leaders[2012])),
        "initiator-iran": str(who["IRN"]),
        "initiator-known": str(who.sum()),
        "heads-compared": words(len(heads)),
        "heads-apart": words(int(heads["shortfall"].abs().max())),
        "zarif-found": words(int(zarif["found"])),
        "zarif-published": str(zarif["published_count"]),
    }


def _polls() -> dict[str, str]:
    share = tables.table("polls").set_index("poll_id")["percent"]
    quoted = {
        "gallup-2011": "po-2011-gallup-leadership-russia",
        "gallup-2021": "po-2021-gallup-russia-approve",
        "gallup-2021-against": "po-2021-gallup-russia-disapprove",
        "iranpoll-negative": "po-2022-iranpoll-russia-negative",
    }
    return {name: percent(float(share[poll]) / 100) for name, poll in quoted.items()}
