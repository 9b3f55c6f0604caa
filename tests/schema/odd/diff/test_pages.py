"""`pages.md`: two customisations, and what is said of the change; and what is said of the way back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.schema.odd.diff import Difference, Side, compare_schemas, load_side
from siglum.schema.odd.diff.tell import format_text

PAGE = Path(__file__).with_name("pages.md").read_text(encoding="utf-8")
_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(?:xml|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CASES = [(title, _BLOCK.findall(body)) for title, body in _CASE.findall(PAGE)]
_BACK = {"breaks": "allows", "allows": "breaks", "other": "other"}


def test_the_page_is_read_whole() -> None:
    assert len(CASES) == PAGE.count("\n## ") >= 16
    assert all(len(blocks) == 3 for _, blocks in CASES)


def _sides(folder: Path, blocks: list[str]) -> tuple[Side, Side]:
    found = []
    for name, specs in zip(("old.odd", "new.odd"), blocks, strict=False):
        schema = f'<schemaSpec ident="a" start="p"><moduleRef key="tei"/>{specs}</schemaSpec>'
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{schema}</body></text></TEI>'
        (folder / name).write_text(text, encoding="utf-8")
        found.append(load_side((folder / name).as_posix()))
    return found[0], found[1]


def _said(difference: Difference) -> str:
    return format_text(difference, None).partition("\n\n")[2]


@pytest.mark.parametrize(("title", "blocks"), CASES, ids=[title for title, _ in CASES])
def test_the_change_is_told(title: str, blocks: list[str], tmp_path: Path) -> None:
    one, other = _sides(tmp_path, blocks)
    assert _said(compare_schemas(one, other)) == blocks[2], title


@pytest.mark.parametrize(("title", "blocks"), CASES, ids=[title for title, _ in CASES])
def test_the_way_back_loses_what_was_won(title: str, blocks: list[str], tmp_path: Path) -> None:
    one, other = _sides(tmp_path, blocks)
    there, back = compare_schemas(one, other).changes, compare_schemas(other, one).changes
    assert {(each.kind, each.name, each.on) for each in there} == {(each.kind, each.name, each.on) for each in back}, title
    for each in there:
        if each.kind == "content":
            assert (each.won, each.lost) in {(one.lost, one.won) for one in back if one.name == each.name}
        elif each.kind in {"element", "attribute", "required", "constraint"}:
            assert _BACK[each.effect] in {one.effect for one in back if (one.kind, one.name) == (each.kind, each.name)}


@pytest.mark.parametrize(("title", "blocks"), CASES, ids=[title for title, _ in CASES])
def test_nothing_changes_from_one_to_itself(title: str, blocks: list[str], tmp_path: Path) -> None:
    for each in _sides(tmp_path, blocks):
        assert compare_schemas(each, each).changes == (), title
