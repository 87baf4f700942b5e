"""Offers to mediate or to hold uranium, the answers of those to whom they were made, and what came of them."""

from __future__ import annotations

import pandas as pd

#: Rows of the table that are not counted as offers: a condition that Russia set, a mediator's account of its own work,
#: a report of an offer that both governments deny, and a platform that others proposed.
NOT_OFFERS = ["of-guarantees-2022", "of-vienna-persuasion-2021", "of-zero-enrichment-2025", "of-3-3-2021"]

#: Messages carried for others: the act of a postman, and no offer to mediate.
MESSAGES = ["of-relay-april-2024", "of-relay-october-2025", "of-relay-december-2025"]

#: Talks hosted or messages carried without an agreement at their end.
CONTACTS = [*MESSAGES, "of-swiss-2020", "of-iraq-saudi-iran-2021", "of-oman-2025", "of-oman-2026"]

#: Meetings that prepared an agreement which others then negotiated elsewhere.
PREPARED = ["of-oman-channel-2013"]


def answers(mediation: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of those to whom an offer was made.

    Third states that commented are left out, as are rows whose credibility is worse than 3 and rows that are no offer.

    Returns
    -------
    pandas.DataFrame
        The rows in order of the offers' days, with the column ``message``: carried for others, and no offer of its own.
    """
    addressed = [by in to.split(";") for by, to in zip(mediation["response_by"], mediation["parties"], strict=True)]
    asked = mediation[addressed]
    kept = asked[(asked["credibility"] <= 3) & ~asked["offer_id"].isin(NOT_OFFERS)]
    return kept.assign(message=kept["offer_id"].isin(MESSAGES)).sort_values(["date", "offer_id"])


def offers(answered: pd.DataFrame) -> pd.DataFrame:
    """Return one row an offer, with what came of it.

    Returns
    -------
    pandas.DataFrame
        The first row of each offer, with the column ``fate``: *agreement* where something was agreed or carried out and
        nobody asked declined, *contact* where that was only talks or a message, *prepared* where it prepared an
        agreement made elsewhere, *part* where it was done although one of those asked declined, *void* where Iran
        accepted and it was withdrawn or overtaken, *declined* where it was not done and one of those asked declined,
        *open* where nobody did and nothing was reached.
    """
    grouped = answered.groupby("offer_id", sort=False)
    declined = grouped["response"].agg(lambda replies: (replies == "declined").any())
    by_iran = answered[(answered["response_by"] == "IRN") & (answered["response"] == "accepted")]["offer_id"]
    first = grouped.head(1).set_index("offer_id", drop=False)
    reached = first["stage"].isin(["carried-out", "agreed"])
    fate = pd.Series("open", index=first.index)
    fate = fate.mask(declined, "declined").mask(reached, "agreement").mask(reached & declined, "part")
    fate = fate.mask(first["offer_id"].isin(CONTACTS), "contact").mask(first["offer_id"].isin(PREPARED), "prepared")
    fate = fate.mask((first["stage"] == "withdrawn") & first["offer_id"].isin(by_iran), "void")
    return first.assign(fate=fate).reset_index(drop=True)
