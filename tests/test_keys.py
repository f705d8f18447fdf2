"""Keys: readable by their owner alone, never shown, never written over."""

import os
import stat
from pathlib import Path

import pytest

from formwright.errors import Unusable
from formwright.keys import Key, read_key, write_key

SECRET = bytes(range(32))


def test_a_new_key_is_read_back_and_is_private(tmp_path: Path) -> None:
    path = write_key(tmp_path, "K1", SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(tmp_path, "K1") == Key("K1", SECRET)


def test_a_fictional_key_says_so(tmp_path: Path) -> None:
    path = tmp_path / "K7"
    path.write_text(f'secret = "{SECRET.hex()}"\nfictional = true\n')
    path.chmod(0o600)
    assert read_key(tmp_path, "K7") == Key("K7", SECRET, fictional=True)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_key_that_others_can_reach_is_refused_with_the_line_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = write_key(tmp_path, "K1", SECRET)
    path.chmod(mode)
    with pytest.raises(Unusable) as caught:
        read_key(tmp_path, "K1")
    assert caught.value.code == "key_readable"
    assert f"mode is {mode:04o}" in caught.value.message
    assert caught.value.fix == f"Run: chmod 600 {path}"


@pytest.mark.parametrize("id", ["K9", "../K1", "k1", "", "K1234", "K1\n", "formwright.toml"])
def test_what_is_no_key_of_ours_is_none(tmp_path: Path, id: str) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    write_key(tmp_path, "K1", SECRET)
    assert read_key(folder, id) is None


@pytest.mark.parametrize("text", ["", "secret = 5", 'secret = "abcd"', 'secret = "xyz"', "se cret", 'fictional = "no"'])
def test_a_damaged_key_is_said_without_showing_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "K1"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(Unusable, match="does not hold a secret of 64 hexadecimal digits") as caught:
        read_key(tmp_path, "K1")
    assert "abcd" not in str(caught.value)


def test_a_link_or_a_pipe_is_no_key(tmp_path: Path) -> None:
    write_key(tmp_path, "K1", SECRET)
    (tmp_path / "K2").symlink_to(tmp_path / "K1")
    os.mkfifo(tmp_path / "K3", 0o600)
    for id in ("K2", "K3"):
        with pytest.raises(Unusable) as caught:
            read_key(tmp_path, id)
        assert caught.value.code == "bad_key"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    write_key(tmp_path, "K1", SECRET)
    with pytest.raises(Unusable, match="There is a key K1 already"):
        write_key(tmp_path, "K1", bytes(32))
    assert read_key(tmp_path, "K1") == Key("K1", SECRET)


def test_a_secret_is_not_in_what_is_printed_of_a_key() -> None:
    assert SECRET.hex() not in repr(Key("K1", SECRET))
    assert "\\x01" not in repr(Key("K1", SECRET))
