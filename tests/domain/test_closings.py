"""What ends a conversation and what only looks like it."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.closings import LONGEST, Before, Reading, before, read, read_any

ANSWER = "We have fixed the import."
ENDS = {
    "thanks": [
        "Thanks!",
        "thx",
        "ty",
        "tysm!!",
        "thankyou",
        "Thank u so much",
        "THANKSSSS",
        "Perfect, thank you so much for your quick help!",
        "ok great thanks",
        "Thanks again, much appreciated.",
        "really appreciate it",
        "you're the best :heart:",
        "oh I see, thank you for letting me know",
        "Thanks <@U0AGENT1> :tada:",
        "<@U0AGENT1|lee>: *thank you!*",
        "thanks everyone 🙏🏽",
        "thanks :)",
        "thanks &lt;3",
        "Thanks\n\n:+1::skin-tone-3:",
        "no problem, thanks for looking into it",
    ],
    "goodbye": [
        "bye",
        "Thanks, bye!",
        "have a great weekend",
        "ok thank you have a nice day",
        "thanks &amp; bye",
        "you too!",
    ],
    "done": [
        "That's all",
        "No, that's all. Thanks!",
        "that’s everything for now",
        "all good now",
        "you can close this",
    ],
    "works": [
        "works now",
        "It works, thanks a lot!",
        "that fixed it",
        "Yes, it's working now :tada:",
        "solved",
        "that helps",
    ],
    "will_try": ["will do", "Thanks, will try that", "ok, I'll give it a shot and let you know", "let me check"],
    "declined": ["no thanks", "No, thank you!", "no need, thanks"],
    "emoji": ["👍", ":+1:", ":thumbsup::skin-tone-4:", "🎉 ❤️", "awesome :rocket:", ":)", "🙇‍♂️"],
    "understood": ["got it", "Makes sense.", "ah ok, I see", "no worries"],
    "pleased": ["great", "Perfect!", "ok cool"],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in ENDS.items() for text in texts])
def test_a_whole_closing_needs_no_reply(rule: str, text: str) -> None:
    reading = read(text, ANSWER)
    assert (reading.needs_reply, reading.reason) == (False, rule)


@pytest.mark.parametrize(
    "text",
    [
        "¡Muchas gracias, que tengas un buen día!",
        "vale, perfecto",
        "eso es todo, gracias",
        "ya funciona",
        "Muito obrigada pela ajuda!",
        "funcionou, valeu",
        "é só isso, obrigado",
        "Merci beaucoup, bonne journée !",
        "c’est bon, merci",
        "ça marche, merci pour votre aide",
        "Vielen Dank, schönen Tag noch!",
        "Super, danke dir",
        "Jetzt geht's, vielen Dank für die schnelle Hilfe. Viele Grüße",
        "Grazie mille, buona giornata",
        "perfetto, ora funziona",
        "Dank je wel, fijne dag!",
        "het werkt nu, bedankt voor je hulp",
        "Dziękuję bardzo za pomoc, miłego dnia",
        "juz dziala, dzieki",
        "ありがとうございます！",
        "了解です。助かりました、ありがとうございました🙏",
        "できました！",
    ],
)
def test_customers_end_in_their_own_language(text: str) -> None:
    assert not read(text, ANSWER).needs_reply


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("thanks in advance", id="asked for beforehand"),
        pytest.param("Danke im Voraus", id="asked for beforehand, in German"),
        pytest.param("gracias de antemano", id="asked for beforehand, in Spanish"),
        pytest.param("merci d'avance", id="asked for beforehand, in French"),
        pytest.param("thanks, but", id="more is coming"),
        pytest.param("thanks, but it still fails", id="a but"),
        pytest.param("Thank you, here is the log", id="something was sent"),
        pytest.param("perfect, one more thing", id="one more thing"),
        pytest.param("thanks and", id="hanging"),
        pytest.param("ok so", id="hanging too"),
        pytest.param("thanks :(", id="a sad face"),
        pytest.param("thanks :thinking_face:", id="a doubting emoji"),
        pytest.param(":-1:", id="a thumb down"),
        pytest.param(":wave:", id="a wave may be a greeting"),
        pytest.param("thanks, order 4471", id="a number"),
        pytest.param("<@U0AGENT1>", id="a bare mention"),
        pytest.param("<!here> thanks", id="a broadcast"),
        pytest.param("see <#C024BE7LR|ops>, thanks", id="a channel"),
        pytest.param("> did you restart\nthanks", id="a quotation"),
        pytest.param("it does not work, thanks", id="broken"),
        pytest.param("Nothing works now", id="two closings that make a complaint"),
        pytest.param("nothing else works, thanks", id="another one"),
        pytest.param("no good", id="no and good"),
        pytest.param("nie działa", id="does not work, in Polish"),
        pytest.param("non funziona", id="does not work, in Italian"),
        pytest.param("no funciona, gracias", id="does not work, in Spanish"),
        pytest.param("check this", id="an order"),
        pytest.param("it's all here, thanks", id="something came along"),
        pytest.param("this is everything", id="and all of it"),
        pytest.param("try again", id="another order"),
        pytest.param("please", id="a request"),
        pytest.param("yes please", id="an answer"),
        pytest.param("hi", id="a greeting"),
        pytest.param("buen día", id="a greeting in Spanish"),
        pytest.param("お疲れ様です", id="a greeting in Japanese"),
        pytest.param("very much", id="a tail alone"),
        pytest.param("too much work, thanks", id="a complaint"),
        pytest.param("already fixed again", id="a tail before its closing"),
        pytest.param("!!!", id="punctuation alone"),
        pytest.param("that would be great", id="an acceptance"),
        pytest.param("sounds good", id="another acceptance"),
    ],
)
def test_what_only_looks_like_a_closing_needs_a_reply(text: str) -> None:
    assert read(text).needs_reply


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("https://status.example.com", "link"),
        ("<https://status.example.com/log|the log> thanks", "link"),
        ("thanks <mailto:lee@example.com|lee>", "link"),
        ("`null` thanks", "code"),
        ("thanks?", "question"),
        ("¿gracias", "question"),
        ("ありがとう？", "question"),
        ("how do I undo this", "question"),
        ("can you resend it, thanks", "question"),
        ("thanks " * 200, "long"),
        ("I cannot log in", "unsure"),
    ],
)
def test_a_reading_names_its_rule(text: str, reason: str) -> None:
    assert read(text) == Reading(needs_reply=True, reason=reason)


@pytest.mark.parametrize(
    ("previous", "text", "needs_reply"),
    [
        (None, "ok", True),
        ("Try restarting it, that should help.", "ok", False),
        ("Shall I refund it?", "ok", True),
        ("Shall I refund it?", "great, thanks", True),
        ("返金しますか。", "ありがとうございます", True),
        ("Does it work now?", "works now, thanks", False),
        ("Does it work now?", "no", True),
        ("Done. Is there anything else I can do?", "no", False),
        ("Done. Is there anything else I can do?", "Nope, all good", False),
        ("Done. Is there anything else I can do?", "great", False),
        ("Kann ich sonst noch etwas tun?", "nein", False),
        ("We could do Tuesday at three.", "that works for me", True),
        ("We could do Tuesday at three.", "sounds good, thanks", False),
    ],
)
def test_a_short_word_means_what_came_before_it(previous: str | None, text: str, needs_reply: bool) -> None:
    assert read(text, previous).needs_reply is needs_reply


CLOSINGS = st.sampled_from([text for texts in ENDS.values() for text in texts])


@given(
    CLOSINGS,
    st.sampled_from(["?", " but", " the invoice is wrong", " https://example.com", " `x`", " 7", "\n> thanks"]),
)
def test_one_thing_more_makes_any_closing_need_a_reply(closing: str, more: str) -> None:
    assert read(closing + more).needs_reply
    assert read(f"{more} {closing}").needs_reply


@given(CLOSINGS, CLOSINGS)
def test_two_closings_are_a_closing(one: str, other: str) -> None:
    assert not read(f"{one}\n{other}", ANSWER).needs_reply


@given(st.text(max_size=80), st.none() | st.text(max_size=40))
def test_any_text_can_be_read(text: str, previous: str | None) -> None:
    assert isinstance(read(text, previous), Reading)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Thnaks for the quick reponse", "thanks"),
        ("Thank you for your assistence", "thanks"),
        ("okthanks", "thanks"),
        ("thankyoubye", "goodbye"),
        ("have a nice daybye", "goodbye"),
        ("Perfcet, evrything works now", "works"),
        ("I think thanks", "unsure"),
        ("Tanker", "unsure"),
    ],
)
def test_slips_of_the_pen_are_read_as_what_was_meant(text: str, rule: str) -> None:
    assert read(text, ANSWER).reason == rule


@pytest.mark.parametrize(
    ("previous", "leaves"),
    [
        (None, Before.ALONE),
        ("", Before.STATEMENT),
        ("Is there anything else?", Before.OFFER),
        ("Can I help you with another order?", Before.OFFER),
        ("Done. Which plan are you on?", Before.QUESTION),
        ("Should I send it again", Before.QUESTION),
        ("Please restart it.", Before.INSTRUCTION),
        ("We have refunded it.", Before.RESULT),
        ("I'll look into it.", Before.RESULT),
        ("The office is in Turin.", Before.STATEMENT),
        ("¿Algo más?", Before.OFFER),
        ("他に何かございますか。", Before.OFFER),
    ],
)
def test_our_message_is_kept_as_one_word(previous: str | None, leaves: Before) -> None:
    assert before(previous) is leaves


OURS = st.sampled_from(
    [None, "", "Done.", "Shall I refund it?", "Is there anything else I can do?", "Please restart it.", "Let me check."]
)


@given(CLOSINGS | st.text(max_size=40), OURS | st.text(max_size=60))
def test_a_message_can_be_read_before_it_is_known_what_we_said(text: str, previous: str | None) -> None:
    """Only the verdict on our message is kept, never its words: that must be enough."""
    assert read(text, previous) == read_any(text)[before(previous)]


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, the work calls: a measure that no busy machine disturbs."""
    seen = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen


HOSTILE = [
    "thank you so very ",
    "no no",
    "<",
    "<@U",
    ":",
    ":a",
    "ok ",
    "x",
    "\u0301",
    "で",
    "👍",
    "thanks for all of the ",
    "(:",
    "that is all i need for now and ",
    "i will try it and let you know ",
    "no but yes ",
    "thankyoubye",
    "thnaks ",
    "abcdefghijklmnopqrstuvwxyzabc ",
    "Bob, ",
    "agent12 ",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(part: str) -> None:
    """Up to the longest that is read at all; 40,000 characters are then no more work than one look."""
    read("thanks", "load the phrases first")
    half, whole = (part * LONGEST)[: LONGEST // 2], (part * LONGEST)[:LONGEST]
    assert calls(lambda: read(whole)) <= 2.2 * calls(lambda: read(half)) + 20
    assert read((part * 40_000)[:40_000]).reason == "long"
    assert calls(lambda: read((part * 40_000)[:40_000])) < 20


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("Thanks!", True),
        ("It works now. Thank you so much!", True),
        ("Great job, bye!", True),
        ("Vielen Dank", True),
        ("It works now.", False),
        ("No thanks", False),
        ("ok", False),
        ("Thanks, but how do I sign in?", False),
        ("Thanks. The invoice is still wrong.", False),
    ],
)
def test_a_closing_tells_whether_it_thanks_also_beside_a_stronger_rule(text: str, thanks: bool) -> None:
    assert read(text).thanks is thanks
