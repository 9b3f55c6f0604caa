"""What an export calls strange is what TEI does not have: the list of names beside the facts of TEI P5 is that of the facts."""

from __future__ import annotations

from siglum.schema import p5
from siglum.schema.p5.lookup import Lookup
from siglum.text.files import read_packaged


def test_the_names_are_those_of_the_facts() -> None:
    listed = read_packaged("schema", "p5", "elements.txt").split()
    assert listed == sorted(Lookup(p5.find_release(p5.CURRENT)).elements)
