"""What the evidence rests on is counted by origin, not by document."""

from __future__ import annotations

import pandas as pd

from moscow_tehran.analysis import coverage

SOURCES = pd.DataFrame(
    {
        "source_id": ["s-a", "s-b", "s-c"],
        "origin": ["p-wire", "p-wire", "p-ministry"],
        "kind": ["news", "news", "official-statement"],
    }
)
ROWS = pd.DataFrame(
    {"event_id": ["ev-1", "ev-2", "ev-3", "ev-4"], "sources": ["s-a;s-b", "s-a;s-c", None, "s-b;s-c"]},
    index=[3, 5, 7, 9],
)
READINGS = pd.DataFrame(
    {"row_id": ["ev-2", "ev-4", "ev-4"], "source_id": ["s-c", "s-b", "s-c"], "role": ["record", "report", "context"]}
)


def test_two_documents_of_one_origin_count_once() -> None:
    """And one that only gives context does not count."""
    assert coverage.origins(ROWS, SOURCES, READINGS, "event_id").to_dict() == {3: 1, 5: 2, 7: 0, 9: 1}


def test_a_record_among_the_sources_is_seen() -> None:
    found = coverage.rests_on_record(ROWS, SOURCES, READINGS, "event_id")
    assert found.to_dict() == {3: False, 5: True, 7: False, 9: False}
    denied = READINGS.assign(role=["denial", "denial", "report"])
    found = coverage.rests_on_record(ROWS, SOURCES, denied, "event_id")
    assert found.to_dict() == {3: False, 5: True, 7: False, 9: False}


def test_months_without_events_are_there() -> None:
    events = pd.DataFrame(
        {"date": pd.to_datetime(["2020-01-05", "2020-03-01", "2020-03-09"]), "domain": ["a", "b", "b"]}
    )
    months = coverage.per_month(events, "2020-01-01", pd.Timestamp("2020-04-30"))
    assert months["b"].tolist() == [0, 0, 2, 0]
    assert months.to_numpy().sum() == 3


def test_small_groups_are_added_up_and_nothing_is_lost() -> None:
    found = coverage.shares(pd.Series([*list("aaabbcd"), "other"]), top=2)
    assert found["value"].tolist() == ["a", "b", "other"]
    assert found["count"].sum() == 8
    assert found["share"].sum() == 1
    assert coverage.shares(pd.Series(list("ab")), top=2)["value"].tolist() == ["a", "b"]


def test_contacts_are_set_beside_published_counts() -> None:
    contacts = pd.DataFrame(
        {
            "date": pd.to_datetime(["2015-11-23", "2016-08-08", "2016-03-01", "2022-07-19"]),
            "counterpart_country": ["IRN", "IRN", "ISR", "IRN"],
            "russian": ["Vladimir Putin, president"] * 4,
            "counterpart": ["Hassan Rouhani, president", "Hassan Rouhani, president", "X", "Ebrahim Raisi, president"],
            "format": ["meeting", "call", "meeting", "meeting"],
            "place": ["Tehran", None, "Moscow", "Tehran"],
        }
    )
    published = pd.DataFrame(
        {
            "date_from": pd.to_datetime(["2013-08-03"]), "date_to": pd.to_datetime(["2021-08-03"]),
            "counterpart_country": ["IRN"], "russian": ["Putin"], "counterpart": ["Rouhani"],
            "place": [None], "formats": ["meeting;visit"], "published_count": [20],
        }
    )  # fmt: skip
    compared = coverage.against_published(contacts, published)
    assert compared[["found", "shortfall"]].iloc[0].tolist() == [1, 19]
    elsewhere = coverage.against_published(contacts, published.assign(place="Moscow"))
    assert elsewhere["found"].tolist() == [0]
