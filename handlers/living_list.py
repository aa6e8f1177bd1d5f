"""The living list: the ways out of its lines, and the small forms in which some of them ask one thing more."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import teammates
from bot.store import ways_out as store
from bot.views import living_list as list_views
from bot.views import ways_out as views
from bot.views.living_list import Way
from bot.views.message import read_press
from bot.views.nudges import Waiting
from bot.views.words import ways_out as words
from handlers import asks, boundary, why
from handlers.doors import Knock, Turned, Wrong, open_form

FARTHEST = timedelta(days=30)  # of a snooze

View = dict[str, Any]
Verb = Callable[..., str | None]  # of the store; what it answers is why it did nothing


async def reply(_deps: Deps, _knock: Knock) -> None:
    """A link, which Slack opens by itself and tells us of."""


async def way(deps: Deps, knock: Knock) -> str | None:
    """Something was chosen of a line's menu."""
    chosen, nudge_id = list_views.read_way(knock.action)
    return await _WAYS[chosen](deps, knock, nudge_id or 0)


async def ask_for_help(deps: Deps, knock: Knock) -> str | None:
    """*Ask for help*, on the line of a second word."""
    return await _WAYS[Way.ASK](deps, knock, read_press(knock.action) or 0)


async def hand_over(deps: Deps, knock: Knock) -> str | None:
    """*Hand over*, on the same."""
    return await _WAYS[Way.HAND_OVER](deps, knock, read_press(knock.action) or 0)


async def claim(deps: Deps, knock: Knock) -> str | None:
    """*I'm on it*, in the form, or on the line of somebody who leads."""
    if "view" not in knock.body:
        return await _done(deps, knock, read_press(knock.action) or 0, store.claim)
    await _turn(deps, knock, store.claim, views.claimed)
    return None


async def snooze(deps: Deps, knock: Knock) -> None:
    """Of the three snoozes, one."""
    press = views.read_press(knock.body, knock.action)
    ends = await deps.db.run(store.snoozes, knock.workspace, press.nudge_id or 0, deps.now())
    until = ends.get(views.read_snooze(press), deps.now())
    await _turn(deps, knock, partial(store.snooze, choice=until), partial(views.asleep, until=until))


async def snooze_until(deps: Deps, knock: Knock) -> Wrong | Turned:
    """A snooze until a moment that was picked."""
    nudge_id, until = views.read_until(knock.body["view"])
    now = deps.now()
    if until is None:
        return views.beside_until(words.NO_TIME_PICKED())
    if not now < until <= now + FARTHEST:
        return views.beside_until(words.TIME_IS_PAST() if until <= now else words.TIME_IS_FAR())
    done = await _take(deps, knock, nudge_id or 0, partial(store.snooze, choice=until))
    return Turned(_said(done, partial(views.asleep, until=until)))


async def hand_to(deps: Deps, knock: Knock) -> None:
    """A teammate was chosen. Where that cannot be, the form stays and says why."""
    press = views.read_press(knock.body, knock.action)
    nudge_id, to = press.nudge_id or 0, press.user or ""
    done = await _take(deps, knock, nudge_id, partial(store.hand_over, to=to))
    if isinstance(done, str):
        form = await deps.db.run(_hand_over_form, deps, knock, nudge_id, done)
        view = views.not_done(form) if isinstance(form, str) else form
    else:
        view = views.done(views.handed(done, to))
    await (await knock.slack(deps)).update_view(press.view_id, view)


async def no_reply(deps: Deps, knock: Knock) -> None:
    """*No reply needed.*"""
    await _turn(deps, knock, store.no_reply, views.closed)


async def call_boundary(deps: Deps, knock: Knock) -> None:
    """*Boundary…*: the menu becomes the form for a call."""
    press = views.read_press(knock.body, knock.action)
    source = await deps.db.run(store.source_for, knock.workspace, press.nudge_id or 0, knock.user)
    view = source if isinstance(source, str) else boundary.form_for(knock, source)
    await (await knock.slack(deps)).update_view(press.view_id, views.not_done(view) if isinstance(view, str) else view)


async def explain(deps: Deps, knock: Knock) -> None:
    """*Why?*: the menu becomes the explanation."""
    press = views.read_press(knock.body, knock.action)
    source = await deps.db.run(store.source_for, knock.workspace, press.nudge_id or 0, knock.user)
    if isinstance(source, str):
        await (await knock.slack(deps)).update_view(press.view_id, views.not_done(source))
    else:
        await why.turn(deps, knock, press.view_id, source)


async def resume(deps: Deps, knock: Knock) -> str | None:
    """*Resume.*"""
    return await _done(deps, knock, read_press(knock.action) or 0, store.resume)


async def not_needed(deps: Deps, knock: Knock) -> None:
    """*Not needed.*"""
    await _turn(deps, knock, store.not_needed, views.not_needed)


async def _pause(deps: Deps, knock: Knock, nudge_id: int) -> str | None:
    return await _done(deps, knock, nudge_id, store.pause)


async def _open(deps: Deps, knock: Knock, nudge_id: int, draw: Callable[..., View | str]) -> str | None:
    """A form opens at once: its trigger is good for three seconds."""
    return await open_form(deps, knock, await deps.db.run(draw, deps, knock, nudge_id))


async def _ask_for_help(deps: Deps, knock: Knock, nudge_id: int) -> str | None:
    source = await deps.db.run(store.source_for, knock.workspace, nudge_id, knock.user)
    return source if isinstance(source, str) else await asks.about(deps, knock, source)


def _on_it_form(tx: Connection, deps: Deps, knock: Knock, nudge_id: int) -> View | str:
    about = store.about(tx, knock.workspace, nudge_id, knock.user, deps.now())
    if isinstance(about, str):
        return about
    return views.on_it(nudge_id, about, store.snoozes(tx, knock.workspace, nudge_id, deps.now()))


def _hand_over_form(tx: Connection, deps: Deps, knock: Knock, nudge_id: int, refused: str = "") -> View | str:
    about = store.about(tx, knock.workspace, nudge_id, knock.user, deps.now())
    if isinstance(about, str):
        return about
    mates = teammates.of(tx, knock.workspace, nudge_id, knock.user, deps.now())
    return views.hand_over(nudge_id, about, mates, refused)


def _more_form(tx: Connection, deps: Deps, knock: Knock, nudge_id: int) -> View | str:
    about = store.about(tx, knock.workspace, nudge_id, knock.user, deps.now())
    return about if isinstance(about, str) else views.more(nudge_id, about)


async def _turn(deps: Deps, knock: Knock, verb: Verb, sentence: Callable[[Waiting], str]) -> None:
    """A form's button acts, and the form becomes one line that says what was done."""
    press = views.read_press(knock.body, knock.action)
    done = await _take(deps, knock, press.nudge_id or 0, verb)
    await (await knock.slack(deps)).update_view(press.view_id, _said(done, sentence))


def _said(done: Waiting | str, sentence: Callable[[Waiting], str]) -> View:
    return views.not_done(done) if isinstance(done, str) else views.done(sentence(done))


async def _take(deps: Deps, knock: Knock, nudge_id: int, verb: Verb) -> Waiting | str:
    """Who it was about, once it is done; else the sentence that says why it is not."""
    now = deps.now()

    def take(tx: Connection) -> Waiting | str:
        about = store.about(tx, knock.workspace, nudge_id, knock.user, now)
        if isinstance(about, str):
            return about
        return verb(tx, knock.workspace, nudge_id, knock.user, now=now) or about

    done = await deps.db.run(take)
    deps.sender.wake()
    return done


async def _done(deps: Deps, knock: Knock, nudge_id: int, verb: Verb) -> str | None:
    """Done at once; the list says it by itself."""
    done = await _take(deps, knock, nudge_id, verb)
    return done if isinstance(done, str) else None


_WAYS: Mapping[Way, Callable[[Deps, Knock, int], Awaitable[str | None]]] = {
    Way.ON_IT: partial(_open, draw=_on_it_form),
    Way.ASK: _ask_for_help,
    Way.HAND_OVER: partial(_open, draw=_hand_over_form),
    Way.PAUSE: _pause,
    Way.MORE: partial(_open, draw=_more_form),
}
