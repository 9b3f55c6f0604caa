"""The ids of a page: what the document has is kept, what is made is new, and all begin with the prefix that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from siglum.convert.writers.html.markup import fragment

_WHITE = re.compile(r"[\t\n\f\r ]+")


@dataclass
class Ids:
    """`known` are the ids that the document has on this page; `prefix` stands before every id that is written."""

    known: frozenset[str]
    prefix: str = ""
    _made: set[str] = field(default_factory=set)

    def unique(self, wanted: str) -> str:
        """An id that nothing else on the page has, without the prefix."""
        made, count = wanted, 1
        while made in self.known or made in self._made:
            count += 1
            made = f"{wanted}-{count}"
        self._made.add(made)
        return made

    def written(self, identifier: str) -> str:
        """The id as it stands in the page (HTML, 3.2.6.1: no white space); nothing for none."""
        return self.prefix + _WHITE.sub("_", identifier) if identifier else ""

    def link(self, identifier: str) -> str:
        """The link to it."""
        return fragment(self.written(identifier))
