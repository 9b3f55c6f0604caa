"""Real schemas through both syntaxes, with trang, the reference converter, as witness where it is installed."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from siglum.schema.relaxng import compact, read_xml, write_compact, write_xml
from siglum.schema.relaxng import syntax as s
from siglum.text.source import Source
from tests.schema.relaxng_compact.compact_trees import canonical

needs_trang = pytest.mark.skipif(shutil.which("trang") is None, reason="trang, the reference converter, is not installed")


@pytest.fixture(scope="module")
def schemas(shared: Path) -> dict[str, bytes]:
    """The schemas as TEI's own tools make them, by name."""
    files = sorted((shared / "oracles").glob("schemas/*.rng.gz")) + sorted((shared / "oracles").glob("odd/*/*.rng.gz"))
    assert len(files) == 10
    return {f"{path.parent.name}-{path.name.removesuffix('.rng.gz')}": gzip.decompress(path.read_bytes()) for path in files}


def from_xml(data: bytes) -> s.Pattern:
    return read_xml.read(Source("a.rng", data))


def from_compact(data: bytes) -> s.Pattern:
    return compact.read(Source("a.rnc", data))


def trang(data: bytes, before: str, after: str, folder: Path) -> bytes:
    """The schema converted by trang from one syntax to the other."""
    source, target = folder / f"schema.{before}", folder / f"converted.{after}"
    source.write_bytes(data)
    subprocess.run(["trang", source, target], check=True, timeout=120)
    return target.read_bytes()


def test_real_schemas_survive_both_syntaxes(schemas: dict[str, bytes]) -> None:
    for name, data in schemas.items():
        original = from_xml(data)
        short = from_compact(write_compact.write_schema(original).encode())
        assert canonical(short) == canonical(original), name
        assert from_xml(write_xml.write_schema(short).encode()) == short, name
        assert write_compact.write_schema(short) == write_compact.write_schema(original), name


@needs_trang
def test_trang_agrees_on_what_our_compact_syntax_means(schemas: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in schemas.items():
        converted = trang(write_compact.write_schema(from_xml(data)).encode(), "rnc", "rng", tmp_path)
        assert canonical(from_xml(converted)) == canonical(from_xml(data)), name


@needs_trang
def test_what_trang_writes_is_read(schemas: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in schemas.items():
        assert canonical(from_compact(trang(data, "rng", "rnc", tmp_path))) == canonical(from_xml(data)), name


def test_the_largest_schema_is_read_in_far_less_than_a_second(schemas: dict[str, bytes]) -> None:
    """About 0.1 s on a machine of 2024; the bound leaves room for slow ones."""
    written = write_compact.write_schema(from_xml(schemas["schemas-tei_all"])).encode()
    began = time.perf_counter()
    from_compact(written)
    assert time.perf_counter() - began < 1
