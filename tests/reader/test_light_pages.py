"""Pages bring nothing that they do not use, weigh little, and all that the theme offers still works."""

from __future__ import annotations

import base64
import gzip
import io
import re
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import darken
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, Route, expect

from moscow_tehran.book import serve, slim

Open = Callable[..., Page]

#: Gzipped bytes that a phone loads before a reader does anything.
HEAVIEST = 150 * 1024
HEAVIER = {"notebooks/explorer.html": 250 * 1024, "search.html": 250 * 1024}
#: What a server sends of a page, gzipped, before it has to wait a second time for an answer: ten segments of 1460
#: bytes, then twice as many, less what stands before a page. Each wait costs a phone 150 ms.
TWO_FLIGHTS = 30 * 1460 - 300
LONGER = {"notebooks/codebook.html": 50 * 1024}
#: Packed in themselves.
PACKED = {".woff2", ".png", ".jpg"}
CHAPTER = "chapters/economics.html"
PHONE = 390
#: What a script or a stylesheet is for, and how a page shows that it has a use for it.
NEEDS = {
    "clipboard": "div.highlight pre",
    "copybutton": "div.highlight pre",
    "design-tabs": ".sd-tab-set",
    "searchtools": "#search-results",
    "language_data": "#search-results",
    "searchindex": "#search-results",
    "sphinx_highlight": "#search-results",
    "doctools": "#search-results",
    "fontawesome": "svg.svg-inline--fa",
    "tex-mml-chtml": ".math",
    "mathjax": ".math",
    "require": ".jupyter-widgets",
    "plotly": ".chart-drawn",
}

#: The same for what our own scripts are for, which are one file: words that only they use.
PARTS = {
    ".chart-reach": ".chart-box[data-key]",
    ".chart-use": ".chart-use",
    "table.searchable": "table.searchable",
    "a.cited": "a.cited, [data-note]",
}

#: Place, size and dress of each element; the buttons that copy come with a script, at their own time, and of code what
#: has all but the colour of the text is not marked in the light book, which moves the rest by parts of a pixel.
LOOK = """() => [...document.querySelectorAll(
  "body *:not(script, .copybtn, .copybtn *, pre :is(.n, .nn, .p, .w))"
)].map(one => {
  const { x, y, width, height } = one.getBoundingClientRect(), style = getComputedStyle(one);
  const box = one.matches("pre span") ? [] : [x, y, width, height].map(Math.round);
  const dress = ["color", "backgroundColor", "fontSize", "fontWeight", "border", "padding", "display"];
  return [`${one.tagName}.${one.className}`, ...box, ...dress.map(name => style[name])].join(" | ");
})"""


def pages(book: Path) -> list[str]:
    return sorted(path.relative_to(book).as_posix() for path in book.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture
def phone(chromium: Browser) -> Page:
    context = chromium.new_context(viewport={"width": 412, "height": 823}, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_no_page_is_heavy_or_brings_a_script_that_it_does_not_use(book: Path, address: str, phone: Page) -> None:
    heavy, idle, late, own = [], [], [], []
    loaded: set[str] = set()
    phone.on("request", lambda request: loaded.add(request.url))
    # A page that embeds a chart has an image and no script.
    for name in [name for name in pages(book) if not name.startswith("_charts/")]:
        loaded.clear()
        phone.goto(f"{address}/{name}")
        # Images near the screen are asked for once it has been painted; the theme's scripts, once the page stands.
        phone.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
        )
        phone.wait_for_function(
            "!document.querySelector('[data-scripts]') || document.querySelector('head > script[src*=pydata]')"
        )
        weight = 0
        for path in (book / urlsplit(url).path.lstrip("/") for url in loaded if url.startswith(address)):
            content = path.read_bytes()
            weight += len(content if path.suffix in PACKED else gzip.compress(content, 6))
        if weight > HEAVIER.get(name, HEAVIEST):
            heavy.append(f"{name}: {weight / 1024:.0f} KiB")
        late += [
            f"{name}: {tag}"
            for tag in re.findall(r"<script\b[^>]*\bsrc=[^>]*>", (book / name).read_text("utf-8"))
            if not re.search(r'\s(?:defer|async)\b|type="module"', tag)
        ]
        for source in phone.locator("script[src]").evaluate_all("all => all.map(one => one.src)"):
            script = Path(urlsplit(source).path).name
            for what, use in NEEDS.items():
                if script.startswith(what) and phone.locator(use).count() == 0:
                    idle.append(f"{name}: {script}")
            if script.startswith("page-"):
                own.append(name)
                text = (book / slim.STATIC / script).read_text("utf-8")
                idle += [
                    f"{name}: part of {script} for {part}"
                    for part, use in PARTS.items()
                    if part in text and phone.locator(use).count() == 0
                ]
    assert heavy == [], "first load beyond the limit"
    assert idle == [], "scripts with nothing to do"
    assert late == [], "scripts that hold up the page"
    assert CHAPTER in own and len(own) == len(set(own)), "pages whose own scripts are more than one file"


def test_the_text_of_a_page_comes_before_a_server_waits_twice(book: Path) -> None:
    sizes = {name: len(gzip.compress((book / name).read_bytes(), 6)) for name in pages(book)}
    assert {name: size for name, size in sizes.items() if size > LONGER.get(name, TWO_FLIGHTS)} == {}


def test_scripts_and_stylesheets_are_named_by_their_content(book: Path) -> None:
    # The page for what is not found and those that embed a chart elsewhere stand for themselves.
    for name in [name for name in pages(book) if name != "404.html" and not name.startswith("_charts/")]:
        text = (book / name).read_text("utf-8")
        named = re.findall(rf'(?:src|href)="(?:\.\./)*({slim.STATIC}/[^"]+\.(?:js|css))', text)
        assert named and all(slim.DIGEST.search(file) and (book / file).exists() for file in named), name
        assert sum(file.endswith(".css") for file in named) == 1, name
    left = [path.name for path in (book / slim.STATIC).rglob("*") if path.suffix in (".js", ".css", ".woff2", ".map")]
    assert [file for file in left if not slim.DIGEST.search(file)] == []


def test_the_stylesheet_is_small_and_keeps_what_scripts_set(book: Path) -> None:
    [sheet] = (book / slim.STATIC).glob("*.css")
    text = sheet.read_text("utf-8")
    assert len(gzip.compress(sheet.read_bytes(), 6)) < 30 * 1024
    for kept in (
        ".dropdown-menu.show",
        ".tooltip.show",
        ".modal-backdrop",
        ".table-search",
        ".chart-drawn",
        ".copybtn.success",
    ):
        assert kept in text, kept
    for unused in (".sd-carousel", ".spinner-border", ".accordion-button"):
        assert unused not in text, unused


def test_nothing_looks_other_than_with_all_the_rules_of_the_theme(book: Path, address: str, chromium: Browser) -> None:
    whole = ThreadingHTTPServer(("127.0.0.1", 0), partial(serve.Handler, directory=str(book.parent / "work" / "html")))
    threading.Thread(target=whole.serve_forever, daemon=True).start()
    for width, theme in ((PHONE, "light"), (1440, "dark")):
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
        for name in ("index.html", "chapters/verdict.html", "notebooks/codebook.html", "notebooks/how-to-cite.html"):
            seen = []
            for host in (address, f"http://127.0.0.1:{whole.server_port}"):
                # Scripts that come late dress the page too.
                page.goto(f"{host}/{name}", wait_until="networkidle")
                page.evaluate("document.fonts.ready")
                seen.append(page.evaluate(LOOK))
            # The size of the archive is known last of all.
            other = [
                f"{one}\n  not {two}"
                for one, two in zip(*seen, strict=True)
                if one != two and "archive-size" not in one
            ]
            assert not other, "\n".join([f"{name}, {width} px, {theme}:", *other[:5]])
        page.close()
    whole.shutdown()


def test_every_icon_is_in_the_fonts(book: Path, address: str, phone: Page) -> None:
    [sheet] = (book / slim.STATIC).glob("*.css")
    [font] = re.findall(r"url\(data:font/woff2;base64,([^)]+)\)", sheet.read_text("utf-8"))
    drawn = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    assert list((book / slim.STATIC).glob("*.woff2")) == []
    assert len(font) < 5_000
    for name in ("index.html", CHAPTER, "search.html", "notebooks/codebook.html"):
        phone.goto(f"{address}/{name}")
        shown = phone.locator("[class*='fa-']").evaluate_all(
            "icons => icons.map(icon => getComputedStyle(icon, '::before')).map(style => "
            "[style.content.replaceAll('\"', ''), style.fontWeight])"
        )
        assert shown and all(len(icon) == 1 and ord(icon) in drawn for icon, _ in shown), (name, shown)
        assert {weight for _, weight in shown} == {"900"}, (name, shown)
    assert phone.evaluate("document.fonts.ready.then(() => document.fonts.check('900 16px \"Font Awesome 6 Free\"'))")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_system_theme_is_there_before_the_first_paint_and_nothing_is_reported(
    chromium: Browser, address: str, system: str
) -> None:
    context = chromium.new_context(color_scheme=system)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.type))
    page.route("**/*pydata-sphinx-theme*", lambda route: route.abort())
    # That the script does not come is reported, and late.
    page.goto(f"{address}/{CHAPTER}", wait_until="networkidle")
    assert page.evaluate("document.documentElement.dataset.theme") == system
    page.unroute_all()
    said.clear()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == system
    assert [kind for kind in said if kind in ("error", "warning")] == []
    context.close()


def test_a_chosen_theme_stays(chromium: Browser, address: str) -> None:
    page = chromium.new_context(color_scheme="light").new_page()
    page.goto(f"{address}/{CHAPTER}")
    darken(page)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{address}/index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.context.close()


@pytest.mark.parametrize(
    ("toggle", "drawer"), [("primary", "#pst-primary-sidebar-modal"), ("secondary", "#pst-secondary-sidebar-modal")]
)
def test_a_drawer_opens_on_a_phone_keeps_the_focus_and_closes(open_page: Open, toggle: str, drawer: str) -> None:
    page = open_page(CHAPTER, width=PHONE)
    button, shelf = page.locator(f".{toggle}-toggle"), page.locator(drawer)
    assert not shelf.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(shelf).to_be_visible()
    links = shelf.locator("a:visible")
    assert links.count() > 3
    box = links.first.bounding_box()
    assert box is not None and 0 <= box["x"] < PHONE
    for _ in range(links.count() + 8):
        page.keyboard.press("Tab")
        # What is outside the drawer is inert; the browser's own controls count as the body.
        assert page.evaluate(
            f"document.activeElement === document.body || !!document.activeElement.closest('{drawer}')"
        )
    page.keyboard.press("Escape")
    expect(shelf).to_be_hidden()
    assert page.evaluate(f"document.activeElement.classList.contains('{toggle}-toggle')")


@pytest.mark.parametrize(("sidebar", "needed"), [("primary", 960), ("secondary", 1200)])
def test_a_sidebar_is_laid_out_only_where_it_stands_beside_the_text(open_page: Open, sidebar: str, needed: int) -> None:
    page = open_page(CHAPTER, width=needed)
    expect(page.locator(f"#pst-{sidebar}-sidebar a").first).to_be_visible()
    page.set_viewport_size({"width": needed - 1, "height": 900})
    assert page.locator(f"#pst-{sidebar}-sidebar").evaluate("sidebar => sidebar.getClientRects().length") == 0


#: What a reader presses, and what opens or changes by it.
PRESSED = {
    "navigation": (".primary-toggle", "#pst-primary-sidebar-modal[open]"),
    "contents": (".secondary-toggle", "#pst-secondary-sidebar-modal[open]"),
    "search": (".search-button__button:visible", "#pst-search-dialog[open]"),
    "theme": ("button.theme-switch-button:visible", "html[data-mode=auto]"),
    "download": (".dropdown-download-buttons button", ".dropdown-menu.show"),
}


@pytest.mark.parametrize("press", [*PRESSED, "Control+k"])
def test_what_is_pressed_before_the_scripts_are_there_happens_once_they_are(open_page: Open, press: str) -> None:
    button, opened = PRESSED.get(press, ("", PRESSED["search"][1]))
    page = open_page("404.html", width=PHONE)
    held: list[Route] = []
    page.route("**/bootstrap*.js", lambda route: held.append(route))
    page.goto(page.url.replace("404.html", CHAPTER))
    if button:
        page.locator(button).first.click()
    else:
        page.keyboard.press(press)
    page.wait_for_timeout(100)
    assert held and page.locator(opened).count() == 0
    held.pop().continue_()
    page.locator(opened).first.wait_for(state="attached")
    page.wait_for_timeout(100)
    assert page.locator(opened).count() == 1


def test_other_keys_are_left_to_the_browser_before_the_scripts_are_there(open_page: Open) -> None:
    page = open_page("404.html")
    page.route("**/bootstrap*.js", lambda _: None)
    page.goto(page.url.replace("404.html", CHAPTER))
    kept = page.evaluate(
        """() => [{ key: "k", ctrlKey: true }, { key: "k", ctrlKey: true, shiftKey: true },
            { key: "k", ctrlKey: true, altKey: true }, { key: "k" }]
          .map(press => !document.body.dispatchEvent(
            new KeyboardEvent("keydown", { ...press, bubbles: true, cancelable: true })))"""
    )
    assert kept == [True, False, False, False]
    # A browser that fills a field in sends events that are no keyboard's.
    page.evaluate("() => { document.body.dispatchEvent(new Event('keydown', { bubbles: true })) }")
    assert [text for kind, text in page.said if kind == "error"] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("reached", [False, True])
def test_the_themes_scripts_are_asked_for_once_the_page_stands_or_a_reader_reaches(
    open_page: Open, reached: bool
) -> None:
    page = open_page("404.html", width=PHONE)
    # A picture that does not come keeps the page from standing.
    held: list[Route] = []
    page.route("**/late.png", lambda route: held.append(route))
    page.add_init_script("new Image().src = '/late.png'")
    page.goto(page.url.replace("404.html", CHAPTER), wait_until="domcontentloaded")
    # What a browser says, at a time of its own, of a pointer that rests where a page is drawn: no reader reaches.
    page.evaluate("document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))")
    page.wait_for_timeout(100)
    scripts = page.locator("head > script[src*=pydata]")
    assert held and page.evaluate("document.readyState") == "interactive" and scripts.count() == 0
    if reached:
        page.mouse.move(100, 100)
        scripts.wait_for(state="attached")
        assert page.evaluate("document.readyState") == "interactive"
    else:
        held.pop().abort()
        scripts.wait_for(state="attached")


def test_the_drawer_leads_to_another_page(open_page: Open) -> None:
    page = open_page(CHAPTER, width=PHONE)
    page.locator(".primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal a", has_text="History").click()
    page.wait_for_url("**/chapters/history.html")


def test_the_search_opens_by_keyboard_and_leads_to_the_search_page(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    field.fill("snapback")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=snapback")
    page.locator("main li a").first.wait_for()


def test_the_search_button_leads_to_the_search_page(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.locator(".search-button__button:visible").first.click()
    page.locator("#pst-search-dialog input").fill("drones")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=drones")
    page.locator("main li a").first.wait_for()


def test_what_scrolls_by_itself_is_reached_by_keyboard_and_nothing_else(open_page: Open) -> None:
    page = open_page(CHAPTER, width=PHONE)
    page.locator("details.hide summary").first.click()
    page.wait_for_function("document.querySelector('details.hide pre').tabIndex === 0")
    wrong = page.locator("pre, .pst-scrollable-table-container").evaluate_all(
        """all => all.filter(one => one.checkVisibility())
          .filter(one => (one.scrollWidth > one.clientWidth) !== (one.tabIndex === 0))
          .map(one => one.outerHTML.slice(0, 100))"""
    )
    assert wrong == []


def test_of_code_all_that_has_a_colour_of_its_own_is_marked_and_nothing_else(book: Path, open_page: Open) -> None:
    shown = """() => [...document.querySelectorAll("pre span")].filter(one => one.textContent).map(
      one => [getComputedStyle(one).color, one.textContent])"""
    texts = "all => all.map(pre => pre.textContent)"
    page = open_page(CHAPTER)
    marked, text = page.evaluate(shown), page.locator("pre").evaluate_all(texts)
    page.goto((book.parent / "work" / "html" / CHAPTER).as_uri())
    whole = page.evaluate(shown)
    assert page.locator("pre").evaluate_all(texts) == text
    plain = page.locator("pre .n").first.evaluate("name => getComputedStyle(name).color")
    assert marked == [mark for mark in whole if mark[0] != plain]
    assert 100 < len(marked) < len(whole) / 1.5


def test_code_unfolds_and_is_copied(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = page.locator("details.hide").first
    code = cell.locator("pre")
    assert not code.is_visible()
    cell.locator("summary").click()
    expect(code).to_be_visible()
    code.hover()
    cell.locator("button.copybtn").click()
    page.wait_for_function("document.querySelector('button.copybtn.success')")
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.inner_text().strip()


def test_menus_and_tips_open(open_page: Open) -> None:
    page = open_page(CHAPTER)
    menu = page.locator(".dropdown-download-buttons .dropdown-menu")
    assert not menu.is_visible()
    page.locator(".dropdown-download-buttons button").first.click()
    expect(menu).to_be_visible()
    page.mouse.move(400, 600)  # it stays open under the mouse
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.locator("button.theme-switch-button").first.hover()
    tip = page.locator(".tooltip.show")
    tip.wait_for()
    assert tip.evaluate("tip => getComputedStyle(tip).position") == "absolute"


def test_the_contents_follow_the_reader(open_page: Open) -> None:
    page = open_page(CHAPTER, width=1440)
    contents = page.locator("#pst-page-toc-nav a")
    contents.nth(2).click()
    expect(contents.nth(2)).to_have_class(re.compile(r"\bactive\b"))
    heading = page.locator((contents.nth(2).get_attribute("href") or "") + " > h2")
    box = heading.bounding_box()
    assert box is not None and 0 <= box["y"] < 300


def test_whoever_asks_for_less_motion_gets_none(chromium: Browser, address: str) -> None:
    page = chromium.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{address}/{CHAPTER}")
    longest = page.locator("body *").evaluate_all(
        """all => Math.max(...all.flatMap(one => [null, "::before", "::after"].flatMap(part => {
          const style = getComputedStyle(one, part);
          return `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
        })))"""
    )
    assert longest < 0.001
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.context.close()


def test_no_page_scrolls_sideways_at_twice_the_size(book: Path, address: str, chromium: Browser) -> None:
    page = chromium.new_context(viewport={"width": 640, "height": 450}).new_page()
    wide = []
    for name in pages(book):
        page.goto(f"{address}/{name}")
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            wide.append(name)
    assert wide == []
    page.context.close()


def test_the_keyboard_reaches_the_text_first_and_the_focus_is_seen(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.keyboard.press("Tab")
    skip = page.locator("#pst-skip-link a")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main-content")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one);
              const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              return [outlined || style.boxShadow !== "none", one.outerHTML.slice(0, 120)];
            }"""
        )
        if not seen[0]:
            unseen.append(seen[1])
    assert unseen == []
