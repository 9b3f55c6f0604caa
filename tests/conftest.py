"""What tests in every room may ask for: the project's folder, the data beside it, and the real command line."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

# A machine that is busy is no fault. In CI the same cases are tried every time; at the desk, new ones.
settings.register_profile("siglum", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("siglum")

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Where Python is told to keep no bytecode, each of some hundred command lines would compile siglum anew: for a second.

    The tests keep it in a folder of their own then, as long as they run; workers (xdist) find it in their environment.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        folder = tempfile.mkdtemp(prefix="siglum-bytecode-")
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


class CommandLine(Protocol):
    """Runs `siglum ARGUMENTS…` in a process of its own, as a user would (in the project's folder unless told otherwise)."""

    def __call__(self, *arguments: str | Path, cwd: Path = ROOT, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """`given` is what comes in on standard input (UTF-8)."""
        ...


@pytest.fixture
def frozen_heap() -> Iterator[None]:
    """Hide the objects of earlier tests from the garbage collector, so that a timed test does not pay for them."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def red_book(project_root: Path) -> Path:
    """The edition that this repository holds."""
    return project_root / "tei" / "red-book" / "remove-stalin.xml"


@pytest.fixture(scope="session")
def shared(project_root: Path) -> Path:
    """The suites, schemas and corpora that lie beside the project; without them a test is skipped, or fails where CI=true."""
    folder = project_root.parent / "shared"
    if not folder.is_dir():
        absent = f"{folder} is not there: it holds suites and corpora that are not part of the project"
        if os.environ.get("CI") == "true":
            pytest.fail(absent, pytrace=False)
        pytest.skip(absent)
    return folder


@pytest.fixture(scope="session")
def siglum() -> CommandLine:
    """The command line itself; any Python warning that it causes is an error."""

    def run(*arguments: str | Path, cwd: Path = ROOT, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "siglum", *map(str, arguments)],
            cwd=cwd,
            input=given if given is not None else "",
            env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
