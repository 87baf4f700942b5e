"""The evidence opens in pandas, DuckDB and Frictionless with its types intact, and the archive is whole."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from frictionless import Package, system

from moscow_tehran import tables
from moscow_tehran.book import downloads


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("downloads") / "data"
    downloads.write(target)
    return target


@pytest.mark.parametrize("name", tables.names())
def test_duckdb_reads_every_table_as_described(folder: Path, name: str) -> None:
    expected = {field["name"]: downloads.TYPES[field["type"]] for field in tables.fields(name)}
    described = duckdb.sql(f"DESCRIBE FROM '{folder / name}.parquet'").fetchall()
    assert {column: kind for column, kind, *_ in described} == expected
    frame = tables.table(name)
    counts = ", ".join(f'count("{column}")' for column in expected)
    [counted] = duckdb.sql(f"SELECT count(*), {counts} FROM '{folder / name}.parquet'").fetchall()
    assert counted == (len(frame), *(int(frame[column].notna().sum()) for column in expected))


@pytest.mark.parametrize("name", tables.names())
def test_pandas_reads_every_table_as_described(folder: Path, name: str) -> None:
    frame = tables.table(name)
    kinds = {"string": "O", "integer": "i", "number": "f", "boolean": "b", "date": "M"}
    for field in tables.fields(name):
        assert frame[field["name"]].dtype.kind == kinds[field["type"]] or field["type"] == "string"
    again = pd.read_json(folder / f"{name}.json", dtype=False)
    assert len(again) == len(frame)
    key = tables.key(name)
    assert again[key].tolist() == frame[key].tolist()


def test_frictionless_reads_the_archive_with_types(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / downloads.ARCHIVE) as archive:
        archive.extractall(tmp_path)
    root = tmp_path / "moscow-tehran-data"
    with system.use_context(trusted=True):
        package = Package(str(root / "datapackage.json"))
        assert package.validate().valid
        rows = package.get_resource("trade").read_rows()
    frame = tables.table("trade")
    assert len(rows) == len(frame)
    first = frame.iloc[0]
    assert rows[0]["period_start"] == first["period_start"].date()
    assert float(rows[0]["value"]) == first["value"]


def test_the_archive_carries_a_checksum_of_each_file(folder: Path) -> None:
    with zipfile.ZipFile(folder / downloads.ARCHIVE) as archive:
        members = {Path(name).name: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in members.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    assert set(members) == {"datapackage.json", *(f"{name}.csv" for name in tables.names())}


def test_the_same_evidence_gives_the_same_archive(folder: Path, tmp_path: Path) -> None:
    downloads.write(tmp_path)
    assert (tmp_path / downloads.ARCHIVE).read_bytes() == (folder / downloads.ARCHIVE).read_bytes()
