"""The codebook shows two examples of each code and how it is biased; the catalogue shows every table."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from moscow_tehran import codebook, tables

CODES = codebook.codes().text
CATALOGUE = codebook.catalogue().text


def codes_of(code_list: str) -> str:
    """What stands in the folded part on a code list."""
    name, codes = code_list.replace("_", " ").capitalize(), tables.package()["codes"][code_list]
    return CODES[CODES.index(f"::::{{dropdown}} {name}: {len(codes)} codes\n") :].partition("\n::::")[0]


@pytest.mark.parametrize("code_list", list(tables.package()["codes"]))
def test_every_code_has_two_examples_where_the_base_has_two(code_list: str) -> None:
    section = codes_of(code_list)
    assert tables.package()["biases"][code_list] in section
    carried = pd.concat(
        [
            tables.table(name)[field["name"]].astype("str")
            for name in tables.names()
            for field in tables.fields(name)
            if field.get("codes") == code_list
        ]
    ).value_counts()
    for code in tables.package()["codes"][code_list]:
        entry = re.search(rf"^`{re.escape(code)}`\n: (.*?)(?=^`|\Z)", section, re.DOTALL | re.MULTILINE)
        assert entry, code
        examples = re.findall(r"\(`([a-z]+-[^`]+)`\)", entry[1])
        assert len(examples) == min(2, carried.get(code, 0)), (code, examples)


def test_an_example_carries_its_code() -> None:
    events = tables.table("events").set_index("event_id")
    for code, entry in re.findall(r"^`(\w+)`\n: (.*?)(?=^`|\Z)", codes_of("valence"), re.DOTALL | re.MULTILINE):
        for key in re.findall(r"\(`(ev-[^`]+)`\)", entry):
            assert events.loc[key, "valence"] == code


@pytest.mark.parametrize("name", tables.names())
def test_every_table_stands_in_the_catalogue(name: str) -> None:
    described = tables.resource(name)
    entry = CATALOGUE[CATALOGUE.index(f"({codebook.anchor(name)})=") :]
    entry = entry[: entry.find("\n(data-", 4)]
    for part in (described["description"], described["terms"], described["termsChecked"], *described["limitations"]):
        assert part in entry
    assert f"{len(tables.table(name)):,} rows of {tables.table(name).shape[1]} columns" in entry
    for ending in ("csv", "parquet", "json"):
        assert f"../data/{name}.{ending}" in entry
    assert tables.table(name)[tables.key(name)].iloc[0].split("-")[0] in entry


def test_the_period_of_a_table_is_that_of_its_rows() -> None:
    assert codebook.period("un_agreement") == "1989–2019"
    assert codebook.period("ladder_indicators") == "–"


def test_a_label_is_plain_text_even_where_a_row_holds_markup() -> None:
    row = tables.table("events").iloc[0].copy()
    row["title"] = "A *bold* [link](x) with `code`."
    assert codebook.label("events", row) == "A \\*bold\\* (link)(x) with 'code'"
