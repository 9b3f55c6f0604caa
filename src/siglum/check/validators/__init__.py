"""The engines whose findings join `siglum validate`. A new engine is one file in this folder and one line in `VALIDATORS`.

The file has a function `create(options)` that returns a `Validator` for a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from siglum.check import codes
from siglum.check.options import Options
from siglum.check.subject import Subject
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen

VALIDATORS: Mapping[str, Collection[str]] = {"relaxng": codes.SCHEMA, "rules": codes.RULES}
"""The module of each engine, and the codes of its findings. A run loads only the engines whose codes are selected."""


@frozen
class Outcome:
    """The findings of an engine about a document; `further` counts those that it did not keep."""

    findings: list[Finding]
    further: int = 0


class Check(Protocol):
    """What an engine will do with one document."""

    @property
    def needs_tree(self) -> bool:
        """Whether it reads the tree or the edition. If not, the bytes are enough, and files of any size can be checked."""

    @property
    def dependencies(self) -> Iterable[Path]:
        """The files other than the document on which the findings depend."""

    @property
    def fallback(self) -> str:
        """The schema that stands in for an unknown one, as named in reports; empty where there is none."""

    def run(self, subject: Subject) -> Outcome:
        """Check the document. Raises DocumentError if it is not well-formed and FileError if it cannot be read."""


class Validator(Protocol):
    """An engine, ready for the documents of one run."""

    def prepare(self, subject: Subject) -> Check:
        """Choose what to do with this document, from its prolog and path alone."""

    def close(self) -> None:
        """Save what later runs can use."""


def create_validators(options: Options) -> list[Validator]:
    """The engines that find one of the selected codes. Raises SchemaError for a schema that cannot be used."""
    chosen = [name for name, found in VALIDATORS.items() if not options.select.isdisjoint(found)]
    return [cast(Validator, import_module(f"{__name__}.{name}").create(options)) for name in chosen]
