"""Read values from the tables of a configuration file, with an error that names the setting and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from siglum.errors import ConfigError
from siglum.text.spelling import suggest


class TableReader:
    """Reads the values of one file. `key` is the full name of a setting, as in `text.width`. Methods raise ConfigError."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def error(self, message: str, help_: str) -> ConfigError:
        return ConfigError(message, where=str(self.file), help=help_)

    def check_keys(self, table: Mapping[str, object], known: Iterable[str], prefix: str) -> None:
        """Refuse a key that is not known; `prefix` is the name of the table with its full stop."""
        keys = sorted(known)
        for key in table:
            if key not in keys:
                raise self.error(f"“{prefix}{key}” is not a setting", suggest_setting(key, keys))

    def read_table(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self.error(f"“{key}” is not a table", f"write it as [tool.siglum.{key}], or [{key}] in siglum.toml")
        return value

    def read_word(self, words: Iterable[str], key: str, value: object) -> str:
        """Read one of several words."""
        *others, last = words
        if value not in (*others, last):
            raise self.error(f"“{key}” is {value!r}", f"write {', '.join(others)} or {last}")
        return str(value)

    def read_boolean(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.error(f"“{key}” is {value!r}", "write true or false")
        return value

    def read_string(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.error(f"“{key}” is {value!r}", "write a text in quotation marks")
        return value


def suggest_setting(written: str, known: Iterable[str]) -> str:
    """Name the nearest of the known words, or all of them."""
    near = suggest(written, known)
    return f"did you mean “{near[0]}”?" if near else f"there are: {', '.join(sorted(known))}"
