"""Words against deeds: what Iran asked for in each crisis, what Russia gave by each means, and what silence means.

Cheap and costly acts are kept apart as the literature on signals does: a supporter's words alone bind it to nothing,
while an act that sinks a cost or ties its hands tells it from one that will not help (Fearon 1997, *Journal of Conflict
Resolution* 41: 68–90).
"""

from __future__ import annotations

import pandas as pd

#: Means from the cheapest to the dearest for the one who gives.
INSTRUMENTS = ("words", "vote", "diplomacy", "law", "economy", "technology", "intelligence", "arms", "force")
#: Means that bind or cost something by themselves.
MATERIAL = ("law", "economy", "technology", "intelligence", "arms", "force")
#: What the column ``requested`` says where Iran is not known to have asked Russia, or where that is disputed.
NOT_ASKED = (
    r"^No request|No request to Russia found|^Moscow says that there were no|^Putin said that Iran asked for nothing"
)
#: What a mark means: given in full, in part, not at all, the contrary; or secret by nature.
FATES = ("given", "part", "nothing", "against", "unknowable")


def actions(table: pd.DataFrame, crises: pd.DataFrame) -> pd.DataFrame:
    """Return what Russia gave in each crisis that the rule takes in, by instrument.

    Parameters
    ----------
    table, crises
        Tables ``crisis_actions`` and ``crises``.

    Returns
    -------
    pandas.DataFrame
        The rows of the crises taken in, in order of time and of ``INSTRUMENTS``, with ``title`` and ``date_start`` of
        the crisis, ``asked`` (whether a request by this means is known) and ``fate`` (one of ``FATES``).
    """
    kept = table.merge(crises.loc[crises["included"], ["crisis_id", "title", "date_start"]], on="crisis_id")
    fate = kept["level"].astype(int).map({-1: "against", 0: "nothing", 1: "part", 2: "given", 3: "given"})
    fate = fate.mask(kept["evidence"] == "unknowable", "unknowable")
    order = kept["instrument"].map({name: place for place, name in enumerate(INSTRUMENTS)})
    marked = kept.assign(asked=~kept["requested"].str.contains(NOT_ASKED), fate=fate, order=order)
    return marked.sort_values(["date_start", "order"], ignore_index=True).drop(columns="order")


def answers(marked: pd.DataFrame) -> pd.DataFrame:
    """Count, for each instrument by which Iran asked, what became of the request.

    Returns
    -------
    pandas.DataFrame
        Instruments as rows in the order of ``INSTRUMENTS``, ``FATES`` as columns, and ``asked``, their sum.
    """
    asked = marked[marked["asked"]]
    counts = pd.crosstab(asked["instrument"], asked["fate"]).reindex(list(INSTRUMENTS), fill_value=0)
    counts = counts.reindex(columns=list(FATES), fill_value=0)
    return counts.assign(asked=counts.sum(axis=1))
