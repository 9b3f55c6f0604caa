"""The passes over a reading tree between the builder and a writer, in the order in which they run.

A pass takes a tree and returns a tree. `FOR_EVERY_OUTPUT` completes what the builder makes; `BY_SIDES` then resolves choices
for an output without a switch between their sides.
"""

from __future__ import annotations

from collections.abc import Callable

from siglum.convert.reading import choice_sides, whitespace
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.reading.tree import Node, Tree

Pass = Callable[[Tree], Tree]

FOR_EVERY_OUTPUT: tuple[Pass, ...] = (whitespace.normalize_tree,)
BY_SIDES: dict[Sides, tuple[Pass, ...]] = {
    Sides.READING: (choice_sides.keep_read_sides,),
    Sides.DIPLOMATIC: (choice_sides.keep_read_sides,),
    Sides.BOTH: (choice_sides.print_both_sides,),
}


def complete(tree: Tree) -> Tree:
    """Run the passes of every output."""
    return _run(FOR_EVERY_OUTPUT, tree)


def complete_nodes(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Run the passes of every output over nodes that are no whole text: a fact of the header, a principle."""
    return complete(Tree("", nodes, (), ())).content


def resolve_sides(tree: Tree, sides: Sides | None, *, has_switch: bool = False) -> Tree:
    """Run the passes that resolve choices. Without `sides`, and for both in an output with a switch, the tree keeps them."""
    return tree if sides is None or (has_switch and sides is Sides.BOTH) else _run(BY_SIDES[sides], tree)


def _run(passes: tuple[Pass, ...], tree: Tree) -> Tree:
    for change in passes:
        tree = change(tree)
    return tree
