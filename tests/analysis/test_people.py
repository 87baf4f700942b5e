"""People are told from bodies, and their offices carry the years in which they were seen."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import people


def test_offices_carry_the_years_in_which_contacts_show_them() -> None:
    contacts = pd.DataFrame(
        {
            "date": pd.to_datetime(["2009-01-05", "2011-02-01", "2012-05-01"]),
            "russian": ["Dmitry Medvedev, president", "Dmitry Medvedev, president", "Dmitry Medvedev, prime minister"],
            "counterpart": ["Mahmoud Ahmadinejad, president", "Foreign ministers of the six powers", "Officials"],
            "counterpart_country": ["IRN", "INT", "IRN"],
        }
    )
    found = people.offices(contacts).set_index("name")
    assert found.loc["Dmitry Medvedev", "offices"] == "president (2009–2011); prime minister (2012)"
    assert found.loc["Dmitry Medvedev", "contacts"] == 3
    assert set(found.index) == {"Dmitry Medvedev", "Mahmoud Ahmadinejad"}


def test_who_comes_back_to_an_office_is_shown_in_it_twice() -> None:
    found = people.offices(tables.table("contacts")).set_index("name")["offices"]
    assert found["Ali Larijani"].count("secretary of the Supreme National Security Council") == 2


def test_nobody_stands_twice() -> None:
    found = people.offices(tables.table("contacts"))
    assert not found.duplicated(["name", "country"]).any()
    assert {"Vladimir Putin", "Abbas Araghchi", "Sergei Lavrov"} <= set(found["name"])
