"""How patient the voice loop is."""

from dataclasses import dataclass, field

from audio.endpoint import EndpointSettings


@dataclass(frozen=True, slots=True)
class LoopSettings:
    """How patient the loop is."""

    wake_needed: bool = True
    """False listens all the time."""
    listen_s: float = 6.0
    """Seconds in which speech must begin after the wake word."""
    follow_up_s: float = 4.0
    """Seconds after a reply in which no wake word is needed; 0 switches that off."""
    question_s: float = 8.0
    """Seconds in which an answer to Hark's own question must begin."""
    preroll_s: float = 0.30
    """Seconds before speech was noticed that belong to it: soft first consonants."""
    wake_phrase_s: float = 1.1
    """Seconds before the wake word fired that are recognised with a command said in the same breath: the phrase itself, which the
    recogniser expects; half of it would be taken for other words."""
    breath_s: float = 0.35
    """Seconds after the wake word within which speech belongs to the same breath."""
    chime_after_s: float = 0.30
    """Seconds of silence after the wake word until the chime says "go on"; who speaks on needs none."""
    regret_s: float = 1.6
    """Seconds after the last word in which the speaker may go on with the same sentence, were it taken to be over or not."""
    barge_s: float = 0.16
    """Seconds of speech into a reply after which it waits; less is a click, and only turns it down."""
    suspicion_gain: float = 0.3
    """Of full loudness, while it is not yet sure that somebody speaks into a reply."""
    talk_over: bool = False
    """Whether speech into a reply can be told from the reply itself; without, only the wake word and "stop" interrupt."""
    ring_gain: float = 0.15
    """Of full loudness, while somebody speaks into a ringing."""
    endpoint: EndpointSettings = field(default_factory=EndpointSettings)
