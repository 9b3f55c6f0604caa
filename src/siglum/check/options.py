"""The options of a run of checks. They can be sent to another process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from siglum.check.codes import ALL
from siglum.text.files import DISK, Files
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.text.policy import Policy  # lxml


@frozen
class Options:
    """The codes to look for, the schemas, and the limits of a run.

    `select`: the codes; `schemas`: used for every document; `default_schemas`: used for documents below `project` that name no
    schema themselves; `within`: the folder below which XInclude may read; `strict`: a file that the caller names must be TEI;
    `cached`: verdicts are kept between runs, so each must list its dependencies; `policy`: the edition's policy for quotation
    marks and notes, None where the configuration has none; `files`: where documents, included files and schemas are read.
    """

    select: frozenset[str] = ALL
    schemas: tuple[Path, ...] = ()
    default_schemas: tuple[Path, ...] = ()
    project: Path | None = None
    within: Path | None = None
    strict: bool = True
    cached: bool = True
    policy: Policy | None = None
    files: Files = DISK
