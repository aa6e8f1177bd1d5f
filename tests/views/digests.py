"""Weekly pages in every state that a person can meet; extremes too. Part of tests.views.examples."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.kudos import Behaviour, Where
from bot.domain.statistics import Figures, Load
from bot.domain.weeks import last_weeks
from bot.views import digest, digest_answers, digest_mine
from bot.views.digest import TeamWeek
from bot.views.digest_answers import Own, TeamsPage
from bot.views.digest_mine import MyWeek, TeamLoad
from bot.views.kudos import Story
from bot.views.message import Message
from bot.views.nudges import Waiting
from tests.views.expected import TOLD

LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)  # a Monday
*BEFORE, LAST = last_weeks("Europe/Lisbon", NOW, 9)
HOSTILE = "<!channel>&* `x` <@U0MIA>\n" * 40

MEDIANS = (55, 61, 48, 52, 57, 50, 46, 49)


def figures(week: int, **values: object) -> Figures:
    """Of the eight weeks before, or (8) the last one."""
    of = [*BEFORE, LAST][week]
    usual = Figures(
        of, 21, 30, 4, 1, within_target=0.87, median_s=2520, p90_s=5400, not_asked_again=0.83, after_hours=3
    )
    return replace(usual, **values)  # type: ignore[arg-type]


WEEK = TeamWeek(
    name="Care",
    week=LAST,
    figures=figures(8, conversations=24, answers=33, silence_broken=3, within_target=0.91),
    before=tuple(figures(place, median_s=60 * minutes) for place, minutes in enumerate(MEDIANS)),
    target=timedelta(hours=1),
    waiting=(
        Waiting("C0ACME", "Ada", LINK, timedelta(hours=3), timedelta(hours=1)),
        Waiting("C0BLUEBIRD", "Bob", LINK, timedelta(hours=1), timedelta(hours=1)),
    ),
    waiting_count=2,
    waited=True,
    stories=(
        Story(
            7,
            "U0MIA",
            ("U0LEE",),
            (Behaviour.KINDNESS,),
            "staying with the bakery family until their booking worked",
            Where.TEAM,
            NOW - timedelta(days=4),
            LINK,
        ),
        Story(
            9,
            "U0LEE",
            ("U0ANA", "U0OMAR"),
            (Behaviour.SOLUTIONS, Behaviour.OPTIMISM),
            "the idea with the two forms, which saved everybody a day",
            Where.KUDOS,
            NOW - timedelta(days=3),
        ),
    ),
    names={"U0MIA": "Mia", "U0LEE": "Lee", "U0ANA": "Ana", "U0OMAR": "Omar"},
    thanked=4,
    invitation=Behaviour.WELCOMING,
)
SMALL = replace(
    WEEK,
    figures=Figures(LAST, 5, 6, 2, 0),
    before=tuple(Figures(week, 5, 6, 2, 0) for week in BEFORE),
    waiting=(),
    waiting_count=0,
    waited=False,
    stories=(),
    invitation=None,
)
QUIET = replace(SMALL, figures=Figures(LAST, 0, 0, 0, 0), thanked=0, stories=WEEK.stories[:1], late=True)
FIRST = replace(WEEK, before=(), waiting=(), waiting_count=0, stories=(), thanked=0, invitation=None)
EXTREME = replace(
    WEEK,
    name=HOSTILE,
    target=timedelta(hours=700),
    figures=figures(8, conversations=10**9, answers=10**9, silence_broken=10**9, median_s=10**7, p90_s=10**8),
    waiting=(Waiting("C0ACME", HOSTILE, LINK, timedelta(days=4000), timedelta(days=3000)),) * 5,
    waiting_count=10**6,
    stories=tuple(
        Story(
            2**62 + n,
            "U0MIA",
            tuple(f"U{i:011}" for i in range(200)),
            tuple(Behaviour),
            "&" * 1000,
            Where.TEAM,
            NOW,
            LINK,
        )
        for n in range(3)
    ),
    names={"U0MIA": HOSTILE, **{f"U{i:011}": HOSTILE for i in range(200)}},
    thanked=10**6,
    late=True,
)
WEEKS = {"a week": WEEK, "small team": SMALL, "quiet": QUIET, "the first": FIRST, "extreme": EXTREME}

MINE = MyWeek(
    LAST,
    figures(8, conversations=7, answers=11, answerers=1, median_s=1500, after_hours=2),
    tuple(figures(place, answers=12, median_s=1900) for place in range(8)),
    WEEK.waiting[:1],
    1,
    thanked=2,
)
ONCE = replace(MINE, figures=figures(8, conversations=1, answers=1, answerers=1, median_s=300, after_hours=0))
MY_QUIET = MyWeek(LAST, Figures(LAST, 0, 0, 0, 0), (), thanked=1)


def load(week: int, *by_weekday: int, after_hours: int | None = 2) -> Load:
    """Of the eight weeks before, or (8) the last one."""
    return Load([*BEFORE, LAST][week], by_weekday, sum(by_weekday) - 2, sum(by_weekday) - 8, after_hours)


LOAD = TeamLoad(
    "Care",
    load(8, 9, 14, 6, 5, 4, 0, 0, after_hours=7),
    tuple(load(place, 8, 7, 7, 6, 5, 0, 0) for place in range(8)),
    WEEK.waiting,
    2,
    (date(2026, 3, 11),),
)
CALM = TeamLoad("Night watch", Load(LAST, (1, 0, 0, 0, 0, 0, 1), 0, 0, None), (), (), 0, ())
MANY = TeamLoad(
    HOSTILE,
    load(8, *[10**9] * 7),
    LOAD.before,
    EXTREME.waiting,
    10**6,
    tuple(date(2026, 3, 9 + n) for n in range(7)),
    TOLD["extreme"],
)

AT = NOW + timedelta(days=7)


def messages() -> Iterator[tuple[str, Message]]:
    for name, week in WEEKS.items():
        yield f"page, {name}", digest.page(week)
        yield f"thread, {name}", digest.details(week)
    for name, mine in {"a week": MINE, "one answer": ONCE, "quiet": MY_QUIET}.items():
        yield f"mine, {name}", digest_mine.mine(mine)
    for name, teams in {"one": (LOAD,), "two": (LOAD, CALM), "many": (MANY,) * 20}.items():
        yield f"load, {name}", digest_mine.managers(LAST, teams)


def answers() -> Iterator[tuple[str, Message]]:
    pages = [TeamsPage("Care", "C0CARE", AT), TeamsPage(HOSTILE, None, None)]
    yield "standing", digest_answers.standing(pages, [Own(False, None), Own(True, AT)], may_change=True)
    yield "standing, an agent", digest_answers.standing(pages[:1], [Own(False, AT)], may_change=False)
    yield "standing, nobody", digest_answers.standing([], [], may_change=False)
    yield "preview", digest_answers.preview([digest.page(WEEK, preview=True), digest_mine.mine(MINE)])
    for name, week in WEEKS.items():
        pages_of_two = [digest.page(week, preview=True), digest.page(week, preview=True)]
        yield f"preview, of two teams, {name} and many", digest_answers.preview(pages_of_two)
    yield "preview, nothing", digest_answers.preview([digest_answers.nothing_yet(one) for one in (HOSTILE, None)])
