"""The figures that the chapter on Israel and Iran quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import agreement, ladder, reliability, votes
from moscow_tehran.numbers.prose import words
from moscow_tehran.numbers.verdict import found, judged

#: Crises in which Iran ascribed an attack to Israel or to foreign services, and the American threats of January 2026.
CRISES = (
    "cr-2010-shahriari",
    "cr-2012-roshan",
    "cr-2020-fakhrizadeh",
    "cr-2022-khodaei",
    "cr-2023-mousavi",
    "cr-2024-consulate",
    "cr-2024-haniyeh",
    "cr-2024-october",
    "cr-2025-june",
    "cr-2026-unrest",
    "cr-2026-war",
)


def israel_iran() -> dict[str, str]:
    """Return the figures that the chapter on Israel and Iran quotes, by name."""
    contacts = tables.table("contacts").query("level == 'leaders'")
    iran = contacts.loc[contacts["counterpart_country"] == "IRN", "date"]
    israel = contacts.loc[contacts["counterpart_country"] == "ISR", "date"].sort_values()
    last, first = israel[israel < "2024-01-01"].max(), israel[israel > "2024-01-01"].min()
    alike = agreement.corrected(tables.table("un_agreement").query("country_a == 'RUS'"))
    wide = alike[alike["country_b"].isin(["IRN", "ISR", "USA", "SAU"])].pivot(
        index="year", columns="country_b", values=["share", "pi"]
    )
    late = wide.loc[2010:2019].mean()
    by_share = wide.index[wide[("share", "ISR")] > wide[("share", "IRN")]]
    by_pi = wide.index[wide[("pi", "ISR")] > wide[("pi", "IRN")]]
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN", "ISR"])
    recent = beside[beside["date"] >= "2022-01-01"]
    ukraine = recent[recent["subject_country"].isin(["UKR", "RUS"])].dropna(subset=["RUS", "ISR"])
    council = recent[recent["body"].isin(["unsc", "iaea-board"])]
    on_iran = council[(council["subject_country"] == "IRN") & council["RUS"].isin(["yes", "no", "abstain"])]
    actions = tables.table("crisis_actions").query("crisis_id in @CRISES")
    said = actions[(actions["instrument"] == "words") & (actions["level"] > 0)]
    recent_crises = [crisis for crisis in CRISES if crisis >= "cr-2024"]
    both = contacts[contacts["counterpart_country"].isin(["IRN", "ISR"]) & contacts["russian"].str.contains("Putin")]
    both_days = both.groupby("date")["counterpart_country"].nunique().eq(2).sum()
    coded = reliability.side_by_side(tables.table("codings")).query("column == 'level'")
    late_crises = coded[coded["row_id"].str.contains("2024-consulate|2024-haniyeh|2024-october|2025-june|cr-2026|2026")]
    events = tables.table("events").set_index("event_id")["date"]
    tests = judged(tables.everything()).query("supporter == 'RUS'")
    met = pd.crosstab(tests["supported"], tests["met"]).reindex(columns=["met", "not-met", "unknown"], fill_value=0)
    low, high = (ladder.matrix(found(), value).loc["RUS"] for value in ("shown", "possible"))
    return {
        "contacts-iran": str(len(iran)),
        "contacts-israel": str(len(israel)),
        "gap-from": f"{last:%B %Y}",
        "gap-to": f"{first:%B %Y}",
        "gap-iran": str(int(iran.between(last, first, inclusive="neither").sum())),
        "share-israel-late": f"{late[('share', 'ISR')] * 100:.0f} percent",
        "share-iran-late": f"{late[('share', 'IRN')] * 100:.0f} percent",
        "share-saudi-late": f"{late[('share', 'SAU')] * 100:.0f} percent",
        "share-usa-late": f"{late[('share', 'USA')] * 100:.0f} percent",
        "share-last": str(by_share.max()),
        "pi-last": str(by_pi.max()),
        "israel-known": words(len(ukraine)),
        "israel-with": words(int((ukraine["ISR"] == ukraine["RUS"]).sum())),
        "israel-abstained": words(int((ukraine["ISR"] == "abstain").sum())),
        "russia-on-iran": words(len(on_iran)),
        "russia-abstained": words(int((on_iran["RUS"] == "abstain").sum())),
        "s300-years": words(
            int(events["ev-2016-10-01-s300-completed"].year - events["ev-2007-10-01-s300-contract"].year)
        ),
        "crises": words(len(CRISES)).capitalize(),
        "crises-words": words(len(said)),
        "crises-recent": words(len(recent_crises)),
        "crises-recent-words": words(int(said["crisis_id"].isin(recent_crises).sum())),
        "crises-early": words(len(CRISES) - len(recent_crises)),
        "crises-early-words": words(int((~said["crisis_id"].isin(recent_crises)).sum())),
        "both-days": words(int(both_days)),
        "levels-coded": str(len(late_crises)),
        "levels-alike": str(int((late_crises["first"] == late_crises["second"]).sum())),
        "tests": str(len(tests[tests["supported"] == "IRN"])),
        "met-iran": words(int(met.loc["IRN", "met"])),
        "met-israel": words(int(met.loc["ISR", "met"])),
        "unknown-iran": words(int(met.loc["IRN", "unknown"])),
        "met-armenia": words(int(met.loc["ARM", "met"])),
        "met-belarus": words(int(met.loc["BLR", "met"])),
        "unknown-israel": words(int(met.loc["ISR", "unknown"])),
        "domains-higher": words(int((low.loc["IRN"] > high.loc["ISR"]).sum())),
        "domains": words(len(ladder.DOMAINS)),
    }
