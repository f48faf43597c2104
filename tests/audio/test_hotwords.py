import pytest

from audio.asr.hotwords import MOST_TOKENS, HotWords, sounds
from audio.asr.whisper import Whisper
from tests.audio.test_whisper import CHINESE, CLIPS, ENGLISH, MODEL, WINDOW_S, clip, recognised

NAMES = ("fairy lights", "吊灯", "Siobhan", "Philips lamp", "购物清单", "pasta", "TV")


def expecting(*names, count=len):
    hot = HotWords(count)
    hot.expect(names or NAMES)
    return hot


@pytest.mark.parametrize(
    ("one", "other"),
    [("phone", "fone"), ("knight", "night"), ("Anna", "Ana"), ("Philips", "filips"), ("吊灯", "掉等"), ("清单", "亲单"), ("牛奶", "流来")],
)
def test_what_sounds_the_same_has_the_same_key(one, other):
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(("one", "other"), [("lamp", "list"), ("tea", "coffee"), ("吊灯", "台灯"), ("kitchen", "bedroom")])
def test_what_sounds_different_has_another(one, other):
    assert sounds(one) != sounds(other)


@pytest.mark.parametrize(
    ("heard", "near"),
    [
        ("turn on the ferry lights", "fairy lights"),
        ("Turn on the fairy lights.", "fairy lights"),
        ("turn on the filips lamp", "Philips lamp"),
        ("打开掉灯", "吊灯"),
        ("加到狗屋清单", "购物清单"),
        ("cancel the past a timer", "pasta"),
        ("set a timer for ten minutes", ""),
        ("现在几点？", ""),
        ("", ""),
    ],
)
def test_only_names_like_what_was_heard_are_given(heard, near):
    assert expecting().near(heard) == near


def test_names_that_anything_sounds_like_are_never_given():
    assert expecting("TV", "a", "oh").near("turn on the tv a oh") == ""


def test_the_first_names_fill_the_room_there_is():
    names = [f"pasta number {number} of the long list" for number in range(9)]
    given = expecting(*names, count=lambda text: len(text.split())).near("pasta number of the long list")
    assert given.startswith(names[0])
    assert len(given.split()) <= MOST_TOKENS
    assert names[8] not in given


def test_new_names_take_the_place_of_old_ones():
    hot = expecting("pasta")
    hot.expect(["Siobhan"])
    assert (hot.near("pasta"), hot.near("Siobhan")) == ("", "Siobhan")


class Prompted:
    """The miniature's CTranslate2 model; keeps how long each prompt was."""

    def __init__(self, model):
        self._model, self.prompts = model, []

    def __getattr__(self, name):
        return getattr(self._model, name)

    def generate(self, encoded, prompts, **options):
        self.prompts += prompts
        return self._model.generate(encoded, prompts, **options)


@pytest.fixture(scope="module")
def whisper():
    made = Whisper(str(MODEL), threads=1, window_s=WINDOW_S)
    made._model.model = Prompted(made._model.model)
    return made


def prompts(whisper, name, *names):
    whisper.expect(names)
    whisper._model.model.prompts.clear()
    final = recognised(whisper, clip(name))
    return final, whisper._model.model.prompts


def test_whisper_is_told_of_a_name_once_something_like_it_was_heard(whisper):
    before = whisper._tokenizers["en"].sot_prev
    assert before not in prompts(whisper, ENGLISH)[1][-1]
    final, with_names = prompts(whisper, ENGLISH, "Siobhan", "ten minutes", "timer")
    assert before not in with_names[0] or final.language == "en"  # nothing is heard yet
    assert before in with_names[-1]
    told = whisper._model.hf_tokenizer.decode(with_names[-1], skip_special_tokens=True)
    assert "timer" in told
    assert "Siobhan" not in told


def test_whisper_is_not_told_of_names_that_nobody_said(whisper):
    lengths = {len(prompt) for prompt in prompts(whisper, CHINESE)[1]}
    final, with_names = prompts(whisper, CHINESE, "fairy lights", "吊灯", "Siobhan")
    assert {len(prompt) for prompt in with_names} <= lengths
    assert final.text == CLIPS[CHINESE]["text"]
