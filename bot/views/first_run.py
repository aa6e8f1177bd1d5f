"""The first steps in a workspace: the message that leads through them, its three forms, and how these are read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationMultiSelectElement,
    ConversationSelectElement,
    PlainTextInputElement,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.domain import first_run
from bot.domain.first_run import MINUTES, Draft, read_draft
from bot.domain.hours import BadHours, Week
from bot.domain.setup import Path, Targets, Team
from bot.views.blocks import context, section
from bot.views.forms import chosen, field, modal, option, shown, typed, value
from bot.views.home_forms import lines
from bot.views.message import Message, date, one_line
from bot.views.words import common
from bot.views.words import first_run as words

START, NOT_NOW = "first_run.start", "first_run.not_now"
TEAM_FORM, HOURS_FORM, CHANNELS_FORM = "first_run.team", "first_run.hours", "first_run.channels"
NAME, AGENTS, MANAGERS = "first_run.name", "first_run.agents", "first_run.managers"
HOURS, ZONE, TARGET = "first_run.week", "first_run.zone", "first_run.target"
CHANNELS, HOME = "first_run.where", "first_run.home"

MOST_PEOPLE, MOST_CHANNELS = 50, 40
MOST_NAME = 80

Wrong = dict[str, str]


@dataclass(frozen=True, slots=True)
class Progress:
    """The first team, and the channels in which there is something to do, with whether CareCue is there."""

    team: Team
    people: Sequence[str]
    targets: Targets
    channels: Sequence[tuple[str, bool]]
    command: str
    opens: datetime | None = None  # when the team is at work next; None: now

    @property
    def is_done(self) -> bool:
        return bool(self.channels) and all(there for _, there in self.channels)


def greeting() -> Message:
    """What the installer reads first."""
    buttons = [
        ButtonElement(text=words.START(), action_id=START, style="primary"),
        ButtonElement(text=words.NOT_NOW(), action_id=NOT_NOW),
    ]
    said = (section(words.THREE_THINGS()), ActionsBlock(elements=buttons), context(words.AS_A_FILE()))
    return Message(words.HELLO(), (section(f"{common.bold(words.HELLO())} {words.WHAT_I_DO()}"), *said))


def later() -> Message:
    """After *Not now*."""
    return one_line(words.LATER())


def progress(of: Progress) -> Message:
    """What stands in the greeting's place, until there is nothing left to do."""
    return Message(_set_up(of), tuple(_progress(of)))


def done(of: Progress) -> dict[str, Any]:
    """What the last form turns into."""
    return shown(words.DONE_TITLE(), list(_progress(of)))


def team_form(user: str) -> dict[str, Any]:
    """The first: who is in it, with whoever sets it up already there."""
    name = PlainTextInputElement(action_id=NAME, initial_value=words.USUAL_NAME(), max_length=MOST_NAME)
    agents, managers = (
        UserMultiSelectElement(action_id=one, initial_users=[user], max_selected_items=MOST_PEOPLE)
        for one in (AGENTS, MANAGERS)
    )
    blocks = [
        field(NAME, words.NAME(), name),
        field(AGENTS, words.AGENTS(), agents, words.AGENTS_HINT()),
        field(MANAGERS, words.MANAGERS(), managers, words.MANAGERS_HINT(), optional=True),
    ]
    return modal(TEAM_FORM, words.TEAM_TITLE(), words.NEXT(), blocks)


def read_team(view: Mapping[str, Any], outsiders: Mapping[str, str]) -> Draft | Wrong:
    """`outsiders` are those known to be apps or guests, with their names."""
    agents, managers = (tuple(value(view, one, "selected_users") or ()) for one in (AGENTS, MANAGERS))
    wrong = {
        name: words.is_app(outsiders[user])
        for name, users in ((MANAGERS, managers), (AGENTS, agents))
        for user in users
        if user in outsiders
    }
    name = " ".join(typed(view, NAME).split())
    if not name:
        wrong[NAME] = words.NO_NAME()
    return wrong or Draft(name, agents, managers)


def chosen_people(view: Mapping[str, Any]) -> list[str]:
    """Everybody who was chosen in the first form."""
    return [user for one in (AGENTS, MANAGERS) for user in value(view, one, "selected_users") or ()]


def hours_form(draft: Draft) -> dict[str, Any]:
    """The second: when it works, and how soon it answers."""
    hours = PlainTextInputElement(action_id=HOURS, initial_value=draft.hours, max_length=200)
    zone = PlainTextInputElement(action_id=ZONE, initial_value=draft.zone, max_length=60)
    soon = [option(words.soon(minutes), str(minutes)) for minutes in MINUTES]
    target = StaticSelectElement(action_id=TARGET, options=soon, initial_option=soon[MINUTES.index(draft.minutes)])
    blocks = [
        field(HOURS, words.HOURS(), hours, words.HOURS_HINT()),
        field(ZONE, words.ZONE(), zone, words.ZONE_HINT()),
        field(TARGET, words.TARGET(), target, words.TARGET_HINT()),
    ]
    return modal(HOURS_FORM, words.HOURS_TITLE(), words.NEXT(), blocks, draft.written())


def read_hours(view: Mapping[str, Any]) -> Draft | Wrong | None:
    """None where what was said before is lost."""
    draft = carried(view)
    minutes = chosen(view, TARGET) or ""
    if draft is None or minutes not in map(str, MINUTES):
        return None
    said = replace(draft, hours=typed(view, HOURS).strip(), zone=typed(view, ZONE).strip(), minutes=int(minutes))
    days = first_run.days_of(said.hours)
    wrong = {HOURS: days or words.NO_HOURS()} if isinstance(days, str) else {}
    try:
        Week(said.zone, ((),) * 7)
    except BadHours as bad:
        wrong[ZONE] = str(bad)
    return wrong or said


def channels_form(draft: Draft) -> dict[str, Any]:
    """The third: where its customers write, and where it talks by itself."""
    places = ConversationFilter(include=["public", "private"])
    theirs = ConversationMultiSelectElement(action_id=CHANNELS, filter=places, max_selected_items=MOST_CHANNELS)
    own = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    home = ConversationSelectElement(action_id=HOME, filter=own)
    blocks = [
        field(CHANNELS, words.CHANNELS(), theirs, words.CHANNELS_HINT(), optional=True),
        field(HOME, words.HOME(), home, words.HOME_HINT(), optional=True),
    ]
    return modal(CHANNELS_FORM, words.CHANNELS_TITLE(), words.SAVE(), blocks, draft.written())


def carried(view: Mapping[str, Any]) -> Draft | None:
    """What was said in the forms before; None where that is lost."""
    return read_draft(str(view.get("private_metadata") or ""))


def read_channels(view: Mapping[str, Any]) -> tuple[list[str], str | None]:
    """Where customers write, and the team's own."""
    return list(value(view, CHANNELS, "selected_conversations") or ()), value(view, HOME, "selected_conversation")


def field_of(path: Path) -> str:
    """Beside which field of the last form something wrong is said."""
    return HOME if path[-1] == "home" else CHANNELS


def _set_up(of: Progress) -> str:
    hours = "; ".join(lines(of.team.week))
    first: timedelta = of.targets.first
    return words.set_up(of.team.name, common.people(of.people), hours, of.team.week.zone, first)


def _progress(of: Progress) -> Iterator[Block]:
    yield section(_set_up(of))
    if of.is_done:
        yield section(f"{words.ALL_IN()} {words.ALREADY_WAITING()}")
        if of.opens:
            yield context(words.outside_hours(date(of.opens, "{date_long_pretty}, {time}")))
    elif of.channels:
        left = sum(not there for _, there in of.channels)
        yield section(words.invite(of.command, left))
    else:
        yield section(words.invite_anywhere(of.command))
    if of.channels:
        yield section("\n".join(_channel(channel, there) for channel, there in of.channels))
    yield context(words.CHANGE())


def _channel(channel: str, there: bool) -> str:
    return (words.there if there else words.not_there)(channel)
