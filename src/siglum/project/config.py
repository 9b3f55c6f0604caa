"""Read the configuration: `siglum.toml`, or `[tool.siglum]` in `pyproject.toml`. No other module reads it.

An unknown key is an error that names the nearest known one, so that siglum never ignores a misspelt setting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.errors import ConfigError
from siglum.project.export_settings import EXPORT_OPTIONS, ExportOption, ExportSettings
from siglum.project.table_reader import TableReader
from siglum.text.files import DISK
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.text.policy import Policy

FILE = "siglum.toml"
SHARED_FILE = "pyproject.toml"
_ADDRESSES = ("http://", "https://")


@frozen
class Config:
    """The settings of a project; paths are absolute.

    `documents`: TEI files and folders; `schemas`: for documents that name no schema; `transcripts`: pairs of a document and the
    plain text that it encodes; `output`: the folder that `siglum build` writes; `file`: the configuration file, None for the
    defaults; `asked`: the policy, None if the file has neither [marks] nor [notes].
    """

    root: Path
    file: Path | None = None
    title: str = ""
    documents: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()
    transcripts: tuple[tuple[Path, Path], ...] = ()
    output: Path = Path("build")
    export: ExportSettings = ExportSettings()
    asked: Policy | None = None

    @property
    def policy(self) -> Policy:
        """The policy for quotation marks and notes."""
        from siglum.text.policy import DEFAULT  # slow to import, and not needed to check files against a schema

        return DEFAULT if self.asked is None else self.asked


def load(start: Path) -> Config:
    """Load the nearest configuration in a folder or above it. Raises ConfigError."""
    folder = start.resolve()
    for root in (folder, *folder.parents):
        for name in (FILE, SHARED_FILE):
            table = _load_table(root / name)
            if table is not None:
                return _ConfigReader(root / name).read_config(table)
    return Config(folder, output=folder / "build")


def _load_table(path: Path) -> dict[str, object] | None:
    """Read the settings in a file. Returns None if there is no file, or no [tool.siglum] in a shared one."""
    if not DISK.is_file(path):
        return None
    import tomllib  # slow to import, and not every folder has a configuration

    try:
        content = tomllib.loads(DISK.read(path).text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", where=str(path), help="correct the file") from None
    if path.name == FILE:
        return content
    tools = content.get("tool", {})
    table = tools.get("siglum") if isinstance(tools, dict) else tools
    if table is not None and not isinstance(table, dict):
        raise ConfigError("[tool.siglum] is not a table", where=str(path), help="write it as [tool.siglum]")
    return table


class _ConfigReader(TableReader):
    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.root = file.parent

    def read_config(self, table: Mapping[str, object]) -> Config:
        readers: dict[str, Callable[[str, object], object]] = {
            "title": self.read_string,
            "documents": self._read_paths,
            "schemas": self._read_paths,
            "transcripts": self._read_transcripts,
            "output": self._read_path,
            **dict.fromkeys(("marks", "notes"), lambda _key, value: value),
        }
        self.check_keys(table, {*readers, "text", "export"}, "")
        settings = {key: read(key, table[key]) for key, read in readers.items() if key in table}
        wanted: dict[str, object] = {key: settings.pop(key) for key in ("marks", "notes") if key in settings}
        if wanted:
            from siglum.project.policy import PolicyReader  # see Config.policy

            settings["asked"] = PolicyReader(self.file).read_policy(wanted)
        exports = {
            **self._read_export_table("text", table.get("text", {})),
            **self._read_export_table("export", table.get("export", {})),
        }
        settings["export"] = ExportSettings(**exports)  # type: ignore[arg-type]
        return Config(self.root, self.file, **{"output": self.root / "build", **settings})  # type: ignore[arg-type]

    def _read_export_table(self, key: str, value: object) -> dict[str, object]:
        """Read a table of settings for exports, as `EXPORT_OPTIONS` describes them."""
        table = self.read_table(key, value)
        options = {option.name: option for option in EXPORT_OPTIONS if option.table == key}
        self.check_keys(table, options, f"{key}.")
        return {name: self._read_option(options[name], f"{key}.{name}", table[name]) for name in table}

    def _read_option(self, option: ExportOption, key: str, value: object) -> object:
        readers: dict[str, Callable[[str, object], object]] = {
            "number": lambda key, value: self._read_number(option, key, value),
            "word": lambda key, value: self.read_word(option.choices, key, value),
            "switch": self.read_boolean,
            "file": self._read_file,
            "styles": self._read_styles,
            "parameters": self._read_parameters,
        }
        return readers[option.kind](key, value)

    def _read_number(self, option: ExportOption, key: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(f"“{key}” is {value!r}", f"write a number. {option.help}")
        return value

    def _read_styles(self, key: str, value: object) -> tuple[str, ...]:
        """Read files, with absolute paths, and addresses."""
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(style, str) for style in given):
            raise self.error(f"“{key}” is {value!r}", 'write a path or a list of paths, as in ["house.css"]')
        return tuple(style if style.lower().startswith(_ADDRESSES) else str(self._read_file(key, style)) for style in given)

    def _read_parameters(self, key: str, value: object) -> tuple[tuple[str, str], ...]:
        table = self.read_table(key, value)
        for name, text in table.items():
            if not isinstance(text, str):
                raise self.error(f"“{key}.{name}” is {text!r}", f'write a text in quotation marks, as in {name} = "print"')
        return tuple((name, str(text)) for name, text in table.items())

    def _read_file(self, key: str, value: object) -> Path:
        path = self._find(key, self.read_string(key, value))
        if DISK.is_folder(path):
            raise self.error(f"“{key}” names {value}, which is a folder", "name a file")
        return path

    def _read_path(self, key: str, value: object) -> Path:
        return self.root / self.read_string(key, value)

    def _read_paths(self, key: str, value: object) -> tuple[Path, ...]:
        if not isinstance(value, list) or not all(isinstance(path, str) for path in value):
            raise self.error(f"“{key}” is {value!r}", 'write a list of paths, as in ["tei"]')
        return tuple(self._find(key, path) for path in value)

    def _read_transcripts(self, key: str, value: object) -> tuple[tuple[Path, Path], ...]:
        if not isinstance(value, dict) or not all(isinstance(path, str) for path in value.values()):
            raise self.error(f"“{key}” is not a table of paths", 'write "document.xml" = "transcript.txt" in it')
        return tuple((self._find(key, document), self._find(key, transcript)) for document, transcript in value.items())

    def _find(self, key: str, value: str) -> Path:
        path = self.root / value
        if not DISK.exists(path) and "://" not in value:  # an address names one of the packaged schemas of TEI
            raise self.error(
                f"“{key}” names {value}, but there is no such file or folder", "paths are relative to the configuration file"
            )
        return path
