"""In whose company a country votes: by decade, by subject, and Russia on Iran in the two bodies that judged it."""

from __future__ import annotations

import pandas as pd

from moscow_tehran.analysis import agreement, votes

#: Decades for which a mean is taken; Russia has its own seat from the end of 1991, and roll calls end in 2019.
DECADES = {"1992–1999": (1992, 1999), "2000–2009": (2000, 2009), "2010–2019": (2010, 2019)}

#: Texts that would have relieved Iran or stopped the fighting: a vote in favour of these is on its side.
RELIEVES = (
    "vo-unsc-2231",
    "vo-unsc-2025-09-19-sanctions",
    "vo-unsc-2025-09-26-extension",
    "vo-unsc-2026-03-11-ceasefire",
)

#: On Ukraine's seat at a meeting on Iran: what Iran wanted of it was not read.
LEFT_OUT = ("vo-unsc-2023-07-06-rule37",)

#: On Iran's allies and not on Iran: shown beside the votes on Iran, not counted with them.
BESIDE = ("vo-unsc-2624",)


def partners(crosstabs: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return agreement of one country with each other one in the table ``un_agreement``, by year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``partner``, ``votes``, ``share``, ``pi``, in order of partner and year.
    """
    table = agreement.corrected(crosstabs)
    first, second = table["country_a"] == country, table["country_b"] == country
    table["partner"] = table["country_b"].where(first, table["country_a"])
    columns = ["year", "partner", "votes", "share", "pi", "sources"]
    return table.loc[first | second, columns].sort_values(["partner", "year"]).reset_index(drop=True)


def by_decade(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of the yearly ``pi`` with each partner in each of ``DECADES``, with the lowest and highest."""
    parts = []
    for decade, (first, last) in DECADES.items():
        years = yearly[yearly["year"].between(first, last)]
        part = years.groupby("partner")["pi"].agg(["mean", "min", "max", "count"]).astype(float).reset_index()
        parts.append(part.assign(decade=decade))
    return pd.concat(parts, ignore_index=True)


def measures(crosstabs: pd.DataFrame) -> pd.DataFrame:
    """Return six measures of agreement by row of ``un_agreement``, to see what hangs on the choice of one.

    Returns
    -------
    pandas.DataFrame
        ``share`` of identical positions, ``pi`` and ``kappa`` as in ``agreement.corrected``, ``pi_linear`` and
        ``pi_squared`` with abstention halfway between yes and no and distances taken as they are or squared (weights
        as in Cohen 1968, *Psychological Bulletin* 70: 213–220), and ``s``, one less the mean distance, uncorrected
        (Signorino and Ritter 1999, *International Studies Quarterly* 43: 115–144); beside them ``opposed``, the share
        of yes against no.
    """
    table = agreement.corrected(crosstabs)
    count = table["votes"].astype(float)
    opposed = (table["yes_no"] + table["no_yes"]) / count
    step = 1 - table["share"] - opposed
    mean = {
        one: sum(table[f"{one}_{other}"] + table[f"{other}_{one}"] for other in agreement.POSITIONS) / (2 * count)
        for one in agreement.POSITIONS
    }
    chance_opposed = 2 * mean["yes"] * mean["no"]
    chance_step = 2 * mean["abstain"] * (mean["yes"] + mean["no"])
    weighted = {
        name: 1 - (opposed + half * step) / (chance_opposed + half * chance_step)
        for name, half in (("pi_linear", 0.5), ("pi_squared", 0.25))
    }
    columns = ["year", "country_a", "country_b", "share", "pi", "kappa"]
    return table[columns].assign(**weighted, s=1 - step - 2 * opposed, opposed=opposed)


def positions_taken(beside: pd.DataFrame, countries: list[str]) -> pd.DataFrame:
    """Count what each country did in some votes; ``unknown`` where its position was not found."""
    order = ["no", "abstain", "absent", "yes", "unknown"]
    counts = {country: beside[country].fillna("unknown").value_counts() for country in countries}
    return pd.DataFrame(counts).reindex(order).fillna(0).astype(int).T


def russia_on_iran(ballots: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Return Russia's votes on Iran in the Security Council and the IAEA Board, judged by what Iran opposed.

    A vote against a text that demands something of Iran, censures it or sanctions it ``supports`` Iran, a vote in
    favour ``restrains`` it, an abstention ``abstains``; for the texts in ``RELIEVES`` it is the other way round.

    Parameters
    ----------
    ballots, positions
        The tables ``votes`` and ``vote_positions``.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``body``, ``title``, ``sponsor``, ``position``, ``stance``, ``outcome``, ``sources``, in order of
        date. Votes in ``BESIDE`` have the stance ``beside``.
    """
    columns = ["date", "body", "title", "sponsor", "position", "stance", "outcome", "sources"]
    every = votes.side_by_side(ballots, positions, ["RUS"]).rename(columns={"RUS": "position"})
    on_iran = (every["subject_country"] == "IRN") & ~every["vote_id"].isin(LEFT_OUT)
    known = every["body"].isin(["unsc", "iaea-board"]) & every["position"].notna()
    kept = every[known & (on_iran | every["vote_id"].isin(BESIDE))]
    both = kept.sort_values("date", ignore_index=True)
    relieving = both["vote_id"].isin(RELIEVES)
    on_side = ((both["position"] == "yes") & relieving) | ((both["position"] == "no") & ~relieving)
    both["stance"] = on_side.map({True: "supports", False: "restrains"}).where(
        both["position"] != "abstain", "abstains"
    )
    both.loc[both["vote_id"].isin(BESIDE), "stance"] = "beside"
    return both[columns]
