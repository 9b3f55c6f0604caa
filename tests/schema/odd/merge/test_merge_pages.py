"""The pages beside this file: a source, and ODDs over it with what they make of it and what is said about them.

Of the result, what differs from the source is shown, in the form of `notation`; `reference` is what TEI's own tools make of it,
where that is something else. `SIGLUM_ACCEPT=1` writes new expectations.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siglum.schema import p5
from siglum.schema.odd.assemble import Assembled, assemble
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.customisation import spec_kind
from siglum.schema.odd.reach import find_unreachable
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding
from tests.schema.odd.merge import notation

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
CASE = re.compile(r"^## (?P<title>[^\n]+)\n(?P<body>.*?)(?=^## |\Z)", re.M | re.S)
FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.M | re.S)
TEI = f'<TEI xmlns="{s.TEI}" xmlns:rng="http://relaxng.org/ns/structure/1.0"><text><body>{{}}</body></text></TEI>'
WAYS: dict[str, Compat] = {"merged": "guidelines", "reference": "reference"}
"""The fences that hold a result, and how it is come by."""


@dataclass(frozen=True)
class Case:
    """A section of a page: `files` are the ODD, the source and others; `fences` what is expected."""

    page: Path
    title: str
    body: str
    files: tuple[tuple[str, str], ...]
    fences: tuple[tuple[str, str], ...]


def cases() -> list[Case]:
    return [case for page in PAGES for case in cases_of(page)]


def cases_of(page: Path) -> list[Case]:
    text = page.read_text(encoding="utf-8")
    common = _files(text.partition("\n## ")[0])
    found = []
    for each in CASE.finditer(text):
        fences = [
            (one["kind"], one["text"]) for one in FENCE.finditer(each["body"]) if one["kind"] not in {"xml", "odd", "file"}
        ]
        files = common | _files(each["body"])
        found.append(Case(page, each["title"], each["body"], tuple(files.items()), tuple(fences)))
    return found


def _files(text: str) -> dict[str, str]:
    """Files by name: `odd` is what the schemaSpec of odd.odd holds, `xml source` what that of the source holds."""
    found = {}
    for each in FENCE.finditer(text):
        match each["kind"]:
            case "odd":
                found["odd.odd"] = _document(each["text"], '<schemaSpec ident="odd" source="source.odd">{}</schemaSpec>')
            case "xml":
                found["source.odd"] = _document(each["text"], '<schemaSpec ident="small">{}</schemaSpec>')
            case "file":
                found[each["name"]] = each["text"]
    return found


def _document(text: str, around: str) -> str:
    """What is written begins on the first line, so that lines are those of the page."""
    return TEI.format(text if "<schemaSpec" in text else around.format(text))


def put_together(case: Case, folder: Path, compat: Compat) -> Assembled:
    for name, text in case.files:
        (folder / name).write_text(text, encoding="utf-8")
    return assemble(Path("odd.odd"), compat=compat)


def shown(assembled: Assembled, folder: Path) -> str:
    """What differs from the source, in the order of the result; then what is gone."""
    given = folder / "source.odd"
    source = {each.ident: each for each in p5.distil(given).specs} if given.is_file() else {}
    made = {each.ident: each for each in assembled.merged.specs}
    changed = [notation.spec(each) for each in made.values() if each.ident not in source or _differs(each, source[each.ident])]
    gone = [f"no {spec_kind(each)} {each.ident}" for each in source.values() if each.ident not in made]
    return "".join(f"{each}\n" for each in (*changed, *gone))


def _differs(made: s.AnySpec, given: s.AnySpec) -> bool:
    try:
        return notation.spec(made) != notation.spec(given)
    except AssertionError:  # the source still has modes
        return True


def said(assembled: Assembled) -> str:
    return "".join(map(line, assembled.findings))


def lost(assembled: Assembled) -> str:
    return "".join(map(line, find_unreachable(assembled.merged)))


def line(found: Finding) -> str:
    return f"{_where(found.path)}{found.line} {found.code} {found.severity}: {found.message} → {found.help}\n"


def _where(path: str) -> str:
    return "" if path == "odd.odd" else f"{path}:"


def order(assembled: Assembled) -> str:
    return " ".join(each.ident for each in assembled.merged.specs) + "\n"


def answer(kind: str, case: Case, folder: Path) -> str:
    if kind in WAYS:
        return shown(put_together(case, folder, WAYS[kind]), folder)
    assembled = put_together(case, folder, "guidelines")
    return {"findings": said, "unreachable": lost, "order": order, "origins": origins}[kind](assembled)


def origins(assembled: Assembled) -> str:
    return "".join(
        f"{kind} {ident}{'@' * bool(attribute)}{attribute}: {origin.done}, line {origin.place.line}\n"
        for (kind, ident, attribute), origin in assembled.origins.items()
    )


def accept(case: Case, kind: str, new: str) -> None:
    text = case.page.read_text(encoding="utf-8")
    start = text.index(f"## {case.title}\n")
    at = text.index(f"```{kind}\n", start)
    end = text.index("\n```\n", at - 1 + len(f"```{kind}\n")) + 1
    case.page.write_text(text[:at] + f"```{kind}\n{new}" + text[end:], encoding="utf-8")


def test_there_are_pages() -> None:
    assert len(cases()) >= 40
    assert all(case.fences for case in cases())
    assert len({(case.page, case.title) for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.page.stem}: {case.title}")
def test_page(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, expected in case.fences:
        found = answer(kind, case, tmp_path)
        if os.environ.get("SIGLUM_ACCEPT") and found != expected:
            accept(case, kind, found)
        else:
            assert found == expected, kind
    if "reference" not in dict(case.fences) and "merged" in dict(case.fences):
        assert answer("reference", case, tmp_path) == answer("merged", case, tmp_path), "TEI's tools: not shown on the page"
