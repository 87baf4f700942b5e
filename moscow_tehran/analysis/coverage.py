"""What the evidence base can carry: how dense it is, on how many origins it rests, and where it was read."""

from __future__ import annotations

import pandas as pd

#: Bodies of text that are an act, its record, or a speaker's own words.
PRIMARY = ("official-record", "official-statement", "statistics", "interview", "leak")


def _attesting(rows: pd.DataFrame, readings: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return one line a row and a source that attests it: those are left out that only explain or date it."""
    named = rows[[key]].assign(source_id=rows["sources"].fillna("").str.split(";")).explode("source_id")
    context = readings.loc[readings["role"] == "context", ["row_id", "source_id"]]
    marked = named.reset_index().merge(
        context, left_on=[key, "source_id"], right_on=["row_id", "source_id"], how="left", indicator=True
    )
    return marked[marked["_merge"] == "left_only"].set_index("index")


def origins(rows: pd.DataFrame, sources: pd.DataFrame, readings: pd.DataFrame, key: str) -> pd.Series:
    """Count the distinct origins that attest each row.

    Parameters
    ----------
    rows
        A table with ``sources``, ids separated by ``;``.
    sources, readings
        The tables of that name.
    key
        Name of the table's key.

    Returns
    -------
    pandas.Series
        Counts, indexed as ``rows``. Two documents of one origin count once; one that only gives context, not at all.
    """
    origin = sources.set_index("source_id")["origin"]
    listed = _attesting(rows, readings, key)["source_id"].map(origin)
    return listed.groupby(level=0).nunique().reindex(rows.index, fill_value=0)


def rests_on_record(rows: pd.DataFrame, sources: pd.DataFrame, readings: pd.DataFrame, key: str) -> pd.Series:
    """Tell for each row whether the record of the act is among its sources, or a denial in the denier's own document.

    A record is what its reading calls one. A party's claim about another's deed is none, wherever it stands.
    """
    official = sources.loc[sources["kind"].isin(["official-record", "official-statement"]), "source_id"]
    own_denial = (readings["role"] == "denial") & readings["source_id"].isin(official)
    recorded = readings.loc[(readings["role"] == "record") | own_denial, "row_id"]
    return rows[key].isin(recorded)


def per_month(events: pd.DataFrame, since: str, until: pd.Timestamp) -> pd.DataFrame:
    """Count events by month and domain.

    Parameters
    ----------
    events
        Table ``events``.
    since
        First month, as a date.
    until
        Last day counted.

    Returns
    -------
    pandas.DataFrame
        Months as index, every month of the period among them, one column a domain, counts. Events known only by the
        year stand in its first month.
    """
    months = pd.period_range(since, until, freq="M")
    counts = events.assign(month=events["date"].dt.to_period("M")).groupby(["month", "domain"]).size().unstack()
    return counts.reindex(months).fillna(0).astype(int)


def shares(values: pd.Series, top: int) -> pd.DataFrame:
    """Return the largest groups of some values and the rest together, with counts and shares.

    Returns
    -------
    pandas.DataFrame
        ``value``, ``count``, ``share``; at most ``top`` groups and one row ``other``.
    """
    counts = values.value_counts()
    kept, rest = counts.head(top), counts.iloc[top:].sum()
    if rest:
        kept = pd.concat([kept.drop("other", errors="ignore"), pd.Series({"other": rest + kept.get("other", 0)})])
    return pd.DataFrame({"value": kept.index, "count": kept.to_numpy(), "share": kept.to_numpy() / len(values)})


def against_published(contacts: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Set the contacts of this base beside counts that others published.

    Parameters
    ----------
    contacts
        Table ``contacts``.
    published
        Table ``contact_counts``: what was counted, from when to when, by whom, and how many.

    Returns
    -------
    pandas.DataFrame
        The rows of ``published`` with ``found`` (days with a contact here that fits) and ``shortfall`` (published minus
        found; negative where this base has more).
    """
    found = []
    for row in published.itertuples():
        fits = contacts["date"].between(row.date_from, row.date_to)
        fits &= contacts["counterpart_country"] == row.counterpart_country
        fits &= contacts["russian"].str.contains(row.russian) & contacts["counterpart"].str.contains(row.counterpart)
        fits &= contacts["format"].isin(row.formats.split(";"))
        if isinstance(row.place, str):
            fits &= contacts["place"].fillna("").str.contains(row.place)
        # One visit may be two rows, with the president and with the minister.
        found.append(contacts.loc[fits, "date"].nunique())
    return published.assign(found=found, shortfall=published["published_count"] - found)
