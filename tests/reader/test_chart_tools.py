"""A chart can be taken away: as an image that keeps its claim and sources, as a citation, a link, a page to embed."""

from __future__ import annotations

import base64
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from moscow_tehran import tables
from moscow_tehran.book import chart_tools, figures, references
from moscow_tehran.charts import style

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
PAGE, NAME = "chapters/mediation.html", "mediation-stages"
SVG = "{http://www.w3.org/2000/svg}"

Open = Callable[..., Page]


def opened(page: Page, number: int = 1) -> Locator:
    """The tools of a chart of a page, unfolded by the keyboard."""
    tools = page.locator(".chart-use").nth(number)
    tools.locator("summary").focus()
    page.keyboard.press("Enter")
    tools.get_by_role("button", name="Copy citation").wait_for()
    return tools


def clipboard(page: Page, tools: Locator, button: str, said: str) -> str:
    """What a button puts into the clipboard, pressed from the keyboard."""
    tools.get_by_role("button", name=button).focus()
    page.keyboard.press("Enter")
    expect(tools.get_by_role("status")).to_have_text(said)
    return page.evaluate("navigator.clipboard.readText()")


def test_citation_link_and_code_to_embed_are_copied(open_page: Open, address: str) -> None:
    page = open_page(PAGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools, there = opened(page), f"{address}/{PAGE}#fig-{NAME}"
    shown = page.locator(f"#fig-{NAME}")
    title, number = shown.locator(".chart-title").inner_text(), shown.locator(".caption-number").inner_text().strip()
    chapter = page.locator("article h1").inner_text().rstrip("#")
    assert clipboard(page, tools, "Copy link", "Link copied.") == there
    assert clipboard(page, tools, "Copy citation", "Citation copied.") == (
        f"The Moscow–Tehran report (2026). “{title}”. {number} of “{chapter}”, "
        f"in Does Russia truly support Iran? Version {tables.package()['version']}, evidence to 31 March 2026. "
        f"CC BY 4.0. {there}"
    )
    code = clipboard(page, tools, "Copy embed code", "Code to embed copied.")
    page.set_content(code)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading")).to_have_text(title)
    expect(page.locator("iframe")).to_have_attribute("title", title)
    # Nothing in the frame has to be scrolled to.
    assert frame.locator("html").evaluate("page => page.scrollHeight <= window.innerHeight")


def test_where_the_clipboard_is_closed_the_text_is_shown(open_page: Open, address: str) -> None:
    page = open_page(PAGE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    tools = opened(page)
    tools.get_by_role("button", name="Copy link").click()
    expect(tools.get_by_role("status")).to_have_text(f"Copy by hand: {address}/{PAGE}#fig-{NAME}")


def test_the_png_is_the_svg_twice_as_large_and_not_empty(open_page: Open, tmp_path: Path) -> None:
    page = open_page(PAGE)
    tools = opened(page)
    with page.expect_download() as download:
        tools.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == f"{NAME}.png"
    path = tmp_path / "chart.png"
    download.value.save_as(path)
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    root = ET.parse(ROOT / "_build" / "html" / "_charts" / f"{NAME}.svg").getroot()
    size = [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * int(root.get("width")), 2 * int(root.get("height"))]
    colors = page.evaluate(
        """async (text) => {
          const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const {data} = context.getImageData(0, 0, image.width, image.height);
          const found = new Set();
          for (let at = 0; at < data.length; at += 4) found.add(data.slice(at, at + 4).join());
          return [...found];
        }""",
        base64.b64encode(data).decode(),
    )
    rgb = ",".join(str(int(style.SUPPORTS[at : at + 2], 16)) for at in (1, 3, 5))
    assert f"{rgb},255" in colors and len(colors) > 20


def test_every_image_carries_title_and_sources_inside_its_edges(book: Path, open_page: Open) -> None:
    page = open_page("index.html")
    images = sorted(path for path in (book / "_charts").glob("*.svg") if not re.search(r"-(wide|narrow)$", path.stem))
    assert len(images) > 50
    for path in images:
        text = path.read_text("utf-8")
        root = ET.fromstring(text)
        lines = " ".join(line.text for line in root.findall(f"{SVG}text"))
        assert root.find(f"{SVG}title").text in lines, path.name
        assert re.search(r"Sources?: .+\. The Moscow–Tehran report \(2026\), version ", lines), path.name
        assert root.find(f"{SVG}desc").text and len(root.findall(f"{SVG}svg")) == 1
        # The chart itself is left out here: it is large, and what it shows is tested with its page.
        for inner in root.findall(f"{SVG}svg"):
            root.remove(inner)
        page.set_content(ET.tostring(root, encoding="unicode").replace("ns0:", "").replace("xmlns:ns0", "xmlns"))
        over = page.locator("svg").evaluate(
            """(svg) => [...svg.querySelectorAll("text")].filter((line) => {
              const box = line.getBBox();
              const {width, height} = svg.viewBox.baseVal;
              return box.x < 0 || box.x + box.width > width || box.y + box.height > height;
            }).map((line) => line.textContent)"""
        )
        assert over == [], path.name


def test_an_image_counts_the_sources_that_it_does_not_name() -> None:
    many = tables.table("sources")["source_id"].drop_duplicates().tolist()[:300]
    assert re.search(r"^Sources: .+; and \d+ more\.$", chart_tools.credit({"sources": many}))
    assert re.search(r"^Source: [^;]+\.$", chart_tools.credit({"sources": many[:1]}))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_to_embed_stands_alone(open_page: Open, theme: str) -> None:
    page = open_page(f"_charts/{NAME}.html", theme=theme, width=360)
    image = page.get_by_role("img")
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    assert f"-{theme}-narrow.svg" in image.evaluate("image => image.currentSrc")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.scripts.length") == 0
    assert [
        url for url in page.requests if not re.search(rf"/_charts/({NAME}\.html|\w+-{theme}-narrow\.svg)$", url)
    ] == []
    page.add_script_tag(path=str(AXE))
    assert [one["id"] for one in page.evaluate(AXE_RUN)["violations"]] == []
    page.goto(page.get_by_role("link").evaluate("link => link.href"))
    assert page.locator("figure:target .chart-title").count() == 1


def test_every_chart_has_a_page_to_embed_whose_images_and_chapter_are_there(book: Path) -> None:
    pages = sorted((book / "_charts").glob("*.html"))
    assert len(pages) > 50
    for path in pages:
        text = path.read_text("utf-8")
        for image in re.findall(r'(?:srcset|src)="([^"]+)"', text):
            assert (path.parent / image).exists(), (path.name, image)
        chapter, _, anchor = re.search(r'href="([^"]+)">The chart in its chapter', text)[1].partition("#")
        assert f'id="{anchor}"' in (path.parent / chapter).resolve().read_text("utf-8"), path.name
        assert html.unescape(re.search(r"<h1>(.+)</h1>", text)[1]).strip()


def test_the_page_of_a_chart_lists_all_its_sources_where_a_long_list_leads(open_page: Open) -> None:
    page = open_page(PAGE, width=360)
    line = page.locator(f"#fig-{NAME} .chart-sources")
    link = line.get_by_role("link")
    count = int(re.fullmatch(r"(\d+) sources", link.inner_text())[1])
    assert count > figures.SOURCES_FOLDED
    assert re.search(r", most often .+ \(\d+\), .+ \(\d+\) and .+ \(\d+\)$", line.inner_text())
    link.click()
    sources = page.locator("#sources a")
    expect(sources.first).to_be_visible()  # unfolded by its address
    assert sources.count() == count
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.add_script_tag(path=str(AXE))
    assert [one["id"] for one in page.evaluate(AXE_RUN)["violations"]] == []
    page.goto(sources.last.evaluate("link => link.href"))
    assert page.locator(".citation:target").count() == 1


def test_the_publishers_of_most_sources_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {f"s-{number}": (None, publisher) for number, publisher in enumerate(["TASS", "Mehr", "IRNA", "Mehr"])}
    monkeypatch.setattr(references, "described", lambda: known)
    assert references.most_frequent([*known, "events"]) == "Mehr (2), TASS (1) and IRNA (1)"
    assert references.most_frequent(["s-1", "s-3"]) == "Mehr (2)"


def test_without_script_what_needs_none_is_there(open_page: Open, address: str) -> None:
    page = open_page(PAGE, script=False)
    tools = page.locator(f"#fig-{NAME} .chart-use")
    tools.locator("summary").click()
    assert tools.locator("button:visible").count() == 0
    assert "Version" in tools.locator(".chart-citation").inner_text()
    for link in tools.locator("a:visible").all():
        with urlopen(link.evaluate("link => link.href")) as answer:
            assert answer.status == 200
    assert tools.locator("a:visible").count() == 2


def test_tools_are_large_enough_for_a_finger_and_axe_finds_no_fault(open_page: Open) -> None:
    for theme in ("light", "dark"):
        # A small page: axe looks at all of a page before it judges a part.
        page = open_page("notebooks/scoring.html", theme=theme, width=360, touch=True)
        tools = opened(page, 0)
        for target in tools.locator("summary, a, button").all():
            box = target.bounding_box()
            assert box["height"] >= 24 and box["width"] >= 24, target.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.add_script_tag(path=str(AXE))
        run = f"axe.run('figure', {AXE_RUN.removeprefix('axe.run(')}"
        assert page.evaluate(run)["violations"] == []
