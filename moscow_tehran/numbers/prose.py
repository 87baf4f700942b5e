"""How a figure is handed to the book, and how prose writes it."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping, Sequence

#: Set in the environment of kernels that run for the book.
BOOK = "MOSCOW_TEHRAN_BOOK"


def quote(figures: Mapping[str, str]) -> None:
    """Hand formatted figures to the book; Jupyter lists them, folded, and the book's page shows nothing.

    The form is that of papermill and myst-nb's ``glue``, so that a notebook needs neither to run. As there, the text is
    quoted, or *3,123* would be taken for a pair of numbers. Jupyter itself would count each as an output that it hides.
    """
    from IPython.display import display

    prefix = "application/papermill.record/"
    for name, text in figures.items():
        if not isinstance(text, str):
            raise TypeError(f"figure {name!r} is {type(text).__name__}; expected text, formatted as prose quotes it")
        if BOOK in os.environ:
            data = {f"{prefix}text/plain": repr(text)}
            display(data, raw=True, metadata={"scrapbook": {"name": name, "mime_prefix": prefix}})
    # What prose quotes by name a reader of the notebook looks up here; the prefix keeps it out of the book's page.
    rows = "".join(f"<tr><td>{name}</td><td>{html.escape(text)}</td></tr>" for name, text in figures.items())
    listing = f"<details><summary>Figures that the text quotes</summary><table>{rows}</table></details>"
    plain = "\n".join(f"{name}: {text}" for name, text in figures.items())
    display(
        {"text/html": listing, "text/plain": plain},
        raw=True,
        metadata={"scrapbook": {"name": "figures", "mime_prefix": prefix}},
    )


def billions(million_usd: float, digits: int = 1) -> str:
    """Return million US dollars as prose says them.

    >>> billions(4800)
    '4.8 billion dollars'
    """
    return f"{million_usd / 1000:.{digits}f} billion dollars"


def words(count: int) -> str:
    """Return a small number as a word, a larger one in figures.

    >>> words(3), words(34)
    ('three', '34')
    """
    small = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[count] if 0 <= count < len(small) else f"{count:,}"


def percent(share: float) -> str:
    """Return a share as prose says it.

    >>> percent(0.314)
    '31 percent'
    """
    return f"{share * 100:.0f} percent"


def wilson(found: int, drawn: int, z: float = 1.96) -> tuple[float, float]:
    """Return the bounds of a share of which ``found`` were seen among ``drawn``, at 95 percent unless ``z`` says else.

    The interval of Wilson (1927, *Journal of the American Statistical Association* 22: 209–212).

    >>> low, high = wilson(1, 60)
    >>> round(high, 3)
    0.089
    """
    share, spread = found / drawn, z * z / drawn
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * (share * (1 - share) / drawn + spread / (4 * drawn)) ** 0.5
    return middle - half, middle + half


def listed(parts: Sequence[str]) -> str:
    """Return parts as prose lists them.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
