"""What is said of a setting that cannot be: the file, the setting, what is wanted instead, the nearest known key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from siglum.errors import ConfigError


class Faults:
    """Makes the errors of one configuration file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def error(self, message: str, help_: str) -> ConfigError:
        """An error at this file."""
        return ConfigError(message, where=str(self.file), help=help_)

    def known(self, table: Mapping[str, object], known: Iterable[str], inside: str) -> None:
        """Raises ConfigError for a key that is none of the known ones; `inside` is the table's name with a full stop."""
        keys = sorted(known)
        for key in table:
            if key not in keys:
                raise self.error(f"“{inside}{key}” is not a setting", near(key, keys))


def near(wanted: str, known: Iterable[str]) -> str:
    """The nearest of what is known, or all of it."""
    from difflib import get_close_matches  # wanted only here

    found = get_close_matches(wanted, known, 1)
    return f"did you mean “{found[0]}”?" if found else f"there are: {', '.join(sorted(known))}"
