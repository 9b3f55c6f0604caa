"""Read and find files: on the disk, or in memory over the disk.

`Files` is the protocol. `DISK` reads the disk, and is the default everywhere. `Overlay` puts the unsaved buffers of an editor,
or the documents of a test, over other files. No other module opens, lists or looks up files; `atomic` writes them.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from siglum.errors import FileError
from siglum.text.source import Source

STANDARD_INPUT = "-"
_XML_ENDINGS = frozenset({".xml", ".tei"})
_PROJECT_MARKERS = ("siglum.toml", "pyproject.toml", ".git")

Kind = Literal["file", "folder", "special", "device", ""]
"""`special`: a pipe or a socket; `device`: a character device, which may never end; empty: the path does not exist."""


class Files(Protocol):
    """The files that a reader can see. An implementation gives the first four methods, and inherits the rest."""

    def open(self, path: Path) -> BinaryIO:
        """Open a file for reading. Raises OSError."""
        ...

    def kind(self, path: Path) -> Kind:
        """Classify a path, following links. Raises OSError if the path cannot be looked up."""
        ...

    def size(self, path: Path) -> int:
        """Return the size of a file in bytes, or 0 if there is no file."""
        ...

    def list_files(self, folder: Path) -> Iterator[Path]:
        """List the files at any depth below a folder, sorted folder by folder, without hidden files and folders."""
        ...

    def exists(self, path: Path) -> bool:
        return self.kind(path) != ""

    def is_file(self, path: Path) -> bool:
        return self.kind(path) == "file"

    def is_folder(self, path: Path) -> bool:
        return self.kind(path) == "folder"

    def read(self, path: Path, name: str | None = None) -> Source:
        """Read the file at `path`; findings call it `name` (default: the path). Raises FileError."""
        shown = name if name is not None else path.as_posix()
        try:
            _refuse_device(self, path, shown)
            with self.open(path) as stream:
                return Source(shown, stream.read())
        except IsADirectoryError:
            raise FileError("this is a folder, not a file", where=shown, help="name a file in it") from None
        except FileNotFoundError:
            raise FileError("there is no such file", where=shown, help="check the spelling and the folder") from None
        except PermissionError:
            raise FileError("you have no permission to read this file", where=shown, help="check its permissions") from None
        except (OSError, ValueError) as error:
            message = f"the file cannot be read: {explain_os_error(error)}"
            raise FileError(message, where=shown, help="check the path") from None

    def pieces(self, path: Path, size: int, name: str | None = None) -> Iterator[bytes]:
        """Read a file in portions of `size` bytes, so that a large file never fills the memory. Raises FileError."""
        shown = name if name is not None else path.as_posix()
        try:
            _refuse_device(self, path, shown)
            with self.open(path) as stream:
                while piece := stream.read(size):
                    yield piece
        except OSError as error:
            message = f"the file cannot be read: {explain_os_error(error)}"
            raise FileError(message, where=shown, help="check the path") from None

    def walk(self, folder: Path) -> Iterator[Path]:
        """List the XML files (.xml, .tei) at any depth below a folder, sorted. Skips pipes, devices and broken links."""
        for path in self.list_files(folder):
            if path.suffix.lower() in _XML_ENDINGS and self.is_file(path):
                yield path

    def project_root(self, path: Path) -> Path:
        """Return the folder that a document may include files from.

        This is the nearest folder above it with `siglum.toml`, `pyproject.toml` or `.git`; else the current folder if the
        document lies in it; else the parent of the folder of the document.
        """
        folder = path.resolve().parent
        for above in (folder, *folder.parents):
            if any(self.exists(above / marker) for marker in _PROJECT_MARKERS):
                return above
        here = Path.cwd()
        return here if folder.is_relative_to(here) else folder.parent


class Disk(Files):
    """The files on the disk. The path “-” is standard input."""

    def open(self, path: Path) -> BinaryIO:
        return open(0, "rb", closefd=False) if str(path) == STANDARD_INPUT else path.open("rb")

    def kind(self, path: Path) -> Kind:
        try:
            mode = path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL character in the name
            return ""
        except OSError as error:
            if error.errno == errno.ELOOP:
                return ""
            raise
        if stat.S_ISREG(mode):
            return "file"
        if stat.S_ISDIR(mode):
            return "folder"
        return "device" if stat.S_ISCHR(mode) else "special"

    def size(self, path: Path) -> int:
        try:
            return path.stat().st_size
        except OSError:
            return 0

    def list_files(self, folder: Path) -> Iterator[Path]:
        for at, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(at) / name for name in sorted(names) if not name.startswith("."))


DISK = Disk()


class Overlay(Files):
    """Contents in memory, by path, over other files. Folders above an overlaid file exist, too."""

    def __init__(self, contents: Mapping[Path, bytes], base: Files = DISK) -> None:
        self.contents = {_normalized(path): data for path, data in contents.items()}
        self.base = base
        self._folders = {folder for path in self.contents for folder in path.parents}

    def open(self, path: Path) -> BinaryIO:
        data = self.contents.get(_normalized(path))
        return self.base.open(path) if data is None else io.BytesIO(data)

    def kind(self, path: Path) -> Kind:
        at = _normalized(path)
        if at in self.contents:
            return "file"
        return "folder" if at in self._folders else self.base.kind(path)

    def size(self, path: Path) -> int:
        data = self.contents.get(_normalized(path))
        return self.base.size(path) if data is None else len(data)

    def list_files(self, folder: Path) -> Iterator[Path]:
        at = _normalized(folder)
        inside = {folder / path.relative_to(at) for path in self.contents if path.is_relative_to(at)}
        shown = {path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts)}
        yield from sorted(shown.union(self.base.list_files(folder)))


def _normalized(path: Path) -> Path:
    """Make a path absolute without asking the disk, which `Path.resolve` does."""
    return Path(os.path.normpath(Path.cwd() / path))


def _refuse_device(files: Files, path: Path, shown: str) -> None:
    """/dev/zero never ends."""
    if str(path) != STANDARD_INPUT and files.kind(path) == "device":
        raise FileError("this is a device, not a file", where=shown, help="name a file")


def read_packaged(*steps: str) -> str:
    """Read a text file of the package, by its path below `siglum`."""
    file = Path(__file__).parents[1].joinpath(*steps)
    data: bytes = __loader__.get_data(str(file))  # type: ignore[name-defined]  # importlib.resources takes 8 ms for the same
    return data.decode("utf-8")


def explain_os_error(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
