"""Secrets: in the keyring where there is one that keeps them, else in a file of the user alone."""

import json

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from assistant.errors import StoreError
from assistant.keychain import Keychain


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.secrets = {}

    def get_password(self, service, username):
        return self.secrets.get((service, username))

    def set_password(self, service, username, password):
        self.secrets[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.secrets:
            raise PasswordDeleteError
        del self.secrets[service, username]


class Locked(Kept):
    """A keyring that nobody unlocks."""

    def get_password(self, service, username):
        raise RuntimeError("locked")

    set_password = delete_password = get_password


@pytest.fixture
def system():
    """Put a keyring in the place of the system's."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_the_systems_keyring_is_used_where_there_is_one(tmp_path, system):
    kept = Kept()
    system(kept)
    keys = Keychain(tmp_path)
    assert keys.put("home", "abc") == "the system's keyring"
    assert (keys.get("home"), list(tmp_path.iterdir()), list(kept.secrets.values())) == ("abc", [], ["abc"])
    keys.drop("home")
    assert (keys.get("home"), kept.secrets) == ("", {})


def test_two_folders_have_two_secrets(tmp_path, system):
    system(Kept())
    one, other = Keychain(tmp_path / "one"), Keychain(tmp_path / "other")
    one.put("home", "abc")
    other.put("home", "def")
    assert (one.get("home"), other.get("home")) == ("abc", "def")


@pytest.mark.parametrize("backend", [Locked, None])
def test_without_one_a_file_of_the_user_alone_is_used(tmp_path, system, backend):
    if backend:
        system(backend())
    keys = Keychain(tmp_path / "new")
    assert keys.put("home", "abc") == str(keys.path)
    keys.put("cloud", "def")
    assert (keys.get("home"), keys.get("cloud"), keys.path.stat().st_mode & 0o777) == ("abc", "def", 0o600)
    keys.drop("home")
    assert json.loads(keys.path.read_text()) == {"cloud": "def"}
    keys.drop("cloud")
    assert not keys.path.exists()


def test_a_secret_moves_from_the_file_into_a_keyring_that_appears(tmp_path, system):
    keys = Keychain(tmp_path)
    keys.put("home", "old")
    system(Kept())
    keys.put("home", "new")
    assert (keys.get("home"), keys.path.exists()) == ("new", False)


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"other": "x"}'])
def test_a_file_that_is_damaged_is_as_good_as_none(tmp_path, text):
    keys = Keychain(tmp_path)
    keys.path.write_text(text)
    assert keys.get("home") == ""
    keys.drop("home")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Nothing was kept"):
        Keychain(tmp_path / "file").put("home", "abc")
