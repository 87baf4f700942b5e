"""A phase begins on its first day; an act is confirmed, Russian, towards Iran, and more than words or an offer."""

from __future__ import annotations

import pandas as pd

from moscow_tehran.analysis import phases


def test_a_phase_begins_on_its_first_day() -> None:
    days = pd.Series(pd.to_datetime(["1946-04-04", "1995-01-07", "1995-01-08", "2022-02-24"]))
    assert phases.assign(days).astype(object).where(lambda found: found.notna(), None).tolist() == [
        None, "1989–94", "1995–2000", "since 2022"]  # fmt: skip


def test_words_offers_allegations_and_others_acts_are_left_out() -> None:
    act = {"actor": "RUS", "target": "IRN", "status": "confirmed", "instrument": "arms", "strength": 2}
    act |= {"credibility": 2}
    other = [{"actor": "USA"}, {"target": "ISR"}, {"status": "alleged"}, {"instrument": "words"}, {"credibility": 4}]
    other += [{"strength": 1}]
    rows = pd.DataFrame([act, *({**act, **change} for change in other)]).assign(date=pd.Timestamp("2016-04-19"))
    assert phases.acts(rows).index.tolist() == [0]
    assert phases.acts(rows)["phase"].tolist() == ["2013–22"]
