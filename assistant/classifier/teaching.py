"""From phrases to what is learnt of them: all anew for the built-in actions, or a little more for a plugin's."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from assistant.classifier.features import features
from assistant.classifier.learnt import Learnt, choices
from assistant.classifier.linear import SEED, Lesson, Linear, fit
from assistant.classifier.perceptron import slots_by_action, train_tagger
from assistant.classifier.phrases import Phrase
from assistant.classifier.tagger import Tagger

FEWEST = 8
"""Phrases that leave a slot's value unsaid, before it is learnt when they do."""
REMINDED = 2500
"""Old phrases that are gone over again while new actions are learnt, so that these do not take everything."""

Tell = Callable[[float], None]


def teach(phrases: Sequence[Phrase], tell: Tell = lambda _: None) -> Learnt:
    """Learn from all phrases of one language, in about half a minute."""
    actions = learn_actions(phrases, None, lambda done: tell(0.3 * done))
    implied = learn_implied(phrases, None, lambda done: tell(0.3 + 0.1 * done))
    tagger = train_tagger(phrases, tell=lambda done: tell(0.4 + 0.6 * done))
    return Learnt(actions, implied, tagger, {action: sorted(own) for action, own in slots_by_action(phrases).items()})


def teach_more(learnt: Learnt, old: Sequence[Phrase], new: Sequence[Phrase]) -> Learnt:
    """Learn new actions, in about a second."""
    order = np.random.default_rng(SEED).permutation(len(old))
    reminded = [old[at] for at in order[:REMINDED]]
    often = max(1, round(REMINDED / len(learnt.actions.classes) / max(1, len(new) / len({phrase.action for phrase in new}))))
    actions = learn_actions([*reminded, *list(new) * often], learnt.actions)
    tagger: Tagger = train_tagger(new, start=learnt.tagger)
    slots = learnt.slots | {action: sorted(own) for action, own in slots_by_action(new).items()}
    added = learnt.added | {phrase.action for phrase in new}
    return Learnt(actions, learn_implied(new, learnt.implied), tagger, slots, added)


def learn_actions(phrases: Sequence[Phrase], start: Linear | None, tell: Tell = lambda _: None) -> Linear:
    """Learn which action a text means."""
    old = start.classes if start else ()
    classes = (*old, *sorted({phrase.action for phrase in phrases} - set(old)))
    number, everything = {name: at for at, name in enumerate(classes)}, np.arange(len(classes))
    lessons = [Lesson(features(phrase.text), number[phrase.action], everything) for phrase in phrases]
    return fit(lessons, classes, start=start, tell=tell)


def learn_implied(phrases: Sequence[Phrase], start: Linear | None, tell: Tell = lambda _: None) -> Linear:
    """Learn which values a text means without words for them."""
    counts = Counter((phrase.action, slot) for phrase in phrases for slot, _ in phrase.implied)
    taught = {pair for pair, count in counts.items() if count >= FEWEST}
    found: list[tuple[Phrase, str, str]] = []
    for phrase in phrases:
        unsaid, said = dict(phrase.implied), {mark.slot for mark in phrase.marks}
        for action, slot in taught:
            if action == phrase.action and slot not in said:
                found.append((phrase, slot, f"{action}|{slot}|{unsaid.get(slot, '')}"))
    old = start.classes if start else ()
    classes = (*old, *sorted({name for *_, name in found} - set(old)))
    number, among = {name: at for at, name in enumerate(classes)}, choices(classes)
    lessons = [Lesson(features(phrase.text), number[name], among[phrase.action][slot]) for phrase, slot, name in found]
    return fit(lessons, classes, start=start, tell=tell) if lessons or start is None else start
