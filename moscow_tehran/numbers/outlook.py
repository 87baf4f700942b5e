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


#: Days on which Putin was in Iran, as events of the table say.
VISITS = [
    "ev-2007-10-16-caspian-declaration",
    "ev-2015-11-23-putin-khamenei",
    "ev-2017-11-01-putin-tehran",
    "ev-2018-09-07-tehran-summit",
    "ev-2022-07-19-astana-tehran-summit",
]
#: What had not happened once by the cut-off: the rate is nought by construction.
NEVER = [*CLOSER, "fo-rasht-astara-trains", "fo-trade-6bn", "fo-bushehr-2-grid"]


def base_rates() -> dict[str, tuple[int, int]]:
    """Return in how many years the thing forecast happened, and in how many we looked, by forecast.

    For what never happened the years are those of which the table ``forecasts`` names promises or talk: one case.
    """
    satellites, exercises = tables.table("satellites"), tables.table("exercises")
    by_russia = satellites[(satellites["launched_by"] == "RUS") & (satellites["outcome"] == "orbit")]
    both = exercises["participants"].str.contains("RUS") & exercises["participants"].str.contains("IRN")
    at_sea = exercises[both & exercises["kind"].isin(["naval", "multi"])]
    visits = tables.table("events").set_index("event_id").loc[VISITS, "date"]
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN"])
    vetoed = beside[(beside["subject_country"] == "IRN") & (beside["RUS"] == "no") & (beside["outcome"] == "vetoed")]
    on_ukraine = beside[(beside["body"] == "unga") & beside["subject_country"].isin(["UKR", "RUS"])]
    on_ukraine = on_ukraine[on_ukraine["IRN"].notna()]
    years = on_ukraine.groupby(on_ukraine["date"].dt.year)["IRN"].agg(lambda cast: (cast != "yes").all())
    return {
        "fo-satellite-2027": reckoning.share_of_years(by_russia["launched_on"].dropna(), 2022, 2025),
        "fo-naval-2027": reckoning.share_of_years(at_sea["date_start"], 2019, 2025),
        "fo-putin-in-iran": reckoning.share_of_years(visits, 2000, 2025),
        "fo-veto-for-iran": reckoning.share_of_years(vetoed["date"], 2016, 2026),
        "fo-iran-votes-ukraine": (int(years.sum()), len(years)),
    } | dict.fromkeys(NEVER, (0, 1))


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
    for_iran = due[(due["topic"] == "weapon") & (due["promise_id"] != "pr-alabuga-6000-drones")]
    whose, firm = others["promiser"], others["stage"] == "contracted"
    kept, in_part = others["status"] == "fulfilled", others["status"].isin(["fulfilled", "partly"])
    lead = (flown["due"] - flown["promised_on"]).dt.days
    levels = reckoning.crisis_levels(tables.table("crisis_actions"), tables.table("crises"))
    by_means = levels.pivot(index="crisis_id", columns="means", values="level")
    asked = tables.table("crisis_actions").query("instrument == 'arms'")
    asked = asked[asked["crisis_id"].isin(by_means.index)]
    asked = asked[~asked["requested"].str.startswith(("No request found", "Moscow says"))]
    expected = tables.table("expectations")
    fate = expected["outcome"].value_counts()
    after = tables.table("events").query("date > @tables.cut_off()")
    beside = votes.side_by_side(tables.table("votes"), tables.table("vote_positions"), ["RUS", "IRN"])
    council = beside[(beside["body"] == "unsc") & (beside["subject_country"] == "IRN") & (beside["RUS"] == "no")]
    vetoes = council[council["outcome"] == "vetoed"]
    bounds = scenario_bounds()
    figures = {f"chance-{name.lower().replace(' ', '-')}": str(value) for name, value in SCENARIOS.items()}
    mean, spread, flat = reckoning.expected_score(chance.astype(float).tolist())
    rates = base_rates()
    assert (tables.table("crisis_actions").set_index("action_id").loc["ca-2024-october-words", "level"]) == 1
    narrow = reckoning.all_of(
        [float(chance["fo-satellite-2027"]), float(chance["fo-naval-2027"]), 100 - bounds["Closer"][1]]
    )
    widest = reckoning.all_of(
        [float(chance["fo-satellite-2027"]), float(chance["fo-naval-2027"]), 100 - bounds["Closer"][0]]
    )
    apart = reckoning.all_of(
        [float(chance["fo-satellite-2027"]), float(chance["fo-naval-2027"]), 100 - bounds["Closer"][2]]
    )
    return figures | {
        "closer-largest": f"{bounds['Closer'][1]:.0f}",
        "thinner-largest": f"{bounds['Thinner'][1]:.0f}",
        "thinner-independent": f"{bounds['Thinner'][2]:.0f}",
        "as-before-least": f"{bounds['As before'][0]:.0f}",
        "as-before-largest": f"{bounds['As before'][1]:.0f}",
        "both-least": f"{narrow[0]:.0f}",
        "both-largest": f"{widest[1]:.0f}",
        "both-independent": f"{apart[2]:.0f}",
        "brier": f"{mean:.2f}",
        "brier-spread": f"{spread:.2f}",
        "brier-flat": f"{flat:.2f}",
        "forecasts": words(len(forecasts)),
        "recurring": words(len(rates) - len(NEVER)),
        "never": words(len(NEVER)),
        "classless": words(len(forecasts) - len(rates)),
        "satellite-years": words(rates["fo-satellite-2027"][0]),
        "satellite-of": words(rates["fo-satellite-2027"][1]),
        "naval-years": words(rates["fo-naval-2027"][0]),
        "naval-of": words(rates["fo-naval-2027"][1]),
        "visit-years": words(rates["fo-putin-in-iran"][0]),
        "visit-of": words(rates["fo-putin-in-iran"][1]),
        "veto-years": words(rates["fo-veto-for-iran"][0]),
        "veto-of": words(rates["fo-veto-for-iran"][1]),
        "ukraine-years": words(rates["fo-iran-votes-ukraine"][1]),
        "chance-su35": f"{chance['fo-su35-delivered']:.0f}",
        "chance-uranium": f"{chance['fo-uranium-to-russia']:.0f}",
        "chance-veto": f"{chance['fo-veto-for-iran']:.0f}",
        "chance-support": f"{chance['fo-support-in-attack']:.0f}",
        "due": str(len(due)),
        "satellites-due": words(len(flown)),
        "satellite-days": words(flown["fulfilled_on"].nunique()),
        "others-due": str(len(others)),
        "others-kept": words(int((others["status"] == "fulfilled").sum())),
        "others-partly": words(int((others["status"] == "partly").sum())),
        "others-failed": words(int(others["status"].isin(["overdue", "abandoned"]).sum())),
        "lead-shortest": words(int(lead.min())),
        "lead-longest": words(int(lead.max())),
        "others-russian": words(int((whose == "RUS").sum())),
        "others-iranian": words(int((whose == "IRN").sum())),
        "others-joint": words(int((whose == "INT").sum())),
        "others-russian-kept": words(int((kept & (whose == "RUS")).sum())),
        "others-iranian-kept": words(int((kept & (whose == "IRN")).sum())),
        "firm": words(int(firm.sum())),
        "firm-kept": words(int((kept & firm).sum())),
        "firm-in-part": words(int((in_part & firm).sum())),
        "loose": words(int((~firm).sum())),
        "loose-kept": words(int((kept & ~firm).sum())),
        "loose-in-part": words(int((in_part & ~firm).sum())),
        "arms-for-iran": words(len(for_iran)),
        "arms-for-iran-kept": words(int((for_iran["status"] == "fulfilled").sum())),
        "arms-for-iran-partly": words(int((for_iran["status"] == "partly").sum())),
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
        "after": str(len(after)),
        "after-weak": str(int((after["credibility"] >= 3).sum())),
        "after-last": f"{after['date'].max():%-d %B %Y}",
        "vetoes": words(len(vetoes)),
    }
