"""What can go wrong with models.

ModelError
├── ModelMissing      there is no such model, or its file is not whole
├── ModelBroken       the file is no model that can be run here, or not the one that was verified
├── DownloadFailed    a hub did not give what it was asked for
├── NoRoom            the disk is full
├── PromptTooLong     more is to be read than the model can hold
├── BadForm           a form that cannot be filled in
└── Stopped           whoever asked does not want the answer any more
"""


class ModelError(Exception):
    """Root of everything this package raises; the message says what happened and what to do."""


class ModelMissing(ModelError):
    """There is no such model, or its file is not whole."""


class ModelBroken(ModelError):
    """The file is no model that can be run here, or not the one that was verified."""


class DownloadFailed(ModelError):
    """A hub did not give what it was asked for."""


class NoRoom(ModelError):
    """The disk is full."""


class PromptTooLong(ModelError):
    """More is to be read than the model can hold."""


class BadForm(ModelError):
    """A form that cannot be filled in: a state is missing, a field has no options, or it has no end."""


class Stopped(ModelError):
    """Whoever asked does not want the answer any more."""
