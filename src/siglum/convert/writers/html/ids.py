"""The ids of a page: what the document has is kept, what is made is new, and all begin with the prefix that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from siglum.convert.writers.html.markup import address, fragment
from siglum.convert.writers.links import Links

_WHITE = re.compile(r"[\t\n\f\r ]+")


@dataclass
class Ids:
    """`links.here` has the ids that the document has on this page; `prefix` stands before every id that is written."""

    links: Links
    prefix: str = ""
    _made: set[str] = field(default_factory=set)

    def make_unique(self, wanted: str) -> str:
        """An id that nothing else on the page has, without the prefix."""
        made, count = wanted, 1
        while made in self.links.here or made in self._made:
            count += 1
            made = f"{wanted}-{count}"
        self._made.add(made)
        return made

    def write(self, identifier: str) -> str:
        """The id as it stands in the page (HTML, 3.2.6.1: no white space); nothing for none."""
        return self.prefix + _WHITE.sub("_", identifier) if identifier else ""

    def link_to(self, identifier: str) -> str:
        """The address of an id: `#ID` on this page, else with the file. Ids that this class has made are on this page."""
        file = self.links.find_file(identifier)
        return (address(file) or "" if file else "") + fragment(self.write(identifier))

    def is_known(self, identifier: str) -> bool:
        """Whether the document's id is on this page or in another file."""
        return self.links.find_file(identifier) is not None
