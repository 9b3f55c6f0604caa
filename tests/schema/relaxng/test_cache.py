"""Compiled schemas are kept between runs: taken only when all files are as they were, and never trusted blindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.schema import relaxng
from siglum.schema.relaxng import build, cache
from siglum.schema.relaxng.grammar import Grammar
from siglum.text.files import Files
from siglum.text.source import Source
from tests.schema.relaxng.schemas import findings, write

MAIN = '<grammar><include href="part.rng"/><start><ref name="a"/></start></grammar>'


def part(content: str) -> str:
    return f'<grammar><define name="a"><element name="a">{content}</element></define></grammar>'


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The schemas that were compiled and not taken from the cache, by name."""
    names: list[str] = []
    original = build.build

    def counted(main: Source, path: Path, files: Files) -> tuple[Grammar, dict[Path, Source]]:
        names.append(path.name)
        return original(main, path, files)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(build, "build", counted)
    return names


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "caches").rglob("*.siglum"))


def test_a_schema_is_compiled_once(built: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, part("<text/>").replace("</grammar>", '<start><ref name="a"/></start></grammar>'))
    first, second = relaxng.load(path), relaxng.load(path)
    assert built == ["schema.rng"]
    assert first.files == second.files == (path,)
    for schema in (first, second):
        assert [one.code for one in findings(schema, "<a><b/></a>")] == ["S001"]


def test_a_change_in_an_included_file_is_seen(built: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, MAIN)
    write(tmp_path, part("<empty/>"), "part.rng")
    assert findings(relaxng.load(path), "<a>x</a>")
    write(tmp_path, part("<text/>"), "part.rng")
    schema = relaxng.load(path)
    assert findings(schema, "<a>x</a>") == []
    assert [each.name for each in schema.files] == ["schema.rng", "part.rng"]
    assert len(built) == 2


@pytest.mark.parametrize("damage", [b"", b"siglum", b"\x00" * 1000])
def test_a_damaged_entry_is_made_anew(built: list[str], tmp_path: Path, damage: bytes) -> None:
    path = write(tmp_path, '<element name="a"><text/></element>')
    relaxng.load(path)
    (entry,) = entries(tmp_path)
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert findings(relaxng.load(path), "<a/>") == []
    assert entry.read_bytes() == whole
    entry.write_bytes(whole[:-20] + b"x" * 20)
    assert findings(relaxng.load(path), "<a/>") == []
    assert len(built) == 3


def test_a_cache_that_cannot_be_written_is_no_cache(built: list[str], tmp_path: Path) -> None:
    (tmp_path / "caches").write_text("a file where the folder should be")
    path = write(tmp_path, '<element name="a"><text/></element>')
    assert findings(relaxng.load(path), "<a/>") == []
    assert findings(relaxng.load(path), "<a/>") == []
    assert len(built) == 2


def test_the_oldest_entries_go(built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        relaxng.load(write(tmp_path, f'<element name="a{number}"><text/></element>'))
    size = max(each.stat().st_size for each in entries(tmp_path))
    monkeypatch.setattr(cache, "_MOST", 2 * size + size // 2)
    relaxng.load(write(tmp_path, '<element name="last"><text/></element>'))
    assert len(entries(tmp_path)) == 2
    assert len(built) == 6


def test_what_the_automaton_learns_is_of_use_in_the_next_run(built: list[str], tmp_path: Path) -> None:
    """A third load begins with the transitions of the second; a changed schema begins with none."""
    names = [f"e{number}" for number in range(40)]
    inner = "".join(f'<element name="{name}"><attribute name="n"><data type="int"/></attribute></element>' for name in names)
    path = write(tmp_path, f'<element name="a"><zeroOrMore><choice>{inner}</choice></zeroOrMore></element>')
    document = "<a>" + "".join(f'<{name} n="1"/>' for name in names) + "</a>"

    def learnt_after(text: str) -> tuple[bool, list[str]]:
        schema = relaxng.load(path)
        known = schema.grammar.learnt is not None
        found = [one.code for one in findings(schema, text)]
        schema.keep()
        return known, found

    assert [learnt_after(document) for _ in range(3)] == [(False, []), (False, []), (True, [])]
    assert learnt_after(document.replace('<e7 n="1"', '<e7 n="x"')) == (True, ["S005"])
    assert learnt_after(document.replace("<e7 ", "<f7 ")) == (True, ["S001"])
    assert learnt_after(document) == (True, [])
    path.write_text(path.read_text(encoding="utf-8").replace("int", "boolean"), encoding="utf-8")
    assert learnt_after(document) == (False, [])
    assert learnt_after(document.replace('<e7 n="1"', '<e7 n="7"')) == (False, ["S005"])
    assert built == ["schema.rng"] * 2


def test_two_things_made_of_one_file_are_kept_apart_with_what_is_put_beside_them(tmp_path: Path) -> None:
    main = Source("schema.rng", b"the same")
    for kind in ("one", "other"):
        cache.Entry(main, tmp_path / "schema.rng", kind).put(Grammar(), {tmp_path / "schema.rng": ""}, kind.encode())
    kept = [cache.Entry(main, tmp_path / "schema.rng", kind).get() for kind in ("one", "other", "third")]
    assert [each and each.beside for each in kept] == [b"one", b"other", None]


def test_a_file_that_was_not_there_and_comes_is_a_change(tmp_path: Path) -> None:
    main, path, part = Source("schema.rng", b""), tmp_path / "schema.rng", tmp_path / "part.rng"
    cache.Entry(main, path).put(Grammar(), {path: "", part: cache.digest_file(part)})
    assert cache.Entry(main, path).get() is not None
    part.write_bytes(b"")
    assert cache.Entry(main, path).get() is None
