"""The buttons and forms of the weekly prompt, and /care prompt."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.prompt_command import Order, Wish, read
from bot.domain.prompts import Became, Outcome, reminder_day
from bot.domain.weekly import Weekly
from bot.store import prompt_answers, prompt_choices, prompt_rows, prompt_setup
from bot.store import prompts as store
from bot.store.prompt_choices import Choice
from bot.store.prompt_rows import Shown
from bot.views import prompt_forms as forms
from bot.views import prompts as views
from bot.views.message import Message, date, read_press
from bot.views.words import prompt_forms as form_words
from bot.views.words import prompts as words
from handlers import home
from handlers.doors import Knock, Turned, open_form

NINE = time(9)


async def take(deps: Deps, knock: Knock) -> str | None:
    """*I'll do this* asks when, at once: what opens a modal is good for three seconds."""
    return await _open(deps, knock, _take_form)


async def what_happened(deps: Deps, knock: Knock) -> str | None:
    """*What happened?* asks."""
    return await _open(deps, knock, _what_form)


async def another(deps: Deps, knock: Knock) -> str | None:
    """*Another.*"""
    return await _press(deps, knock, prompt_answers.another)


async def not_this_week(deps: Deps, knock: Knock) -> str | None:
    """*Not this week.*"""
    return await _press(deps, knock, prompt_answers.not_this_week)


async def done(deps: Deps, knock: Knock) -> str | None:
    """*Done.*"""
    return await _press(deps, knock, partial(prompt_answers.came_of_it, outcome=Outcome.DONE))


async def not_yet(deps: Deps, knock: Knock) -> str | None:
    """*Not yet.*"""
    return await _press(deps, knock, partial(prompt_answers.came_of_it, outcome=Outcome.NOT_YET))


async def take_it(deps: Deps, knock: Knock) -> Mapping[str, str] | None:
    """The hour was chosen."""
    wanted = forms.read_take(knock.body["view"], await deps.db.run(store.zone_of, knock.workspace, knock.user))
    refusal = await deps.db.run(prompt_answers.take, knock.workspace, wanted, knock.user, deps.now())
    deps.sender.wake()
    return forms.beside_day(refusal) if refusal else None


async def keep_what_happened(deps: Deps, knock: Knock) -> Mapping[str, str] | None:
    """It was told."""
    what = forms.read_what(knock.body["view"])
    refusal = await deps.db.run(prompt_answers.happened, knock.workspace, what, knock.user, deps.now())
    deps.sender.wake()
    return {forms.NOTE: refusal} if refusal else None


async def book(deps: Deps, knock: Knock) -> str | None:
    """Which prompts come, to be chosen."""
    led = knock.workspace.led_by(knock.user)
    if not led:
        return words.NO_TEAM()
    offered, retired = (
        prompt_setup.offered(knock.workspace, knock.user),
        prompt_setup.retired(knock.workspace, knock.user),
    )
    view = forms.book_form(offered, retired, [team.name for team in led])
    return await open_form(deps, knock, view)


async def choose_book(deps: Deps, knock: Knock) -> Turned:
    """They were chosen."""
    ids = forms.read_book(knock.body["view"])
    await deps.db.run(_fresh, deps, knock, partial(prompt_setup.retire, user=knock.user, ids=ids, now=deps.now()))
    return Turned(forms.saved())


async def add(deps: Deps, knock: Knock) -> str | None:
    """One of their own, to be written."""
    led = knock.workspace.led_by(knock.user)
    if not led:
        return words.NO_TEAM()
    return await open_form(deps, knock, forms.add_form({team.key: team.name for team in led}))


async def add_it(deps: Deps, knock: Knock) -> Mapping[str, str] | Turned:
    """It was written."""
    prompt = forms.read_add(knock.body["view"])
    added = partial(prompt_setup.add, user=knock.user, prompt=prompt, now=deps.now())
    if not await deps.db.run(_fresh, deps, knock, added):
        return forms.beside_title(form_words.ENOUGH_OF_OUR_OWN())
    return Turned(forms.saved())


async def typed(deps: Deps, knock: Knock, line: str) -> Message:
    """/care prompt: how it stands, or what is wanted of it."""
    order = read(line)
    if not knock.workspace.led_by(knock.user):
        return Message(words.NO_TEAM())
    if order.wish is Wish.UNKNOWN:
        return Message(words.USAGE())
    at = await deps.db.run(_chosen, knock, order, deps.now())
    return views.settings(form_words.setting(date(at, views.WHEN) if at else None))


def _chosen(tx: Connection, knock: Knock, order: Order, now: datetime) -> datetime | None:
    """Make the choice, if there is one; when the next one comes."""
    team_id, user = knock.workspace.team_id, knock.user
    before = prompt_choices.get_many(tx, team_id, [user])[user]
    if order.wish is not Wish.LOOK:
        hour = before.hour
        if order.wish is Wish.HOUR:
            usual = before.hour or Weekly()
            hour = Weekly(usual.weekday if order.weekday is None else order.weekday, order.minute)
        store.choose_hour(tx, knock.workspace, user, Choice(order.wish is not Wish.OFF, hour), now)
    return store.upcoming(tx, knock.workspace, user, now)


Answer = Callable[..., str | None]


async def _press(deps: Deps, knock: Knock, answer: Answer) -> str | None:
    prompt_id = read_press(knock.action)
    if prompt_id is None:
        return words.OVER()

    def work(tx: Connection) -> str | None:
        return answer(tx, knock.workspace, prompt_id, user=knock.user, now=deps.now())

    refusal = await deps.db.run(work)
    deps.sender.wake()
    await home.follow(deps, knock)
    return refusal


async def _open(
    deps: Deps, knock: Knock, form: Callable[[Deps, Knock, Shown, str, str], dict[str, object]]
) -> str | None:
    """The form about a prompt of whoever presses."""

    def look(tx: Connection) -> tuple[Shown, str, str] | str:
        row = prompt_answers.mine(tx, knock.workspace, read_press(knock.action), knock.user)
        if isinstance(row, str):
            return row
        act = prompt_rows.page_of(tx, knock.workspace, row).prompt.act
        return row, act, store.zone_of(tx, knock.workspace, knock.user)

    found = await deps.db.run(look)
    if isinstance(found, str):
        return found
    return await open_form(deps, knock, form(deps, knock, *found))


def _take_form(deps: Deps, _knock: Knock, row: Shown, act: str, zone: str) -> dict[str, object]:
    """As it stands; the first time with an hour that gives it some room."""
    if row.became != Became.TAKEN:
        today = deps.now().astimezone(ZoneInfo(zone)).date()
        return forms.take_form(row.id, act, reminder_day(today), NINE, None)
    at = row.remind_at.astimezone(ZoneInfo(zone)) if row.remind_at else None
    return forms.take_form(row.id, act, at and at.date(), at.time() if at else NINE, row.shared)


def _what_form(_deps: Deps, _knock: Knock, row: Shown, act: str, _zone: str) -> dict[str, object]:
    outcome = Outcome(row.outcome) if row.outcome else None
    return forms.what_form(row.id, act, outcome, row.note)


def _fresh(tx: Connection, deps: Deps, knock: Knock, change: Callable[..., object]) -> object:
    """Change the setup as it is by now, which may not be how it was when somebody knocked."""
    return change(tx, knock.workspace_now(tx, deps))
