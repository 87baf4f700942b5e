"""Attacks on the verdict: what of it stands when evidence, coder, rule or domain is another. Sensitivity, not error."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from moscow_tehran.analysis import ladder, reliability, smaa
from moscow_tehran.analysis.standing import Doubt, standing

#: The verdict one step lower: what a close call becomes when it is read the other way.
LOWER = {"met": "unknown", "unknown": "not-met", "not-met": "not-met", "not-applicable": "not-applicable"}
HIGHER = {"met": "met", "unknown": "met", "not-met": "unknown", "not-applicable": "not-applicable"}


def coded_by(tests: pd.DataFrame, codings: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the ladder as one coder has it: ``first`` or ``second``; rows that were not coded stay."""
    values = reliability.side_by_side(codings).query("column == 'met'").set_index("row_id")[coder]
    return tests.assign(met=tests["ladder_id"].map(values).fillna(tests["met"]))


def doubts(
    rows: pd.DataFrame, sources: pd.DataFrame, tests: pd.DataFrame, crises: pd.DataFrame
) -> Iterator[tuple[str, str, Doubt]]:
    """Yield kind, name and doubt of every attack on the evidence under the tests of a pair.

    One for each publisher whose documents carry one of them, one for each crisis that the rule takes in (its
    days and ninety more, in which help would count), one for weak grades and one for all but records.
    """
    carriers = {key for cell in tests["carried_by"].dropna() for key in cell.split(";")}
    named = rows.loc[rows["key"].isin(carriers), "sources"].dropna()
    documents = {source for cell in named for source in cell.split(";")}
    for publisher in sorted(sources.loc[sources["source_id"].isin(documents), "publisher_id"].unique()):
        yield "one publisher left out", publisher, Doubt(publisher=publisher)
    for crisis in crises[crises["included"]].itertuples():
        after = crisis.date_end + pd.Timedelta(days=90)
        yield "one episode left out", crisis.title, Doubt(first=crisis.date_start, last=after)
    yield "grades 1 and 2 only", "credibility 3 struck out", Doubt(worst=2)
    yield "records only", "what no record, statistic or official words carry struck out", Doubt(records=True)


def attacks(
    rows: pd.DataFrame,
    sources: pd.DataFrame,
    tests: pd.DataFrame,
    indicators: pd.DataFrame,
    codings: pd.DataFrame,
    crises: pd.DataFrame,
) -> pd.DataFrame:
    """Return the asked pair's levels under every attack that can change them.

    Parameters
    ----------
    rows
        All rows, as ``tables.rows`` gives them.
    sources, tests, indicators, codings, crises
        Tables ``sources``, ``ladder``, ``ladder_indicators``, ``codings`` and ``crises``.

    Returns
    -------
    pandas.DataFrame
        One row an attack and domain: ``kind``, ``attack``, ``domain``, ``shown``, ``possible``. The first kind is
        ``as reported``.
    """
    own = tests[(tests["supporter"] == ladder.ASKED[0]) & (tests["supported"] == ladder.ASKED[1])]
    whole = standing(rows, sources)
    reported = ladder.verdicts(own, whole)
    found = [("as reported", "all evidence, adjudicated", reported, False)]
    found += [
        (kind, name, ladder.verdicts(own, standing(rows, sources, doubt)), False)
        for kind, name, doubt in doubts(rows, sources, own, crises)
    ]
    found += [
        ("one coder", f"the {coder} coder alone", ladder.verdicts(coded_by(own, codings, coder), whole), False)
        for coder in ("first", "second")
    ]
    close = reported["close_call"].astype(bool)
    found += [
        ("close calls", name, reported.assign(met=reported["met"].mask(close, reported["met"].map(other))), False)
        for name, other in (("all read lower", LOWER), ("all read higher", HIGHER))
    ]
    found.append(("another rule", "a level asks for all lower tests too", reported, True))
    parts = []
    for kind, name, judged, every in found:
        parts.append(ladder.levels(judged, indicators, every=every).assign(kind=kind, attack=name))
    return pd.concat(parts, ignore_index=True)[["kind", "attack", "domain", "shown", "possible"]]


def relations(levels: pd.DataFrame) -> pd.DataFrame:
    """Return the relation of the asked pair to each other, over all domains and with one domain left out at a time.

    Returns
    -------
    pandas.DataFrame
        Other pairs as rows (``supporter``, ``supported``), ``all`` and each domain that is left out as columns.
    """
    found = {"all": ladder.compare(levels)}
    found |= {domain: ladder.compare(levels[levels["domain"] != domain]) for domain in ladder.DOMAINS}
    keys = ["supporter", "supported"]
    return pd.concat({name: part.set_index(keys)["relation"] for name, part in found.items()}, axis=1).reset_index()


def acceptability(
    tests: pd.DataFrame, indicators: pd.DataFrame, codings: pd.DataFrame, *, draws: int = 10_000, value: str = "shown"
) -> pd.DataFrame:
    """Return in which share of draws each pair has each rank, over weights, scales and coders.

    Each draw takes weights uniform over all that add up to one, an increasing scale of levels for each domain, and for
    every test on which the two coders differ the verdict of one of them. Where the coders agree the ladder's verdict
    stands.

    Parameters
    ----------
    tests
        Table ``ladder`` with its verdicts.
    indicators, codings
        Tables ``ladder_indicators`` and ``codings``.
    draws
        Number of draws; the seed is fixed.
    value
        ``shown`` to rank what is shown, ``possible`` to rank as if every unknown test were passed.

    Returns
    -------
    pandas.DataFrame
        Pairs as rows, ranks from 1 as columns, shares that add up to one in each row.
    """
    random = np.random.default_rng(smaa.SEED)
    placed = tests.merge(indicators[["indicator_id", "domain", "level"]], on="indicator_id")
    beside = reliability.side_by_side(codings).query("column == 'met'").set_index("row_id")
    pairs = list(dict.fromkeys(zip(placed["supporter"], placed["supported"], strict=True)))
    chosen = [random.integers(0, 2, len(placed)).astype(bool) for _ in range(draws)]
    passed_by = ("met",) if value == "shown" else ("met", "unknown")
    cube = {}
    for name, column in (("first", "first"), ("second", "second")):
        verdicts = placed["met"].copy()
        apart = placed["ladder_id"].map(beside["first"] != beside["second"]).fillna(False).astype(bool)
        verdicts[apart] = placed.loc[apart, "ladder_id"].map(beside[column])
        cube[name] = verdicts.to_numpy()
    level = placed["level"].to_numpy(int)
    place = {
        (pair, domain): (
            (placed["supporter"] == pair[0]) & (placed["supported"] == pair[1]) & (placed["domain"] == domain)
        ).to_numpy()
        for pair in pairs
        for domain in ladder.DOMAINS
    }
    reached = {name: np.where(np.isin(values, passed_by), level, 0) for name, values in cube.items()}
    applies = {name: values != "not-applicable" for name, values in cube.items()}
    pick = np.stack(chosen)
    levels = np.full((draws, len(pairs), len(ladder.DOMAINS)), np.nan)
    for (pair, domain), here in place.items():
        heights = np.where(pick[:, here], reached["first"][here], reached["second"][here]).max(axis=1)
        any_applies = np.where(pick[:, here], applies["first"][here], applies["second"][here]).any(axis=1)
        levels[:, pairs.index(pair), ladder.DOMAINS.index(domain)] = np.where(any_applies, heights, np.nan)
    weights = smaa.weights(random, draws, len(ladder.DOMAINS))
    scales = smaa.scales(random, draws, len(ladder.DOMAINS), ladder.LEVELS)
    shares = smaa.acceptability(smaa.values(levels, weights, scales))
    index = pd.MultiIndex.from_tuples(pairs, names=["supporter", "supported"])
    return pd.DataFrame(shares, index=index, columns=range(1, len(pairs) + 1))
