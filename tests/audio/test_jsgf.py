import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.asr.jsgf import Sentences, read
from audio.errors import EngineError

HEADER = "#JSGF V1.0;\ngrammar test;\n"


def grammar(rules, *, unknown=(), before=()):
    return read(HEADER + rules, lambda word: word not in unknown, before)


def sentences(found):
    """All sentences of an automaton."""
    after = {}
    for start, word, end in found.automaton.edges:
        after.setdefault(start, []).append((word, end))

    def walk(state, said):
        if state in found.automaton.finals:
            yield " ".join(said)
        for word, end in after.get(state, ()):
            yield from walk(end, [*said, word])

    every = list(walk(0, []))
    assert len(every) == len(set(every)), "a deterministic automaton reads each sentence in one way"
    return set(every)


def said(rules, **more):
    return sentences(grammar(rules, **more))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("stop", {"stop"}),
        ("turn it (up | down)", {"turn it up", "turn it down"}),
        ("set [a] timer", {"set timer", "set a timer"}),
        ("[please] (stop | be quiet) [now]", {f"{a}{b}{c}" for a in ("", "please ") for b in ("stop", "be quiet") for c in ("", " now")}),
        ("stop | stop | halt", {"stop", "halt"}),
        ("stop <NULL>", {"stop"}),
        ("stop | wait <VOID>", {"stop"}),
        ('"twenty five" minutes', {"twenty five minutes"}),
        ("/3/ stop | /0.5/ halt", {"stop", "halt"}),
        ("stop {action.stop} | halt {a \\} brace}", {"stop", "halt"}),
        ("Stop THE Timer", {"stop the timer"}),
        ("what's the time", {"what's the time"}),
        ("roll /* which\n one? */ a dice // or two", {"roll a dice"}),
        ("((((stop))))", {"stop"}),
        ("[[a] b] c", {"c", "b c", "a b c"}),
    ],
)
def test_a_rule_allows_these_sentences_and_no_others(body, expected):
    assert said(f"public <r> = {body}\n;") == expected


def test_rules_may_use_others_before_and_after_they_are_defined():
    rules = "<n> = one | two; public <r> = <n> <unit>; <unit> = hour | minute;"
    assert said(rules) == {f"{n} {unit}" for n in ("one", "two") for unit in ("hour", "minute")}


def test_every_public_rule_counts_and_a_private_one_only_where_it_is_used():
    assert said("public <a> = stop; <b> = never; public <c> = go;") == {"stop", "go"}


def test_the_last_semicolon_may_be_missing():
    assert said("public <r> = stop") == {"stop"}


def test_a_byte_order_mark_and_an_encoding_are_taken():
    assert sentences(read("\ufeff#JSGF V1.0 UTF-8 en;\ngrammar a.b;\npublic <r> = stop;", lambda _: True)) == {"stop"}


def test_words_before_a_sentence_may_be_left_out_but_keep_their_order():
    assert said("public <r> = stop;", before=["hey", "you"]) == {"stop", "hey stop", "you stop", "hey you stop"}


def test_an_unknown_word_takes_its_alternative_with_it_and_is_listed():
    found = grammar("public <r> = stop the (timer | qwzx [now] | zrk); public <s> = zrk me;", unknown=("qwzx", "zrk"))
    assert sentences(found) == {"stop the timer"}
    assert found.missing == ("qwzx", "zrk")


def test_an_unknown_option_is_only_left_out():
    assert said("public <r> = stop [zrk] now;", unknown=("zrk",)) == {"stop now"}


def test_the_words_of_an_automaton_are_those_that_can_be_said():
    assert grammar("public <r> = go (home | zrk) [now]; <s> = never;", unknown=("zrk",)).automaton.words == {"go", "home", "now"}


def test_equal_endings_share_their_states():
    tens = "twenty | thirty | forty | fifty"
    found = grammar(f"public <r> = set a timer for ({tens}) minutes | wait ({tens}) minutes;").automaton
    assert sentences(grammar(f"public <r> = set a timer for ({tens}) minutes | wait ({tens}) minutes;")) >= {"wait forty minutes"}
    # set, a, timer and for take a state each; what follows "for" and "wait" is the same two, and then the end
    assert len({end for _, _, end in found.edges} | {0}) == 1 + 3 + 1 + 1 + 1
    assert len(found.finals) == 1


def test_many_alternatives_of_many_words_stay_small():
    digits = "one|two|three|four|five|six|seven|eight|nine"
    found = grammar(f"<d> = {digits}; public <r> = <d> <d> <d> <d> <d> <d> [<d>] [<d>];").automaton  # 48 million sentences
    assert len(found.edges) == 9 * 8


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), min_size=1, max_size=8))
def test_the_automaton_reads_exactly_the_sentences_put_in(lists):
    every = {" ".join(words) for words in lists}
    assert said(f"public <r> = {' | '.join(sorted(every))};") == every


@given(
    st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=6), st.lists(st.text("abc", max_size=3), min_size=1, max_size=4)
)
def test_the_same_sentences_are_the_same_number(some, others):
    sets = Sentences()

    def number(words):
        found = sets.NOTHING
        for word in words:
            one = sets.EMPTY
            for letter in word:
                one = sets.join(one, sets.word(letter))
            found = sets.union(found, one)
        return found

    joined = sets.join(number(some), number(others))
    assert joined == number({a + b for a in some for b in others})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("public <r> = stop;", "does not begin with"),
        ("", "does not begin with"),
        (HEADER, "no public rule, only: nothing"),
        (f"{HEADER}<a> = stop; <b> = go;", "no public rule, only: <a>, <b>"),
        (f"{HEADER}public <r> = <other>;<a> = b;", "uses <other> but does not define it. Defined: <r>, <a>"),
        (f"{HEADER}public <r> = go <s>; <s> = on <r>;", "contains itself"),
        (f"{HEADER}public <r> = a; <r> = b;", "defines <r> twice"),
        (f"{HEADER}public r = a;", 'Expected "<name> = ... ;" in the grammar, found "public r = a"'),
        (f"{HEADER}public <r> = ;", "Expected"),
        (f"{HEADER}public <r> = a | ;", "empty alternative in <r>"),
        (f"{HEADER}public <r> = a ();", "empty alternative in <r>"),
        (f"{HEADER}public <r> = a | | b;", "empty alternative in <r>"),
        (f"{HEADER}public <r> = (a [b);", 'a "[" that is not closed in <r>'),
        (f"{HEADER}public <r> = (a;", 'a "(" that is not closed in <r>'),
        (f"{HEADER}public <r> = a) b;", 'a ")" too many in <r>'),
        (f"{HEADER}public <r> = a]] ;", 'a "]" too many in <r>'),
        (f"{HEADER}public <r> = a+;", '"+" in <r>, which is not understood'),
        (f"{HEADER}public <r> = (a | b)*;", '"*" in <r>, which is not understood'),
        (f"{HEADER}public <r> = stop;\npublic <s> = }} go;", "cannot be read from line 3"),
        (f"{HEADER}public <r> = <NULL>;", "allows no sentence. Unknown words: none"),
        (f"{HEADER}public <r> = unknown;", "allows no sentence. Unknown words: unknown"),
        (f"{HEADER}import <a.b>; public <r> = stop;", "Expected"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_where(text, complaint):
    with pytest.raises(EngineError) as error:
        read(text, lambda word: word != "unknown")
    assert complaint in str(error.value)
