"""The recogniser that is always there: PocketSphinx, its US English model inside its wheel.

Two decoders hear the same sound: one writes down free speech, the other knows only the sentences of a grammar. The grammar's reading
counts when it explains the sound about as well as free speech does; see `audio.asr.readings`.
"""

import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, product

from pocketsphinx import Decoder

from audio.asr.evidence import FRAME_S, Loudness
from audio.asr.jsgf import Grammar, read
from audio.asr.readings import Reading, Word, begun, choose, stops_short
from audio.errors import EngineError
from audio.vocabulary import RATE, Samples, Transcript

FRAMES_PER_S = 100
"""Of PocketSphinx's features."""

CALLED = "~wake"
"""Stands in front of a sentence for what is left of the wake phrase when a command follows in the same breath."""

LATTICE_STEPS = 1024
"""Steps of log likelihood to one of a search's scores: the second pass over the lattice counts in finer steps (SENSCR_SHIFT)."""

FREE = {"fwdflat": False, "maxhmmpf": 3000, "compallsen": True}
"""Free speech: no second pass after the end of speech, and fewer paths: both for speed, see docs."""

STRICT = {"bestpath": False, "compallsen": True, "lm": None, "beam": 1e-64, "pbeam": 1e-64, "wbeam": 1e-48}
"""The grammar. With PocketSphinx's own, narrower beams the right sentence is lost on the way for 4 of 105 clips.
`compallsen` makes scores of both decoders comparable: each frame's are relative to the best of all sounds."""

REWIND_AFTER_S = 0.4
"""Of quiet; most utterances are over by then, and the reply has the processor for itself."""

PAUSE_S = 0.16
"""Of quiet after which an utterance is read to its end: while it goes on, a search hears an "and" or an "a" in every silence."""

REWIND = 8
"""Times as much of the sound is heard anew during a pause as the pause lasts, so that speech which goes on after it finds decoders that
have caught up. Hearing 3 s anew in one go would keep the next words waiting for a second."""

RARE = 0.005
"""Probability of a rare word beside others; without it "set a timer" is heard as "set tea timer"."""


class Sphinx:
    """Recognises English: free dictation, and beside it the sentences of a grammar."""

    def __init__(self, grammar: str | None = None, wake_phrases: Sequence[str] = ("hey jarvis",), rare: Sequence[str] = ()) -> None:
        """`grammar` is a JSGF text; one of `wake_phrases` may be heard in front of its sentences and is left out of the text.

        Words in `rare` are allowed by the grammar but seldom said.

        Raises EngineError when the grammar cannot be compiled.
        """
        self._free = decoder(**FREE)
        self._rare = frozenset(rare)
        self._calls = [phrase.lower().split() for phrase in wake_phrases if phrase.strip()]
        self._wake = frozenset(chain.from_iterable(self._calls))
        self._grammar = None if grammar is None else read(grammar, self._is_known, [CALLED] if self._wake else [])
        self._strict = None if self._grammar is None else self._strict_decoder(self._grammar)
        self._start_s = 0.0
        self._open = False
        self._sound = bytearray()
        self._loudness = Loudness()
        self._heard = 0
        """Bytes of `_sound` that the decoders have heard."""
        self._settled: Transcript | None = None
        """What was said up to the pause that is on; speech that goes on is decoded anew from the start."""
        self._voice_end_s = 0.0
        """Where the voice had ended by then."""

    @property
    def missing_words(self) -> tuple[str, ...]:
        """Words of the grammar that have no pronunciation; the alternatives they stand in are left out."""
        return self._grammar.missing if self._grammar else ()

    def start(self, start_s: float, language: str = "") -> None:  # noqa: ARG002 -- it knows English and nothing else
        """Begin an utterance whose first sample has this stream time."""
        self.abandon()
        self._sound, self._loudness = bytearray(), Loudness()
        self._start_s = start_s
        self._begin()

    def feed(self, samples: Samples) -> Transcript:
        """Take more sound and return what was said so far."""
        if not self._open:
            raise EngineError("Sound was fed to the recogniser before an utterance was started.")
        self._loudness.add(samples)
        self._sound += samples.tobytes()
        if self._settled is not None:
            if self._voiced_up_to_s <= self._voice_end_s:
                if self._quiet_s > REWIND_AFTER_S:
                    self._hear(self._heard + REWIND * 2 * len(samples))
                return self._settled
            self._settled = None
        self._hear(len(self._sound))
        return self._settle() if self._quiet_s > PAUSE_S else self._so_far()

    def speculate(self) -> Transcript:
        """Return the final text as if the utterance ended here; more may be fed all the same."""
        if not self._open:
            raise EngineError("The recogniser was asked to finish an utterance that was not started.")
        return replace(self._settled or self._settle(), is_final=True)

    def finish(self) -> Transcript:
        """End the utterance and return its final text."""
        final = self.speculate()
        self.abandon()
        return final

    def abandon(self) -> None:
        """Drop the utterance under way, if any."""
        self._settled = None
        if self._open:
            self._close()

    @property
    def _voiced_up_to_s(self) -> float:
        """Where the voice ends, in seconds of the utterance; 0 when there was none."""
        voiced = self._loudness.voiced()
        return float(voiced[-1]) + FRAME_S if len(voiced) else 0.0

    @property
    def _quiet_s(self) -> float:
        """How long it has been quiet since something was said; 0 before."""
        ended_s = self._voiced_up_to_s
        return len(self._sound) / 2 / RATE - ended_s if ended_s else 0.0

    def _begin(self) -> None:
        self._heard = 0
        for each in self._decoders:
            each.start_utt()
        self._open = True

    def _hear(self, up_to: int) -> None:
        """Have the decoders hear the sound up to a byte."""
        sound = bytes(self._sound[self._heard : up_to])
        self._heard += len(sound)
        if sound:
            for each in self._decoders:
                each.process_raw(sound)

    def _close(self) -> None:
        for each in self._decoders:
            each.end_utt()
        self._open = False

    @property
    def _decoders(self) -> tuple[Decoder, ...]:
        return (self._free,) if self._strict is None else (self._free, self._strict)

    def _settle(self) -> Transcript:
        """Read the utterance to its end, and be ready to hear it anew should it go on.

        At its end a grammar reads a whole sentence into the sound, were it only half of one; what it had read until then tells that.
        """
        self._hear(len(self._sound))
        self._voice_end_s = self._voiced_up_to_s
        half, free, reached = self._half(), reading(self._free), score(self._strict)
        self._close()
        strict = reading(self._strict) if self._strict else Reading(())
        if stops_short(reached, score(self._strict)):
            chosen, confidence = choose(half, free)
            if chosen is not half:
                chosen, confidence = choose(Reading(()), reading(self._free, LATTICE_STEPS))
        else:
            chosen, confidence = choose(strict, reading(self._free, LATTICE_STEPS))
        self._settled = self._transcript(chosen, confidence)
        self._begin()
        return self._settled

    def _so_far(self) -> Transcript:
        return self._transcript(*choose(self._half(), reading(self._free)))

    def _half(self) -> Reading:
        """Return what the grammar's decoder has read until now, less what it reads into the quiet after the last voice."""
        if self._strict is None:
            return Reading(())
        return begun(reading(self._strict), round(self._voiced_up_to_s * FRAMES_PER_S) or sys.maxsize)

    def _transcript(self, chosen: Reading, confidence: float) -> Transcript:
        """Return the words of a reading, less the wake phrase."""
        words = list(chosen.spoken)
        while words and (words[0].text == CALLED or words[0].text in self._wake):
            words.pop(0)
        if not words or not confidence:
            return Transcript("", "en", False, self._start_s, self._start_s, 0.0)
        return Transcript(
            " ".join(word.text for word in words),
            "en",
            False,
            self._start_s + words[0].start / FRAMES_PER_S,
            self._start_s + words[-1].end / FRAMES_PER_S,
            confidence,
        )

    def _phones(self, word: str) -> list[str]:
        """Return every pronunciation of a word."""
        if word == CALLED:
            return self._wake_remains()
        found, spelling = [], word
        while phones := self._free.lookup_word(spelling):
            found.append(phones)
            spelling = f"{word}({len(found) + 1})"
        return found

    def _wake_remains(self) -> list[str]:
        """Return the wake phrases' pronunciations from any phone but the last on: the sound may begin in the middle of one."""
        whole = [" ".join(parts).split() for call in self._calls for parts in product(*map(self._phones, call))]
        return sorted({" ".join(phones[first:]) for phones in whole for first in range(len(phones) - 1)})

    def _is_known(self, word: str) -> bool:
        return bool(self._phones(word))

    def _strict_decoder(self, grammar: Grammar) -> Decoder:
        """Return a decoder that knows the words of the grammar and no other, which saves memory and time."""
        with tempfile.NamedTemporaryFile("w", suffix=".dict", encoding="utf-8") as dictionary:
            for word in sorted(grammar.automaton.words):
                for nth, phones in enumerate(self._phones(word), 1):
                    dictionary.write(f"{word} {phones}\n" if nth == 1 else f"{word}({nth}) {phones}\n")
            dictionary.flush()
            strict = decoder(dict=dictionary.name, **STRICT)
        edges, finals = grammar.automaton.edges, grammar.automaton.finals
        end = max(after for _, _, after in edges) + 1
        arcs = [(before, after, RARE if word in self._rare else 1.0, word) for before, word, after in edges] + [
            (final, end, 1.0) for final in sorted(finals)
        ]
        try:
            strict.add_fsg("grammar", strict.create_fsg("grammar", 0, end, arcs))
            strict.activate_search("grammar")
        except (RuntimeError, ValueError, KeyError) as error:
            raise EngineError(f"PocketSphinx does not take the grammar: {error}.") from error
        return strict


def decoder(**options: object) -> Decoder:
    """Return a decoder with the bundled model. Raises EngineError."""
    try:
        return Decoder(loglevel="FATAL", samprate=float(RATE), **options)
    except (RuntimeError, ValueError) as error:
        raise EngineError(f"PocketSphinx cannot start: {error}. Reinstall it with `pip install --force-reinstall pocketsphinx`.") from error


def score(source: Decoder | None) -> float:
    """Return the log likelihood of a decoder's best path so far, in steps of its lattice; -infinity when there is none."""
    found = source.hyp() if source else None
    return math.log(max(found.score, sys.float_info.min)) if found else -math.inf


def reading(source: Decoder, steps: int = 1) -> Reading:
    """Return the best path of a decoder so far; `steps` of log likelihood make one of a `Word`'s cost."""
    if source.hyp() is None:
        return Reading(())
    step = -math.log(source.config["logbase"]) * steps
    parts = [part for part in source.seg() if part.word != "(NULL)"]
    words = [
        Word(
            part.word.split("(")[0], part.start_frame, part.end_frame + 1, part.prob, math.log(max(part.ascore, sys.float_info.min)) / step
        )
        for part in parts
    ]
    return Reading(tuple(words))
