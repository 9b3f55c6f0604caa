"""A change as a value: what it is about, what it was and will be, and what that means for documents."""

from __future__ import annotations

from typing import Literal, get_args

from siglum.text.frozen import frozen

Effect = Literal["breaks", "allows", "other"]
"""Can documents become invalid by it, can more become valid, or neither."""
Kind = Literal["start", "element", "content", "attribute", "required", "values", "datatype", "constraint"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
KINDS: tuple[Kind, ...] = get_args(Kind)


@frozen
class Change:
    """`name`: of the element, attribute, datatype or rule; `on`: the elements that have the attribute or content.

    `group`: the module of an element, the class that an attribute comes from; empty where an element has it for itself.
    `before` and `after` are in words, empty where there is nothing. `lost` and `won`: a content that is allowed on one side
    only, as names of children.
    """

    kind: Kind
    effect: Effect
    name: str
    on: tuple[str, ...] = ()
    group: str = ""
    before: str = ""
    after: str = ""
    lost: tuple[str, ...] | None = None
    won: tuple[str, ...] | None = None

    def order(self) -> tuple[int, int, str, str, str, str, str, tuple[str, ...]]:
        """What can make documents invalid comes first."""
        names = (self.group, self.name.casefold(), self.name, self.before, self.after)
        return EFFECTS.index(self.effect), KINDS.index(self.kind), *names, self.on

    def as_dict(self) -> dict[str, object]:
        """The change as JSON's types."""
        fields = ("effect", "kind", "name", "group", "before", "after")
        told: dict[str, object] = {each: getattr(self, each) for each in fields}
        examples = {"lost": self.lost, "won": self.won}
        return told | {"on": list(self.on)} | {key: list(word) for key, word in examples.items() if word is not None}


@frozen
class Difference:
    """All changes from one customisation to another, by the names that these are called by."""

    one: str
    other: str
    changes: tuple[Change, ...]

    def with_effect(self, effect: Effect) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.effect == effect)
