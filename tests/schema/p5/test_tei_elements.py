"""The table of elements (text/tei_elements.py) and the classes of TEI P5."""

from __future__ import annotations

import pytest

from siglum.convert.reading.roles import ROLES, SPACING
from siglum.schema import p5
from siglum.schema.tagdocs.specs import ClassSpec, ElementSpec
from siglum.text.tei_elements import PROPERTIES, with_property

RELEASE = p5.find_release("tei:4.9.0")
ELEMENTS = {spec.ident: spec for spec in RELEASE.specs if isinstance(spec, ElementSpec)}
CLASSES = {spec.ident: spec for spec in RELEASE.specs if isinstance(spec, ClassSpec)}
OLDER = {"div0"}
"""Elements of earlier releases, in files that editions still have."""

IN_CLASS = {
    "break": {"model.milestoneLike"},
    "division": {"model.divLike", *(f"model.div{level}Like" for level in range(1, 8))},
    "name": {"model.nameLike"},
    "point": {"model.global", "model.ptrLike"},
    "quotation": {"model.quoteLike", "model.attributable", "model.highlighted"},
}
"""Properties that follow from the classes of P5: each element is in one of these."""


def classes(element: str) -> set[str]:
    """The model classes of an element, inherited ones too."""
    found: set[str] = set()
    waiting: list[ElementSpec | ClassSpec] = [ELEMENTS[element]]
    while waiting:
        memberships = waiting.pop().classes
        for member in memberships.members if memberships is not None else ():
            if member.key in CLASSES and member.key not in found:
                found.add(member.key)
                waiting.append(CLASSES[member.key])
    return found


@pytest.mark.parametrize("key", sorted(PROPERTIES))
def test_p5_has_every_element_of_a_property(key: str) -> None:
    assert with_property(key)
    assert with_property(key) - set(ELEMENTS) <= OLDER


@pytest.mark.parametrize("key", sorted(IN_CLASS))
def test_a_property_that_follows_from_a_class_has_no_other_elements(key: str) -> None:
    assert [name for name in sorted(with_property(key) - OLDER) if not classes(name) & IN_CLASS[key]] == []


def test_every_division_of_p5_is_in_the_table() -> None:
    assert {name for name in ELEMENTS if classes(name) & IN_CLASS["division"]} <= with_property("division")


def test_what_breaks_a_page_or_a_line_is_a_point() -> None:
    assert with_property("break") < with_property("point")
    assert not with_property("point") & with_property("block")


def test_a_block_is_no_phrase_of_p5() -> None:
    phrases = {name for name in with_property("block") - OLDER if "model.phrase" in classes(name)}
    assert phrases == {"address"}  # P5 has it in lines too; editions print it on lines of its own


def test_p5_has_every_element_with_a_role_or_a_spacing() -> None:
    assert set(ROLES) | set(SPACING) <= set(ELEMENTS)
