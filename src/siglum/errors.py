"""Why siglum itself could not go on.

    SiglumError                 one sentence for the user, and what to do about it
    ├── FileError               a file or folder that cannot be read or written
    ├── DocumentError           a file that is not a usable TEI document (carries its findings)
    ├── SchemaError             a schema that cannot be used
    └── ConfigError             a fault in siglum.toml or [tool.siglum]

A fault in the user's text is not an error in this sense: it is a `Finding` (see `siglum.text.diagnostic`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siglum.text.diagnostic import Finding


class SiglumError(Exception):
    """What went wrong (`message`), where (`where`: a path or "path:line", may be empty) and what to do (`help`)."""

    def __init__(self, message: str, *, where: str = "", help: str = "") -> None:
        super().__init__(message, where, help)
        self.message = message
        self.where = where
        self.help = help

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.help})" if self.help else head


class FileError(SiglumError):
    """A file or folder that cannot be read or written."""


class SchemaError(SiglumError):
    """A schema that cannot be used."""


class ConfigError(SiglumError):
    """A fault in the configuration."""


class DocumentError(SiglumError):
    """A file that is not a usable TEI document; `findings` says where and why, the first being the reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        super().__init__(first.message, where=f"{first.path}:{first.line}:{first.column}", help=first.help)
        self.findings = tuple(findings)
