"""How alike two countries vote in the General Assembly, corrected for what chance alone would give.

Most resolutions pass with large majorities, so any two countries agree often. Cohen's κ and Scott's π subtract the
agreement expected from how often each, or both together, vote *yes*, *abstain* and *no*.
"""

from __future__ import annotations

import pandas as pd

POSITIONS = ("yes", "abstain", "no")


def corrected(crosstabs: pd.DataFrame) -> pd.DataFrame:
    """Return agreement by row of the table ``un_agreement``.

    Parameters
    ----------
    crosstabs
        The nine cells ``yes_yes``, ``yes_abstain`` … ``no_no``: counts of votes, the first country's position first.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``votes`` (count), ``share`` (of identical positions), ``kappa`` (Cohen 1960, *Educational
        and Psychological Measurement* 20: 37–46) and ``pi`` (Scott 1955, *Public Opinion Quarterly* 19: 321–325).
        Both are 1 for full agreement and 0 for what chance would give, and are missing where both countries always
        took one and the same position.
    """
    votes = sum(crosstabs[f"{a}_{b}"] for a in POSITIONS for b in POSITIONS).astype(float)
    share = sum(crosstabs[f"{a}_{a}"] for a in POSITIONS) / votes
    by_margins = by_mean = 0.0
    for position in POSITIONS:
        first = sum(crosstabs[f"{position}_{other}"] for other in POSITIONS) / votes
        second = sum(crosstabs[f"{other}_{position}"] for other in POSITIONS) / votes
        by_margins = by_margins + first * second
        by_mean = by_mean + ((first + second) / 2) ** 2
    return crosstabs.assign(
        votes=votes.astype(int),
        share=share,
        kappa=((share - by_margins) / (1 - by_margins)).where(by_margins < 1),
        pi=((share - by_mean) / (1 - by_mean)).where(by_mean < 1),
    )
