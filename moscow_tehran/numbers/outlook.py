"""The figures that the chapter on the outlook quotes, and the one place of its scenarios' probabilities."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.analysis import outlook as reckoning
from moscow_tehran.analysis import promises, votes
from moscow_tehran.numbers.prose import words

#: Chance of each scenario to the end of 2027, in percent: our judgement of 22 November 2026.
SCENARIOS = {"As before": 60, "Closer": 25, "Thinner": 15}
assert sum(SCENARIOS.values()) == 100

#: Forecasts of which one makes *Closer*, and forecasts of which two must fail to make *Thinner*.
CLOSER = ["fo-su35-delivered", "fo-gas-delivered", "fo-treaty-defence"]
HABITS = ["fo-satellite-2027", "fo-naval-2027", "fo-uranium-offer-again"]


def scenario_bounds() -> dict[str, tuple[float, float, float]]:
    """Return what the forecasts allow for each scenario: least, largest, and if they were independent, in percent."""
    chance = tables.table("forecasts").set_index("forecast_id")["probability_percent"].astype(float)
    closer = reckoning.any_of([chance[name] for name in CLOSER])
    lapsed = reckoning.two_of_three([100 - chance[name] for name in HABITS])
    # Thinner is what is left of two lapsed habits once Closer is taken out.
    thinner = (max(0.0, lapsed[0] - closer[1]), lapsed[1], lapsed[2] * (1 - closer[2] / 100))
    rest = (100 - closer[1] - thinner[1], 100 - closer[0], 100 - closer[2] - thinner[2])
    return {"As before": rest, "Closer": closer, "Thinner": thinner}


def outlook() -> dict[str, str]:
    """Return the figures that the chapter on the outlook quotes, by name."""
    forecasts = tables.table("forecasts").set_index("forecast_id")
    chance = forecasts["probability_percent"]
    promised = tables.table("promises")
    due = promises.due(promised)
    others = due[due["topic"] != "satellite"]
    flown = due[due["topic"] == "satellite"]
    arms = promised[promised["promise_id"].isin(forecasts.loc["fo-su35-delivered", "rows"].split(";"))]
    for_iran = arms[arms["promise_id"] != "pr-alabuga-6000-drones"]
    railway = forecasts.loc["fo-rasht-astara-trains", "rows"].split(";")
    levels = reckoning.crisis_levels(tables.table("crisis_actions"), tables.table("crises"))
    by_means = levels.pivot(index="crisis_id", columns="means", values="level")
    asked = tables.table("crisis_actions").query("instrument == 'arms'")
    asked = asked[asked["crisis_id"].isin(by_means.index)]
    asked = asked[~asked["requested"].str.startswith(("No request found", "Moscow says"))]
    attacks = by_means.loc[["cr-2024-consulate", "cr-2024-october", "cr-2025-june", "cr-2026-war"], "words"]
    expected = tables.table("expectations")
    expected["voice"] = expected["said_by"].map(reckoning.speaker)
    settled = expected[expected["outcome"] != "open"]
    official = settled[settled["voice"].isin(["Russia’s officials", "Iran’s officials"])]
    analysts = settled[settled["voice"] == "analysts, press"]
    fate = expected["outcome"].value_counts()
    restraint = settled[settled["domain"].isin(["conduct-in-war", "security-commitment"])]
    after = tables.table("events").query("date > @tables.cut_off()")
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN"])
    assembly = beside[
        (beside["body"] == "unga") & beside["subject_country"].isin(["UKR", "RUS"]) & beside["IRN"].notna()
    ]
    assert not (assembly["IRN"] == "yes").any()
    council = beside[(beside["body"] == "unsc") & (beside["subject_country"] == "IRN") & (beside["RUS"] == "no")]
    vetoes = council[council["outcome"] == "vetoed"]
    bounds = scenario_bounds()
    figures = {f"chance-{name.lower().replace(' ', '-')}": str(value) for name, value in SCENARIOS.items()}
    likelihood = chance.astype(float) / 100
    return figures | {
        "closer-largest": f"{bounds['Closer'][1]:.0f}",
        "thinner-largest": f"{bounds['Thinner'][1]:.0f}",
        "thinner-independent": f"{bounds['Thinner'][2]:.0f}",
        # What the mean Brier score (Brier 1950) comes to if every probability is right.
        "brier": f"{(likelihood * (1 - likelihood)).mean():.2f}",
        "brier-half": f"{0.5**2:.2f}",
        "forecasts": words(len(forecasts)),
        "forecasts-with-base": words(int(forecasts["base_rate_percent"].notna().sum())),
        "chance-su35": f"{chance['fo-su35-delivered']:.0f}",
        "chance-uranium": f"{chance['fo-uranium-to-russia']:.0f}",
        "chance-veto": f"{chance['fo-veto-for-iran']:.0f}",
        "chance-satellite": f"{chance['fo-satellite-2027']:.0f}",
        "chance-support": f"{chance['fo-support-in-attack']:.0f}",
        "base-support": f"{forecasts.loc['fo-support-in-attack', 'base_rate_percent']:.0f}",
        "attacks": words(len(attacks)),
        "attacks-condemned": words(int((attacks == 2).sum())),
        "due": str(len(due)),
        "satellites-due": words(len(flown)),
        "satellites-kept": words(int((flown["status"] == "fulfilled").sum())),
        "satellite-days": words(flown["fulfilled_on"].nunique()),
        "others-due": str(len(others)),
        "others-kept": words(int((others["status"] == "fulfilled").sum())),
        "others-partly": words(int((others["status"] == "partly").sum())),
        "others-failed": words(int(others["status"].isin(["overdue", "abandoned"]).sum())),
        "arms-due": words(len(arms)),
        "arms-for-iran": words(len(for_iran)),
        "arms-for-iran-kept": words(int((for_iran["status"] == "fulfilled").sum())),
        "arms-for-iran-partly": words(int((for_iran["status"] == "partly").sum())),
        "railway-due": words(len(railway)),
        "gas-due": words(len(forecasts.loc["fo-gas-delivered", "rows"].split(";"))),
        "trade-due": words(len(forecasts.loc["fo-trade-6bn", "rows"].split(";"))),
        "crises": str(len(by_means)),
        "crises-words": str(int((by_means["words"] == 2).sum())),
        "crises-nothing": words(int((by_means == 0).all(axis=1).sum())),
        "crises-against": words(int((by_means == -1).any(axis=1).sum())),
        "crises-arms-asked": words(len(asked)),
        "expectations": str(len(expected)),
        "came-true": str(fate["came-true"]),
        "did-not": str(fate["did-not"]),
        "partly": words(int(fate["partly"])),
        "still-open": words(int(fate["open"])),
        "official": str(len(official)),
        "official-true": words(int((official["outcome"] == "came-true").sum())),
        "analysts": str(len(analysts)),
        "analysts-true": str(int((analysts["outcome"] == "came-true").sum())),
        "restraint": words(len(restraint)),
        "after": str(len(after)),
        "after-weak": str(int((after["credibility"] >= 3).sum())),
        "after-last": f"{after['date'].max():%-d %B %Y}",
        "ukraine-votes": str(len(assembly)),
        "vetoes": words(len(vetoes)),
    }
