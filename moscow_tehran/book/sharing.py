"""How each page presents itself to those who find it or pass it on.

A title that stands by itself, one description a page, Open Graph and card tags, structured data as schema.org names
it, and the language of pages that are in another than the book's.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from typing import Any

import pandas as pd
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from moscow_tehran import tables
from moscow_tehran.book import cards, pages

#: Locales in which Open Graph takes a language.
LOCALES = {"en": "en_GB", "ru": "ru_RU", "fa": "fa_IR"}
#: Where the tables are offered for download.
CATALOGUE = "notebooks/data-catalogue"
#: Pages of Sphinx's own, which have no file to say it, and what they are.
MADE = {
    "search": "Search the report on Russia and Iran: its text, events and sources, and names in any spelling.",
    "genindex": "The terms of the report on Russia and Iran from A to Z, and where the glossary explains each of them.",
}
#: The template of pages whose title stands by itself.
OWN_TITLE = "own-title.html"
#: The theme complains of a mode that nobody has chosen yet.
MODE_SCRIPT = '<script>localStorage.getItem("mode") || localStorage.setItem("mode", "auto");</script>'


def public_address(setting: str, repository: str) -> str:
    """Return the address at which the book is published, ending in a slash, or nothing if none is known.

    Parameters
    ----------
    setting
        ``report_address`` of ``_config.yml``; it wins if it is not empty.
    repository
        Web address of the repository. One on GitHub publishes the book to GitHub Pages.

    Raises
    ------
    ExtensionError
        If the setting is no address.
    """
    if setting:
        if not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", setting):
            raise ExtensionError(
                f"_config.yml, report_address: {setting!r}; expected the address of the published book, for instance "
                "'https://owner.github.io/repository/', or nothing"
            )
        return setting.rstrip("/") + "/"
    if found := re.fullmatch(r"https://github\.com/([^/]+)/([^/]+)", repository):
        owner, name = found[1].lower(), found[2]
        return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")
    return ""


def set_address(app: Sphinx, config: Config) -> None:
    """Settle the public address, from which Sphinx makes canonical links."""
    config.report_address = public_address(config.report_address, config.html_theme_options.get("repository_url", ""))
    config.html_baseurl = config.report_address


def _meta(**attributes: str) -> str:
    return "<meta " + " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items()) + ">"


def add_head(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> str | None:
    """Add to a page's head what it says of itself."""
    assert app.env is not None
    head = [
        MODE_SCRIPT,
        _meta(name="theme-color", media="(prefers-color-scheme: light)", content="#ffffff"),
        _meta(name="theme-color", media="(prefers-color-scheme: dark)", content="#121212"),
    ]
    if page in pages.known(app.env):
        head += _presentation(app, page)
        if page == app.config.root_doc and context.get("pageurl"):
            context["pageurl"] = app.config.report_address
    elif page in MADE:
        head.append(_meta(name="description", content=MADE[page]))
    context["metatags"] = "\n".join([context.get("metatags", ""), *head, ""])
    # The theme sets the report's name after each heading.
    context["report_title"] = pages.known(app.env).get(page, {}).get("title", "")
    alone = context["report_title"] and not context["report_title"].endswith(f" — {app.config.html_title}")
    return OWN_TITLE if alone else None


def _presentation(app: Sphinx, page: str) -> list[str]:
    assert app.env is not None
    config, own = app.config, pages.known(app.env)[page]
    language = config.report_languages.get(page, config.language)
    head = [
        _meta(name="description", content=own["description"]),
        _meta(name="robots", content="max-image-preview:large"),
        _meta(property="og:title", content=own["title"]),
        _meta(property="og:description", content=own["description"]),
        _meta(property="og:site_name", content=config.author),
        _meta(property="og:type", content="website" if page == config.root_doc else "article"),
        _meta(name="twitter:card", content="summary_large_image"),
    ]
    if language in LOCALES:
        head.append(_meta(property="og:locale", content=LOCALES[language]))
    if config.report_address:
        head.append(_meta(property="og:url", content=address_of(app, page)))
    card = cards.card_of(app, page)
    if card is not None:
        head += [
            _meta(property="og:image", content=_link(app, page, f"{cards.FOLDER}/{card.file}")),
            _meta(property="og:image:type", content="image/png"),
            _meta(property="og:image:width", content=str(cards.WIDTH)),
            _meta(property="og:image:height", content=str(cards.HEIGHT)),
            _meta(property="og:image:alt", content=card.alt),
        ]
    feed = html.escape(_link(app, page, "feed.xml"))
    head.append(f'<link rel="alternate" type="application/atom+xml" title="Changes of the report" href="{feed}">')
    data = json.dumps(structured(app, page), ensure_ascii=False).replace("</", "<\\/")
    head.append(f'<script type="application/ld+json">{data}</script>')
    return head


def address_of(app: Sphinx, page: str) -> str:
    """Return the public address of a page; the front page's is that of the book."""
    return app.config.report_address + ("" if page == app.config.root_doc else f"{page}.html")


def _link(app: Sphinx, page: str, file: str) -> str:
    """Return the address of a file of the book: in full where it is known, else as seen from a page."""
    return (app.config.report_address or pages.top(page)) + file


def structured(app: Sphinx, page: str) -> dict[str, Any]:
    """Return what a page is in the terms of schema.org: a report, a data set with its tables, or a page of a report."""
    assert app.env is not None
    config, own, package = app.config, pages.known(app.env)[page], tables.package()
    maker = {"@type": "Organization", "name": config.author}
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report" if page == config.root_doc or page.startswith("chapters/") else "WebPage",
        "name": own["heading"],
        "headline": own["title"],
        "description": own["description"],
        "inLanguage": config.report_languages.get(page, config.language),
        "author": maker,
        "publisher": maker,
        "license": package["licenses"][0]["path"],
        "datePublished": package["created"][:10],
        "isAccessibleForFree": True,
    }
    if about["@type"] == "Report":
        about |= {"version": package["version"], "keywords": package["keywords"], "temporalCoverage": _reach("events")}
    if config.report_address:
        about["url"] = address_of(app, page)
    if (card := cards.card_of(app, page)) is not None:
        about["image"] = _link(app, page, f"{cards.FOLDER}/{card.file}")
    if page == config.root_doc:
        about["hasPart"] = [
            {"@type": "Report", "name": chapter["heading"], "url": _link(app, page, f"{name}.html")}
            for name, chapter in pages.known(app.env).items()
            if name.startswith("chapters/")
        ]
    else:
        front = config.report_address or _link(app, page, "index.html")
        about["isPartOf"] = {"@type": "Report", "name": config.html_title, "url": front}
    if page == CATALOGUE:
        about["mainEntity"] = _dataset(app, page, maker)
    return about


def _dataset(app: Sphinx, page: str, maker: dict[str, str]) -> dict[str, Any]:
    package = tables.package()
    common = {"creator": maker, "version": package["version"], "isAccessibleForFree": True}
    parts = []
    for name in tables.names():
        table = tables.resource(name)
        licence = table["licenses"][0]
        parts.append(
            {
                "@type": "Dataset",
                "name": f"{table['title']} ({package['title']})",
                "description": f"{table['description']} Table “{name}” of the evidence of “{app.config.html_title}”",
                "license": licence["path"],
                **({"temporalCoverage": reach} if (reach := _reach(name)) else {}),
                "distribution": [
                    _download(app, page, f"data/{name}.{ending}", kind)
                    for ending, kind in (
                        ("csv", "text/csv"),
                        ("parquet", "application/vnd.apache.parquet"),
                        ("json", "application/json"),
                    )
                ],
                **common,
            }
        )
    return {
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "keywords": package["keywords"],
        "datePublished": package["created"][:10],
        "temporalCoverage": _reach("events"),
        "spatialCoverage": [{"@type": "Place", "name": name} for name in ("Russia", "Iran")],
        "distribution": [_download(app, page, "data/moscow-tehran-data.zip", "application/zip")],
        "hasPart": parts,
        **common,
    }


def _download(app: Sphinx, page: str, file: str, kind: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": _link(app, page, file)}


@cache
def _reach(name: str) -> str:
    """The days that a table covers, from its first to the cut-off, as ISO 8601 writes an interval; or nothing."""
    frame, end = tables.table(name), tables.cut_off()
    columns = [field["name"] for field in tables.fields(name) if field["type"] == "date"]
    first = min((frame[column].min() for column in columns if frame[column].notna().any()), default=pd.NaT)
    return f"{first:%Y-%m-%d}/{end:%Y-%m-%d}" if pd.notna(first) and first < end else ""


def set_language(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> str | None:
    """Say in which language a page is, and in which direction it reads, if it is another than the book's.

    The page as a whole is in that language, with its title; what stands around the article stays in the book's.
    """
    language = app.config.report_languages.get(page)
    if not language or "body" not in context:
        return None
    direction = "rtl" if language in pages.RIGHT_TO_LEFT else "ltr"
    context["body"] = f'<div lang="{language}" dir="{direction}">{context["body"]}</div>'
    context["language"], context["language_around"] = language, app.config.language
    return OWN_TITLE


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.add_config_value("report_address", "", "env", str)
    # After the address of the repository is known, before Sphinx makes addresses of pages.
    app.connect("config-inited", set_address, priority=510)
    app.connect("html-page-context", add_head)
    app.connect("html-page-context", set_language)
