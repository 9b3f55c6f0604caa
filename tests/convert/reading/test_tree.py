"""Children of nodes of the reading tree, and copies with other children."""

from __future__ import annotations

from siglum.convert.reading.tree import (
    Alternate,
    Cit,
    Inline,
    ListItem,
    Omission,
    Paragraph,
    Source,
    Text,
    children,
    walk,
    with_children,
)

A, B, C = Text("a"), Text("b"), Text("c")


def test_children_come_in_the_order_of_reading_from_every_field() -> None:
    assert children(ListItem(Source("item"), (A,), (B, C))) == (A, B, C)
    assert children(Cit(Source("cit"), (A,), (B,))) == (A, B)
    assert children(A) == ()


def test_a_copy_keeps_all_other_fields() -> None:
    cit = Cit(Source("cit", "x"), (A,), (B,), "7")
    assert with_children(cit, lambda below: (*below, C)) == Cit(Source("cit", "x"), (A, C), (B, C), "7")
    assert with_children(cit, lambda below: below) == cit
    assert with_children(A, lambda below: (*below, C)) is A


def test_a_walk_visits_both_sides_of_a_choice_or_only_the_one_that_is_read() -> None:
    choice = Alternate(Source("choice"), (A,), (Inline(Source(), (B,)),), ("corr", "sic"), "", Omission("", "", "", 0))
    nodes = (Paragraph(Source("p"), (choice, C)),)
    assert [node.text for node in walk(nodes) if isinstance(node, Text)] == ["a", "b", "c"]
    assert [node.text for node in walk(nodes, read=True) if isinstance(node, Text)] == ["a", "c"]
