"""The edition and the schemas that its ODD makes: it is valid; `red_book.md` says which mistakes are found by which rule."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from siglum.check.document import check_paths
from siglum.schema.odd.compile import FORMS, Compiled, compile_odd
from tests.schema.odd.schematron.evaluate import failures

PAGE = Path(__file__).with_name("red_book.md").read_text(encoding="utf-8")
_CASE = re.compile(r"^## ([^\n]+)\n```diff\n(.*?)^```\n([^\n]+)$", re.DOTALL | re.MULTILINE)
CASES = _CASE.findall(PAGE)


@pytest.fixture(scope="module")
def compiled(project_root: Path) -> Compiled:
    return compile_odd(project_root / "schemas" / "red-book.odd")


def _rules(compiled: Compiled, document: bytes) -> set[str]:
    """The names of the rules that find something; an identifier is the schema, the element and the rule."""
    names = {name for name, _ in failures(compiled.texts["sch"], document)}
    return {rule for name in names for rule in _all(compiled) if name.endswith(f"-{rule}")}


def _all(compiled: Compiled) -> set[str]:
    return {each[2] for each in re.findall(r'<pattern id="(red-book)-([\w.]+)-([\w-]+)"', compiled.texts["sch"])}


def test_the_odd_is_without_fault(compiled: Compiled) -> None:
    assert [each.code for each in compiled.findings] == ["O023"]  # only that the rules of TEI itself are not in it
    assert set(compiled.texts) == set(FORMS)


def test_what_is_committed_is_what_the_odd_says(compiled: Compiled, project_root: Path) -> None:
    for form, text in compiled.texts.items():
        assert (project_root / "schemas" / f"red-book.{form}").read_text(encoding="utf-8") == text


def test_the_edition_is_valid(compiled: Compiled, red_book: Path, tmp_path: Path) -> None:
    for form in ("rng", "rnc"):
        schema = tmp_path / f"red-book.{form}"
        schema.write_text(compiled.texts[form], encoding="utf-8")
        assert [verdict.findings for verdict in check_paths([red_book], schemas=[schema])] == [()]
    assert failures(compiled.texts["sch"], red_book.read_bytes()) == []


@pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not on the path")
def test_the_edition_is_valid_for_jing(compiled: Compiled, red_book: Path, tmp_path: Path) -> None:
    schema = tmp_path / "red-book.rng"
    schema.write_text(compiled.texts["rng"], encoding="utf-8")
    done = subprocess.run(["jing", str(schema), str(red_book)], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_page_is_read_whole_and_every_rule_has_a_mistake(compiled: Compiled) -> None:
    assert len(CASES) == PAGE.count("\n## ")
    assert {rule for _, _, rules in CASES for rule in rules.split(", ")} == _all(compiled)


@pytest.mark.parametrize(("title", "diff", "rules"), CASES, ids=[case[0] for case in CASES])
def test_the_mistake_is_found(title: str, diff: str, rules: str, compiled: Compiled, red_book: Path) -> None:
    old, new = ("\n".join(line[2:] for line in diff.splitlines() if line.startswith(sign)) for sign in "-+")
    text = red_book.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{title}: what is replaced is to stand in the edition once"
    assert _rules(compiled, text.replace(old, new).encode()) == set(rules.split(", "))
