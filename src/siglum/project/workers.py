"""Worker processes. Each has a pipe and at most two files, so that it never waits for the next.

The first process always knows the file that a worker is busy with. A worker that dies (a crash in a library, no memory left)
loses only this file; another worker takes its place.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from types import TracebackType
from typing import TYPE_CHECKING, Generic, NoReturn, Self, TypeVar

from siglum import errors

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

_QUEUED = 2
_AHEAD = 16
"""Results per worker that can wait for a slow file before them. Beyond that, no further file is started."""

Stop = tuple[str, str, str, str]
"""An error that ends the run: the name of its class, message, place, help."""
Connection = connection.Connection


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: deque[int] = field(default_factory=deque)


class Workers(Generic[Task, Result]):
    """Worker processes, started when there is work for them.

    `work` does one task and returns anything but a tuple. A SiglumError ends the run. `failed` makes the result of a task whose
    process died, given the reason.
    """

    def __init__(self, work: Callable[[Task], Result], failed: Callable[[Task, str], Result], jobs: int) -> None:
        self._work = work
        self._failed = failed
        self._jobs = jobs
        self._forks = sys.platform == "linux" and threading.active_count() == 1
        self._context = get_context("fork" if self._forks else "spawn")
        self._workers: list[_Worker] = []
        self._tasks: dict[int, Task] = {}
        self._ready: dict[int, tuple[Task, Result, bool]] = {}

    def __enter__(self) -> Self:
        gc.freeze()  # what is there already is not looked through again, here or there, and stays shared
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.pipe.close()  # an idle process ends by this
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
        gc.unfreeze()

    def results(self, todo: Iterator[tuple[Task, Result | None]]) -> Iterator[tuple[Task, Result, bool]]:
        """Every task with its result, in order, and whether it is a new one: some are known before. Raises SiglumError."""
        begun = told = 0
        more = True
        while True:
            while more and begun - told < _AHEAD * self._jobs and len(self._tasks) < _QUEUED * self._jobs:
                task, known = next(todo, (None, None))
                if task is None:
                    more = False
                    break
                if known is None:
                    self._give(self._least_busy(), begun, task)
                else:
                    self._ready[begun] = (task, known, False)
                begun += 1
            while told in self._ready:
                yield self._ready.pop(told)
                told += 1
            if not more and told == begun:
                return
            if self._tasks:
                self._listen()

    def _least_busy(self) -> _Worker:
        """Rather an idle process, rather a new one than one that is busy."""
        worker = min(self._workers, key=lambda each: len(each.tasks), default=None)
        return self._start() if worker is None or (worker.tasks and len(self._workers) < self._jobs) else worker

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        inherited = [ours, *(each.pipe for each in self._workers)] if self._forks else []
        process: BaseProcess = self._context.Process(  # type: ignore[attr-defined]  # every context has one
            target=_serve, args=(theirs, self._work, inherited), daemon=True
        )
        with _uninterrupted():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, number: int, task: Task) -> None:
        self._tasks[number] = task
        worker.tasks.append(number)
        with suppress(OSError):  # it has died: that is seen when it is listened to
            worker.pipe.send(task)

    def _listen(self) -> None:
        """Take what has come from any process; each answers in the order of its files."""
        by_pipe = {worker.pipe: worker for worker in self._workers if worker.tasks}
        for pipe in connection.wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]  # wait() gives back what it was given
            try:
                answer: Result | Stop = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(answer, tuple):
                raise _error(answer)
            self._done(worker.tasks.popleft(), answer)

    def _done(self, number: int, result: Result) -> None:
        self._ready[number] = (self._tasks.pop(number), result, True)

    def _bury(self, worker: _Worker) -> None:
        """Remove a dead worker: its first file killed it, and the others go to another worker."""
        self._workers.remove(worker)
        worker.process.join()
        code = worker.process.exitcode or 0
        worker.process.close()
        worker.pipe.close()
        number, *others = worker.tasks
        self._done(number, self._failed(self._tasks[number], _describe_exit(code)))
        for other in others:
            self._give(self._least_busy(), other, self._tasks[other])


class _Ended(BaseException):
    """Ends a worker that the first process no longer needs, through every `finally`."""


def _serve(pipe: Connection, work: Callable[[object], object], inherited: Sequence[Connection]) -> None:
    """Run in a worker: do one task after another until the first process closes the pipe or ends.

    `inherited`: the ends of other pipes, which this process must close. The first process handles Ctrl-C; when it ends this
    worker, half-written files are removed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    for end in inherited:
        end.close()
    with suppress(_Ended):  # which may come at any point, on the way out of the loop too
        with suppress(EOFError, OSError):
            _answer(pipe, work)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _answer(pipe: Connection, work: Callable[[object], object]) -> NoReturn:
    """Do one task after another, without end."""
    while True:
        task = pipe.recv()
        try:
            answer: object = work(task)
        except errors.SiglumError as error:
            answer = (type(error).__name__, error.message, error.where, error.help)
        pipe.send(answer)


def _end(_number: int, _frame: object) -> NoReturn:
    raise _Ended


def _error(stop: Stop) -> errors.SiglumError:
    name, message, where, help_ = stop
    kind = getattr(errors, name, errors.SiglumError)
    made = kind(message, where=where, help=help_)
    assert isinstance(made, errors.SiglumError)
    return made


def _describe_exit(code: int) -> str:
    if code >= 0:
        return f"the process that had it ended with {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
        return f"the process that had it was ended by {name}{hint}"
    return f"the process that had it was ended by signal {-code}"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C while a process starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
