"""What can go wrong in the conversation.

HarkError
├── ConfigError         the configuration names something that is not there
├── SkillError          a skill file cannot be loaded: file, line and cure are in the message
│   ├── TemplateError   a sentence template cannot be understood
│   └── PhraseError     a phrase file has a line that cannot be read
├── WorkerError         an engine's process
│   ├── WorkerDied      ended by itself or was killed
│   ├── WorkerHung      did not answer within its deadline, and was killed
│   └── WorkerFault     answered with an error of its own
├── StoreError          the database cannot be used
├── Offline             the egress broker refused a connection
│   ├── NotAllowed      because nobody has said yes to it yet
│   └── OverBudget      because the budget of the cloud is used up
├── WebError            the other side cannot be reached, or answered with an error
│   ├── WebSilent       it did not answer in time
│   ├── WebCut          it broke off in the middle of its answer
│   ├── WebGarbled      it answered something that cannot be understood
│   └── WebDeclined     it does not want to answer this
├── ModelTrouble        a language model, a recogniser's or a voice's cannot be had
└── BusError            a program on the desktop's session bus did not answer, or with an error
"""


class HarkError(Exception):
    """Root of everything this package raises; the message says what happened and what to do."""


class ConfigError(HarkError):
    """The configuration has an unknown key, a value out of range or an engine that is not there."""


class SkillError(HarkError):
    """A skill cannot be loaded."""


class TemplateError(SkillError):
    """A sentence template cannot be understood."""


class PhraseError(SkillError):
    """A phrase file has a line that cannot be read."""


class WorkerError(HarkError):
    """An engine's process failed."""


class WorkerDied(WorkerError):
    """The process ended by itself or was killed."""


class WorkerHung(WorkerError):
    """The process did not answer within its deadline, and was killed."""


class WorkerFault(WorkerError):
    """The engine answered with an error of its own."""


class StoreError(HarkError):
    """The database cannot be opened or written."""


class Offline(HarkError):
    """The egress broker refused a connection."""


class SwitchedOff(Offline):
    """The user has changed in the settings, since Hark started, who may be asked."""


class NotAllowed(Offline):
    """The user has not been asked whether this may go online."""

    def __init__(self, purpose: str, host: str) -> None:
        super().__init__(f"{purpose} may not go online yet. Allow it with `hark config set privacy.online_skills {purpose}`.")
        self.purpose = purpose
        self.host = host


class OverBudget(Offline):
    """The budget of the cloud is used up."""

    def __init__(self, message: str, chinese: str) -> None:
        super().__init__(message)
        self.chinese = chinese


class WebError(HarkError):
    """The other side of a connection cannot be reached, or answered with an error."""

    def __init__(self, message: str, chinese: str, status: int | None = None, body: str = "") -> None:
        super().__init__(message)
        self.chinese = chinese
        self.status = status
        """Of HTTP; None when there was no answer."""
        self.body = body


class WebSilent(WebError):
    """The other side did not answer in time; what was asked of it may have been done."""


class WebCut(WebError):
    """The other side broke off in the middle of its answer."""


class WebGarbled(WebError):
    """The other side answered something that cannot be understood."""


class WebDeclined(WebError):
    """The other side does not want to answer this, for what it is about."""


class BusError(HarkError):
    """There is no session bus, or whoever was asked there did not answer, or with an error."""


class ModelTrouble(HarkError):
    """A model cannot be fetched, found or used."""
