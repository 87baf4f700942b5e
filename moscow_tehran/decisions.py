"""What the verdicts on the tests of the ladder were decided on, as tables of the book."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from moscow_tehran import codebook, tables
from moscow_tehran.analysis import ladder
from moscow_tehran.charts import grid
from moscow_tehran.numbers.verdict import DOMAINS, judged, pair_name

#: Sources that a line names; its rows name the others.
NAMED = 3


def of_pairs(evidence: Mapping[str, pd.DataFrame], between_the_two: bool) -> codebook.Document:
    """Return a folded table for each pair of states: every test with its verdict, the reason and the sources.

    Parameters
    ----------
    evidence
        All tables, by name.
    between_the_two
        Whether to return the pairs of Russia and Iran with each other, or all others.
    """
    rows = judged(evidence).merge(evidence["ladder_indicators"], on="indicator_id")
    rows["place"] = rows["domain"].map(ladder.DOMAINS.index)
    carried = tables.rows(evidence).drop_duplicates("key").set_index("key")["sources"]
    parts = []
    for pair, of_pair in rows.groupby(["supporter", "supported"], sort=False):
        if ({*pair} == {"RUS", "IRN"}) != between_the_two:
            continue
        own = of_pair.sort_values(["place", "level"])
        named = [
            tables.source_ids(carried.reindex(cell.split(";")).dropna())[:NAMED] if isinstance(cell, str) else []
            for cell in own["carried_by"]
        ]
        notes = own["note"].fillna("").map(lambda note: f" {codebook.plain(note)}" if note else "")
        shown = pd.DataFrame(
            {
                "Test": [
                    f"{DOMAINS[row.domain].removeprefix('the ')} {row.level}, *{row.indicator}*"
                    for row in own.itertuples()
                ],
                "Verdict": own["met"].str.replace("-", " ")
                + own["close_call"].astype(bool).map({True: " \\*", False: ""}),
                "Why": own["reason"].map(codebook.plain) + notes,
                "Carried by": ["{cite}`" + ",".join(keys) + "`" if keys else "" for keys in named],
            }
        )
        name = pair_name(*pair)
        table = grid.Grid(
            shown,
            f"{name}: verdict on each test",
            f"ladder-{'-'.join(pair).lower()}",
            (20, 12, 53, 15),
            keys=list(own["ladder_id"]),
        )
        parts.append(codebook.folded(name, table).text)
    return codebook.Document("\n\n".join(parts))
