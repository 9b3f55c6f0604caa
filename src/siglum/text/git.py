"""Ask git for changed files: those of a working tree that differ from a revision, and untracked ones."""

from __future__ import annotations

import subprocess
from pathlib import Path

from siglum.errors import FileError

_MAIN = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master")
"""The usual origins of a branch, in the order in which siglum tries them."""


def is_revision(folder: Path, name: str) -> bool:
    """Whether git knows a commit by this name. Raises FileError if git or its repository is missing."""
    _root(folder)
    return not name.startswith("-") and bool(_ask(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))


def find_base(folder: Path) -> str:
    """Find the commit where this branch began: its merge base with its upstream or the main branch, else HEAD.

    Returns an empty string before the first commit. Raises FileError if git or its repository is missing.
    """
    for name in _MAIN:
        if is_revision(folder, name):
            common = _ask(folder, "merge-base", "HEAD", name)
            if common:
                return common
    return "HEAD" if is_revision(folder, "HEAD") else ""


def list_changed(folder: Path, revision: str) -> list[Path]:
    """List files that are new or differ from `revision`, absolute and sorted, without deleted files.

    `revision` is one that `is_revision` accepts, or empty for the state before the first commit. Raises FileError.
    """
    root = Path(_root(folder))
    if revision:
        differing = _output(root, "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", revision, "--")
    else:
        differing = _output(root, "ls-files", "-z")
    unknown = _output(root, "ls-files", "-z", "--others", "--exclude-standard")
    return sorted(root / name for name in {*differing.split("\0"), *unknown.split("\0")} if name)


def _root(folder: Path) -> str:
    return _output(folder, "rev-parse", "--show-toplevel").rstrip("\n")


def _ask(folder: Path, *arguments: str) -> str:
    """The output of git, or an empty string if git fails."""
    done = _run(folder, *arguments)
    return done.stdout.decode("utf-8", errors="surrogateescape").strip() if done.returncode == 0 else ""


def _output(folder: Path, *arguments: str) -> str:
    done = _run(folder, *arguments)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", errors="surrogateescape")
    said = done.stderr.decode("utf-8", errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
    if "not a git repository" in said:
        raise FileError(
            "this folder is not in a git repository, so siglum cannot list changed files",
            where=folder.as_posix(),
            help="omit --changed, or run siglum inside the repository",
        )
    raise FileError(f"git failed: {said}", where=folder.as_posix(), help="run `git status` to see the reason")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git without a pager or locks. With -z, `core.quotePath` and other settings do not change the output."""
    try:
        return subprocess.run(
            ["git", "--no-pager", "--no-optional-locks", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        help_ = "install git, or omit --changed"
        raise FileError(
            "git is not installed, so siglum cannot list changed files", where=folder.as_posix(), help=help_
        ) from None
