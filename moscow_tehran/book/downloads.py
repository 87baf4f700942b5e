"""The evidence as files to take away: each table as CSV, Parquet and JSON, and the whole package as one archive."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import duckdb
from sphinx.application import Sphinx

from moscow_tehran import tables

#: Types of the package as DuckDB, and so Parquet, names them.
TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
ARCHIVE = "moscow-tehran-data.zip"
#: One date for all members, so that the same evidence gives the same archive.
WRITTEN = (1980, 1, 1, 0, 0, 0)


def write(target: Path, data: Path = tables.DATA) -> None:
    """Write all files of the evidence into a folder.

    Parameters
    ----------
    target
        Folder; made if it is not there. Files of the same name are replaced.
    data
        Folder of the tables; another than the project's own only in tests.
    """
    target.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        for name in tables.names(data):
            source = data / tables.resource(name, data)["path"]
            columns = {field["name"]: TYPES[field["type"]] for field in tables.fields(name, data)}
            rows = database.read_csv(str(source), header=True, columns=columns, na_values="", quotechar='"')
            database.register("rows", rows)
            for ending, options in (("parquet", "FORMAT parquet"), ("json", "FORMAT json, ARRAY true")):
                database.execute(f"COPY (FROM rows) TO '{target / name}.{ending}' ({options})")
            database.unregister("rows")
            shutil.copyfile(source, target / f"{name}.csv")
    shutil.copyfile(data / "datapackage.json", target / "datapackage.json")
    _pack(target, ["datapackage.json", *(f"{name}.csv" for name in tables.names(data))])


def _pack(target: Path, members: list[str]) -> None:
    """Put the package and its tables into one archive, with a checksum of each."""
    sums = "".join(f"{hashlib.sha256((target / name).read_bytes()).hexdigest()}  {name}\n" for name in members)
    (target / "SHA256SUMS").write_text(sums, "utf-8")
    with zipfile.ZipFile(target / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*members, "SHA256SUMS"]:
            add(archive, f"moscow-tehran-data/{name}", (target / name).read_bytes())


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a member that is the same whenever it is written."""
    entry = zipfile.ZipInfo(name, WRITTEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def put_into_book(app: Sphinx, error: Exception | None) -> None:
    """Write the files beside the pages that link to them."""
    if error is None and app.builder.format == "html":
        write(Path(app.outdir) / "data")


def register(app: Sphinx) -> None:
    """Connect with Sphinx."""
    app.connect("build-finished", put_into_book)
