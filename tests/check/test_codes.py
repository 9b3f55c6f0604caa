"""Codes are promises: never reused, never given another meaning. `codes.txt` is the frozen list; it is only ever added to."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import siglum
from siglum.check.codes import CODES, FAMILIES
from siglum.check.rules import load_rules

FROZEN = Path(__file__).with_name("codes.txt").read_text(encoding="utf-8").splitlines()


def test_codes_are_those_of_the_frozen_list() -> None:
    assert [f"{code} {meaning}" for code, meaning in CODES.items()] == FROZEN


def test_every_code_in_the_source_is_in_the_registry() -> None:
    """A literal with exactly the form of a code is one."""
    source = Path(siglum.__file__).parent
    literals = {
        (node.value, path.relative_to(source).as_posix())
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[A-Z]\d{3}", node.value)
    }
    assert len(literals) > len(CODES)
    assert {(code, path) for code, path in literals if code not in CODES} == set()
    used = {code for code, path in literals if path != "check/codes.py"}
    assert set(CODES) - used == {"S009"}, "only S009 is kept although nothing prints it any more"


def test_every_code_is_of_a_family() -> None:
    assert {code[0] for code in CODES} == set(FAMILIES)
    assert all(len(code) == 4 and code[1:].isdigit() for code in CODES)


def test_every_code_of_family_i_is_a_rule_and_every_rule_has_a_code_of_its_own() -> None:
    assert sorted(rule.facts.code for rule in load_rules()) == [code for code in CODES if code.startswith("I")]


def test_every_rule_has_a_name_and_a_page() -> None:
    names = [rule.facts.name for rule in load_rules()]
    assert len(set(names)) == len(names)
    for rule in load_rules():
        assert rule.check.__module__.rpartition(".")[2].replace("_", "-") == rule.facts.name
        for heading in ("Why it matters:", "Example:", "Better:", "See: https://"):
            assert heading in rule.page, (rule.facts.name, heading)
