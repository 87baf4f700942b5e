"""Figures that prose quotes: formatted text, and each used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from moscow_tehran import numbers

ROOT = Path(__file__).resolve().parents[2]
QUOTED = {
    "chapters/outlook.md": numbers.outlook,
    "chapters/history.md": numbers.history,
    "chapters/israel-iran.md": numbers.israel_iran,
    **{
        f"chapters/{page.name}": getattr(numbers, page.stem.replace("-", "_"))
        for page in sorted((ROOT / "chapters").glob("*.md"))
    },
    "index.md": numbers.front_page,
    "notebooks/method.md": numbers.front_page,
    "notebooks/evidence-audit.md": numbers.audit,
}


def glued(page: str) -> set[str]:
    return set(re.findall(r"\{glue:text\}`([^`]+)`", (ROOT / page).read_text("utf-8")))


@pytest.mark.parametrize("page", QUOTED)
def test_every_quoted_figure_is_computed_and_is_text(page: str) -> None:
    figures = QUOTED[page]()
    assert glued(page) <= set(figures)
    assert all(isinstance(text, str) and text and "nan" not in text.lower() for text in figures.values())


@pytest.mark.parametrize("function", dict.fromkeys(QUOTED.values()), ids=lambda function: function.__name__)
def test_no_figure_is_computed_for_nothing(function) -> None:  # type: ignore[no-untyped-def]
    used = set().union(*(glued(page) for page, own in QUOTED.items() if own is function))
    assert set(function()) == used


def test_a_figure_that_is_not_text_is_refused() -> None:
    with pytest.raises(TypeError, match="figure 'share' is float"):
        numbers.quote({"share": 0.5})  # type: ignore[dict-item]


def test_figures_read_as_prose() -> None:
    assert numbers.billions(4800) == "4.8 billion dollars"
    assert (numbers.words(3), numbers.words(0), numbers.words(1500)) == ("three", "none", "1,500")
    assert numbers.percent(0.314) == "31 percent"
