"""What the page that scores the forecasts quotes."""

from __future__ import annotations

import pandas as pd

from moscow_tehran import tables
from moscow_tehran.analysis import forecasting
from moscow_tehran.numbers.prose import words


def scoring(forecasts: pd.DataFrame | None = None) -> dict[str, str]:
    """Return the figures that the page on scoring quotes, by name; of the table ``forecasts`` by default."""
    table = tables.table("forecasts") if forecasts is None else forecasts
    rows = forecasting.settled(table)
    waiting = table[table["outcome"] == "open"].sort_values("resolves_on")
    chance = table["probability_percent"].astype(float) / 100
    # Someone bolder says 95 percent where we say more than one half, and 5 where we say less.
    bold = (chance > 0.5).astype(float) * 0.9 + 0.05
    due = f"The next falls due on {waiting['resolves_on'].iloc[0]:%-d %B %Y}." if len(waiting) else "None is open."
    if rows.empty:
        state, title = f"None is settled yet. {due}", "No forecast has fallen due yet"
    else:
        score = forecasting.brier(rows["chance"], rows["happened"])
        right = int(((rows["chance"] > 0.5) == (rows["happened"] == 1)).sum())
        state = f"{words(len(rows)).capitalize()} of {len(table)} are settled, with a Brier score of {score:.2f}. {due}"
        many = f"{words(right).capitalize()} of {words(len(rows))}"
        title = f"{many} settled forecasts fell on the side that we called likelier"
    return {
        "forecasts": words(len(table)),
        "state": state,
        "title": title,
        "half": f"{0.5**2:.2f}",
        "expected": f"{forecasting.expected_brier(chance):.2f}",
        "bold": f"{forecasting.expected_brier(bold, belief=chance):.2f}",
        "enough": words(forecasting.ENOUGH),
    }
