"""What our people say that they will come back with: read from a message, and by when, by their own clock."""

import time
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, ROUND_THE_CLOCK, Schedule, Week
from bot.domain.meant_times import resolved
from bot.domain.moments import moment
from bot.domain.promise_book import PROMISING, Hints, book
from bot.domain.promises import LONGEST, SOMETIME, Promise, due_ts, read
from bot.domain.said_times import Time

LISBON = Schedule(Week("Europe/Lisbon", OFFICE.days))
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday, ten o'clock in Lisbon


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of that spring."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def by_when(text: str) -> datetime | None:
    """By when somebody in Lisbon promises more; None where they name no time."""
    promise = read(text)
    assert promise is not None
    return resolved(promise.when, NOW, "Europe/Lisbon", LISBON) if promise.when else None


WITHOUT_A_TIME = """\
looking into it
I will check "why?"
Looking into this now, thanks for flagging!
Hi Ada, let me check with the billing team and come back to you.
Thanks! Let me look into that.
One sec
on it!
On it :+1:
<@U0ADA> I'm on it
:eyes:
👀
Hold on, checking
looking one sec
give me a sec to look into that
I'm sorry, one sec
We will look into this and get back to you as soon as we know more.
Our engineers are investigating this right now.
Sorry about that! I'll look into it right away
let me see what happened there
I'll ask Lee and let you know.
I’ll check whether we can do that.
Let me check if it's possible
Good morning Ada, I'll look into it.
We're still working on it. Thank you for your patience!
I'll circle back once I hear from engineering.
Let me dig into the logs
As promised I'm looking into it
*Looking into it* :mag:
Bear with me, please.
Ich kümmere mich darum.
I'm not sure, let me check with the railway.
No news yet, I'll keep you posted.
They still look for the seats: I'll update you as soon as there is news.
Noch nicht, ich melde mich.
Moment bitte
Bin dran
Ich schaue mir das gleich an
Wir sind dran und halten Sie auf dem Laufenden.
Estoy en ello
Un momento, por favor
Lo estamos investigando
Estamos analisando
Um momento, vou verificar
Je m'en occupe.
Nous vérifions et vous tenons au courant.
Un instant s'il vous plaît
Me ne occupo io
Un attimo, controllo
Stiamo verificando con i colleghi
Ik kijk ernaar en kom erop terug.
Momentje, ik zoek het even uit
Już sprawdzam
Zajmiemy się tym i damy znać
確認いたしますので、少々お待ちください。
調査中です
""".splitlines()


@pytest.mark.parametrize("text", WITHOUT_A_TIME)
def test_a_holding_reply_promises_more(text: str) -> None:
    assert read(text) == Promise()


BY_WHEN = [
    ("Let me check and get back to you by 3pm", at(4, 15)),
    ("let me check and get back to you by 3", at(4, 15)),
    ("I'm on it until 4.", at(4, 16)),
    ("I'll get back to you by 3 p.m., ok?", at(4, 15)),
    ("I'm on it until 15:30", at(4, 15, 30)),
    ("will update you tomorrow morning", at(5, 12)),
    ("We'll get back to you on Monday", at(9, 17)),
    ("I'll have an answer in 2 hours", at(4, 12)),
    ("I'll have an answer within the hour", at(4, 11)),
    ("back to you in half an hour", at(4, 10, 30)),
    ("I'll let you know by EOD", at(4, 17)),
    ("I'll take a look first thing tomorrow morning.", at(5, 12)),
    ("I'll DM you the details by 5", at(4, 17)),
    ("Please allow me a few minutes to check this.", at(4, 10, 15)),
    ("Next update at 16:00", at(4, 16)),
    ("I'll let you know by end of day tomorrow", at(5, 17)),
    ("I'm looking into it, will report back tomorrow at 10.", at(5, 10)),
    ("I'll look into it today and update you tomorrow at 4", at(5, 16)),
    ("Give me 10 minutes", at(4, 10, 10)),
    ("Please give us an hour", at(4, 11)),
    ("give me some more mins and I'll try it out", at(4, 10, 15)),
    ("I'll send you the contract by Friday.", at(6, 17)),
    ("We'll get back to you by March 10th", at(10, 17)),
    ("We'll get back to you by 2026-03-12", at(12, 17)),
    ("We'll come back to you next week", at(13, 17)),
    ("Expect an update within 2 business days", at(6, 17)),
    ("The fix is live. I'll check in with you tomorrow morning to see that all is well.", at(5, 12)),
    ("I'll get back to you by 3pm. If not, call me.", at(4, 15)),
    ("Which order is it? I'll get back to you by noon either way.", at(4, 12)),
    ("Let me check, back in 10 mins", at(4, 10, 10)),
    ("I'll update you by 3pm ET", at(4, 20)),
    ("I'll update you by 15:00 CET", at(4, 14)),
    ("I'll update you tonight", at(4, 20)),
    ("Ich schaue mir das an und melde mich bis 15 Uhr.", at(4, 15)),
    ("Wir prüfen das und geben Ihnen morgen früh Bescheid.", at(5, 12)),
    ("Ich melde mich in einer halben Stunde", at(4, 10, 30)),
    ("Ich gebe dir bis Freitag Mittag Bescheid", at(6, 12)),
    ("Lo reviso y te aviso antes de las 15h.", at(4, 15)),
    ("Déjame ver y te digo mañana por la mañana", at(5, 12)),
    ("Te respondo en 2 horas", at(4, 12)),
    ("Vou verificar e te retorno até amanhã.", at(5, 17)),
    ("Te dou um retorno em meia hora", at(4, 10, 30)),
    ("Je regarde et je reviens vers vous avant 15h30.", at(4, 15, 30)),
    ("Nous vérifions et vous tenons au courant demain matin.", at(5, 12)),
    ("Controllo e ti faccio sapere entro le 15.", at(4, 15)),
    ("Ti aggiorno tra un'ora", at(4, 11)),
    ("Ik zoek het uit en laat het je morgenochtend weten.", at(5, 12)),
    ("Ik kom er voor 15 uur bij je op terug, ik laat het je weten", at(4, 15)),
    ("Sprawdzę to i dam znać do 15.", at(4, 15)),
    ("Odezwę się jutro rano", at(5, 12)),
    ("確認して15時までにご連絡いたします。", at(4, 15)),
    ("明日の朝までにご連絡します。", at(5, 12)),
    ("2時間以内にご連絡します", at(4, 12)),
]


@pytest.mark.parametrize(("text", "due"), BY_WHEN)
def test_the_time_that_is_named_is_when_it_is_due(text: str, due: datetime) -> None:
    assert by_when(text) == due


NO_PROMISE = """\
I can't promise I'll get back by 3pm
I don't think I'll have an answer by Friday
I doubt we'll have news by Monday
I'll get back to work now
I looked into it yesterday and fixed it.
We were looking into it, and it's fixed now.
I was on it until 4
Have you been looking into it?
I've checked, it's enabled.
I checked and we were looking at the wrong account
I told you I would get back to you by 3
Should I look into it?
Shall we get back to you tomorrow?
Do you want me to check with billing?
Which order is it? I'll look into it.
Can you get back to me by 3pm?
Could you look into it by tomorrow?
Please check and get back to me by 3pm
Please give me your order number by 3pm
Let me know by 3pm
Let me know if that helps.
We need your confirmation by Friday
If you send me the log, I'll look into it.
Once you've sent it, I'll check.
I'll let you know if anything changes.
I would look into it but I'm not allowed.
They told me that they will let you know.
Sorry, we will not look into it.
Leider kann ich das nicht, wir prüfen nicht mehr.
I can look into it if you like
I'll be out of office until Monday, Lee will help you.
We'll be closed on Friday.
We'll see you on Monday at the workshop!
Let me walk you through it tomorrow at 3?
I looked at the logs and I'm sure it was the proxy.
You will receive an email within 24 hours.
Bitte melden Sie sich bis Freitag.
Laat het me weten voor vrijdag.
Fammi sapere entro domani.
Merci de nous répondre avant demain.
明日までにご返信ください。
I will not look into it
We couldn't look into it.
No need to look into it
We don't look into it before Monday
When you look into the folder you will see it.
> I'll get back to you by 3pm
&gt; I'll get back to you by 3pm
He said "let me check and get back to you by 3pm"
`let me check`
You can update it in Settings.
It's fixed now.
I'll be on vacation on Monday
Looking good!
Looking into the account I see that it qualifies.
Please send an email, and someone will get back to you soon.
Let me see if I got it right: two seats on March 14th. Correct?
Checking the box on the left does that.
The invoice was sent on Monday at 3pm.
Let me check. Yes, your plan includes five seats.
One moment. Found it: the invoice went to your old address.
Thanks!
You're welcome
Hi Ada
Wenn Sie mir die Nummer schicken, prüfe ich das.
Ich habe das geprüft.
Soll ich das prüfen?
Lo revisé ayer y está arreglado.
Si me envías el archivo, lo reviso.
J'ai vérifié, tout est bon.
Voulez-vous que je regarde ?
Ho controllato, è tutto a posto.
Ik heb het nagekeken.
Sprawdziłem to wczoraj.
確認しました。
確認していただけますか？
ご確認ください
""".splitlines()


@pytest.mark.parametrize("text", ["", " ", *NO_PROMISE])
def test_what_was_done_asked_cited_or_left_open_is_no_promise(text: str) -> None:
    assert read(text) is None


def test_an_hour_in_the_customers_own_zone_is_not_known_here() -> None:
    assert read("I'll get back to you by 3pm your time") == Promise()


@pytest.mark.parametrize(
    ("zone", "due"), [("America/New_York", at(4, 20)), ("Asia/Tokyo", at(5, 6)), ("Nowhere/Atlantis", at(4, 15))]
)
def test_three_is_by_the_clock_of_whoever_says_it(zone: str, due: datetime) -> None:
    promise = read("I'll get back to you by 3pm")
    assert promise
    assert moment(due_ts(promise.written, NOW, zone, LISBON)) == due


def test_an_hour_that_is_past_is_the_next_days() -> None:
    evening = at(4, 16)
    promise = read("I'll get back to you by 3pm")
    assert promise
    assert moment(due_ts(promise.written, evening, "Europe/Lisbon", LISBON)) == at(5, 15)


@pytest.mark.parametrize("text", ["looking into it", "I'll get back to you this week"])
def test_without_a_time_that_is_to_come_the_target_decides(text: str) -> None:
    promise, saturday = read(text), at(7, 10)
    assert promise
    assert due_ts(promise.written, saturday, "Europe/Lisbon", LISBON) == SOMETIME


def test_the_end_of_a_day_is_when_the_team_goes_home_and_six_where_it_never_does() -> None:
    promise = read("I'll get back to you by end of day")
    assert promise
    assert promise.when
    assert resolved(promise.when, NOW, "Europe/Lisbon", LISBON) == at(4, 17)
    assert resolved(promise.when, NOW, "Europe/Lisbon", Schedule(ROUND_THE_CLOCK)) == at(4, 18)
    night = at(4, 19)
    assert resolved(promise.when, night, "Europe/Lisbon", LISBON) == at(4, 23, 59)


def test_a_bare_hour_that_is_past_is_tonight_unless_the_team_works_at_it_tomorrow_alone() -> None:
    promise = read("I'll get back to you by 9")
    assert promise
    assert promise.when
    assert resolved(promise.when, NOW, "Europe/Lisbon", LISBON) == at(5, 9)
    assert resolved(promise.when, NOW, "Europe/Lisbon", Schedule(ROUND_THE_CLOCK)) == at(4, 21)
    assert resolved(promise.when, at(6, 10), "Europe/Lisbon", LISBON) == at(6, 21)  # no work on a Saturday


def test_what_is_promised_over_a_change_of_clocks_is_due_by_the_new_clock() -> None:
    before = datetime(2026, 3, 27, 10, 0, tzinfo=UTC)
    promise = read("I'll get back to you on Monday at 10:00")
    assert promise
    assert promise.when
    due = resolved(promise.when, before, "Europe/Lisbon", LISBON)
    assert due == datetime(2026, 3, 30, 10, 0, tzinfo=ZoneInfo("Europe/Lisbon"))


DAYS = st.sampled_from(["", "0", "1", "14", "w2", "w40", "d0", "d6", "n3", "week", "week1", "02-29", "12-31", "02-30"])
TIMES = st.builds(
    Time,
    day=DAYS,
    minute=st.none() | st.integers(0, 1439),
    half=st.booleans(),
    seconds=st.sampled_from([0, 0, 60, 3600, 10**7]),
    zone=st.sampled_from(["", "", "America/New_York"]),
)


@given(TIMES, st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_promise_is_never_due_before_it_is_made_nor_in_another_season(when: Time, said: datetime) -> None:
    due = resolved(when, said, "Europe/Berlin", LISBON)
    assert due is None or said < due <= said + timedelta(days=90)
    assert Promise.of(Promise(when).written) == Promise(when)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    promise = read(text)
    assert promise is None or due_ts(promise.written, NOW, "Europe/Lisbon", LISBON)


HOSTILE = [
    "let me ",
    "let me check. ",
    "if you ",
    "by 3, ",
    "by 3 ",
    "I'll check ",
    "```",
    '"',
    "in a few ",
    "> x\n",
    "looking into it, ",
    "a.m. ",
    "tomorrow ",
    "?",
    "1",
    "。",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_long_message_takes_no_longer_for_being_hostile(part: str) -> None:
    text = (part * 40_000)[:40_000]
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 2


def test_of_a_long_message_the_end_is_read_where_people_say_what_comes_next() -> None:
    assert read(f"{'The order is late. ' * LONGEST} I'll get back to you tomorrow.")


def test_every_phrase_of_the_file_has_a_hint_that_lets_it_be_read() -> None:
    hints = book().hints
    assert isinstance(hints, Hints)
    for text in (*WITHOUT_A_TIME, *(text for text, _ in BY_WHEN)):
        assert hints.are_in(text.casefold())
    for subject, verb in product(
        ("i'll", "we will", "let me"), ("look into it", "find out", "ask the team", "get back to you", "update you")
    ):
        assert hints.are_in(f"{subject} {verb}")
    assert not hints.are_in("it is enabled for the whole account.")
    assert set(PROMISING) > {"said", "moments"}
