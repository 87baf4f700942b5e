"""How pages look: reduced screenshots beside approved ones, each of which somebody looked at."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT
from PIL import Image, ImageChops
from playwright.sync_api import Page

APPROVED = Path(__file__).parent / "approved"
SEEN = ROOT / "_build" / "screens"
VIEWS = {
    "front-page": "index.html",
    "chapter": "chapters/economics.html",
    "chart": "chapters/economics.html#fig-turnover",
    "weights": "chapters/verdict.html#your-own-weights",
    "table": "notebooks/claims.html#all-claims",
    "explorer": "notebooks/explorer.html",
    "search": "search.html?q=Rasht",
    "persian": "notebooks/summary-fa.html",
}
#: Screenshots are kept at a quarter of their width: letters blur, which no two releases of a browser draw alike.
REDUCED = 4
#: A dot differs if one of its colours does by more than this, of 255 ...
DOT = 32
#: ... and a page looks different if more than this share of its dots differ.
TOLERANCE = 0.02

Open = Callable[..., Page]


def screenshot(page: Page) -> Image.Image:
    """The window, reduced, without what changes from day to day or with a PDF at hand."""
    # The button back to the top comes with a scroll upwards, such as the hidden lines cause.
    page.add_style_tag(
        content=".chapter-facts, #pst-back-to-top { display: none !important } * { caret-color: #0000 !important }"
    )
    # Scripts that come late scroll the sidebar to the page's own entry.
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_function(
        """() => [...document.images].every(image => {
          const { top, bottom } = image.getBoundingClientRect();
          return image.complete || bottom < 0 || top > innerHeight || !image.checkVisibility();
        })"""
    )
    page.mouse.move(0, 0)
    taken = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    return taken.resize((taken.width // REDUCED, taken.height // REDUCED), Image.Resampling.BOX)


def difference(first: Image.Image, second: Image.Image) -> float:
    """The share of dots that differ."""
    if first.size != second.size:
        return 1.0
    bands = ImageChops.difference(first, second).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(worst.histogram()[DOT + 1 :]) / (first.width * first.height)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_looks_as_approved(open_page: Open, view: str, width: int, theme: str) -> None:
    page = open_page(VIEWS[view], theme=theme, width=width)
    if view == "search":
        page.locator(".search-status").filter(has_not_text="still").filter(has_text="results").wait_for()
    if view == "explorer":
        page.locator(".explorer:not([aria-busy]) tbody tr").first.wait_for()
    seen = screenshot(page)
    name = f"{view}-{width}-{theme}.png"
    SEEN.mkdir(parents=True, exist_ok=True)
    seen.save(SEEN / name, optimize=True)
    approved = APPROVED / name
    assert approved.exists(), f"look at {SEEN / name}; if it is right, copy it to {approved}"
    share = difference(seen, Image.open(approved).convert("RGB"))
    assert share <= TOLERANCE, (
        f"{share:.1%} of {name} differ from the approved picture: look at {SEEN / name}; if it is right, "
        f"copy it to {approved}"
    )


@pytest.mark.parametrize(
    "change", [".answer { display: none }", "h1 { font-size: 1.6rem !important }", "body { filter: invert(.2) }"]
)
def test_a_changed_look_is_seen(open_page: Open, change: str) -> None:
    page = open_page(VIEWS["chapter"], width=360)
    page.add_style_tag(content=change)
    approved = Image.open(APPROVED / "chapter-360-light.png").convert("RGB")
    assert difference(screenshot(page), approved) > TOLERANCE
