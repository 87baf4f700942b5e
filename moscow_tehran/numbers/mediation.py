"""The figures that the chapter on mediation quotes."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.analysis import mediation as brokering
from moscow_tehran.numbers.prose import words


def mediation() -> dict[str, str]:
    """Return the figures that the chapter on mediation quotes, by name."""
    answered = brokering.answers(tables.table("mediation"))
    russian = answered[(answered["offered_by"] == "RUS") & ~answered["message"]]
    offered = brokering.offers(russian)
    by_iran = russian.loc[russian["response_by"] == "IRN", "response"].value_counts()
    recent = offered[offered["date"] >= "2025-01-01"]
    custody = offered[(offered["topic"] == "uranium-custody") & (offered["offer_id"] != "of-fuel-2007")]
    stock = tables.table("enriched_uranium").query("credibility <= 3").dropna(subset="u60_kg")
    first, last = stock.iloc[0], stock.iloc[-1]
    topics = offered["topic"].value_counts()
    return {
        "offers": words(len(offered)),
        "messages": words(int(brokering.offers(answered[answered["message"]]).shape[0])),
        "offers-talks": words(int(topics["nuclear-talks"])),
        "offers-wars": words(int(topics["war"])),
        "offers-else": words(len(offered) - int(topics["nuclear-talks"]) - int(topics["war"])),
        "offers-recent": words(len(recent)),
        "offers-idea": words(int((offered["stage"] == "idea").sum())),
        "offers-declined": words(int((offered["fate"] == "declined").sum())),
        "offers-open": words(int((offered["fate"] == "open").sum())),
        "offers-done": words(int((offered["fate"] == "agreement").sum())),
        "offers-part": words(int((offered["fate"] == "part").sum())),
        "offers-withdrawn": words(int((offered["stage"] == "withdrawn").sum())),
        "iran-asked": words(int(by_iran.sum())),
        "iran-accepted": words(int(by_iran["accepted"])),
        "iran-declined": words(int(by_iran["declined"])),
        "iran-noncommittal": words(int(by_iran["noncommittal"])),
        "iran-none": words(int(by_iran["none-found"])),
        "custody-offers": words(len(custody)),
        "custody-recent": words(int((custody["date"] >= "2025-01-01").sum())),
        "stock-first": f"{first['u60_kg']:.1f} kilograms",
        "stock-last": f"{last['u60_kg']:.0f} kilograms",
    }
