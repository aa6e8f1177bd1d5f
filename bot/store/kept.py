"""What is kept about people, on one page: every column that can name somebody, and what an erasure makes of it.

Whoever adds a column says here whether it names people: tests/store/test_kept.py asks for it.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from bot.store import tables as t
from bot.store.digest_tables import digest_choices, homes, occurrences
from bot.store.first_run_tables import channel_questions, first_runs
from bot.store.installation_tables import installations
from bot.store.kudos_tables import (
    kudos,
    kudos_asks,
    kudos_choices,
    kudos_days,
    kudos_pairs,
    kudos_posts,
    kudos_receivers,
)
from bot.store.leading_tables import ask_joins, asks, boundaries, leader_choices
from bot.store.limit_tables import limits
from bot.store.list_tables import list_news, living_lists, overloads
from bot.store.presence_tables import absences, departures, presences
from bot.store.privacy_tables import erasures
from bot.store.promise_tables import promises
from bot.store.prompt_tables import prompt_choices, prompts
from bot.store.pulse_tables import pulse_people
from bot.store.set_aside_tables import set_aside
from bot.store.setup_tables import setup_changes, setup_drafts
from bot.views.privacy import Row


class Goes(StrEnum):
    """What an erasure does where a column names the person."""

    ROW = "row"  # the whole row is deleted
    EMPTY = "empty"  # nobody stands there any more
    SOMEONE = "someone"
    APART = "apart"  # a someone of that conversation alone
    WORDS = "words"  # the person stands inside a text, and only they go from it
    STAYS = "stays"


class Kept(NamedTuple):
    """A column that names people. `told` are the columns of its row that are the person's to take along.

    `inside`: the person stands in a longer text. `empties` go with the person. `why` it stays, where it does.
    """

    column: Column[Any]
    row: Row
    goes: Goes
    told: tuple[str, ...] = ()
    inside: bool = False
    empties: tuple[str, ...] = ()
    why: str = ""


_PERSON = ("name", "zone", "locale", "home_team", "is_admin", "is_guest", "is_app", "is_stranger", "is_gone")
_STATUS = ("status_emoji", "status_until")
_OF_WAIT = ("channel", "from_ts", "started_at", "ended_at", "ended_by", "working_s", "target_s", "after_hours", "team")
_OF_NUDGE = ("channel", "ts", "say", "created_at", "cleared_at", "not_needed_at")
_OF_ASK = ("kind", "case", "team", "line", "channel", "ts", "opened_at", "ended_at", "outcome", "answer", "working_s")
_OF_KUDOS = ("behaviours", "reason", "where", "source_channel", "source_ts", "created_at", "taken_back_at")
_OF_QUESTION = ("kind", "channel", "ts", "emoji", "created_at", "outcome", "settled_at")
_OF_PROMPT = ("period", "prompt", "told_at", "became", "taken_at", "shared", "outcome", "outcome_at", "note")
_OF_LIST = ("channel", "ts", "pinged_at", "day", "pings", "drawn_at")
_IN_PERSON = "Slack's own list, by which CareCue knows where it must be silent; it is read anew from Slack"
_HISTORY = "how the setup was before, so that it can be put back"
_SETUP = "the setup is the admins': they say who is in which team"

KEPT = (
    # Who somebody is, as Slack says it.
    Kept(t.people.c.user_id, Row.PROFILE, Goes.ROW, (*_PERSON, *_STATUS, "dm_channel")),
    Kept(t.people.c.dm_channel, Row.PROFILE, Goes.ROW),
    Kept(t.members.c.user_id, Row.ROOMS, Goes.STAYS, ("channel",), why=_IN_PERSON),
    Kept(t.user_groups.c.user_id, Row.ROOMS, Goes.STAYS, ("group_id",), why=_IN_PERSON),
    Kept(departures.c.user_id, Row.ROOMS, Goes.STAYS, ("channel",), why=_IN_PERSON),
    Kept(absences.c.user_id, Row.PROFILE, Goes.ROW, ("source", "starts_at", "ends_at")),
    # What somebody chose.
    Kept(
        presences.c.user_id,
        Row.CHOICES,
        Goes.ROW,
        ("mode", "paused_until", "hours", "dnd_from", "dnd_until", "noticed"),
    ),
    Kept(digest_choices.c.user_id, Row.CHOICES, Goes.ROW, ("mine", "managers", "weekday", "minute")),
    Kept(kudos_choices.c.user_id, Row.CHOICES, Goes.ROW, ("announce", "keep_thanks")),
    Kept(leader_choices.c.user_id, Row.CHOICES, Goes.ROW, ("show_time",)),
    Kept(prompt_choices.c.user_id, Row.CHOICES, Goes.ROW, ("wanted", "weekday", "minute")),
    # Customers and their waits.
    Kept(t.moves.c.user_id, Row.MESSAGES, Goes.APART, ("channel", "ts", "kind", "about", "reason", "promise")),
    Kept(t.conversations.c.customer, Row.MESSAGES, Goes.APART, ("channel", "root_ts")),
    Kept(t.conversations.c.claimed_by, Row.ANSWERS, Goes.APART, ("channel", "root_ts")),
    Kept(t.conversations.c.answered_by, Row.ANSWERS, Goes.APART, ("channel", "root_ts")),
    Kept(t.conversations.c.helped_by, Row.MESSAGES, Goes.APART, ("channel", "root_ts")),
    Kept(t.waits.c.ended_user, Row.ANSWERS, Goes.SOMEONE, _OF_WAIT),
    Kept(t.waits.c.last_answer_by, Row.ANSWERS, Goes.SOMEONE, ("channel", "from_ts", "last_answer_at")),
    Kept(t.waits.c.owner, Row.ANSWERS, Goes.EMPTY, _OF_WAIT, empties=("because", "assigned_at")),
    Kept(t.waits.c.covers_for, Row.ANSWERS, Goes.EMPTY, ("channel", "from_ts")),
    Kept(t.waits.c.because, Row.ANSWERS, Goes.WORDS, ("channel", "from_ts", "because"), inside=True),
    Kept(t.waits.c.had_by, Row.ANSWERS, Goes.WORDS, ("channel", "from_ts"), inside=True),
    Kept(promises.c.by, Row.PROMISES, Goes.APART, ("channel", "ts", "due_at", "ended_at", "ended_by")),
    Kept(t.unresolved.c.user_id, Row.UNDER_WAY, Goes.STAYS, ("channel", "ts"), why="seconds, until Slack has answered"),
    Kept(t.unresolved.c.arrival, Row.UNDER_WAY, Goes.STAYS, inside=True, why="seconds, until Slack has answered"),
    Kept(t.channels.c.invited_by, Row.ROOMS, Goes.EMPTY, ("channel",)),
    # What CareCue said to somebody.
    Kept(t.nudges.c.to, Row.NUDGES, Goes.SOMEONE, _OF_NUDGE, empties=("channel", "ts", "because")),
    Kept(t.nudges.c.key, Row.NUDGES, Goes.APART, inside=True),
    Kept(t.nudges.c.because, Row.NUDGES, Goes.WORDS, inside=True),
    Kept(living_lists.c.user_id, Row.UNDER_WAY, Goes.ROW, _OF_LIST),
    Kept(list_news.c.user_id, Row.UNDER_WAY, Goes.ROW, ("news", "at")),
    Kept(overloads.c.user_id, Row.WATCHED, Goes.ROW, ("since", "open", "limit", "rung_at")),
    Kept(homes.c.user_id, Row.UNDER_WAY, Goes.ROW, ("opened_at", "published")),
    Kept(occurrences.c.whose, Row.PAGES, Goes.ROW, ("job", "period", "at", "payload")),
    Kept(occurrences.c.payload, Row.PAGES, Goes.WORDS, ("job", "period"), inside=True),
    Kept(t.outbox.c.target, Row.UNDER_WAY, Goes.ROW, ("method", "payload", "created_at", "sent_at")),
    Kept(t.outbox.c.key, Row.UNDER_WAY, Goes.ROW, inside=True),
    Kept(t.outbox.c.payload, Row.UNDER_WAY, Goes.WORDS, inside=True),
    Kept(limits.c.target, Row.UNDER_WAY, Goes.ROW, ("method", "until")),
    Kept(set_aside.c.key, Row.UNDER_WAY, Goes.ROW, ("kind", "first_at", "last_at"), inside=True),
    Kept(pulse_people.c.user_id, Row.PULSE, Goes.ROW, ("period", "done")),
    # Kudos. What somebody was thanked for goes with them; what they gave is the receivers', and stays as someone's.
    Kept(kudos.c.giver, Row.GIVEN, Goes.SOMEONE, _OF_KUDOS),
    Kept(kudos.c.reason, Row.RECEIVED, Goes.WORDS, inside=True),
    Kept(kudos_receivers.c.user_id, Row.RECEIVED, Goes.ROW, ("kudos_id", "may_announce", "hidden_at", "thanked_at")),
    Kept(kudos_days.c.giver, Row.GIVEN, Goes.ROW, ("day", "count")),
    Kept(kudos_pairs.c.giver, Row.GIVEN, Goes.ROW, ("receiver", "week", "count")),
    Kept(kudos_pairs.c.receiver, Row.RECEIVED, Goes.ROW, ("week", "count")),
    Kept(kudos_asks.c.user_id, Row.ASKED, Goes.ROW, _OF_QUESTION),
    Kept(kudos_asks.c.about, Row.ASKED, Goes.SOMEONE, ("kind", "channel", "ts", "created_at")),
    Kept(kudos_posts.c.channel, Row.UNDER_WAY, Goes.ROW, ("channel", "ts")),
    Kept(kudos_posts.c.key, Row.UNDER_WAY, Goes.ROW, inside=True),
    # Those who lead, and those whom they lead.
    Kept(asks.c.by, Row.ASKS, Goes.SOMEONE, _OF_ASK),
    Kept(asks.c.owner, Row.ASKS, Goes.EMPTY, _OF_ASK),
    Kept(asks.c.ended_user, Row.ASKS, Goes.SOMEONE, _OF_ASK),
    Kept(asks.c.line, Row.ASKS, Goes.WORDS, inside=True),
    Kept(asks.c.answer, Row.ASKS, Goes.WORDS, inside=True),
    Kept(ask_joins.c.user_id, Row.ASKS, Goes.ROW, ("ask_id", "joined_at")),
    Kept(
        boundaries.c.user_id,
        Row.BOUNDARIES,
        Goes.SOMEONE,
        ("case", "channel", "root_ts", "called_at", "breather_until", "check_in_at", "taken_back"),
        empties=("breather_until", "check_in_at"),
    ),
    Kept(boundaries.c.customer, Row.BOUNDARIES, Goes.EMPTY, ("channel", "root_ts", "called_at")),
    Kept(prompts.c.whose, Row.PROMPTS, Goes.ROW, _OF_PROMPT),
    Kept(prompts.c.reason, Row.PROMPTS, Goes.WORDS, inside=True),
    Kept(prompts.c.shared, Row.PROMPTS, Goes.WORDS, inside=True),
    Kept(prompts.c.note, Row.PROMPTS, Goes.WORDS, inside=True),
    # The setup, and the first days.
    Kept(t.workspaces.c.setup, Row.SETUP, Goes.STAYS, inside=True, why=_SETUP),
    Kept(setup_changes.c.by, Row.SETUP, Goes.SOMEONE, ("at", "sentences")),
    Kept(setup_changes.c.before, Row.SETUP, Goes.STAYS, inside=True, why=_HISTORY),
    Kept(setup_changes.c.after, Row.SETUP, Goes.STAYS, inside=True, why=_HISTORY),
    Kept(setup_changes.c.sentences, Row.SETUP, Goes.STAYS, inside=True, why=_HISTORY),
    Kept(setup_drafts.c.by, Row.SETUP, Goes.ROW, ("at",)),
    Kept(setup_drafts.c.setup, Row.SETUP, Goes.STAYS, inside=True, why="a day at most"),
    Kept(installations.c.user_id, Row.SETUP, Goes.EMPTY, ("installed_at",)),
    Kept(first_runs.c.user_id, Row.SETUP, Goes.EMPTY, ("channel", "ts", "greeted_at"), empties=("channel", "ts")),
    Kept(channel_questions.c.user_id, Row.SETUP, Goes.EMPTY, ("channel", "came_at", "answered_at")),
    Kept(erasures.c.user_id, Row.UNDER_WAY, Goes.ROW, ("asked_at",)),
)


def ids_of(tx: Connection, team_id: str, user: str) -> list[str]:
    """The person, and their direct messages with CareCue, by which they would be known as well."""
    here = (t.people.c.team_id == team_id) & (t.people.c.user_id == user) & t.people.c.dm_channel.is_not(None)
    return [user, *tx.execute(select(t.people.c.dm_channel).where(here)).scalars()]
