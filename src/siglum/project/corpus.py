"""Check many files with all cores, and skip files that have not changed.

Verdicts come in the order of the files. The first moments of work happen in this process; only a longer run starts workers,
which inherit everything that the first process has loaded (schemas, their automata).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from siglum.check.discovery import Target, find_targets
from siglum.check.document import LARGE, Checker, check_safely, failure_verdict
from siglum.check.merge import merge_included
from siglum.check.options import Options
from siglum.check.verdict import Verdict
from siglum.errors import FileError
from siglum.text.files import DISK

if TYPE_CHECKING:
    from siglum.project.verdicts import Verdicts

_HEAD_START = 0.02
"""Seconds of work after which other processes are worth what they cost (some 20 ms)."""


def check(
    paths: Iterable[Path],
    options: Options,
    *,
    jobs: int = 0,
    cache: bool = True,
    changed: Collection[Path] | None = None,
) -> Generator[Verdict, None, None]:
    """Check files, and all TEI files below folders, in this order; each file once.

    `jobs`: how many processes (0: one a core); `cache`: verdicts of earlier runs hold where nothing has changed; `changed`: of
    the files, these alone, and those that include one of them. Raises SchemaError for a schema that is not usable.
    """
    chosen = find_targets(paths) if changed is None else _among(find_targets(paths), changed)
    options = replace(options, cached=cache)
    return merge_included(_Run(options, jobs or os.cpu_count() or 1, _kept(options) if cache else None).verdicts(chosen))


def _kept(options: Options) -> Verdicts:
    from siglum.project.verdicts import Verdicts  # not every run has a cache

    return Verdicts(options)


def _among(chosen: Iterable[Target], changed: Collection[Path]) -> Iterator[Target]:
    """Those that have changed, or may include what has: its name stands in them."""
    from urllib.parse import quote  # slow to import, and few runs ask for what has changed

    real = {os.path.realpath(each) for each in changed}
    names = {os.fsencode(form) for each in changed for form in (each.name, quote(os.fsencode(each.name)))}
    for target in chosen:
        if target.trouble is None and (os.path.realpath(target.path) in real or _includes(target.path, names)):
            yield target


def _includes(path: Path, names: Collection[bytes]) -> bool:
    if not names or DISK.size(path) > LARGE:
        return False
    try:
        data = DISK.read(path).data
    except FileError:
        return False
    return b"XInclude" in data and any(each in data for each in names)


class _Run:
    def __init__(self, options: Options, jobs: int, kept: Verdicts | None) -> None:
        self.options = options
        self.jobs = jobs
        self.kept = kept
        self.checker: Checker | None = None

    def verdicts(self, chosen: Iterable[Target]) -> Generator[Verdict, None, None]:
        """The verdicts, in order; those that are known already need no work."""
        todo = ((target, self._known(target)) for target in chosen)
        try:
            spent = 0.0
            for target, known in todo:
                start = perf_counter()
                verdict = known or self._keep(target, check_safely(self._own(), target))
                spent += 0.0 if known else perf_counter() - start
                yield verdict
                if spent > _HEAD_START and self.jobs > 1:
                    break
            else:
                return
            yield from self._together(todo)
        finally:
            if self.kept is not None:
                self.kept.close()
            if self.checker is not None:
                self.checker.close()

    def _together(self, todo: Iterator[tuple[Target, Verdict | None]]) -> Generator[Verdict, None, None]:
        from siglum.project.workers import Workers  # a short run does not pay for multiprocessing

        with Workers(partial(check_safely, self._own()), failure_verdict, self.jobs) as workers:
            for target, verdict, is_new in workers.results(todo):
                yield self._keep(target, verdict) if is_new else verdict

    def _own(self) -> Checker:
        if self.checker is None:
            self.checker = Checker(self.options)
        return self.checker

    def _known(self, target: Target) -> Verdict | None:
        return self.kept.get(target) if self.kept is not None else None

    def _keep(self, target: Target, verdict: Verdict) -> Verdict:
        if self.kept is not None:
            self.kept.put(target, verdict)
        return verdict
