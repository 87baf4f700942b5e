"""Who met whom: people and the offices in which the contacts of this base show them."""

from __future__ import annotations

import re

import pandas as pd

#: A person is named by two capitalised words or more; bodies and unnamed officials are not.
PERSON = re.compile(r"[A-Z][\w’'.-]+(?: (?:al-|bin |von )?[A-Z][\w’'.-]+)+")
BODIES = re.compile(
    r"\b(ministers|ministry|officials|delegation|government|powers|states|office|council)\b", re.IGNORECASE
)

#: Years without a contact in an office after which a new spell in it begins.
LONGEST_GAP = 3


def offices(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return each person with the offices held at the contacts of the table, and their first and last year.

    Parameters
    ----------
    contacts
        Table ``contacts``; sides are written *Name, office*, several separated by ``;``.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``country``, ``offices`` (each with the years in which the base shows it), ``contacts`` (count), in
        order of country and count. Years are those of the contacts found, not those of the office.
    """
    rows = []
    for row in contacts.itertuples():
        for side, country in ((row.russian, "RUS"), (row.counterpart, row.counterpart_country)):
            for part in side.split(";"):
                name, _, office = part.strip().partition(", ")
                if PERSON.fullmatch(name) and not BODIES.search(name):
                    rows.append((name, country, office or "office not given", row.date.year))
    seen = pd.DataFrame(rows, columns=["name", "country", "office", "year"])
    found = []
    for (country, name), person in seen.groupby(["country", "name"]):
        held = person.sort_values("year", kind="stable")
        # Who comes back to an office after years without a contact is shown twice in it.
        held["spell"] = held.groupby("office")["year"].diff().gt(LONGEST_GAP).groupby(held["office"]).cumsum()
        spells = held.groupby(["office", "spell"])["year"].agg(["min", "max"]).sort_values("min", kind="stable")
        listed = [
            f"{office} ({first}–{last})" if first < last else f"{office} ({first})"
            for (office, _), first, last in spells.itertuples()
        ]
        found.append({"name": name, "country": country, "offices": "; ".join(listed), "contacts": len(person)})
    order = pd.DataFrame(found)
    return order.sort_values(["country", "contacts", "name"], ascending=[True, False, True], ignore_index=True)
