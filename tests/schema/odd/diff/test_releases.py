"""One customisation on two releases of TEI, and a release against itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema import p5
from siglum.schema.odd.diff import compare_schemas, load_side
from siglum.schema.tagdocs import specs as s


def _odd(path: Path, inner: str, source: str = "") -> Path:
    schema = f'<schemaSpec ident="a" start="p"{source}><moduleRef key="tei"/>{inner}</schemaSpec>'
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{schema}</body></text></TEI>', encoding="utf-8")
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The facts of a release in which there was no `hi`, and `abbr` had no content."""
    newest = p5.find_release(p5.CURRENT)
    kept = (each for each in newest.specs if each.ident != "hi")
    emptied = (
        replace(each, content=s.Empty()) if isinstance(each, s.ElementSpec) and each.ident == "abbr" else each for each in kept
    )
    path = tmp_path / "older.p5"
    path.write_bytes(p5.pack(replace(newest, version="4.1.0", specs=tuple(emptied))))
    return path


@pytest.mark.parametrize("source", ["", ' source="tei:4.9.0"'])
def test_a_customisation_is_put_upon_both_releases_whatever_it_names(source: str, older: Path, tmp_path: Path) -> None:
    odd = _odd(tmp_path / "a.odd", '<moduleRef key="core" except="ptr"/>', source).as_posix()
    found = compare_schemas(load_side(odd, older.as_posix()), load_side(odd, "tei:4.9.0")).changes
    assert [(each.kind, each.effect, each.name) for each in found] == [
        ("element", "allows", "hi"),
        ("content", "allows", "abbr"),
    ]
    assert [each.won for each in found] == [None, ("text",)]


def test_a_source_that_is_no_release_stays(older: Path, tmp_path: Path) -> None:
    odd = _odd(tmp_path / "a.odd", '<moduleRef key="core"/>', f' source="{older.name}"').as_posix()
    assert compare_schemas(load_side(odd), load_side(odd, "tei:4.9.0")).changes == ()


def test_all_of_tei_is_equal_to_its_release() -> None:
    assert compare_schemas(load_side("tei_all"), load_side("tei:4.9.0")).changes == ()


def test_an_odd_that_takes_all_in_is_all_of_tei(tmp_path: Path) -> None:
    modules = "".join(f'<moduleRef key="{each}"/>' for each in p5.find_release(p5.CURRENT).modules if each != "tei")
    odd = _odd(tmp_path / "all.odd", modules)
    odd.write_text(odd.read_text(encoding="utf-8").replace(' start="p"', ""), encoding="utf-8")
    assert compare_schemas(load_side(odd.as_posix()), load_side("tei_all")).changes == ()


@pytest.mark.parametrize(("name", "error"), [("nowhere.odd", FileError), ("tei:1.0.0", SchemaError), ("a.rng", SchemaError)])
def test_what_is_no_customisation(name: str, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.rng").write_text("<grammar/>", encoding="utf-8")
    with pytest.raises(error):
        load_side(name)


def test_an_odd_with_errors_is_not_compared(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as raised:
        load_side(_odd(tmp_path / "a.odd", '<moduleRef key="cor"/>').as_posix())
    assert [each.code for each in raised.value.findings] == ["O009"]
