"""What git says has changed: the files of a working tree that differ from a revision, or that it does not know yet."""

from __future__ import annotations

import subprocess
from pathlib import Path

from siglum.errors import FileError

_MAIN = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What a branch is usually made from, in the order in which it is asked for."""


def is_revision(folder: Path, name: str) -> bool:
    """Whether git knows a commit by this name. Raises FileError where there is no git."""
    _root(folder)
    return not name.startswith("-") and bool(_asked(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))


def base(folder: Path) -> str:
    """The commit that this branch grew from: the merge base with its upstream or the main branch, else HEAD.

    Raises FileError where there is no git, or no working tree of it.
    """
    for name in _MAIN:
        if is_revision(folder, name):
            common = _asked(folder, "merge-base", "HEAD", name)
            if common:
                return common
    return "HEAD" if is_revision(folder, "HEAD") else ""


def changed(folder: Path, revision: str) -> list[Path]:
    """The files, absolute and sorted, that are not as they were in `revision`, or new. Those that are gone are left out.

    `revision` is one that `is_revision` knows, or empty: the state before the first commit. Raises FileError.
    """
    root = Path(_root(folder))
    if revision:
        differing = _output(root, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", revision, "--")
    else:
        differing = _output(root, "ls-files", "-z")
    unknown = _output(root, "ls-files", "-z", "--others", "--exclude-standard")
    return sorted(root / each for each in {*differing.split("\0"), *unknown.split("\0")} if each)


def _root(folder: Path) -> str:
    return _output(folder, "rev-parse", "--show-toplevel").rstrip("\n")


def _asked(folder: Path, *arguments: str) -> str:
    """The answer to a question; empty where git says no."""
    done = _run(folder, *arguments)
    return done.stdout.decode("utf-8", errors="surrogateescape").strip() if done.returncode == 0 else ""


def _output(folder: Path, *arguments: str) -> str:
    done = _run(folder, *arguments)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", errors="surrogateescape")
    said = done.stderr.decode("utf-8", errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
    if "not a git repository" in said:
        raise FileError(
            "this is no working tree of git: it cannot be said what has changed",
            where=folder.as_posix(),
            help="leave --changed out, or run siglum inside the repository",
        )
    raise FileError(f"git cannot say what has changed: {said}", where=folder.as_posix(), help="see what `git status` says")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`core.quotePath` and the user's settings for output have no say with -z; no lock is taken, no pager started."""
    try:
        return subprocess.run(
            ["git", "--no-pager", "--no-optional-locks", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        help_ = "install git, or leave --changed out"
        raise FileError("git is not there to say what has changed", where=folder.as_posix(), help=help_) from None
