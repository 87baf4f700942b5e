"""Tables come typed as the package describes them."""

from __future__ import annotations

import pandas as pd
import pytest

from moscow_tehran import tables


@pytest.mark.parametrize("name", tables.names())
def test_columns_and_types_are_those_of_the_package(name: str) -> None:
    frame = tables.table(name)
    expected = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    assert list(frame.columns) == [field["name"] for field in tables.fields(name)]
    for field in tables.fields(name):
        kind = str(frame[field["name"]].dtype)
        assert kind.startswith("datetime64") if field["type"] == "date" else kind == expected[field["type"]]
    assert len(frame) > 0


def test_an_empty_cell_is_missing_and_text_like_na_is_kept() -> None:
    trade = tables.table("trade")
    assert trade["growth_percent"].isna().any()
    assert not trade["country"].isna().any()


def test_a_table_is_the_readers_own_copy() -> None:
    own = tables.table("trade")
    own["country"] = "ZZZ"
    assert (tables.table("trade")["country"] != "ZZZ").all()


def test_an_unknown_table_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"no table 'trades'.*trade"):
        tables.table("trades")


def test_source_ids_are_distinct_and_in_order() -> None:
    assert tables.source_ids(["s-b;s-a", "s-a"], [pd.NA, "s-c"]) == ["s-b", "s-a", "s-c"]


def test_the_cut_off_is_a_day_that_evidence_reaches() -> None:
    assert tables.cut_off() <= tables.table("events")["date"].max()
