"""Launch and edit buttons lead somewhere or are not there; sources become references."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import HEAD, Project

from moscow_tehran.book import execution, references, serve, site


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/owner/name.git", "https://github.com/owner/name"),
        ("https://token@github.com/owner/name", "https://github.com/owner/name"),
        ("git@github.com:owner/name.git", "https://github.com/owner/name"),
        ("ssh://git@gitlab.com/owner/name.git", "https://gitlab.com/owner/name"),
        ("/srv/git/name.git", ""),
        ("http://127.0.0.1:3000/name", ""),
        ("", ""),
    ],
)
def test_the_address_comes_from_the_remote_if_a_browser_can_open_it(tmp_path: Path, remote: str, address: str) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    if remote:
        subprocess.run(["git", "-C", str(tmp_path), "remote", "add", "origin", remote], check=True)
    assert site.repository_address("", tmp_path) == address


def test_the_setting_wins_over_the_remote(tmp_path: Path) -> None:
    assert site.repository_address("https://github.com/a/b", tmp_path) == "https://github.com/a/b"


def test_buttons_appear_with_an_address_and_lead_to_the_page(small_project: Project) -> None:
    bare = small_project.build()
    assert bare.returncode == 0, bare.stdout + bare.stderr
    assert "mybinder.org" not in small_project.page("chapters/small.html")
    assert "btn-source-edit" not in small_project.page("chapters/small.html")
    small_project.edit("_config.yml", 'report_repository: ""', "report_repository: https://github.com/owner/name")
    small_project.edit("index.md", "# Start", f"{HEAD}# Start")
    built = small_project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    page = small_project.page("chapters/small.html")
    assert "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/chapters/small.md" in page
    assert "https://github.com/owner/name/edit/main/chapters/small.md" in page
    # From the front page a visitor comes to what there is to try.
    assert "https://mybinder.org/v2/gh/owner/name/main?urlpath=lab/tree/notebooks/start-here.md" in small_project.page(
        "index.html"
    )


def test_every_source_is_in_the_bibliography_with_its_address(book: Path) -> None:
    page = html.unescape((book / "notebooks" / "bibliography.html").read_text("utf-8"))
    described = references.described()
    assert page.count('<div class="citation"') == len(described)
    for source, publisher in described.values():
        assert source["url"] in page, source["source_id"]
        assert publisher in page


def test_what_a_number_depends_on_names_the_cache(project: Project) -> None:
    before = execution.digest(project.root)
    (project.root / "README.md").write_text("other", "utf-8")
    assert execution.digest(project.root) == before
    for path in ("data/trade.csv", "moscow_tehran/analysis/trade.py", "requirements/book.lock"):
        changed = project.root / path
        changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
        assert execution.digest(project.root) != before
        before = execution.digest(project.root)


def test_serving_follows_what_is_saved(project: Project, address: str) -> None:
    with urlopen(f"{address}/index.html") as answer:
        assert answer.status == 200
    before = serve.state(project.root)
    path = project.root / "chapters" / "economics.md"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert serve.state(project.root) != before
