"""Page assets, the evidence check, and the address of the repository."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from moscow_tehran import checks
from moscow_tehran.book import execution, figures
from moscow_tehran.charts import style

#: In the work folder: the state of the evidence that was last found sound.
SOUND = ".sound"


def check_evidence(app: Sphinx, config: Config) -> None:
    """Stop before anything is built from unsound evidence; what was found sound is not checked anew until it changes.

    Raises
    ------
    ExtensionError
        With every problem: file, row, column, value, expectation.
    """
    sound = Path(app.outdir).parent / SOUND
    state = execution.digest(Path(app.srcdir))
    if sound.exists() and sound.read_text("utf-8") == state:
        return
    if found := checks.problems():
        raise ExtensionError("\n".join(["the evidence is not sound", *map(str, found)]))
    sound.write_text(state, "utf-8")


def repository_address(setting: str, root: Path) -> str:
    """Return the web address of the repository, or nothing where there is none.

    Parameters
    ----------
    setting
        Address from ``_config.yml``; it wins if it is not empty.
    root
        A checkout whose ``origin`` is asked otherwise. Remotes that no browser can open count as none.
    """
    address = setting
    if not address:
        asked = subprocess.run(
            ["git", "-C", str(root), "config", "--get", "remote.origin.url"],
            capture_output=True,
            text=True,
            check=False,
        )
        address = asked.stdout.strip()
    # git@host:owner/name.git and https://user@host/owner/name.git are one place for a browser.
    address = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"https://\1/", address)
    address = re.sub(r"^(https?://)[^@/]*@", r"\1", address).removesuffix(".git").rstrip("/")
    return address if re.fullmatch(r"https://[^/\s]+\.[^/\s]+/[^/\s]+/[^/\s]+", address) else ""


def link_repository(app: Sphinx, config: Config) -> None:
    """Give the theme its launch and edit buttons if there is a repository, and none that lead nowhere if not."""
    options = dict(config.html_theme_options)
    if address := repository_address(config.report_repository, Path(app.srcdir)):
        options |= {
            "repository_url": address,
            "repository_branch": "main",
            "use_repository_button": True,
            "use_edit_page_button": True,
            "use_issues_button": True,
            "launch_buttons": {"notebook_interface": "jupyterlab", "binderhub_url": "https://mybinder.org"},
        }
    config.html_theme_options = options


def add_assets(app: Sphinx) -> None:
    """Add our own stylesheets and scripts to every page."""
    for sheet in ("page.css", "book.css", "reading.css"):
        app.add_css_file(sheet)
    app.add_css_file("print.css", media="print")
    plotly: dict[str, Any] = {"data-plotly": plotly_script(Path(app.srcdir))[0]}
    app.add_js_file("charts.js", loading_method="defer", **plotly)
    for script in ("chart-tools.js", "regions.js", "tables.js", "away.js"):
        app.add_js_file(script, loading_method="defer")


#: What extensions write that fails WCAG 2.2, and what stands in its place: labels that differ from what is seen, and
#: roles that are deprecated.
MENDED = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
}


def mend_accessibility(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Mend what extensions write into a page's body that assistive technology stumbles over."""
    for fault, mended in MENDED.items():
        if "body" in context:
            context["body"] = context["body"].replace(fault, mended)


def rewrite_if_assets_changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return all pages if plotly.js, a script, stylesheet or template changed: Sphinx alone would leave old ones."""
    state = hashlib.sha256(plotly_script(Path(app.srcdir))[0].encode())
    for path in sorted(path for path in (Path(app.srcdir) / "assets").rglob("*") if path.is_file()):
        state.update(path.read_bytes())
    before = getattr(env, "report_assets", None)
    env.report_assets = state.hexdigest()  # type: ignore[attr-defined]
    return [] if before == state.hexdigest() else sorted(env.found_docs)


def remove_gone(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Remove pages whose file is gone or renamed: Sphinx alone would leave them in the book."""
    for page in removed:
        (Path(app.outdir) / f"{page}.html").unlink(missing_ok=True)
    return []


def plotly_script(root: Path) -> tuple[str, str]:
    """Return plotly.js with the palette behind it, after a name that carries a digest of both."""
    pairs = [[hue.light, hue.dark] for hue in style.HUES.values()]
    script = f"{(root / figures.PLOTLY).read_text('utf-8')}\nMoscowTehran.palette({json.dumps(pairs)});\n"
    return f"plotly-{hashlib.sha256(script.encode()).hexdigest()[:8]}.js", script


def copy_plotly(app: Sphinx, error: Exception | None) -> None:
    """Put plotly.js and the palette once into the book, where a chart that is reached for finds them."""
    if error is None and app.builder.format == "html":
        target = Path(app.outdir) / figures.FOLDER
        target.mkdir(exist_ok=True)
        name, script = plotly_script(Path(app.srcdir))
        (target / name).write_text(script, "utf-8")


def register(app: Sphinx) -> None:
    """Connect assets and checks with Sphinx."""
    app.add_config_value("report_repository", "", "html", str)
    # Jupyter Book sets it for an extension that this book leaves out.
    app.add_config_value("comments_config", {}, "", dict)
    app.connect("config-inited", check_evidence, priority=10)
    app.connect("config-inited", link_repository)
    app.connect("builder-inited", add_assets)
    app.connect("env-get-outdated", rewrite_if_assets_changed)
    app.connect("env-get-outdated", remove_gone)
    app.connect("html-page-context", mend_accessibility)
    app.connect("build-finished", copy_plotly)
