"""The field above a long table filters its rows."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from moscow_tehran import tables

PAGE = "notebooks/claims.html"


def test_typing_filters_the_claims_and_says_how_many_are_left(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE)
    claims = tables.table("claims")
    rows = page.locator("table.searchable tbody tr:visible")
    assert rows.count() == len(claims)
    page.get_by_role("searchbox", name="Search this table").fill("contradicted DELICATE")
    assert rows.count() == 1 and "cl-s44" in rows.first.inner_text()
    assert page.locator(".table-search p").inner_text() == f"1 of {len(claims)} rows"
    page.get_by_role("searchbox", name="Search this table").fill("")
    assert rows.count() == len(claims)


def test_without_script_all_claims_stand(open_page: Callable[..., Page]) -> None:
    page = open_page(PAGE, script=False)
    assert page.locator("table.searchable tbody tr").count() == len(tables.table("claims"))
    assert page.locator(".table-search").count() == 0
