"""Still images: the browser that draws them tells of its page from the first, and keeps nobody waiting at the end."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import kaleido
import pytest
from choreographer import Tab
from choreographer.protocol.devtools_async import Session

from moscow_tehran.book import figures


async def open_and_close() -> None:
    browser = kaleido.Kaleido(n=1, mathjax=False, path=figures.browser())
    await asyncio.wait_for(browser.open(), 60)
    # A wait with a limit of its own would end Kaleido's in passing.
    closed, _ = await asyncio.wait([asyncio.create_task(browser.close())], timeout=30)
    assert closed


def run() -> None:
    """Run in a thread of its own: the browser of other tests leaves a running event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, open_and_close()).result()


def test_news_of_a_page_is_asked_for_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = Tab.send_command

    async def noted(tab: Tab, command: str, *rest: Any, **named: Any) -> Any:
        sent.append(command)
        return await send(tab, command, *rest, **named)

    monkeypatch.setattr(Tab, "send_command", noted)
    run()
    assert "Page.enable" in sent[: sent.index("Page.navigate")]


def test_a_browser_that_closes_without_an_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    unanswered: list[str] = []
    send = Session._send_built

    async def unheard(session: Session, command: dict[str, Any], *rest: Any) -> Any:
        if command["method"] == "Browser.close":
            unanswered.append(command["method"])
            await asyncio.Event().wait()
        return await send(session, command, *rest)

    monkeypatch.setattr(Session, "_send_built", unheard)
    run()
    assert unanswered
