"""Make the pages of a built book light: nothing comes with a page that it does not use.

The theme and its extensions bring their stylesheets and scripts to every page. Here the stylesheets become one for all
pages, without the rules that none of them uses; scripts stay where there is something for them to do, and wait for the
page, our own of a page in one file: over a slow line each costs a way there and back, however small it is. Icons come
within the stylesheet, those that are shown. All of these files carry a digest of their content in their names, so that
browsers may keep them for good.

It works on a finished copy of the book, all pages at once: what Sphinx keeps from build to build stays as it is.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

# It reports each table that it leaves out.
logging.getLogger("fontTools").setLevel(logging.WARNING)

STATIC = "_static"
#: What a page must contain for a script to have something to do. Scripts that are not named here stay on all pages.
USED_IF = {
    "doctools.js": r"/searchtools\.js",
    "sphinx_highlight.js": r"/searchtools\.js",
    "clipboard.min.js": r'<div class="highlight',
    "copybutton.js": r'<div class="highlight',
    "design-tabs.js": r'class="[^"]*\bsd-tab-',
    "chart-tools.js": r'<details class="[^"]*\bchart-use\b',
    "charts.js": r'<div class="chart-box[^>]*\bdata-key=',
    "tables.js": r'<table class="[^"]*\bsearchable\b',
}
#: Scripts of the theme and its extensions that make buttons work; a reader can do without them at first.
LATER = {
    "documentation_options.js",
    "clipboard.min.js",
    "copybutton.js",
    "sphinx-book-theme.js",
    "bootstrap.js",
    "pydata-sphinx-theme.js",
}
#: What asks for them once the page stands.
BRINGS_LATER = "later.js"
#: Settings of the theme that say what its scripts assume without them; they could not wait for the page.
SETTING = re.compile(r"\s*<script>DOCUMENTATION_OPTIONS\.(?:pagename|search_as_you_type) = [^<]*;</script>")
#: Where the theme's script measures what scrolls; ``assets/regions.js`` does it with half the work.
MEASURING = re.compile(r',"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)')
STYLESHEET = re.compile(r'\s*<link\b[^>]*\brel="stylesheet"[^>]*>')
SCRIPT = re.compile(r'(\s*)<script\b([^>]*?)\ssrc="([^"]+)"([^>]*)></script>')
#: Kinds of files that stylesheets and scripts bring with them.
BROUGHT = {".css", ".js", ".map", ".ttf", ".woff2", ".svg", ".png", ".html", ".mo", ".po", ".json"}
#: The face of icons in outline, which the theme brings along; all icons of these pages are drawn in the solid one.
OUTLINED = re.compile(r"@font-face\s*\{[^}]*\bfa-regular-400\b[^}]*\}")
#: A block of code, and in it what the highlighter marks although it has all but the colour of the text: names,
#: punctuation and space, half of its marks.
CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
UNCOLOURED = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
#: The end of a name that carries a digest.
DIGEST = re.compile(r"-[A-Z0-9]{8}\.\w+$")
NAMED_BY_CONTENT = ("--minify", "--asset-names=[name]-[hash]")
BESIDE = [f"--loader:.{ending}=file" for ending in ("woff2", "svg", "png")]


def slim(book: Path, root: Path) -> None:
    """Make all pages of a book light, in place.

    Parameters
    ----------
    book
        Folder of a freshly built book.
    root
        Checkout with ``node_modules``, and with ``assets``, whose scripts tell which classes they set.

    Raises
    ------
    RuntimeError
        With the tool's own message, if a stylesheet or script cannot be read.
    """
    static = (book / STATIC).resolve()
    files = sorted(path for path in book.resolve().rglob("*.html") if not path.is_relative_to(static))
    pages = {path: _with_needed_scripts(_with_coloured_code(path.read_text("utf-8"))) for path in files}
    brings_later = Path(shutil.copy(root / "assets" / BRINGS_LATER, static))
    scripts: dict[Path, None] = {}
    sheets: dict[tuple[Path, str], None] = {}
    own: dict[Path, tuple[Path, ...]] = {}
    for page, text in pages.items():
        here = dict.fromkeys(_file(page, tag[3]) for tag in SCRIPT.finditer(text))
        if any(path.name in LATER for path in here):
            here[brings_later] = None
        own[page] = tuple(path for path in here if path.parent == static and (root / "assets" / path.name).is_file())
        scripts |= {path: None for path in here if path.is_relative_to(static)}
        links = STYLESHEET.findall(text)
        sheets |= dict.fromkeys((_file(page, _value(link, "href")), _value(link, "media")) for link in links)
    book_sheets = [(path, medium) for path, medium in sheets if path.is_relative_to(static)]

    parts = {path for together in own.values() for path in together}
    joined = _joined({together for together in own.values() if together}, static, root)
    names = _scripts([path for path in scripts if path not in parts], static, root)
    names |= dict.fromkeys(
        (path for path, _ in book_sheets), _stylesheet(book_sheets, [*files, *scripts], static, root)
    )
    for page, text in pages.items():
        page.write_text(_renamed(page, text, names, own[page], joined.get(own[page])), "utf-8")
    _clear(static, files, [*names, *parts])


def _with_needed_scripts(page: str) -> str:
    """Return a page without scripts that have nothing to do there; the others wait until the page is read."""

    def kept(tag: re.Match[str]) -> str:
        space, before, address, after = tag.groups()
        needs = USED_IF.get(Path(address.partition("?")[0]).name)
        if needs and not re.search(needs, page):
            return ""
        if re.search(r'\b(?:async|defer)\b|type="module"', before + after):
            return tag[0]
        return f'{space}<script defer{before} src="{address}"{after}></script>'

    return SCRIPT.sub(kept, SETTING.sub("", page))


def _with_coloured_code(page: str) -> str:
    """Return a page in whose code only what has a colour of its own is marked."""
    return CODE.sub(lambda code: UNCOLOURED.sub(r"\1", code[0]), page)


def _file(page: Path, address: str) -> Path:
    """Return the file behind an address in a page."""
    return (page.parent / re.split(r"[?#]", address)[0]).resolve()


def _value(tag: str, attribute: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return found[1] if found else ""


def _scripts(scripts: list[Path], static: Path, root: Path) -> dict[Path, Path]:
    """Write each script anew, small and named by its content; return where it is now."""
    for theme in (path for path in scripts if path.name == "pydata-sphinx-theme.js"):
        text, times = MEASURING.subn("", theme.read_text("utf-8"))
        if times != 1:
            raise RuntimeError(
                f"{theme.name} measures what scrolls in another way than MEASURING in {__name__} expects"
            )
        theme.write_text(text, "utf-8")
    return _written(scripts, static, root)


def _joined(sets: Iterable[tuple[Path, ...]], static: Path, root: Path) -> dict[tuple[Path, ...], Path]:
    """Write the scripts of each set as one, in their order; return where it is."""
    # esbuild's digest is of paths too: they must be the same in each build.
    scratch = static / "own"
    entries = {scratch / "+".join(path.stem for path in together) / "page.js": together for together in sets}
    for entry, together in entries.items():
        entry.parent.mkdir(parents=True)
        entry.write_text("".join(f"import {json.dumps(str(path))};\n" for path in together), "utf-8")
    written = _written(entries, static, root, "--bundle")
    shutil.rmtree(scratch)
    return {entries[entry]: path for entry, path in written.items()}


def _written(entries: Iterable[Path], static: Path, root: Path, *options: str) -> dict[Path, Path]:
    """Write scripts anew, small and named by their content; return where each is now."""
    record = static / "scripts.json"
    places = [f"--outdir={static}", "--entry-names=[name]-[hash]", f"--metafile={record}"]
    _esbuild(root, *entries, *options, *places, *NAMED_BY_CONTENT)
    outputs = json.loads(record.read_text("utf-8"))["outputs"]
    record.unlink()
    return {(root / output["entryPoint"]).resolve(): (root / name).resolve() for name, output in outputs.items()}


def _stylesheet(sheets: list[tuple[Path, str]], users: Iterable[Path], static: Path, root: Path) -> Path:
    """Write all stylesheets as one, with the rules and icons that are used; return where it is.

    Parameters
    ----------
    sheets
        Stylesheets in their order, each with the medium that it is for, or nothing.
    users
        Pages and scripts, whose words tell which rules are used.
    static
        Folder to write to.
    root
        Checkout.
    """
    purgecss = root / "node_modules" / "purgecss" / "bin" / "purgecss.js"
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        entry = work / "all.css"
        entry.write_text("".join(f'@import "{path}" {medium};\n' for path, medium in sheets), "utf-8")
        # Every browser that runs these pages reads woff2.
        _esbuild(
            root,
            entry,
            "--bundle",
            f"--outdir={work / 'whole'}",
            "--asset-names=[name]",
            "--loader:.ttf=empty",
            *BESIDE,
        )
        used = work / "whole" / "site.css"
        words = [*map(str, users), f"{root}/assets/**/*.{{js,html}}"]
        _run(
            [node(), str(purgecss), "--font-face", "--keyframes", "--css", str(work / "whole" / "all.css"),
             "--output", str(used), "--content", *words]
        )  # fmt: skip
        text = OUTLINED.sub("", re.sub(r",\s*url\(\)[^,;}]*", "", used.read_text("utf-8")))
        used.write_text(text, "utf-8")
        icons = {int(code, 16) for code in re.findall(r'"\\([0-9a-f]{4,5})\s?"', text)}
        for font in used.parent.glob("*.woff2"):
            _leave(font, icons)
        # As a file, the font would be asked for only once the stylesheet is read.
        _esbuild(
            root,
            used,
            "--bundle",
            f"--outdir={static}",
            "--entry-names=[name]-[hash]",
            *NAMED_BY_CONTENT,
            *BESIDE,
            "--loader:.woff2=dataurl",
        )
    return next(static.glob("site-*.css"))


def _leave(font: Path, characters: set[int]) -> None:
    """Leave the glyphs of some characters in a font."""
    options = subset.Options(flavor="woff2", layout_features=[])
    loaded = subset.load_font(str(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(loaded)
    subset.save_font(loaded, str(font), options)


def _renamed(page: Path, text: str, names: dict[Path, Path], own: tuple[Path, ...], joined: Path | None) -> str:
    """Return a page that names its scripts and stylesheets as they are named now, each once.

    Scripts in ``LATER`` have no element of their own: that of our own scripts, which are one file, names them in their
    order, and has all that the elements of its parts said.
    """
    done: set[Path] = set()
    later: list[str] = []
    said: list[str] = []

    def here(path: Path) -> str:
        return Path(os.path.relpath(path, page.parent)).as_posix()

    def rename(tag: str, address: str) -> str:
        path = _file(page, address)
        if path in own:
            said.extend(re.findall(r'\bdata-[\w-]+="[^"]*"', tag))
            return ""
        if path not in names:
            return tag
        if names[path] in done:
            return ""
        done.add(names[path])
        if path.name in LATER:
            later.append(here(names[path]))
            return ""
        return tag.replace(address, here(names[path]))

    text = STYLESHEET.sub(lambda tag: rename(tag[0], _value(tag[0], "href")), text)
    text = SCRIPT.sub(lambda tag: rename(tag[0], tag[3]), text)
    if joined is None:
        return text
    if later:
        said.append(f'data-scripts="{" ".join(later)}"')
    element = " ".join(["<script defer", *said, f'src="{here(joined)}"></script>'])
    return text.replace("</head>", f"  {element}\n</head>", 1)


def _clear(static: Path, pages: list[Path], replaced: Iterable[Path]) -> None:
    """Remove what was replaced, and what came with it that no page, stylesheet or script names any more."""
    for path in replaced:
        path.unlink()
    readers = [
        *pages,
        *(path for path in static.rglob("*") if path.suffix in (".css", ".js") and DIGEST.search(path.name)),
    ]
    named = "\n".join(path.read_text("utf-8") for path in readers)
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.suffix in BROUGHT and path.name not in named:
            path.unlink()


def node() -> str:
    """Return the Node.js of the machine, or else the one in the environment.

    Raises
    ------
    RuntimeError
        If there is neither.
    """
    places = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    if found := shutil.which("node", path=places):
        return found
    raise RuntimeError("the book needs Node.js to make its pages light; 'make book' installs it where it is missing")


def _esbuild(root: Path, *arguments: object) -> None:
    esbuild = root / "node_modules" / "esbuild" / "bin" / "esbuild"
    _run([node(), str(esbuild), *map(str, arguments), "--log-level=error"], root)


def _run(command: list[str], root: Path | None = None) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"{Path(command[1]).name} fails on the book's stylesheets and scripts:\n{done.stdout}{done.stderr}"
        )
