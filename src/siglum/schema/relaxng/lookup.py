"""Questions about a schema that messages ask: where is this allowed, could it stand earlier, which classes are these names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.pattern import NOT_ALLOWED
from siglum.schema.relaxng.recover import Recovery


class Lookup:
    """Answers are remembered: the same mistake is made many times in a file."""

    def __init__(self, automaton: Automaton) -> None:
        self.grammar = automaton.grammar
        self.pool = automaton.pool
        self.derivatives = automaton.derivatives
        self.attributes = automaton.attributes
        self.recovery = Recovery(automaton)
        self._owners: dict[str, Names] | None = None

    def known(self, name: str) -> bool:
        return bool(self.recovery.definitions(name))

    def names(self) -> list[str]:
        return self.recovery.known_names()

    # Elements

    def allowed_in(self, name: str) -> Names:
        """The elements that may contain `name`, by their definitions."""
        found: set[str] = set()
        for name_class, content in self.grammar.elements:
            if name in self.within(content):
                found.update(nameclass.names(name_class))
        return tuple(sorted(found))

    def within(self, pattern: int) -> frozenset[str]:
        return self.recovery.within(pattern)

    def content(self, name: str) -> int:
        return self.recovery.content(name)

    def takes_text(self, name: str) -> bool:
        return self.recovery.takes_text(name)

    def text_holders(self, expected: Iterable[str]) -> Names:
        return tuple(each for each in expected if self.takes_text(each))

    def follow(self, pattern: int, names: Iterable[str]) -> int:
        """What remains of a content after these children; NOT_ALLOWED if it does not allow them."""
        for name in names:
            pattern = self.pool.choice(*[rest for _, rest in self.derivatives.heads(pattern, name)])
            if pattern == NOT_ALLOWED:
                break
        return pattern

    def earlier(self, parent: str, before: Sequence[str], name: str) -> tuple[str, str]:
        """Why `name` may not follow its elder siblings `before` although its parent can contain it.

        ("before", x): it would have been right before x. ("once", name): it is there already. ("instead", x): it excludes x.
        ("", ""): none of these.
        """
        content = self.content(parent)
        excluded = ""
        for at in range(len(before), -1, -1):
            reached = self.follow(content, before[:at])
            if reached == NOT_ALLOWED or self.follow(reached, (name,)) == NOT_ALLOWED:
                continue
            blocker = before[at] if at < len(before) else ""
            if blocker == name:
                return "once", name
            if blocker and self.follow(reached, (name, *before[at:])) != NOT_ALLOWED:
                return "before", blocker
            excluded = excluded or blocker
        return ("instead", excluded) if excluded else ("", "")

    # Attributes

    def owners(self, attribute: str) -> Names:
        """The elements that may have an attribute."""
        if self._owners is None:
            owners: dict[str, set[str]] = {}
            for name_class, content in self.grammar.elements:
                for key in self.recovery.given.names(content):
                    owners.setdefault(key, set()).update(nameclass.names(name_class))
            self._owners = {key: tuple(sorted(names)) for key, names in owners.items()}
        return self._owners.get(attribute, ())

    def attribute_names(self) -> list[str]:
        self.owners("")
        return sorted(self._owners or ())

    # Sets of names

    def gathered(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """A set of element names as the schema's own classes that lie within it, and the names that are in none of them."""
        left = set(names)
        whole = frozenset(left)
        classes: list[str] = []
        for label, members in self.grammar.classes:
            if whole.issuperset(members) and len(left.intersection(members)) > 1:
                classes.append(label)
                left.difference_update(members)
        return classes, sorted(left)
