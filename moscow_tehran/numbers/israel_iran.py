"""The figures that the chapter on Israel and Iran quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import agreement, coverage, reliability, votes
from moscow_tehran.numbers.prose import words

#: Crises in which Iran ascribed an attack to Israel, alone or with the United States, and the threats of January 2026.
CRISES = (
    "cr-2010-shahriari",
    "cr-2020-fakhrizadeh",
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
    published = coverage.against_published(tables.table("contacts"), tables.table("contact_counts")).set_index(
        "count_id"
    )
    calls = published.loc["cc-raisi-putin-calls-15"]
    alike = agreement.corrected(tables.table("un_agreement").query("country_a == 'RUS'"))
    wide = alike[alike["country_b"].isin(["IRN", "ISR"])].pivot(
        index="year", columns="country_b", values=["share", "kappa", "pi"]
    )
    nineties, late = wide.loc[1991:1999].mean(), wide.loc[2010:2019].mean()
    by_share = wide.index[wide[("share", "ISR")] > wide[("share", "IRN")]]
    by_pi = wide.index[wide[("pi", "ISR")] > wide[("pi", "IRN")]]
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN", "ISR"])
    recent = beside[beside["date"] >= "2022-01-01"]
    ukraine = recent[recent["subject_country"].isin(["UKR", "RUS"])].dropna(subset=["RUS", "ISR"])
    on_iran = recent[(recent["subject_country"] == "IRN") & recent["RUS"].isin(["yes", "no", "abstain"])]
    actions = tables.table("crisis_actions").query("crisis_id in @CRISES")
    said = actions[(actions["instrument"] == "words") & (actions["level"] > 0)]
    coded = reliability.side_by_side(tables.table("codings")).query("column == 'level'")
    late_crises = coded[coded["row_id"].str.contains("2024-consulate|2024-haniyeh|2024-october|2025-june|cr-2026|2026")]
    events = tables.table("events").set_index("event_id")["date"]
    polled = tables.table("polls").set_index("poll_id")["percent"]
    crude = tables.table("trade").set_index("trade_id")["value"] / 1000
    ladder = tables.table("ladder").query("supporter == 'RUS'")
    met = pd.crosstab(ladder["supported"], ladder["met"])
    return {
        "contacts-iran": str(len(iran)),
        "contacts-israel": str(len(israel)),
        "gap-from": f"{last:%B %Y}",
        "gap-to": f"{first:%B %Y}",
        "gap-iran": str(int(iran.between(last, first, inclusive="neither").sum())),
        "calls-published": words(int(calls["published_count"])),
        "calls-found": words(int(calls["found"])),
        "kappa-israel-nineties": f"{nineties[('kappa', 'ISR')]:.2f}",
        "kappa-iran-nineties": f"{nineties[('kappa', 'IRN')]:.2f}".replace("-", "−"),
        "kappa-israel-late": f"{late[('kappa', 'ISR')]:.2f}".replace("-", "−"),
        "kappa-iran-late": f"{late[('kappa', 'IRN')]:.2f}",
        "share-israel-late": f"{late[('share', 'ISR')] * 100:.0f} percent",
        "share-iran-late": f"{late[('share', 'IRN')] * 100:.0f} percent",
        "share-first": str(by_share.min()),
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
        "levels-coded": str(len(late_crises)),
        "levels-alike": str(int((late_crises["first"] == late_crises["second"]).sum())),
        "levada-iran": f"{polled['po-2025-levada-side-iran']:.0f} percent",
        "levada-israel": f"{polled['po-2025-levada-side-israel']:.0f} percent",
        "levada-neither": f"{polled['po-2025-levada-side-neither']:.0f} percent",
        "crude-russia-january": f"{crude['tr-chn-rus-imports-tracker-2026-01']:.2f}",
        "crude-russia-february": f"{crude['tr-chn-rus-imports-tracker-2026-02']:.2f}",
        "crude-iran-january": f"{crude['tr-chn-irn-imports-tracker-2026-01']:.2f}",
        "crude-iran-february": f"{crude['tr-chn-irn-imports-tracker-2026-02']:.2f}",
        "tests": str(int(met.loc["IRN"].sum())),
        "met-iran": words(int(met.loc["IRN", "met"])),
        "met-israel": words(int(met.loc["ISR", "met"])),
        "unknown-iran": words(int(met.loc["IRN", "unknown"])),
        "unknown-israel": words(int(met.loc["ISR", "unknown"])),
    }
