"""Writing is atomic: a target is whole or untouched, and siglum never removes files that it did not make."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from siglum.errors import FileError
from siglum.text.atomic import MANIFEST, write_file, write_folder


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _made(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in _content(folder).items() if name != MANIFEST}


def test_a_folder_holds_exactly_what_was_written(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    write_folder(out, {"a.txt": b"1", "deep/b.txt": b"2"})
    assert _made(out) == {"a.txt": b"1", "deep/b.txt": b"2"}
    write_folder(out, {"c.txt": b"3"})
    assert _made(out) == {"c.txt": b"3"}
    assert json.loads((out / MANIFEST).read_text())["files"] == ["c.txt"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("years")
    with pytest.raises(FileError, match=r"thesis\.doc"):
        write_folder(tmp_path / "mine", {"a.txt": b"1"})
    assert _content(tmp_path / "mine") == {"thesis.doc": b"years"}


def test_so_is_one_where_a_file_was_added_later(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", {"a.txt": b"1"})
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(FileError, match=r"notes\.txt"):
        write_folder(tmp_path / "out", {"a.txt": b"2"})
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"1"


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": 1}', "\udcff"])
def test_a_manifest_that_cannot_be_read_vouches_for_nothing(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(FileError):
        write_folder(tmp_path, {"a.txt": b"1"})


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(FileError, match="not a folder"):
        write_folder(tmp_path / "out", {"a.txt": b"1"})


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a.txt": b"1"})
    assert _made(tmp_path) == {"a.txt": b"1"}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_folder(tmp_path / "link", {"a.txt": b"1"})
    assert (tmp_path / "link").is_symlink()
    assert _made(tmp_path / "real") == {"a.txt": b"1"}


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_permissions_of_a_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    write_file(tmp_path / "a", b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_every_other(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    write_file(tmp_path / "b", b"")
    assert (tmp_path / "b").stat().st_mode == (tmp_path / "a").stat().st_mode


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="this is a folder"):
        write_file(tmp_path, b"")


def test_a_path_through_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FileError, match="cannot be written"):
        write_file(tmp_path / "a" / "b", b"")
    with pytest.raises(FileError):
        write_folder(tmp_path / "a" / "b", {})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a device of Linux")
def test_a_device_is_written_to() -> None:
    write_file(Path("/dev/null"), b"x")
    assert Path("/dev/null").is_char_device()


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".out.abc.part").mkdir()
    (tmp_path / ".out.abc.part" / "half").touch()
    write_folder(tmp_path / "out", {"a.txt": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_caught_between_two_renames_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".out.abc.old.part").mkdir()
    (tmp_path / ".out.abc.old.part" / MANIFEST).write_text('{"files": []}')
    write_folder(tmp_path / "out", {"a.txt": b"1"})
    assert _made(tmp_path / "out") == {"a.txt": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


_WRITER = """
import sys
from pathlib import Path
from siglum.text.atomic import write_folder
version = 0
print("ready", flush=True)
while True:
    version += 1
    write_folder(Path(sys.argv[1]), {f"{n:03}.txt": str(version).encode() * 500 for n in range(60)})
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kill -9, and a swap in one step")
def test_a_writer_that_is_killed_leaves_a_whole_folder(tmp_path: Path) -> None:
    """Killed at random moments while it writes the folder again and again: what lies there is always one version, whole."""
    chance = random.Random(7)
    out = tmp_path / "out"
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", _WRITER, str(out)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        while not out.exists():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.1))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        files = _made(out)
        assert len(files) == 60
        assert len(set(files.values())) == 1
    write_folder(out, {"a.txt": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
