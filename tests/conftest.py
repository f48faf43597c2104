"""What every test may ask for."""

import os

from tests.sound_server import _sound_world, sound_server

__all__ = ["_sound_world", "sound_server"]

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # the passwords of whoever runs the tests are their own
