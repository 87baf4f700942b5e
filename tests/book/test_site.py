"""The repository has an address that a browser opens or none; sources become references."""

from __future__ import annotations

import html
import itertools
import re
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import Project

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


def test_every_source_is_once_in_the_bibliography_with_its_number_and_address(book: Path) -> None:
    entries: list[str] = []
    for path in sorted((book / "notebooks").glob("bibliography-*.html")):
        page = html.unescape(path.read_text("utf-8"))
        own = page.split('<div class="citation"')[1:]
        assert 1 < len(own) <= 500, f"{path.name}: {len(own)} sources are too many for a phone; split the page"
        entries += own
    described = references.described()
    assert len(entries) == len(described)
    by_number = {re.search(r"</span>(\d+)<span", entry).group(1): entry for entry in entries}
    assert len(by_number) == len(described), "two sources have one number"
    for source_id, number in references.numbers().items():
        source, publisher = described[source_id]
        assert source["url"] in by_number[str(number)] and publisher in by_number[str(number)], source_id


def test_the_bibliography_keeps_its_address_and_leads_to_all_its_pages(book: Path) -> None:
    page = (book / "notebooks" / "bibliography.html").read_text("utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    parts = {path.name for path in (book / "notebooks").glob("bibliography-*.html")}
    assert parts == set(re.findall(r'href="(bibliography-[^"#]+)"', article))


def test_sources_stand_by_publisher_and_day() -> None:
    described = references.described()
    order = [described[source_id] for source_id in references.numbers()]
    for (source, publisher), (later, following) in itertools.pairwise(order):
        assert references.initial(publisher) == "other" or references.initial(publisher) <= references.initial(
            following
        )
        if publisher == following and source["published"] is not None and later["published"] is not None:
            assert not source["published"] > later["published"]


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
