"""Home tabs in every state that a person can meet; extremes too. Part of tests.views.examples."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.hours import OFFICE, ROUND_THE_CLOCK, Week
from bot.domain.kudos import Behaviour, Where
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks, week_of
from bot.views import home, home_digest, home_forms, home_teams, kudos_pages, privacy
from bot.views.home import Page
from bot.views.home_health import Failure, Health, Known
from bot.views.home_teams import Led
from bot.views.kudos import Story
from bot.views.kudos_pages import Unthanked
from bot.views.nudges import Waiting
from bot.views.promises import Owed

Json = dict[str, Any]

LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
NOW = datetime(2026, 3, 4, 10, 35, tzinfo=UTC)  # a Wednesday
THIS, (LAST,) = week_of("Europe/Lisbon", NOW), last_weeks("Europe/Lisbon", NOW, 1)
HOSTILE = "<!channel>&* `x` <@U0MIA>\n" * 40

WAITING = Waiting("C0ACME", "Ada", LINK, timedelta(minutes=47), timedelta(hours=1))
WAITING_NEW = Waiting("C0GUESTS", "Gita", LINK, timedelta(minutes=2), timedelta(hours=1), new_here=True)
OWED = Owed(3, "C0ACME", "Ada", LINK, NOW + timedelta(hours=4, minutes=25))
STORY = Story(
    7, "U0ANA", ("U0LEE",), (Behaviour.KINDNESS,), "for staying until their booking worked", Where.PRIVATE, NOW, LINK
)
MINE = Figures(THIS, 9, 12, 1, 0, within_target=0.91, median_s=1500, p90_s=4000, not_asked_again=0.8, after_hours=0)
LAST_OF_MINE = replace(MINE, week=LAST, answers=15)
TEAM = Figures(LAST, 41, 60, 3, 2, within_target=0.93, median_s=1510, p90_s=4000, not_asked_again=0.84, after_hours=3)
LED = Led("Care", 4, timedelta(hours=2), TEAM, 12, (Unthanked("U0OMAR", (LINK,)),), 30, (WAITING, WAITING_NEW, WAITING))
HEALTH = Health(
    at=NOW,
    heard_at=NOW - timedelta(minutes=1),
    events=1412,
    events_most=10_000,
    outbox=0,
    oldest=None,
    failure=None,
    teams=(Known("Care", 4, 3, "C0CARE"),),
    outside=(),
    without_team=(),
)
AGENT = Page(
    NOW,
    in_team=True,
    is_agent=True,
    waiting=(WAITING, WAITING_NEW),
    waits=2,
    promised=(OWED,),
    this_week=MINE,
    last_week=LAST_OF_MINE,
    stories=(STORY,),
)
QUIET = Page(NOW, in_team=True, is_agent=True, this_week=Figures(THIS, 0, 0, 0, 0), last_week=Figures(LAST, 0, 0, 0, 0))
MANAGER = replace(QUIET, is_agent=False, led=(LED,))
UNWELL = replace(
    HEALTH,
    events=10_001,
    outbox=4,
    oldest=NOW - timedelta(hours=3),
    failure=Failure("nudge:17:reply", "channel_not_found", NOW - timedelta(days=1)),
    outside=("C0ACME", "C0BLUEBIRD"),
    without_team=tuple(f"C{number:011}" for number in range(200)),
)
MOST = Page(
    NOW,
    in_team=True,
    is_agent=True,
    waiting=(replace(WAITING, customer=HOSTILE, new_here=True, waited=timedelta(days=4000)),) * home.MOST_WAITING,
    waits=99_999,
    promised=(replace(OWED, customer=HOSTILE),) * 99,
    this_week=MINE,
    last_week=LAST_OF_MINE,
    led=(
        replace(
            LED,
            name=HOSTILE,
            waits=99_999,
            waiting=(replace(WAITING, customer=HOSTILE),) * 9,
            unthanked=(Unthanked("U0OMAR", (LINK,) * 3),) * 200,
        ),
    )
    * home_teams.MOST_TEAMS,
    more_led=(HOSTILE,) * 300,
    stories=(replace(STORY, reason=HOSTILE, behaviours=tuple(Behaviour)),) * home.MOST_STORIES,
    health=replace(
        UNWELL,
        failure=Failure(HOSTILE, HOSTILE, NOW),
        teams=(Known(HOSTILE, 99_999, 99_999, None),) * 300,
    ),
)
PAGES = {
    "agent": AGENT,
    "agent, quiet": QUIET,
    "agent, one answer": replace(QUIET, this_week=replace(MINE, conversations=1, answers=1), last_week=LAST_OF_MINE),
    "manager": MANAGER,
    "manager of a small team": replace(
        MANAGER, led=(replace(LED, last_week=Figures(LAST, 41, 60, 2, 2), unthanked=()),)
    ),
    "manager, quiet": replace(MANAGER, led=(Led("Care", 0, None, Figures(LAST, 0, 0, 0, 0), 0, (), 30),)),
    "admin": Page(NOW, health=HEALTH),
    "admin, unwell": Page(NOW, health=UNWELL),
    "admin, nothing set up": Page(NOW, health=replace(HEALTH, heard_at=None, teams=())),
    "agent, manager and admin": replace(AGENT, led=(LED,), health=HEALTH),
    "in no team": Page(NOW),
    "in no team, with a customer": Page(NOW, waiting=(WAITING,), waits=1),
    "as much as can be": MOST,
}


def _views() -> Iterator[tuple[str, Json]]:
    for name, page in PAGES.items():
        yield name, home.home(page).view()
    yield "outside", home.nothing().view()
    stories = [replace(STORY, reason=HOSTILE)] * kudos_pages.MOST_STORIES
    kept = [kudos_pages.Kept("C0ACME", LINK, NOW)] * 20
    yield "kudos", home.kudos(kudos_pages.mine(stories, stories, kept, len(stories))).view()
    yield "kudos, none", home.kudos(kudos_pages.mine([], [])).view()


HOMES: dict[str, Json] = dict(_views())

NIGHT = ((time(22), time(6)), (time(9), time(12, 30)))
NIGHTS = Week("America/Argentina/Buenos_Aires", ((), NIGHT, NIGHT, NIGHT, NIGHT, NIGHT, ()))
(MON, TUE, WED, THU, FRI, SAT, SUN) = [((time(hour), time(hour, 30)),) for hour in range(7)]
ODD = Week("Europe/Lisbon", (MON, TUE, WED, THU, FRI, SAT, SUN))
OFFICE_HOURS = home_forms.Hours("Care", replace(OFFICE, zone="Europe/Lisbon"), (date(2026, 4, 3), date(2026, 5, 1)))
READ: dict[str, Json] = {
    "hours": home_forms.hours([OFFICE_HOURS], ["U0NIA"]),
    "hours, many": home_forms.hours(
        [home_forms.Hours(HOSTILE, week, (date(2026, 12, 25),) * 99) for week in (NIGHTS, ODD, ROUND_THE_CLOCK)] * 9,
        ["U0NIA"] * 300,
    ),
    "hours, none": home_forms.hours([], []),
    "kept": privacy.kept(dict.fromkeys(privacy.Row, 0) | {privacy.Row.RECEIVED: 1, privacy.Row.MESSAGES: 1204}),
    "kept, all": privacy.kept(dict.fromkeys(privacy.Row, 2), council=True),
    "kept, nothing": privacy.kept({}),
    "digest, saved": home_digest.saved(),
    "kept, told": privacy.told("It is being erased. That takes a minute or two, and you need not wait for it."),
}
EXTREME = ("as much as can be", "kudos", "hours, many")  # held against limits, not to be read
