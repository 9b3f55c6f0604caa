"""The only door to files: reading, finding and writing them. Never the network.

Writing is atomic: what is written is put beside its target and moved onto it when whole, so that a run which is killed
leaves the old file, or the old folder, as it was.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from siglum.errors import FileError
from siglum.text.source import Source

MANIFEST = "siglum-build.json"
"""The file that marks a folder as made by siglum, and so as one it may replace; it lists the files made."""

STANDARD_INPUT = "-"
_XML_ENDINGS = frozenset({".xml", ".tei"})
_PROJECT_MARKERS = ("siglum.toml", "pyproject.toml", ".git")


def read(path: Path, name: str | None = None) -> Source:
    """The file at `path`, reported as `name` (default: the path as given); “-” is standard input. Raises FileError."""
    shown = name if name is not None else path.as_posix()
    try:
        if str(path) == STANDARD_INPUT:
            with open(0, "rb", closefd=False) as stream:
                return Source(shown, stream.read())
        _refuse_device(path, shown)
        return Source(shown, path.read_bytes())
    except IsADirectoryError:
        raise FileError("this is a folder, a file is wanted", where=shown, help="name a file in it") from None
    except FileNotFoundError:
        raise FileError("there is no such file", where=shown, help="check the spelling and the folder") from None
    except PermissionError:
        raise FileError("the file may not be read", where=shown, help="check its permissions") from None
    except (OSError, ValueError) as error:
        raise FileError(f"the file cannot be read: {_reason(error)}", where=shown, help="check the path") from None


def pieces(path: Path, size: int, name: str | None = None) -> Iterator[bytes]:
    """A file in portions of `size` bytes, for what is too large to be held. Raises FileError."""
    shown = name if name is not None else path.as_posix()
    try:
        _refuse_device(path, shown)
        with path.open("rb") as stream:
            while piece := stream.read(size):
                yield piece
    except OSError as error:
        raise FileError(f"the file cannot be read: {_reason(error)}", where=shown, help="check the path") from None


def _refuse_device(path: Path, shown: str) -> None:
    """/dev/zero never ends."""
    if path.exists() and stat.S_ISCHR(path.stat().st_mode):
        raise FileError("this is a device, a file is wanted", where=shown, help="name a file")


def size(path: Path) -> int:
    """How many bytes a file has; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def prune(folder: Path, ending: str, most: int, keep: Path | None = None) -> None:
    """Remove the oldest files with this ending from a cache folder until the rest takes at most `most` bytes."""
    with contextlib.suppress(OSError):
        entries = sorted(((each.stat(), each) for each in folder.glob(f"*{ending}")), key=lambda one: one[0].st_mtime_ns)
        total = sum(known.st_size for known, _ in entries)
        for known, each in entries:
            if total > most and each != keep:
                each.unlink(missing_ok=True)
                total -= known.st_size


def packaged(*steps: str) -> str:
    """A text file that is shipped inside the package, by its path below `siglum`."""
    file = Path(__file__).parents[1].joinpath(*steps)
    data: bytes = __loader__.get_data(str(file))  # type: ignore[name-defined]  # importlib.resources takes 8 ms for the same
    return data.decode("utf-8")


def walk(folder: Path) -> Iterator[Path]:
    """The XML files (.xml, .tei) below a folder, sorted.

    Hidden folders and files are passed over, and whatever is no file: a pipe, a device, a link that leads nowhere.
    """
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            path = Path(at) / each
            if not each.startswith(".") and path.suffix.lower() in _XML_ENDINGS and path.is_file():
                yield path


def project_root(path: Path) -> Path:
    """The folder that a document may take included files from.

    The nearest folder above it that holds `siglum.toml`, `pyproject.toml` or `.git`; without one the current folder if the
    document lies in it, and otherwise the folder above the document's own.
    """
    folder = path.resolve().parent
    for above in (folder, *folder.parents):
        if any((above / marker).exists() for marker in _PROJECT_MARKERS):
            return above
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder.parent


def write(path: Path, data: bytes) -> None:
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
    return FileError(f"cannot be written: {_reason(error)}", where=where, help="check the folder and its permissions")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
