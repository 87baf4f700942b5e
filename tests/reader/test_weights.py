"""The sliders: mouse, keyboard and address move them, and what they show is what Python computes."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from playwright.sync_api import Page

from moscow_tehran.analysis import ladder
from moscow_tehran.charts import weights
from moscow_tehran.numbers.verdict import DOMAINS, found, pair_name

PAGE = "chapters/verdict.html"
READ = """rows => Object.fromEntries(rows.map(row => [row.dataset.pair, [row.dataset.low, row.dataset.high]
  .map(text => text === "" ? null : Number(text))]))"""


def shown(page: Page) -> dict[str, list[float | None]]:
    return page.locator(".weights tbody tr").evaluate_all(READ)


@cache
def matrices() -> list[pd.DataFrame]:
    levels = found()
    return [ladder.matrix(levels, value) for value in ("shown", "possible")]


def computed(setting: list[int]) -> dict[str, list[float | None]]:
    both = [ladder.score(matrix, setting) for matrix in matrices()]
    return {
        "-".join(pair): [None if score[pair] != score[pair] else float(score[pair]) for score in both]
        for pair in both[0].index
    }


def same(first: dict[str, list[float | None]], second: dict[str, list[float | None]]) -> bool:
    return first.keys() == second.keys() and all(
        value == other if value is None or other is None else abs(value - other) < 0.5e-4
        for pair in first
        for value, other in zip(first[pair], second[pair], strict=True)
    )


def test_the_first_setting_is_that_of_the_static_chart(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    assert same(shown(page), computed([weights.STANDARD] * len(ladder.DOMAINS)))
    table = page.locator("#fig-verdict-scores .chart-table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    names = {"-".join(pair): pair_name(*pair) for pair in ladder.matrix(found(), "shown").index}
    drawn = {name: [float(low), float(high)] for name, low, high in table}
    for pair, values in shown(page).items():
        assert drawn[names[pair]] == pytest.approx(values, abs=1e-4)


def test_two_hundred_settings_give_what_python_computes(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    draw = random.Random(20261128)
    wrong = []
    for _ in range(200):
        setting = [draw.randint(weights.LOWEST, weights.HIGHEST) for _ in ladder.DOMAINS]
        page.locator(".weights").evaluate(
            """(box, setting) => {
              box.querySelectorAll("input[type=range]").forEach((input, place) => (input.value = setting[place]));
              box.querySelector("input[type=range]").dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            setting,
        )
        if not same(shown(page), computed(setting)):
            wrong.append(setting)
    assert wrong == []


def test_a_domain_without_weight_leaves_the_pair_to_the_others_and_no_weight_at_all_is_said(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(f"{PAGE}#weights=0-0-0-0-0-0")
    assert "move a slider" in page.locator(".weights-verdict").inner_text()
    assert all(values == [None, None] for values in shown(page).values())


def test_the_address_sets_the_sliders_and_keeps_their_setting(open_page: Callable[..., Page]) -> None:
    page = open_page(f"{PAGE}#weights=10-0-3-0-7-1")
    sliders = page.locator(".weights input[type=range]")
    assert sliders.evaluate_all("inputs => inputs.map(input => input.value)") == ["10", "0", "3", "0", "7", "1"]
    assert same(shown(page), computed([10, 0, 3, 0, 7, 1]))
    before = page.locator(".weights-verdict").inner_text()

    sliders.nth(1).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**#weights=10-4-3-0-7-1")
    assert page.locator(".weights-verdict").inner_text() != before
    page.reload()
    assert same(shown(page), computed([10, 4, 3, 0, 7, 1]))

    page.get_by_role("button", name="Equal weights", exact=True).click()
    page.wait_for_url(lambda url: "#" not in url)
    assert same(shown(page), computed([weights.STANDARD] * 6))


@pytest.mark.parametrize("setting", ["#weights=1-2-3", "#weights=a-b-c-d-e-f", "#weights=99-1-1-1-1-1", "#limits"])
def test_an_address_that_is_no_setting_is_passed_over(open_page: Callable[..., Page], setting: str) -> None:
    page = open_page(PAGE + setting)
    assert same(shown(page), computed([weights.STANDARD] * 6))
    assert [text for kind, text in page.said if kind in ("error", "warning")] == []  # type: ignore[attr-defined]


def test_the_mouse_moves_a_slider(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    slider = page.locator(".weights input[type=range]").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    assert slider.input_value() == str(weights.HIGHEST)
    assert same(shown(page), computed([weights.HIGHEST, 5, 5, 5, 5, 5]))


def test_a_screen_reader_hears_names_values_and_the_new_verdict(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    names = [name.removeprefix("the ") for name in DOMAINS.values()]
    for name in names:
        assert page.get_by_role("slider", name=name).count() == 1
    assert page.locator(".weights-verdict").get_attribute("role") == "status"
    assert page.get_by_role("rowheader", name="Russia → Iran").count() == 1


def test_without_script_the_static_charts_stand_and_no_dead_slider_shows(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE, script=False)
    assert not page.locator(".weights").is_visible()
    assert page.locator("#fig-verdict-scores img").first.is_visible()
