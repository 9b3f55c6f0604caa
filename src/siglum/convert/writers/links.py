"""Where ids live, when a text is written to one file or to several."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from siglum.text.frozen import frozen


@frozen
class Links:
    """The ids in the file being written (`here`), and the file of every other id (`elsewhere`).

    A writer adds the ids of the tree it writes to `here`, so that the default is right for a text in one file. An id is the
    same in all files: the fragment of a link follows from the id alone.
    """

    here: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def find_file(self, identifier: str) -> str | None:
        """The file an id lives in: "" for the file being written, None for an id that is in no file."""
        return "" if identifier in self.here else self.elsewhere.get(identifier)


def links_between(files: Mapping[str, Collection[str]]) -> dict[str, Links]:
    """The links of each file, given the ids in each. An id in several files lives in the first of them, as seen from others."""
    homes: dict[str, str] = {}
    for file, ids in files.items():
        homes |= {identifier: file for identifier in ids if identifier not in homes}
    return {file: Links(frozenset(ids), homes) for file, ids in files.items()}
