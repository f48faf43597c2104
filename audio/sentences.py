"""Streamed text becomes pieces worth saying: the first clause as soon as it stands, whole sentences after it.

Every decision depends on the text alone and never on how it was fed: a place that needs the characters after it waits for them.
Markdown is removed, since the pieces are heard and not seen.
"""

import re

from audio.scripts import HAN

_FIRST_CLAUSE = 4.0
"""Weight from which a comma ends the very first piece: three English words or four Chinese characters, about a second of speech."""
_LONG_CLAUSE = 24.0
"""Weight from which a comma ends any piece: about five seconds of speech."""
_LONGEST = 60.0
"""Weight from which any gap between words ends a piece: text without punctuation."""
_WORD_WEIGHT = 1.5
"""Syllables in an English word of everyday speech; a Chinese character is one."""
_LONGEST_RUN = 16
"""End and closing marks in a row, from which they are a drawing and not punctuation."""
_LINK_REACH = 300
"""Characters within which a bracket that opened is expected to close."""

_CHINESE_ENDS = "。！？"
_ENDS = ".!?"
_CHINESE_COMMAS = "，；："
_COMMAS = ",;:"
_LESSER_MARKS = "、—…"
_CLOSERS = "\"'”’)]}»」』）】》*_`~"
_TRAILERS = _CHINESE_ENDS + _ENDS + "…"

_TITLES = re.compile(
    r"Mrs?|Ms|Dr|Prof|[SJ]r|St|Mt|Rev|Gen|Col|Capt|Lt|Gov|Sen|Rep|Hon|Dept|Ph\.D|[Uu]\.[SsKkNn](?:\.A)?|[Ee]\.g|[Ii]\.e|[Vv]s|[Cc]f|[Aa]pprox"
)
"""Abbreviations that never end a sentence, or so rarely that joining it with the next is the better mistake."""
_NUMBERED = re.compile(r"[Nn]os?|[Ff]igs?|[Ee]q|[Cc]h|[Ss]ec|[Vv]ol|pp?|[Tt]el")
"""Abbreviations when a digit follows, words otherwise."""

_WORD = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\w)+(?:['’.-](?:(?![{HAN}])\w)+)*")
_IS_HAN = re.compile(rf"[{HAN}]")
_LAST_WORD = re.compile(r"[A-Za-z](?:[A-Za-z]|\.(?=[A-Za-z]))*$")
_NEXT = re.compile(r"\S|\n")
_LIST_NUMBER = re.compile(r"\s*\d{1,3}$")
_OPEN_LINK = re.compile(r"\[[^\]\n]*$|\]\([^)\n]*$")
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】"}

_FENCE = re.compile(r"\s*(?:```|~~~)[^`]*")
_RULE = re.compile(r"\s*(?:[-*_=][ \t]*){3,}\s*")
_LINE_MARKS = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s+|[-*+•]\s+(?:\[[ xX]\]\s+)?)?")
_MARKDOWN = (
    (re.compile(r"!?\[([^\]]{0,300})\]\([^)]{0,300}\)"), r"\1"),  # links and pictures
    (re.compile(r"\[\^[^\]]{0,30}\]"), ""),  # footnotes
    (re.compile(r"\[([^\]]{1,300})\]\[[^\]]{0,300}\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"\\(?=[^\w\s])"), ""),
    (re.compile(r"\*{2,}|(?<!\d)(?<!\s)\*|^\*|\*(?![\d\s])|\*$|(?<=\d)\*(?=\s)|(?<=\s)\*(?=\d)"), ""),
    (re.compile(r"(?<![^\W_])_+|_+(?![^\W_])"), ""),
    (re.compile(r"`+|~{2,}"), ""),
    (re.compile(r"^\s*\||\|\s*$"), ""),  # tables
    (re.compile(r"\s*\|\s*"), ", "),
    (re.compile(r"\s+"), " "),
    (re.compile(r"^(?:[\s。！？!?,，、；;：:…”’」』）)\]】》]|\.(?!\d))+"), ""),  # what the piece before left behind
)


class Sentences:
    """Cuts one stream of text; after `flush` it is ready for the next."""

    def __init__(self) -> None:
        self._text = ""
        self._decided = 0  # characters of _text known to end nothing
        self._is_first = True
        self._at_line_start = True

    def feed(self, text: str) -> list[str]:
        """Take more text and return the pieces that are complete, in order, without Markdown."""
        self._text += text
        return self._pieces(is_last=False)

    def flush(self) -> list[str]:
        """Return what is left when the text is over."""
        pieces = self._pieces(is_last=True)
        pieces += self._take(len(self._text))
        self._is_first = self._at_line_start = True
        return pieces

    def _pieces(self, *, is_last: bool) -> list[str]:
        pieces: list[str] = []
        while self._decided < len(self._text):
            end = _end(self._text, self._decided, _FIRST_CLAUSE if self._is_first else _LONG_CLAUSE, is_last)
            if end is None:
                break
            if end:
                pieces += self._take(end)
            else:
                self._decided += 1
        return pieces

    def _take(self, end: int) -> list[str]:
        """Remove a piece from the front; empty when there is nothing to say in it."""
        raw, self._text, self._decided = self._text[:end], self._text[end:], 0
        said = plain(raw, at_line_start=self._at_line_start)
        self._at_line_start = raw.endswith("\n") or (self._at_line_start and not raw.strip())
        if not any(character.isalnum() for character in said):
            return []
        self._is_first = False
        return [said]


def plain(text: str, *, at_line_start: bool = True) -> str:
    """Remove Markdown from a piece of one line: emphasis, code marks, headings, list marks, links (their text stays), table bars."""
    if at_line_start:
        if _FENCE.fullmatch(text) or _RULE.fullmatch(text):
            return ""
        text = _LINE_MARKS.sub("", text, count=1)
    text = text.strip()
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return text.strip()


def weight(text: str) -> float:
    """Estimate syllables."""
    return sum(1.0 if _IS_HAN.match(word) else _WORD_WEIGHT for word in _WORD.findall(text))


def _weighs(text: str, at: int, least: float) -> bool:
    """Tell whether what stands before `at` weighs enough to be a piece."""
    return at * _WORD_WEIGHT >= least and weight(text[:at]) >= least


def _end(text: str, at: int, clause: float, is_last: bool) -> int | None:
    """Find the end of the piece that the character at `at` ends: 0 when it ends none, None when more text must tell."""
    character = text[at]
    if character == "\n":
        return at + 1
    if character not in _CHINESE_ENDS + _ENDS:
        return _clause_end(text, at, clause, is_last)
    if _in_link(text, at):
        return 0
    return _chinese_end(text, at, is_last) if character in _CHINESE_ENDS else _english_end(text, at, is_last)


def _clause_end(text: str, at: int, clause: float, is_last: bool) -> int | None:
    """End at a comma once the piece is worth saying, at lesser marks once it is long, between words once it is very long."""
    character = text[at]
    is_between_han = at > 0 and _IS_HAN.match(character) and _IS_HAN.match(text[at - 1])
    if character in _COMMAS + _CHINESE_COMMAS:
        least = clause
    elif character in _LESSER_MARKS:
        least = _LONG_CLAUSE
    elif character.isspace() or is_between_han:
        least = _LONGEST
    else:
        return 0
    if not _weighs(text, at, least) or _in_link(text, at):
        return 0
    if character in _COMMAS:
        return _comma_end(text, at, is_last)
    return at if is_between_han else at + 1


def _in_link(text: str, at: int) -> bool:
    return _OPEN_LINK.search(text, max(0, at - _LINK_REACH), at) is not None


def _chinese_end(text: str, at: int, is_last: bool) -> int | None:
    """End at once, unless a quotation is open: its closing mark belongs to this piece."""
    if all(text.count(opener, 0, at) <= text.count(closer, 0, at) for opener, closer in _PAIRS.items()):
        return at + 1
    after = _after_marks(text, at)
    return None if after == len(text) and not is_last else after


def _after_marks(text: str, at: int) -> int:
    """Find the first character after an end mark that is neither another end mark nor closes something; it looks only so far."""
    after = at + 1
    while after < min(len(text), at + _LONGEST_RUN) and text[after] in _TRAILERS + _CLOSERS:
        after += 1
    return after


def _english_end(text: str, at: int, is_last: bool) -> int | None:
    """End before white space or Chinese, if what follows looks like another sentence."""
    after = _after_marks(text, at)
    if after == len(text):
        return after if is_last else None
    if _IS_HAN.match(text[after]):
        return 0 if text[at - 1 : at].isdigit() else after
    if not text[after].isspace():
        return 0
    following = _NEXT.search(text, after)
    if following is None:
        return after if is_last else None
    return after if _is_over(text, at, after, following[0]) else 0


def _is_over(text: str, at: int, after: int, following: str) -> bool:
    """Tell whether the mark at `at` ends a sentence, when `following` is the first character of what comes."""
    if text[at] != ".":
        return not (following.islower() and text[after - 1] in _CLOSERS)
    if following.islower() or _LIST_NUMBER.fullmatch(text, 0, at):
        return False
    return following == "\n" or not _is_abbreviation(text, at, following)


def _is_abbreviation(text: str, at: int, following: str) -> bool:
    """Tell whether the full stop at `at` belongs to the word before it; what follows is no small letter."""
    last = _LAST_WORD.search(text, max(0, at - 12), at)
    if last is None:
        return False
    word = last[0]
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    return bool(_TITLES.fullmatch(word) or (following.isdigit() and _NUMBERED.fullmatch(word)))


def _comma_end(text: str, at: int, is_last: bool) -> int | None:
    """End before white space or Chinese, so that 10:30, 1,000 and https:// stay whole."""
    if at + 1 == len(text):
        return 0 if is_last else None
    following = text[at + 1]
    return at + 1 if following.isspace() or (_IS_HAN.match(following) and not text[at - 1 : at].isdigit()) else 0
