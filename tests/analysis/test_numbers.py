"""Figures that prose quotes: formatted text, and each used."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from moscow_tehran import numbers

ROOT = Path(__file__).resolve().parents[2]
Figures = Callable[[], dict[str, str]]
CALL = re.compile(r"numbers\.quote\((.*?)\)\n(?:\n|`)", re.DOTALL)


def pages() -> list[Path]:
    return sorted(path for path in [ROOT / "index.md", *ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*.md")]
                  if "numbers.quote(" in path.read_text("utf-8"))  # fmt: skip


def quoted(page: Path) -> dict[str, str]:
    """The functions whose figures a page quotes, each with the prefix under which it does."""
    found = CALL.search(page.read_text("utf-8"))
    assert found, f"{page.name} quotes no figures in the form that this test reads"
    prefixed = dict(re.findall(r"\{f\"([a-z-]+)\{key\}\": text for key, text in numbers\.(\w+)\(\)", found[1]))
    names = re.findall(r"numbers\.(\w+)\(\)", found[1])
    return {name: next((prefix for prefix, own in prefixed.items() if own == name), "") for name in names}


@cache
def computed(name: str) -> dict[str, str]:
    figures: Figures = getattr(numbers, name)
    return figures()


def glued(page: Path) -> set[str]:
    return set(re.findall(r"\{glue:text\}`([^`]+)`", page.read_text("utf-8")))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_quoted_figure_is_computed_once_and_is_text(page: Path) -> None:
    names = [f"{prefix}{key}" for name, prefix in quoted(page).items() for key in computed(name)]
    assert glued(page) <= set(names)
    # Of two figures of one name on a page the later would stand for both.
    assert [name for name in glued(page) if names.count(name) > 1 and len({
        text for own, prefix in quoted(page).items() for key, text in computed(own).items() if f"{prefix}{key}" == name
    }) > 1] == []  # fmt: skip
    for name in quoted(page):
        assert all(isinstance(text, str) and text and "nan" not in text.lower() for text in computed(name).values())


@pytest.mark.parametrize("name", sorted({name for page in pages() for name in quoted(page)}))
def test_no_figure_is_computed_for_nothing(name: str) -> None:
    used = set()
    for page in pages():
        if (prefix := quoted(page).get(name)) is not None:
            used |= {text.removeprefix(prefix) for text in glued(page) if text.startswith(prefix)}
        # A cell may take a figure for a title.
        used |= set(re.findall(rf'numbers\.{name}\(\)\["([^"]+)"\]', page.read_text("utf-8")))
    assert set(computed(name)) - used == set()


def test_a_figure_that_is_not_text_is_refused() -> None:
    with pytest.raises(TypeError, match="figure 'share' is float"):
        numbers.quote({"share": 0.5})  # type: ignore[dict-item]


def test_figures_read_as_prose() -> None:
    assert numbers.billions(4800) == "4.8 billion dollars"
    assert (numbers.words(3), numbers.words(0), numbers.words(1500)) == ("three", "none", "1,500")
    assert numbers.percent(0.314) == "31 percent"
    assert numbers.listed(["a"]) == "a" and numbers.listed(["a", "b", "c"]) == "a, b and c"
