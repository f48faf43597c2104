"""What every test may ask for."""

from tests.sound_server import _sound_world, sound_server

__all__ = ["_sound_world", "sound_server"]
