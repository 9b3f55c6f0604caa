"""The configuration: `siglum.toml`, or `[tool.siglum]` in `pyproject.toml`. The only place that reads it.

A key that is not known is an error that names the nearest one, so that a typing error never passes for a setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siglum.errors import ConfigError
from siglum.project.faults import Faults
from siglum.text.files import DISK

if TYPE_CHECKING:
    from siglum.text.policy import Policy

FILE = "siglum.toml"
SHARED_FILE = "pyproject.toml"
_ADDRESSES = ("http://", "https://")


class TextSettings(NamedTuple):
    """How plain text is set: `width` 0 does not fill lines; `notes` is end, inline or none."""

    width: int = 72
    notes: str = "end"


class ExportSettings(NamedTuple):
    """What is wanted of an export; None, or nothing, where nothing is said of it.

    `odd`: whose models render the text, with `parameters`; `view`, `signs`, `apparatus`: what is printed of what editors did;
    `css` (files, or addresses) and `template`: the look of pages.
    """

    odd: Path | None = None
    view: str | None = None
    signs: str | None = None
    apparatus: bool | None = None
    css: tuple[str, ...] = ()
    template: Path | None = None
    parameters: tuple[tuple[str, str], ...] = ()


VIEWS = ("reading", "diplomatic", "both")
SIGNS = ("auto", "leiden", "plain", "none")
"""The words of two of these settings; here, since what they lead to is slow to import and most commands do without."""


class Config(NamedTuple):
    """The settings of a project; paths are absolute.

    `documents`: files and folders of TEI; `schemas`: for documents that name none; `transcripts`: document to the plain text
    it was made from; `output`: the folder that `siglum build` makes; `file`: where all this was read, None for the defaults;
    `asked`: the policy, None where nothing is said of it; `export`: what exports and the build follow.
    """

    root: Path
    file: Path | None = None
    title: str = ""
    documents: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()
    transcripts: tuple[tuple[Path, Path], ...] = ()
    output: Path = Path("build")
    text: TextSettings = TextSettings()
    export: ExportSettings = ExportSettings()
    asked: Policy | None = None

    @property
    def policy(self) -> Policy:
        """What the edition wants of quotation marks and notes."""
        from siglum.text.policy import DEFAULT  # checking files against a schema does not need it

        return DEFAULT if self.asked is None else self.asked


def load(start: Path) -> Config:
    """The configuration in force in a folder: the nearest one in it or above it. Raises ConfigError."""
    folder = start.resolve()
    for root in (folder, *folder.parents):
        for name in (FILE, SHARED_FILE):
            table = _table(root / name)
            if table is not None:
                return _Reader(root / name).config(table)
    return Config(folder, output=folder / "build")


def _table(path: Path) -> dict[str, object] | None:
    """The settings in a file; None where the file is not there or, being shared, has none."""
    if not DISK.is_file(path):
        return None
    import tomllib  # not every folder has a configuration

    try:
        content = tomllib.loads(DISK.read(path).text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", where=str(path), help="mend the file") from None
    if path.name == FILE:
        return content
    tools = content.get("tool", {})
    table = tools.get("siglum") if isinstance(tools, dict) else tools
    if table is not None and not isinstance(table, dict):
        raise ConfigError("[tool.siglum] is not a table", where=str(path), help="write it as [tool.siglum]")
    return table


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.root = file.parent
        self._error = Faults(file).error
        self._known = Faults(file).known

    def config(self, table: Mapping[str, object]) -> Config:
        readers: dict[str, Callable[[str, object], object]] = {
            "title": self._string,
            "documents": self._paths,
            "schemas": self._paths,
            "transcripts": self._pairs,
            "output": self._path,
            "text": self._text,
            "export": self._export,
            **dict.fromkeys(("marks", "notes"), lambda _key, value: value),
        }
        self._known(table, readers, "")
        settings = {key: read(key, table[key]) for key, read in readers.items() if key in table}
        wanted: dict[str, object] = {key: settings.pop(key) for key in ("marks", "notes") if key in settings}
        if wanted:
            from siglum.project.policy import Reader  # see Config.policy

            settings["asked"] = Reader(self.file).policy(wanted)
        return Config(self.root, self.file, **{"output": self.root / "build", **settings})  # type: ignore[arg-type]

    def _text(self, key: str, value: object) -> TextSettings:
        value = self._table(key, value)
        self._known(value, TextSettings._fields, f"{key}.")
        width, notes = value.get("width", 72), value.get("notes", "end")
        if not isinstance(width, int) or isinstance(width, bool) or width < 0:
            raise self._error(f"“{key}.width” is {width!r}", "a number of characters is wanted, 0 for unfilled lines")
        if notes not in ("end", "inline", "none"):
            raise self._error(f"“{key}.notes” is {notes!r}", "end, inline or none is wanted")
        return TextSettings(width, str(notes))

    def _export(self, key: str, value: object) -> ExportSettings:
        readers: dict[str, Callable[[str, object], object]] = {
            "odd": self._file,
            "view": lambda key, value: self._one_of(VIEWS, key, value),
            "signs": lambda key, value: self._one_of(SIGNS, key, value),
            "apparatus": self._truth,
            "css": self._styles,
            "template": self._file,
            "parameters": self._parameters,
        }
        table = self._table(key, value)
        self._known(table, readers, f"{key}.")
        return ExportSettings(**{each: readers[each](f"{key}.{each}", table[each]) for each in table})  # type: ignore[arg-type]

    def _styles(self, key: str, value: object) -> tuple[str, ...]:
        """Files, of which the paths are made absolute, and addresses."""
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            raise self._error(f"“{key}” is {value!r}", 'a path, or a list of paths, is wanted, as in ["house.css"]')
        return tuple(each if each.lower().startswith(_ADDRESSES) else str(self._file(key, each)) for each in given)

    def _parameters(self, key: str, value: object) -> tuple[tuple[str, str], ...]:
        table = self._table(key, value)
        for name, each in table.items():
            if not isinstance(each, str):
                raise self._error(f"“{key}.{name}” is {each!r}", f'a text in quotation marks is wanted, as in {name} = "print"')
        return tuple((name, str(each)) for name, each in table.items())

    def _table(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self._error(f"“{key}” is not a table", f"write it as [tool.siglum.{key}], or [{key}] in siglum.toml")
        return value

    def _one_of(self, words: tuple[str, ...], key: str, value: object) -> str:
        if value not in words:
            raise self._error(f"“{key}” is {value!r}", f"{', '.join(words[:-1])} or {words[-1]} is wanted")
        return str(value)

    def _truth(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._error(f"“{key}” is {value!r}", "true or false is wanted")
        return value

    def _file(self, key: str, value: object) -> Path:
        path = self._existing(key, self._string(key, value))
        if DISK.is_folder(path):
            raise self._error(f"“{key}” names {value}, which is a folder", "a file is wanted")
        return path

    def _string(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self._error(f"“{key}” is {value!r}", "a text in quotation marks is wanted")
        return value

    def _path(self, key: str, value: object) -> Path:
        return self.root / self._string(key, value)

    def _paths(self, key: str, value: object) -> tuple[Path, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._error(f"“{key}” is {value!r}", 'a list of paths is wanted, as in ["tei"]')
        return tuple(self._existing(key, each) for each in value)

    def _pairs(self, key: str, value: object) -> tuple[tuple[Path, Path], ...]:
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            raise self._error(f"“{key}” is not a table of paths", 'write "document.xml" = "transcript.txt" in it')
        return tuple((self._existing(key, document), self._existing(key, each)) for document, each in value.items())

    def _existing(self, key: str, value: str) -> Path:
        path = self.root / value
        if not DISK.exists(path) and "://" not in value:  # the address of a schema of TEI's
            raise self._error(f"“{key}” names {value}, which is not there", "paths are relative to the configuration file")
        return path
