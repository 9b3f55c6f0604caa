"""Small faults put into the edition one at a time: `thirty_faults.md` says which, and what is to be found where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siglum.check.document import check_paths

PAGE = Path(__file__).with_name("thirty_faults.md").read_text(encoding="utf-8")
_CASE = re.compile(r"^## ([^\n]+)\n```diff\n(.*?)^```\n(.*?)(?=^#|\Z)", re.DOTALL | re.MULTILINE)
_FOUND = re.compile(r"^([A-Z]\d{3}) at “([^”]+)”", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """A title, what is replaced by what, and the findings that are expected: codes, and the words they stand at."""

    title: str
    old: str
    new: str
    expected: list[tuple[str, str]]


def _faults() -> list[Fault]:
    return [
        Fault(title, _side(diff, "-"), _side(diff, "+"), _FOUND.findall(found)) for title, diff, found in _CASE.findall(PAGE)
    ]


def _side(diff: str, sign: str) -> str:
    return "\n".join(line[2:] for line in diff.splitlines() if line.startswith(sign))


FAULTS = _faults()


def test_the_page_is_read_whole() -> None:
    assert len(FAULTS) == PAGE.count("\n## ")
    assert len(FAULTS) >= 30
    assert all(fault.expected for fault in FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.title for fault in FAULTS])
def test_the_fault_is_found_where_it_is(fault: Fault, red_book: Path, project_root: Path, tmp_path: Path) -> None:
    text = red_book.read_text(encoding="utf-8")
    assert text.count(fault.old) == 1, "what is replaced is to stand in the edition once"
    at = text.index(fault.old)
    faulty = text.replace(fault.old, fault.new)
    document = tmp_path / "remove-stalin.xml"
    document.write_text(faulty, encoding="utf-8")

    (verdict,) = check_paths([document], schemas=[project_root / "schemas" / "red-book.rng"])

    found = [(finding.line, finding.column, finding.code) for finding in verdict.findings]
    assert found == sorted((*_place(faulty, words, at), code) for code, words in fault.expected)
    assert all(finding.message and finding.help for finding in verdict.findings)


def _place(text: str, words: str, after: int) -> tuple[int, int]:
    """Line and column of the first occurrence behind the change; before it, if there is none."""
    at = text.find(words, after) if words in text[after:] else text.index(words)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def test_the_edition_itself_is_clean(red_book: Path) -> None:
    (verdict,) = check_paths([red_book])
    assert verdict.findings == ()
