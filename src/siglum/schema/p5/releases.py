"""Which releases of TEI P5 are known, shipped or added by the user, and which one an address means. Nothing is fetched.

Releases that the user adds lie in the user's data folder, each in a file, named by a list: `releases.txt`.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from functools import lru_cache
from pathlib import Path

from siglum.errors import FileError, SchemaError
from siglum.schema.p5.packed import pack, unpack
from siglum.schema.tagdocs.specs import Source
from siglum.text.atomic import prune_folder, write_file
from siglum.text.files import DISK
from siglum.text.frozen import frozen

SHIPPED = ("4.9.0a",)
"""The releases that lie beside this file."""
ENDING = ".p5"
CURRENT = "current"
_LIST = "releases.txt"
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?([A-Za-z0-9-]{0,20})")
_PART = re.compile(r"\d{1,6}(\.\d{1,6})?")
_SITE = re.compile(r"(?:https?:)?//(?:www\.|jenkins\d*\.)?tei-c\.org(?::\d+)?/(?P<rest>.*)", re.IGNORECASE)
_VAULT = re.compile(r"vault/p5/(?P<version>[^/?#]+)", re.IGNORECASE)


@frozen
class Release:
    """A release that is known: its version, and the file of one that the user has added."""

    version: str
    path: Path
    shipped: bool


def releases_folder() -> Path | None:
    """The user's folder for releases, if there is such a place."""
    try:
        return _user_data_folder() / "siglum" / "p5"
    except RuntimeError:  # no home
        return None


def _user_data_folder() -> Path:
    named = os.environ.get("XDG_DATA_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    at_home = ("Library", "Application Support") if sys.platform == "darwin" else (".local", "share")
    return Path.home().joinpath(*at_home)


def list_releases() -> tuple[Release, ...]:
    """The releases that are known, the newest first."""
    here = Path(__file__).parent
    known = [Release(each, here / f"{each}{ENDING}", True) for each in SHIPPED]
    added = [
        Release(each, path, False)
        for each in _list_added()
        if each not in SHIPPED and DISK.is_file(path := _release_path(each))
    ]
    return tuple(sorted((*known, *added), key=lambda one: _sort_key(one.version), reverse=True))


def _list_added() -> list[str]:
    where = releases_folder()
    if where is None:
        return []
    with contextlib.suppress(FileError, UnicodeError):
        written = DISK.read(where / _LIST).text.split()
        return [each for each in dict.fromkeys(written) if _VERSION.fullmatch(each)]
    return []


def _release_path(version: str) -> Path:
    where = releases_folder()
    if where is None:
        raise FileError("there is no home folder to keep releases in", help="set XDG_DATA_HOME to a folder of yours")
    return where / f"tei-{version}{ENDING}"


def _sort_key(version: str) -> tuple[tuple[int, ...], bool, str]:
    """As numbers; 4.9.0a comes before 4.9.0, whose draft it is."""
    found = _VERSION.fullmatch(version)
    if found is None:
        return (), False, version
    return tuple(int(each or 0) for each in found.groups()[:3]), not found[4], found[4]


# Addresses


def requested_version(address: str) -> str | None:
    """The version that an address of TEI means, or `current`; None where it is the address of something else.

    `tei:4.9.0`, `tei:current`, `4.9.0a`, https://www.tei-c.org/Vault/P5/4.9.0/xml/tei/odd/p5subset.xml, the same below
    release/ (the current one) or at TEI's build server, with or without www.
    """
    address = address.strip()
    if address.lower().startswith("tei:"):
        return address[4:].strip().lower() or CURRENT
    if _VERSION.fullmatch(address) or address == CURRENT:
        return address
    site = _SITE.match(address)
    if site is None:
        return None
    vault = _VAULT.match(site["rest"])
    if vault:
        return vault["version"].lower()
    return CURRENT if "p5subset." in site["rest"] or site["rest"].rstrip("/").lower() == "release" else None


def find_release(address: str) -> Source:
    """The source that an address of TEI means; its `version` says which release was taken. Raises SchemaError."""
    return load_source(resolve_version(address))


def resolve_version(address: str) -> str:
    """The known release that serves an address: the one it names, or its draft (4.9.0a for 4.9.0). Raises SchemaError."""
    wanted = requested_version(address)
    if wanted is None:
        message = f"“{address}” is no address of a TEI release"
        raise SchemaError(message, help="write tei:current, tei:4.9.0 or the like, or name a local file")
    known = [each.version for each in list_releases()]
    if wanted == CURRENT:
        return known[0]
    exact = next((each for each in known if each.lower() == wanted.lower()), None)
    served = exact or next((each for each in known if _serves(each, wanted)), None)
    if served is None:
        raise _raise_unknown(wanted, known)
    return served


def _serves(known: str, wanted: str) -> bool:
    """4.9.0a serves for 4.9.0 and the other way round, and any 4.9 for 4.9."""
    if _PART.fullmatch(wanted) and known.startswith(f"{wanted}."):
        return True
    return _VERSION.fullmatch(wanted) is not None and _sort_key(known)[0] == _sort_key(wanted)[0]


def _raise_unknown(wanted: str, known: list[str]) -> SchemaError:
    message = f"TEI P5 {wanted} is none of the releases that siglum knows: {', '.join(known)}"
    if not _VERSION.fullmatch(wanted):
        return SchemaError(message, help="write tei:current, or the number of a release, such as tei:4.9.0")
    at = f"https://www.tei-c.org/Vault/P5/{wanted}/xml/tei/odd/p5subset.xml"
    return SchemaError(message, help=f"fetch {at} and add it with `siglum p5 add p5subset.xml`, or ask for one that is known")


# Reading and keeping


@lru_cache(maxsize=4)
def load_source(version: str) -> Source:
    """The source of a release that is known, by its exact version. Raises SchemaError."""
    release = _load_known(version)
    try:
        data = DISK.read(release.path).data
    except FileError as error:
        raise SchemaError(f"the facts of TEI P5 {version} cannot be read", where=error.where, help=error.help) from None
    source = unpack(data, str(release.path))
    if source.version != version:
        message = f"this file says that it is TEI P5 {source.version or '(no version)'}, not {version}"
        raise SchemaError(message, where=str(release.path), help="make it anew: `siglum p5 add FILE`")
    return source


def _load_known(version: str) -> Release:
    known = {each.version: each for each in list_releases()}
    if version not in known:
        raise _raise_unknown(version, list(known))
    return known[version]


def add_release(source: Source) -> Release:
    """Keep a release for later. Raises SchemaError where it is none of TEI's, and FileError."""
    if not _VERSION.fullmatch(source.version):
        message = f"this is no release of TEI P5, but “{source.name}”" if source.name else "this is no release of TEI P5"
        help_ = "only releases of TEI are added; a compiled ODD is named by its path, in @source of the ODD that builds on it"
        raise SchemaError(message, help=help_)
    if source.version in SHIPPED:
        raise SchemaError(f"TEI P5 {source.version} comes with siglum", help="there is nothing to add")
    path = _release_path(source.version)
    write_file(path, pack(source))
    _write_note(sorted({*_list_added(), source.version}, key=_sort_key))
    load_source.cache_clear()
    return Release(source.version, path, False)


def remove_release(version: str) -> Release:
    """Forget a release that the user has added. Raises SchemaError and FileError."""
    if version in SHIPPED:
        raise SchemaError(f"TEI P5 {version} comes with siglum and stays", help="only releases that were added can be removed")
    release = next((each for each in list_releases() if each.version == version), None)
    if release is None:
        raise SchemaError(f"TEI P5 {version} was not added", help="`siglum p5 list` names the releases that were")
    prune_folder(release.path.parent, release.path.name, 0)
    if DISK.is_file(release.path):
        raise FileError("the file cannot be removed", where=str(release.path), help="check its permissions")
    _write_note([each for each in _list_added() if each != version])
    load_source.cache_clear()
    return release


def _write_note(versions: list[str]) -> None:
    """Write the list of the releases that were added."""
    where = releases_folder()
    assert where is not None  # `_path` has refused that
    write_file(where / _LIST, "".join(f"{each}\n" for each in versions).encode())
