"""Answer questions about a schema for messages: which parents allow an element, whether it could come earlier, class names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.pattern import NOT_ALLOWED
from siglum.schema.relaxng.recover import Recovery


class Lookup:
    """Answers are memoised, because a file often repeats one mistake."""

    def __init__(self, automaton: Automaton) -> None:
        self.grammar = automaton.grammar
        self.pool = automaton.pool
        self.derivatives = automaton.derivatives
        self.attributes = automaton.attributes
        self.recovery = Recovery(automaton)
        self._owners: dict[str, Names] | None = None

    def is_known(self, name: str) -> bool:
        return bool(self.recovery.find_definitions(name))

    def list_names(self) -> list[str]:
        return self.recovery.known_names()

    # Elements

    def find_parents(self, name: str) -> Names:
        """Return the elements that can contain `name`, by their definitions."""
        found: set[str] = set()
        for name_class, content in self.grammar.elements:
            if name in self.names_within(content):
                found.update(nameclass.iter_names(name_class))
        return tuple(sorted(found))

    def names_within(self, pattern: int) -> frozenset[str]:
        return self.recovery.names_within(pattern)

    def content_of(self, name: str) -> int:
        return self.recovery.content_of(name)

    def takes_text(self, name: str) -> bool:
        return self.recovery.takes_text(name)

    def find_text_holders(self, expected: Iterable[str]) -> Names:
        return tuple(name for name in expected if self.takes_text(name))

    def follow(self, pattern: int, names: Iterable[str]) -> int:
        """Return what remains of a content after these children; NOT_ALLOWED if it does not allow them."""
        for name in names:
            pattern = self.pool.choice(*[rest for _, rest in self.derivatives.heads(pattern, name)])
            if pattern == NOT_ALLOWED:
                break
        return pattern

    def explain_order(self, parent: str, before: Sequence[str], name: str) -> tuple[str, str]:
        """Explain why `name` cannot follow its elder siblings `before` although its parent can contain it.

        ("before", x): it is allowed before x. ("once", name): it is there already. ("instead", x): it excludes x. ("", ""):
        none of these.
        """
        content = self.content_of(parent)
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

    def find_owners(self, attribute: str) -> Names:
        """Return the elements that may have an attribute."""
        if self._owners is None:
            find_owners: dict[str, set[str]] = {}
            for name_class, content in self.grammar.elements:
                for key in self.recovery.given.list_names(content):
                    find_owners.setdefault(key, set()).update(nameclass.iter_names(name_class))
            self._owners = {key: tuple(sorted(names)) for key, names in find_owners.items()}
        return self._owners.get(attribute, ())

    def attribute_names(self) -> list[str]:
        self.find_owners("")
        return sorted(self._owners or ())

    # Sets of names

    def group_by_class(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """Split element names into the schema's own classes that they fill, and the remaining names."""
        left = set(names)
        whole = frozenset(left)
        classes: list[str] = []
        for label, members in self.grammar.classes:
            if whole.issuperset(members) and len(left.intersection(members)) > 1:
                classes.append(label)
                left.difference_update(members)
        return classes, sorted(left)
