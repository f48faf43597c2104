"""Secrets, such as access tokens: in the system's keyring, or where there is none in a file that only the user can read."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from assistant.errors import StoreError

SERVICE = "hark"
"""As the system's keyring lists what is kept."""


class Keychain:
    """The secrets of one folder of data. Its methods may block: a keyring may ask the user to unlock it."""

    def __init__(self, folder: Path) -> None:
        """Take Hark's data folder; another folder has other secrets, in the keyring too."""
        self.path = folder / "keys.json"
        self._service = f"{SERVICE}:{folder}"

    def get(self, name: str) -> str:
        """Return a secret; empty when there is none."""
        return self._in_file().get(name) or self._in_keyring(name)

    def put(self, name: str, secret: str) -> str:
        """Keep a secret and return where it is now. Raises StoreError."""
        import keyring  # noqa: PLC0415 -- looking for the system's keyring takes a quarter of a second

        self.drop(name)
        with contextlib.suppress(Exception):  # whatever a keyring raises, there is the file
            keyring.set_password(self._service, name, secret)
        if self._in_keyring(name) == secret:  # some keyrings take everything and keep nothing
            return "the system's keyring"
        self._write(self._in_file() | {name: secret})
        return str(self.path)

    def drop(self, name: str) -> None:
        """Forget a secret; it need not be there. Raises StoreError."""
        import keyring  # noqa: PLC0415 -- as above

        with contextlib.suppress(Exception):  # it was not there, or there is no keyring
            keyring.delete_password(self._service, name)
        kept = self._in_file()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _in_keyring(self, name: str) -> str:
        import keyring  # noqa: PLC0415 -- as above

        with contextlib.suppress(Exception):  # locked, or not there: the same as having none
            return keyring.get_password(self._service, name) or ""
        return ""

    def _in_file(self) -> dict[str, str]:
        try:
            found: Any = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, secrets: dict[str, str]) -> None:
        new = self.path.with_suffix(".new")
        try:
            if not secrets:
                self.path.unlink(missing_ok=True)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:  # noqa: PTH123 -- an open file
                json.dump(secrets, out)
                out.flush()
                os.fsync(out.fileno())
            new.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror}. Nothing was kept.") from error
