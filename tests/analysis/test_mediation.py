"""Offers and answers, on small tables whose result is known."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import mediation


def offered(*rows: dict[str, object]) -> pd.DataFrame:
    row = {"offer_id": "of-a", "date": pd.Timestamp("2025-06-13"), "parties": "ISR;IRN", "response_by": "IRN"}
    row |= {"response": "accepted", "stage": "carried-out", "credibility": 2}
    return pd.DataFrame([row | changes for changes in rows])


def test_only_credible_answers_of_those_asked_to_what_is_an_offer_count() -> None:
    rows = offered({}, {"response_by": "FRA"}, {"credibility": 4}, {"offer_id": mediation.NOT_OFFERS[0]})
    assert mediation.answers(rows).index.tolist() == [0]


def test_what_came_of_an_offer() -> None:
    def fate(*rows: dict[str, object]) -> str:
        return mediation.offers(mediation.answers(offered(*rows)))["fate"].item()

    refused = {"response_by": "ISR", "response": "declined"}
    assert fate({}) == "agreement"
    assert fate({}, refused) == "part"
    assert fate({"stage": "withdrawn"}, refused | {"stage": "withdrawn"}) == "void"
    assert fate({"stage": "offered", "response": "none-found"}) == "open"
    assert fate({"stage": "offered", "response": "none-found"}, refused | {"stage": "offered"}) == "declined"
    assert fate({"offer_id": mediation.MESSAGES[0]}) == "contact"
    assert fate({"offer_id": mediation.PREPARED[0]}) == "prepared"


def test_every_offer_that_is_named_stands_in_the_evidence() -> None:
    known = set(tables.table("mediation")["offer_id"])
    assert {*mediation.NOT_OFFERS, *mediation.CONTACTS, *mediation.PREPARED} <= known
