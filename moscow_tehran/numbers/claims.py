"""What the page on the essay's claims quotes."""

from __future__ import annotations

from moscow_tehran import tables
from moscow_tehran.numbers.prose import words


def claims() -> dict[str, str]:
    """Return the figures that the page on the essay quotes, by name."""
    table = tables.table("claims")
    verdicts = table["verdict"].value_counts()
    day = table["as_of"].max()
    return {"claims": str(len(table)), "as-of": f"{day:%-d %B %Y}"} | {
        verdict: words(int(count)) for verdict, count in verdicts.items()
    }
