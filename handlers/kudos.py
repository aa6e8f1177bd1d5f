"""Kudos, given: by /kudos, by the form, from a message, or as the answer to a question."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.behaviours import suggested
from bot.domain.kudos import Behaviour, Code, Gift, Refused, Source, Where
from bot.domain.kudos_command import Draft, read
from bot.domain.typed import tidy
from bot.slack.channels import learn_insiders
from bot.slack.errors import SlackError
from bot.slack.people import learn_people
from bot.store import kudos as store
from bot.store import kudos_asks, people
from bot.store.workspaces import Workspace
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views.kudos import Story
from bot.views.kudos_form import Filled
from bot.views.menu import read_message
from bot.views.message import Message, one_line, read_press
from bot.views.words import digest_answers as digest_words
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words
from handlers import kudos_pages
from handlers.doors import Knock, Turned, Wrong, open_form

NEAR = 0.7  # how like the word of a page something has to look that is no gift: "mien" does, "emily" does not
LEARN = 1.5  # seconds that Slack may take to say who is thanked; it waits three for an answer itself


async def kudos(deps: Deps, knock: Knock) -> Message | None:
    """/kudos: a page by its word, the form without any, else a gift."""
    text = str(knock.body.get("text") or "").strip()
    if page := kudos_pages.PAGES.get(text.casefold()):
        return await page(deps, knock)
    if not text:
        await _open(deps, knock, Filled())
        return None
    if meant := get_close_matches(text.casefold(), kudos_pages.PAGES, 1, NEAR):
        return one_line(digest_words.did_you_mean(text, answers.COMMAND, meant[0]))
    where, rest = answers.read_where(text)
    draft = read(rest)
    typed = Filled(draft.receivers, draft.behaviours, draft.reason, where)
    if str(knock.body.get("channel_id")) in knock.workspace.setup.kudos.off:
        return answers.refusal(Refused(Code.CHANNEL_OFF), typed)
    receivers = await _receivers(deps, knock, draft)
    if receivers is None:
        return answers.mendable(words.UNREADABLE(), typed)
    typed = replace(typed, receivers=receivers)
    if draft.unknown:
        return answers.mendable(words.unknown_people(draft.unknown), typed)
    outcome = await _give(deps, knock, typed)
    if isinstance(outcome, Story):
        return told(knock.workspace, outcome)
    return answers.mendable(outcome, typed) if isinstance(outcome, str) else answers.refusal(outcome, typed)


async def begin(deps: Deps, knock: Knock) -> None:
    """*Give kudos* on my page."""
    await _open(deps, knock, Filled())


def told(workspace: Workspace, story: Story) -> Message:
    """What the giver sees of it, with what may still be done."""
    return answers.given(story, hint(story), _offered(workspace) if story.where is Where.PRIVATE else [])


async def give_for(deps: Deps, knock: Knock) -> str | None:
    """*Give kudos* on a message: its author filled in, its conversation linked."""
    picked = read_message(knock.body)
    view = await form_for(deps, knock, picked.source, picked.author)
    return await open_form(deps, knock, view)


async def form_for(deps: Deps, knock: Knock, source: Source, author: str) -> dict[str, Any] | str:
    """The form about a message; a sentence where there are no kudos."""
    if source.channel in knock.workspace.setup.kudos.off:
        return words.refused(Refused(Code.CHANNEL_OFF), [])
    is_colleague = author != knock.user and await deps.db.run(_is_ours, knock.workspace, author)
    filled = Filled((author,) if is_colleague else (), source=source)
    note = "" if is_colleague or author == knock.user else form_words.NOT_A_COLLEAGUE()
    return forms.form(filled, _offered(knock.workspace), note)


async def mend(deps: Deps, knock: Knock) -> None:
    """*Edit* under a refusal: the form with what was typed."""
    await _open(deps, knock, answers.read_typed(knock.action))


async def give(deps: Deps, knock: Knock) -> Wrong | Turned:
    """The form was sent off."""
    filled = forms.read_form(knock.body["view"])
    outcome = await _give(deps, knock, filled)
    if isinstance(outcome, str):
        return {forms.REASON: outcome}
    if isinstance(outcome, Refused):
        return forms.beside(outcome, await _names(deps, knock, outcome.who))
    return Turned(answers.given_view(outcome, hint(outcome)))


async def why(deps: Deps, knock: Knock) -> str | None:
    """*Say why*, about a reaction: the form, with whom it was for."""
    return await _answer(deps, knock, is_about_author=True)


async def who_helped(deps: Deps, knock: Knock) -> str | None:
    """*Who helped?*, about a customer's thanks: the form, with the conversation."""
    return await _answer(deps, knock, is_about_author=False)


async def _give(deps: Deps, knock: Knock, filled: Filled) -> Story | Refused | str:
    """The kudos as they were given, or why not; a sentence where that is not for the store to say."""
    now, gift = deps.now(), _gift(knock.user, filled)
    if not await _learned(deps, knock, gift):
        return words.UNREADABLE()
    outcome = await deps.db.run(lambda tx: store.give(tx, knock.workspace, gift, now, ask=filled.ask_id))
    deps.sender.wake()
    return outcome if isinstance(outcome, Refused) else _story(outcome, gift, now)


def _gift(giver: str, filled: Filled) -> Gift:
    receivers = tuple(dict.fromkeys(filled.receivers))
    return Gift(giver, receivers, filled.behaviours, tidy(filled.reason).strip(), filled.where, filled.source)


def _story(kudos_id: int, gift: Gift, now: datetime) -> Story:
    return Story(kudos_id, gift.giver, gift.receivers, gift.behaviours, gift.reason, gift.where, now)


async def _open(deps: Deps, knock: Knock, filled: Filled, note: str = "") -> None:
    """At once: what opens a modal is good for three seconds."""
    view = forms.form(filled, _offered(knock.workspace), note)
    await open_form(deps, knock, view)


async def _answer(deps: Deps, knock: Knock, *, is_about_author: bool) -> str | None:
    ask_id, workspace = read_press(knock.action) or 0, knock.workspace

    def find(tx: Connection) -> Filled | Refused:
        refused = kudos_asks.answerable(tx, workspace, ask_id, knock.user)
        ask = kudos_asks.get(tx, workspace.team_id, ask_id, knock.user)
        if refused or ask is None:
            return refused or Refused(Code.NOT_YOURS)
        return Filled((ask.about,) if is_about_author else (), source=ask.source, ask_id=ask.id)

    filled = await deps.db.run(find)
    if isinstance(filled, Refused):
        return words.SETTLED()
    await _open(deps, knock, filled)
    return None


async def _receivers(deps: Deps, knock: Knock, draft: Draft) -> tuple[str, ...] | None:
    """People, and the people of groups but for the giver; None where Slack cannot be asked now."""
    found = list(draft.receivers)
    try:
        async with asyncio.timeout(LEARN):
            for group in draft.groups:
                users = knock.workspace.groups.get(group) or await (await knock.slack(deps)).group_members(group)
                found += [user for user in users if user != knock.user]
    except (SlackError, TimeoutError):
        return None
    return tuple(dict.fromkeys(found))


async def _learned(deps: Deps, knock: Knock, gift: Gift) -> bool:
    """Whether it is known who the receivers are. Who may follow the link is good to know, and no more."""
    team_id, now = knock.workspace.team_id, deps.now()
    try:
        async with asyncio.timeout(LEARN):
            if not await learn_people(deps.db, deps.slack, team_id, gift.receivers, now):
                return False
            if gift.source:
                await learn_insiders(deps.db, deps.slack, team_id, gift.source.channel, now)
    except TimeoutError:
        known = await deps.db.run(people.get_many, team_id, gift.receivers)
        return len(known) == len(gift.receivers)
    return True


async def _names(deps: Deps, knock: Knock, users: Iterable[str]) -> dict[str, str]:
    known = await deps.db.run(people.get_many, knock.workspace.team_id, set(users))
    return {user: person.name for user, person in known.items()}


def _is_ours(tx: Connection, workspace: Workspace, user: str) -> bool:
    """Whom CareCue has not met may be: who that is, is asked when the form is sent off."""
    person = people.get(tx, workspace.team_id, user) if user else None
    if person is None:
        return user[:1] in ("U", "W")
    return workspace.has(person)


def _offered(workspace: Workspace) -> list[Where]:
    """Where kudos may be heard."""
    offered = {
        Where.PRIVATE: True,
        Where.TEAM: any(team.home for team in workspace.setup.teams),
        Where.KUDOS: bool(workspace.setup.kudos.channel),
    }
    return [where for where, is_there in offered.items() if is_there]


def hint(story: Story) -> Behaviour | None:
    """What the words sound like, where the giver has not said."""
    return next(iter(suggested(story.reason)), None) if not story.behaviours else None
