"""The cloud's answer on its way to the user: names put back, cut into sentences, and never the claim of an act."""

from collections.abc import Iterable, Iterator, Mapping

from assistant.executor import Result
from assistant.reasoning.reasoner import honest
from assistant.redaction.pseudonyms import Restoring
from assistant.vocabulary import Outcome
from audio.sentences import Sentences


class Telling:
    """Makes results of the pieces of one answer."""

    def __init__(self, replacements: Mapping[str, str], language: str) -> None:
        """Take what the placeholders stand for, and the language of what is said in place of a claim."""
        self._restoring = Restoring(replacements)
        self._sentences = Sentences()
        self._language = language
        self._only_talks = ""
        self.begun = False
        """Something was said."""

    def feed(self, piece: str) -> Iterator[Result]:
        """Yield the sentences that a piece completes."""
        return self._told(each for part in self._restoring.feed(piece) for each in self._sentences.feed(part))

    def end(self, *, may_act: bool) -> Iterator[Result]:
        """Yield the rest; where nothing is going to be asked for, a claim is set right, once."""
        yield from self._told(each for part in self._restoring.end() for each in self._sentences.feed(part))
        yield from self.broken_off(may_act=may_act)

    def broken_off(self, *, may_act: bool = False) -> Iterator[Result]:
        """Yield what there is of a sentence that no more comes of."""
        yield from self._told(self._sentences.flush())
        if self._only_talks and not may_act:
            self.begun = True
            yield Result(Outcome.DONE, self._only_talks)

    def _told(self, sentences: Iterable[str]) -> Iterator[Result]:
        for sentence in sentences:
            said = honest(sentence, self._language)
            if said != sentence:
                self._only_talks = said
                continue
            self.begun = True
            yield Result(Outcome.DONE, said)
