"""Still images: the browser that draws them tells of its page from the first."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import kaleido
import pytest
from choreographer import Tab

from moscow_tehran.book import figures


def test_news_of_a_page_is_asked_for_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = Tab.send_command

    async def noted(tab: Tab, command: str, *rest: Any, **named: Any) -> Any:
        sent.append(command)
        return await send(tab, command, *rest, **named)

    async def open_and_close() -> None:
        browser = kaleido.Kaleido(n=1, mathjax=False, path=figures.browser())
        await asyncio.wait_for(browser.open(), 60)
        await browser.close()

    monkeypatch.setattr(Tab, "send_command", noted)
    # In a thread of its own: the browser of other tests leaves a running event loop in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, open_and_close()).result()
    assert "Page.enable" in sent[: sent.index("Page.navigate")]
