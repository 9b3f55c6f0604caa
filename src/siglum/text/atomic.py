"""Write files and folders in one step, and empty cache folders.

New content is written beside its target and then moved onto it. A killed run leaves the old file or folder as it was.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from siglum.errors import FileError
from siglum.text.files import explain_os_error

MANIFEST = "siglum-build.json"
"""Marks a folder that siglum made and may replace. It lists the files in the folder."""


def write_file(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step. Raises FileError."""
    import tempfile  # start-up: most runs do without it

    if path.is_dir():
        raise FileError("this is a folder, a file is wanted", where=str(path), help="name a file in it")
    if path.exists() and not path.is_file():  # a pipe or a device (/dev/stdout): nothing to keep whole
        _write_bytes(path, data)
        return
    target = path.resolve() if path.is_symlink() else path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    staged = Path(made)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        staged.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        staged.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        staged.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold exactly `files` (names relative, with /), and a manifest of them, in one step.

    A folder that is there already is replaced only if it is empty or holds a manifest of an earlier run and nothing else
    but what that names: files that siglum did not make are never removed. Raises FileError.
    """
    import shutil  # start-up: most runs do without it
    import tempfile  # start-up: most runs do without it

    folder = folder.resolve()
    _refuse_foreign(folder)
    import json  # few commands write folders

    manifest = json.dumps({"made by": "siglum", "files": sorted(files)}, indent=2) + "\n"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_remains(folder)
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        for name, data in {**files, MANIFEST: manifest.encode()}.items():
            place = staged / PurePosixPath(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        staged.chmod(0o777 & ~_umask())
        _exchange(staged, folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FileError("this is a file, a folder is wanted", where=str(folder), help="choose another name")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    foreign = present - _made_here(folder)
    if foreign:
        raise FileError(
            f"the folder holds files that siglum did not make ({', '.join(sorted(foreign)[:3])})",
            where=str(folder),
            help="choose an empty folder or another name",
        )


def _made_here(folder: Path) -> set[str]:
    import json

    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {MANIFEST, *map(str, listed["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _clear_remains(folder: Path) -> None:
    """Take away what killed runs left beside the folder; put back a folder that was caught between two renames."""
    import shutil  # start-up: most runs do without it

    aside = sorted(folder.parent.glob(f".{folder.name}.*.old.part"))
    if aside and not folder.exists():
        aside[-1].rename(folder)
    for remains in folder.parent.glob(f".{folder.name}.*.part"):
        shutil.rmtree(remains, ignore_errors=True)


def _exchange(staged: Path, folder: Path) -> None:
    """Put `staged` where `folder` is; what was there before ends up at `staged`."""
    if not folder.exists():
        staged.rename(folder)
    elif not _exchange_at_once(staged, folder):
        aside = staged.with_name(staged.name.replace(".part", ".old.part"))
        folder.rename(aside)
        staged.rename(folder)
        aside.rename(staged)


def _exchange_at_once(first: Path, second: Path) -> bool:
    """Linux can swap two folders in a single step (renameat2); elsewhere two renames have to do."""
    import ctypes  # start-up: most runs do without it

    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    at_cwd, exchange = -100, 2
    return bool(renameat2(at_cwd, os.fsencode(first), at_cwd, os.fsencode(second), exchange) == 0)


def _write_bytes(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> FileError:
    where = str(path)
    return FileError(f"cannot be written: {explain_os_error(error)}", where=where, help="check the folder and its permissions")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def prune_folder(folder: Path, ending: str, most: int, keep: Path | None = None) -> None:
    """Remove the oldest files with this ending from a cache folder until the rest takes at most `most` bytes."""
    with contextlib.suppress(OSError):
        entries = sorted(((each.stat(), each) for each in folder.glob(f"*{ending}")), key=lambda one: one[0].st_mtime_ns)
        total = sum(known.st_size for known, _ in entries)
        for known, each in entries:
            if total > most and each != keep:
                each.unlink(missing_ok=True)
                total -= known.st_size
