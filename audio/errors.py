"""What can go wrong with sound.

AudioError
├── FileError          a recording that cannot be read or written
├── DeviceError        a microphone or speaker that cannot be used
│   ├── NoPortAudio    the system library is missing
│   ├── NoDevice       no such microphone or speaker, or none at all
│   ├── NoMixer        the loudness of the sound output cannot be read or set
│   └── DeviceWedged   the sound system does not answer; only a new process gets sound again
├── QueueFull          too much waits to be played
├── EngineError        a recogniser, voice or detector that cannot be built or failed
└── ModelMissing       the engine is fine, its model is not there
"""


class AudioError(Exception):
    """Root of everything this package raises; the message says what happened and what to do."""

    def __init__(self, message: str, chinese: str = "") -> None:
        """Take the message, and the same in Chinese where it is spoken; empty where only the log and the screen have it."""
        super().__init__(message)
        self.chinese = chinese


class FileError(AudioError):
    """A recording cannot be read (not audio, empty, cut short) or written."""


class DeviceError(AudioError):
    """A microphone or speaker cannot be used."""


class NoPortAudio(DeviceError):
    """The PortAudio system library is not installed."""


class NoDevice(DeviceError):
    """No microphone or speaker of that name, or none at all."""


class NoMixer(DeviceError):
    """Nothing here lets the loudness of the sound output be read or set, or there is no sound output."""


class DeviceWedged(DeviceError):
    """The sound system does not answer, and this process cannot get rid of its call; end it and start another."""


class QueueFull(AudioError):
    """Too much sound already waits to be played."""


class EngineError(AudioError):
    """An engine cannot be built or failed at its work."""


class ModelMissing(AudioError):
    """The engine's model is not on this machine."""
