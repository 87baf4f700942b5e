"""MyST as plain Markdown, and as HTML, for readers whose Jupyter knows no MyST.

The book is written in MyST: roles such as ``{cite}`` and directives such as ``{admonition}``. JupyterLab and Notebook
show these as they are typed. Here they become what plain Markdown can say: links, emphasis, quotations, tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
from markdown_it import MarkdownIt

from moscow_tehran import tables

ROLE = re.compile(r"\{([a-z:-]+)\}`([^`]+)`")
FENCE = re.compile(r"^(:{3,}|`{3,}|~{3,})(?:\{([a-z-]+)\})?(.*)$")
OPTION = re.compile(r"^:[a-z-]+:")
LABEL = re.compile(r"^\([^()\s]+\)=$")
#: A link within the book, which leads nowhere from a notebook that stands by itself.
WITHIN = re.compile(r"\[([^\]]+)\]\((?:#[^)]*|(?![a-z]+:)[^)]*\.md)\)")

_parser = MarkdownIt("commonmark", {"html": True}).enable("table")


def citation(source_ids: str) -> str:
    """Return the ``,``-separated sources of a citation as links: publisher and day.

    A key that ``sources`` lacks stays as it is, so that a notebook with a changed table still shows the rest.
    """
    sources = tables.table("sources").set_index("source_id")
    publishers = tables.table("publishers").set_index("publisher_id")["name"]
    links = []
    for source_id in source_ids.split(","):
        if source_id not in sources.index:
            links.append(source_id)
            continue
        source = sources.loc[source_id]
        name = publishers[source["publisher_id"]]
        published = source["published"]
        day = "" if pd.isna(published) else f", {published.day} {published:%B %Y}"
        links.append(f"[{name}{day}]({source['url'].replace('(', '%28').replace(')', '%29')})")
    return f"({'; '.join(links)})"


def inline(text: str, known: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return text with its roles as plain Markdown.

    Parameters
    ----------
    text
        Text outside code.
    known
        What stands for a role's content, by role: ``{"glue:text": {"targets": "three"}}``. Citations need no entry,
        pages have their name for want of one, and other roles stay as they are.
    """

    def plain(match: re.Match[str]) -> str:
        role, content = match.groups()
        if role == "row-key":
            return ""
        if role == "cite":
            return citation(content)
        unknown = f"*{content.rpartition('/')[2].replace('-', ' ')}*" if role == "doc" else match[0]
        return (known or {}).get(role, {}).get(content, unknown)

    return WITHIN.sub(r"*\1*", ROLE.sub(plain, text))


def markdown(text: str, known: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return MyST as plain Markdown.

    Admonitions become quotations, dropdowns ``details``, definitions lists; raw HTML, which serves the book's page
    alone, is left out.

    Parameters
    ----------
    text
        MyST, as a cell holds it.
    known
        As for ``inline``; the content of ``chart-preview`` is looked up as well.
    """
    lines, plain = iter(text.splitlines()), []
    for line in lines:
        fence = FENCE.match(line)
        if fence:
            mark, directive, title = fence.groups()
            body = []
            for inner in lines:
                if inner.rstrip() == mark:
                    break
                body.append(inner)
            if directive:
                plain += _directive(directive, title.strip(), body, known)
            else:
                plain += [line, *body, mark]
        elif LABEL.match(line):
            continue
        elif line.startswith(": ") and plain and plain[-1].strip():
            plain[-1] = f"- **{plain[-1]}**: {inline(line[2:], known)}"
        else:
            plain.append(inline(line, known))
    return "\n".join(plain)


def _directive(name: str, title: str, body: list[str], known: Mapping[str, Mapping[str, str]] | None) -> list[str]:
    if name == "raw":
        return []
    if name == "chart-preview":
        return [(known or {}).get(name, {}).get(title, title)]
    while body and (OPTION.match(body[0]) or not body[0].strip()):
        body = body[1:]
    inner = markdown("\n".join(body), known).split("\n")
    if name == "table":
        return [f"**{inline(title, known)}**", "", *inner]
    if name == "dropdown":
        return ["<details>", f"<summary>{title}</summary>", "", *inner, "", "</details>"]
    heading = inline(title, known) or name.replace("seealso", "see also").capitalize()
    return [f"> **{heading}**", ">", *(f"> {line}".rstrip() for line in inner)]


def html(text: str) -> str:
    """Return MyST as HTML."""
    return _parser.render(markdown(text))


def inline_html(text: str) -> str:
    """Return a line of MyST, such as a cell of a table, as HTML."""
    return _parser.renderInline(inline(text))
