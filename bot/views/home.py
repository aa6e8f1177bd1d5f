"""The Home tab: for each of ours what is theirs, for everybody else a friendly nothing without an internal word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot.domain.presence import Quiet
from bot.domain.statistics import Figures
from bot.views import (
    asks,
    care,
    digest_mine,
    home_health,
    home_teams,
    kudos_pages,
    presence,
    promises,
    prompts,
    setup_home,
)
from bot.views.asks import Told
from bot.views.blocks import context, glimpse, header, section
from bot.views.home_health import Health
from bot.views.home_teams import Led
from bot.views.kudos import Story
from bot.views.language import ENGLISH, speaking, spoken
from bot.views.message import Message, date, digest_of
from bot.views.nudges import Waiting
from bot.views.promises import Owed
from bot.views.words import asks as ask_words
from bot.views.words import care as care_words
from bot.views.words import common
from bot.views.words import home as words
from bot.views.words import kudos as kudos_words
from bot.views.words import kudos_form as form_words
from bot.views.words import kudos_pages as page_words
from bot.views.words import promises as promise_words

ALL_KUDOS = "home.kudos"
BACK = "home.back"
DIGEST = "home.digest"
HOURS = "home.hours"
KEPT = "home.kept"

MOST_WAITING = 8
MOST_ASKED = 5
MOST_PROMISED = 5
MOST_STORIES = 2
STEP = timedelta(minutes=5)  # by which a wait has to grow for the page to be drawn anew
KUDOS_PAGE = "kudos"


class Drawn(NamedTuple):
    """A digest that is the same for all that show the same (None for a page that nobody keeps up), and the view.

    The view is drawn by whoever publishes it; most of the time there is nothing new, and nobody does.
    """

    digest: str | None
    view: Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """What one of ours sees. An agent is who is named as one. `waits` counts those whom `waiting` leaves out, too.

    `promised` is what the reader owes customers, `asked` what waits for word from the reader, longest first.
    `this_week` and `last_week` are the reader's own, None for whoever is in no team. `led` are a manager's teams (the
    names of those that do not fit are in `more_led`), `prompt` is the one of the week, `health` is for admins.
    """

    at: datetime
    in_team: bool = False
    is_agent: bool = False
    waiting: tuple[Waiting, ...] = ()
    waits: int = 0
    promised: tuple[Owed, ...] = ()
    this_week: Figures | None = None
    last_week: Figures | None = None
    asked: tuple[Told, ...] = ()
    led: tuple[Led, ...] = ()
    more_led: tuple[str, ...] = ()
    prompt: prompts.Page | None = None
    stories: tuple[Story, ...] = ()
    health: Health | None = None
    quiet: Quiet | None = None


def home(page: Page) -> Drawn:
    """Everything of one's own, what matters first."""
    language = spoken()

    def view() -> dict[str, Any]:
        with speaking(language):
            return _view(_parts(page))

    return Drawn(_digest(_view(_parts(_steady(page)))), view)


def nothing() -> Drawn:
    """For whoever is not of ours. No internal word, and nothing to press."""
    with speaking(ENGLISH):  # the same for all, so that it is known again
        view = _view([[header(words.WELCOME()), section(words.NOTHING())]])
    return Drawn(_digest(view), lambda: view)


def kudos(message: Message) -> Drawn:
    """All my kudos, and the way back."""
    back = ActionsBlock(elements=[ButtonElement(text=words.BACK(), action_id=BACK)])
    return Drawn(None, lambda: _view([[back, *message.blocks]], KUDOS_PAGE))


def shows_kudos(view: Mapping[str, Any]) -> bool:
    """Which of the two pages of ours somebody looks at."""
    return view.get("private_metadata") == KUDOS_PAGE


def _parts(page: Page) -> list[list[Block]]:
    """What somebody does all day comes first: an agent's customers, a manager's team, an admin's worries."""
    team = list(home_teams.parts(page.led, page.more_led))
    team += [prompts.part(page.prompt)] if page.prompt else []
    mine = [_waiting(page) if page.is_agent or page.waits else [], _promised(page), _week(page)]
    health = [[*home_health.part(page.health), *setup_home.part()]] if page.health else []
    kudos_and_settings = [_kudos(page.stories), _settings(page)]
    if page.is_agent or page.waits:
        parts = [*mine, *team, *kudos_and_settings, *health]
    else:
        parts = [
            *team,
            *mine,
            *([] if page.in_team else health),
            *kudos_and_settings,
            *(health if page.in_team else []),
        ]
    return [part for part in (presence.part(page.quiet), _asked(page), *parts) if part]


def _waiting(page: Page) -> list[Block]:
    if not page.waits:
        return [header(words.CAUGHT_UP()), section(words.NOBODY_WAITS())]
    at = date(page.at, "{time}")
    left_out = page.waits - len(page.waiting)
    below = words.more_waiting(left_out, care.COMMAND, at) if left_out > 0 else words.as_of(at)
    lines: list[Block] = [section(care.line(one)) for one in page.waiting]
    return [header(care_words.care_headline(page.waits)), *lines, context(below)]


def _promised(page: Page) -> list[Block]:
    return [header(promise_words.TITLE()), *promises.lines(page.promised, MOST_PROMISED)] if page.promised else []


def _asked(page: Page) -> list[Block]:
    """A colleague's call comes before all figures."""
    return [header(ask_words.ON_MY_CLOCK()), *asks.on_clock(page.asked)] if page.asked else []


def _week(page: Page) -> list[Block]:
    """For those who answer customers. Speed never stands alone: beside it how often nobody had to ask again."""
    this, before = page.this_week, page.last_week.answers if page.last_week else 0
    if this is None or not (page.is_agent or this.answers):
        return []
    lines = [words.you_answered(this.answers, before)]
    if this.answers >= digest_mine.A_FEW:
        lines += home_teams.times(this, digest_mine.my_speed(this))
    return [header(words.MY_WEEK()), section("\n".join(lines)), context(words.ONLY_YOU())]


def _kudos(stories: Sequence[Story]) -> list[Block]:
    buttons = [
        ButtonElement(text=form_words.FORM_TITLE(), action_id=kudos_pages.BEGIN, style="primary"),
        ButtonElement(text=words.ALL_KUDOS(), action_id=ALL_KUDOS),
    ]
    told = [block for story in stories[:MOST_STORIES] for block in _story(story)]
    return [header(words.KUDOS()), *(told or [section(page_words.MINE_NONE())]), ActionsBlock(elements=buttons)]


def _story(story: Story) -> list[Block]:
    """The beginning; the whole of it stands on the page of all kudos."""
    tags = [f"{kudos_words.SIGNS[one]} {kudos_words.BEHAVIOURS[one]()}" for one in story.behaviours[:1]]
    who = page_words.by(common.person(story.giver))
    return [
        section(f"> {glimpse(story.reason)}"),
        context(" · ".join([who, date(story.at, kudos_pages.DAY), *tags])),
    ]


def _settings(page: Page) -> list[Block]:
    buttons = [(kudos_pages.SETTINGS, words.KUDOS_SETTINGS())]
    buttons += [(DIGEST, words.DIGEST_SETTINGS()), (HOURS, words.HOURS())] if page.in_team else []
    buttons.append((KEPT, words.KEPT()))
    elements = [ButtonElement(text=text, action_id=action) for action, text in buttons]
    elements += [setup_home.button(is_admin=False)] if page.led and not page.health else []
    hint: list[Block] = [] if page.in_team or page.health else [context(words.NO_TEAM())]
    return [header(words.SETTINGS()), ActionsBlock(elements=elements), *hint]


def _steady(page: Page) -> Page:
    """The same page as it stays for a while: minutes that pass are no reason to draw it anew."""
    waiting = tuple(replace(one, waited=one.waited - one.waited % STEP) for one in page.waiting)
    asked = tuple(replace(one, waited=one.waited - one.waited % STEP) for one in page.asked)
    led = tuple(home_teams.steady(one, STEP) for one in page.led)
    health = home_health.steady(page.health, STEP) if page.health else None
    return replace(
        page, at=datetime.min.replace(tzinfo=page.at.tzinfo), waiting=waiting, asked=asked, led=led, health=health
    )


def _view(parts: Iterable[Sequence[Block]], metadata: str = "") -> dict[str, Any]:
    blocks: list[Block] = []
    for part in parts:
        blocks += [DividerBlock(), *part] if blocks else part
    return View(type="home", blocks=blocks, private_metadata=metadata or None).to_dict()


def _digest(view: Mapping[str, Any]) -> str:
    return digest_of(view)[:32]
