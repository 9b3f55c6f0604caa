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
    """Write `data` to `path` in one step. Raises FileError."""
    import tempfile  # slow to import, and most runs write no file

    if path.is_dir():
        raise FileError("this is a folder, not a file", where=str(path), help="name a file in it")
    if path.exists() and not path.is_file():  # a pipe or a device, such as /dev/stdout
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
    """Write a folder with `files` (relative names, with /) and a manifest, in one step.

    siglum replaces a folder only if it is empty or contains nothing but a manifest and the files that the manifest lists.
    Raises FileError.
    """
    import shutil  # slow to import, and most runs write no folder
    import tempfile  # slow to import, and most runs write no file

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
        raise FileError("this is a file, not a folder", where=str(folder), help="choose another name")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    foreign = present - _list_written(folder)
    if foreign:
        raise FileError(
            f"the folder contains files that siglum did not write ({', '.join(sorted(foreign)[:3])})",
            where=str(folder),
            help="choose an empty folder or another name",
        )


def _list_written(folder: Path) -> set[str]:
    import json

    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {MANIFEST, *map(str, listed["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _clear_remains(folder: Path) -> None:
    """Remove the remains of killed runs beside the folder. Restore a folder that such a run left between two renames."""
    import shutil  # slow to import, and most runs write no folder

    aside = sorted(folder.parent.glob(f".{folder.name}.*.old.part"))
    if aside and not folder.exists():
        aside[-1].rename(folder)
    for remains in folder.parent.glob(f".{folder.name}.*.part"):
        shutil.rmtree(remains, ignore_errors=True)


def _exchange(staged: Path, folder: Path) -> None:
    """Exchange two folders; `folder` need not exist."""
    if not folder.exists():
        staged.rename(folder)
    elif not _exchange_at_once(staged, folder):
        aside = staged.with_name(staged.name.replace(".part", ".old.part"))
        folder.rename(aside)
        staged.rename(folder)
        aside.rename(staged)


def _exchange_at_once(first: Path, second: Path) -> bool:
    """Exchange two folders with Linux's renameat2. Returns False on other systems."""
    import ctypes  # slow to import

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


def find_cache_folder(name: str) -> Path | None:
    """Return siglum's folder of this name in the user's cache folder; None if there is no home folder."""
    try:
        return _find_user_caches() / "siglum" / name
    except RuntimeError:  # no home folder
        return None


def _find_user_caches() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / "Library" / "Caches" if sys.platform == "darwin" else Path.home() / ".cache"


def prune_folder(folder: Path, ending: str, most: int, keep: Path | None = None) -> None:
    """Remove the oldest files with this ending from a cache folder until the others take at most `most` bytes."""
    with contextlib.suppress(OSError):
        entries = sorted(((path.stat(), path) for path in folder.glob(f"*{ending}")), key=lambda entry: entry[0].st_mtime_ns)
        total = sum(stat.st_size for stat, _ in entries)
        for stat, path in entries:
            if total > most and path != keep:
                path.unlink(missing_ok=True)
                total -= stat.st_size
