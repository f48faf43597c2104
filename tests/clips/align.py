"""Where each word of the clips' commands ends: `words.jsonl`, by PocketSphinx's alignment of the text that is known to be said.

Pauses are put in at these places by `assistant/bench/pauses.py`. Run it after `make.py`.
"""

import json
from pathlib import Path

from pocketsphinx import Decoder

from audio.files import read_recording
from audio.vocabulary import RATE

FOLDER = Path(__file__).parent

WAKE = "hey jarvis"

MARGIN_S = 0.3
"""Of quiet kept on either side of what is said."""


def word_ends(label: dict[str, object], aligner: Decoder) -> list[float]:
    """Return where each word of a clip's text ends, in seconds of the clip; empty when the words are not found in it."""
    wake, text = bool(label["wake"]), str(label["text"]).lower()
    if not all(aligner.lookup_word(word) for word in text.split()):
        return []
    sound = read_recording(str(FOLDER / str(label["file"]))).samples
    first = 0 if wake else max(0, round((float(str(label["speech_start_s"])) - MARGIN_S) * RATE))
    last = round((float(str(label["speech_end_s"])) + MARGIN_S) * RATE)
    aligner.set_align_text(f"{WAKE} {text}" if wake else text)
    aligner.start_utt()
    aligner.process_raw(sound[first:last].tobytes(), full_utt=True)
    aligner.end_utt()
    if aligner.hyp() is None:
        return []
    parts = [part for part in aligner.seg() if part.word[0] not in "<[(+"]
    words = text.split()
    ends = [round(first / RATE + (part.end_frame + 1) / 100, 2) for part in parts][-len(words) :]
    return ends if len(ends) == len(words) else []


def main() -> None:
    """Align every spoken command and write where its words end."""
    aligner = Decoder(loglevel="FATAL", samprate=float(RATE), lm=None)
    lines = []
    for line in (FOLDER / "clips.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["action"] and label["kind"] != "hesitant" and (ends := word_ends(label, aligner)):
            lines.append(json.dumps({"file": label["file"], "word_ends_s": ends}) + "\n")
    (FOLDER / "words.jsonl").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
