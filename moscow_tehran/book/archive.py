"""The whole book as one archive, to be read where there is no network."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from moscow_tehran.book import downloads

NAME = "moscow-tehran-book.zip"
#: Where a page says how large the archive is, which is known only when everything else is done.
SIZE = re.compile(rb'(<span class="book-archive-size">)[^<]*(</span>)')
#: Bytes that the format spends on a member beside its content and, twice, its name.
HEADERS = 76


def add(book: Path) -> None:
    """Put an archive of a complete book into it, and its size into the pages that offer it.

    The archive holds every file of the book but itself. The same book gives the same archive.
    """
    archive = book / NAME
    archive.unlink(missing_ok=True)
    files = sorted(path for path in book.rglob("*") if path.is_file())
    offering = [path for path in files if path.suffix == ".html" and SIZE.search(path.read_bytes())]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:

        def pack(path: Path) -> None:
            downloads.add(packed, f"moscow-tehran-book/{path.relative_to(book).as_posix()}", path.read_bytes())

        for path in files:
            if path not in offering:
                pack(path)
        # What is packed, the entries of its directory, and what is still to come.
        size = sum(member.compress_size + 2 * len(member.filename) + HEADERS for member in packed.infolist())
        size += sum(len(zlib.compress(path.read_bytes())) for path in offering)
        said = f"{size / 1e6:.1f} MB".encode()
        for path in offering:
            path.write_bytes(SIZE.sub(rb"\g<1>" + said + rb"\g<2>", path.read_bytes()))
            pack(path)
