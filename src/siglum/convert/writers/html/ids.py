"""The ids of a page. Ids of the document are kept, others are generated, and all begin with one prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from siglum.convert.writers.html.markup import address, fragment
from siglum.convert.writers.links import Links

_WHITE = re.compile(r"[\t\n\f\r ]+")


@dataclass
class Ids:
    """`links.here` has the ids of the document on this page; `prefix` begins every id in the output."""

    links: Links
    prefix: str = ""
    _made: set[str] = field(default_factory=set)

    def make_unique(self, wanted: str) -> str:
        """Return an unused id (without the prefix), and reserve it."""
        made, count = wanted, 1
        while made in self.links.here or made in self._made:
            count += 1
            made = f"{wanted}-{count}"
        self._made.add(made)
        return made

    def write(self, identifier: str) -> str:
        """The value of the `id` attribute (HTML, 3.2.6.1: no white space); empty for an empty id."""
        return self.prefix + _WHITE.sub("_", identifier) if identifier else ""

    def link_to(self, identifier: str) -> str:
        """The address of an id: `#ID` on this page, otherwise `FILE#ID`. Generated ids are on this page."""
        file = self.links.find_file(identifier)
        return (address(file) or "" if file else "") + fragment(self.write(identifier))

    def is_known(self, identifier: str) -> bool:
        """Whether an id of the document is on this page or in another file."""
        return self.links.find_file(identifier) is not None
