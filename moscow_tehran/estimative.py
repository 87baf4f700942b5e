"""Words of estimative probability and of confidence: what each means, in one place for pages, badges and tests.

The ranges are those of Intelligence Community Directive 203. Levels of confidence are in this report's own words: they
speak of the sources, not of the chance.
"""

from __future__ import annotations

import pandas as pd

from moscow_tehran.charts import grid

#: Word to lowest and highest chance, in percent.
PROBABILITY = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}
#: Level to what it says of the sources, from least to most.
CONFIDENCE = {
    "low": "Sources are few, unnamed, at second hand or at odds, or the matter is secret: the answer may well change.",
    "moderate": "Sources are credible and fit together, but few, interested or not independent: the answer may change.",
    "high": "The act is on record, or independent sources agree: details may change, the answer hardly.",
}


def anchor(word: str) -> str:
    """Return the address of a word on the page of the method."""
    return f"{'confidence' if word in CONFIDENCE else 'probability'}-{word.replace(' ', '-')}"


def meaning(word: str) -> str:
    """Return what a word means, as a sentence.

    Raises
    ------
    KeyError
        If it is none of the words.
    """
    if word in CONFIDENCE:
        return f"{word.capitalize()} confidence. {CONFIDENCE[word]}"
    low, high = PROBABILITY[word]
    return f"{word.capitalize()}: a chance of {low} to {high} percent, by our judgement."


def words_of_probability() -> grid.Grid:
    """Return the words of probability as a table whose rows can be linked to."""
    frame = pd.DataFrame([(f"*{word}*", f"{low} to {high}") for word, (low, high) in PROBABILITY.items()],
                         columns=["Word", "Chance, percent"])  # fmt: skip
    return grid.Grid(frame, "Words of probability", "tbl-probability", (3, 2), keys=[*map(anchor, PROBABILITY)])


def levels_of_confidence() -> grid.Grid:
    """Return the levels of confidence as a table whose rows can be linked to."""
    frame = pd.DataFrame([(f"*{level}*", says) for level, says in CONFIDENCE.items()],
                         columns=["Confidence", "What it says of the sources"])  # fmt: skip
    return grid.Grid(frame, "Levels of confidence", "tbl-confidence", (1, 5), keys=[*map(anchor, CONFIDENCE)])
