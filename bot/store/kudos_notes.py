"""What is said of kudos, to whom: always drawn from the tables, so that everything says the same.

A key in the outbox tells what something is, and for whom: `kudos:12:U1` is the note, `kudos:12:announce` the
announcement, `kudos:12:U1:thanks` a receiver's thanks to the giver, `kudos:12:U1:show:U9` what a receiver shows to a
manager.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.kudos import nameless
from bot.store import digest_stories, languages, outbox, posts
from bot.store.kudos_stories import Kudos, Links, get_many, lock
from bot.store.workspaces import Workspace
from bot.views import kudos as views
from bot.views.message import Message

PREFIX = "kudos:"
ANNOUNCE = "announce"


def send(tx: Connection, workspace: Workspace, kudos: Kudos, now: datetime) -> None:
    """A note to each receiver, and the announcement if there is somebody to name."""
    notes = [(_key(kudos, one.user), one.user) for one in kudos.receivers]
    if kudos.named and kudos.announce_in:
        notes.append((_key(kudos, ANNOUNCE), kudos.announce_in))
    _send(tx, workspace, kudos, notes, now)


def thank(tx: Connection, workspace: Workspace, kudos: Kudos, receiver: str, now: datetime) -> None:
    """A receiver says thanks to the giver."""
    _send(tx, workspace, kudos, [(_key(kudos, receiver, "thanks"), kudos.giver)], now)


def show(tx: Connection, workspace: Workspace, kudos: Kudos, receiver: str, now: datetime) -> bool:
    """A receiver shows it to who leads them; False where there is nobody."""
    leaders = _leaders(workspace, kudos, receiver)
    _send(tx, workspace, kudos, [(_key(kudos, receiver, "show", user), user) for user in leaders], now)
    return bool(leaders)


def announce(tx: Connection, workspace: Workspace, kudos: Kudos, now: datetime) -> None:
    """Somebody may be named now; an announcement begins where none stands and none is under way."""
    key, team_id = _key(kudos, ANNOUNCE), workspace.team_id
    if kudos.announce_in and not posts.is_under_way(tx, team_id, f"{PREFIX}{kudos.id}", key):
        outbox.forget(tx, team_id, key)
        _send(tx, workspace, kudos, [(key, kudos.announce_in)], now)


def redraw(tx: Connection, workspace: Workspace, kudos: Kudos, now: datetime) -> None:
    """Bring up to date what stands, and what is still on its way."""
    standing = posts.standing(tx, workspace.team_id, f"{PREFIX}{kudos.id}")
    waiting = {_key(kudos, what) for what in (ANNOUNCE, *(one.user for one in kudos.receivers))}
    keys = sorted(waiting - {post.key for post in standing})
    drawn = _drawn(tx, workspace, kudos, [*keys, *(post.key for post in standing)])
    for post in standing:
        posts.say_anew(tx, post, drawn[post.key], now)
    for key in keys:
        posts.restate(tx, workspace.team_id, key, drawn[key])
    digest_stories.retell(tx, workspace, kudos, now)


def still_holds(tx: Connection, row: outbox.Row) -> str | None:
    """Why a note or an announcement is not to be said any more; None if it is."""
    told = get_many(tx, row.team_id, [posts.id_of(row.key)]).get(posts.id_of(row.key))
    what, *_ = _what(row.key)
    if told is None or told.taken_back:
        return "the kudos were taken back"
    receiver = told.receiver(what)
    if receiver and receiver.hidden:
        return "the kudos are hidden"
    return "nobody is named any more" if what == ANNOUNCE and not told.named else None


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has it. What changed on the way is put right at once."""
    told = lock(tx, row.team_id, posts.id_of(row.key))
    about = f"{PREFIX}{posts.id_of(row.key)}"
    post = posts.stand(tx, row, about, channel, ts)
    if told:
        posts.say_anew(tx, post, _drawn(tx, workspace, told, [row.key])[row.key], now)


def _send(tx: Connection, workspace: Workspace, kudos: Kudos, notes: Iterable[tuple[str, str]], now: datetime) -> None:
    to = dict(notes)
    drawn = _drawn(tx, workspace, kudos, to)
    said = [(key, message) for key, message in drawn.items() if message]
    sayings = [outbox.Saying(key, outbox.POST, to[key], message.payload()) for key, message in said]
    outbox.put_many(tx, workspace.team_id, sayings, now)


def _drawn(tx: Connection, workspace: Workspace, kudos: Kudos, keys: Iterable[str]) -> dict[str, Message | None]:
    whats = {key: _what(key) for key in keys}
    readers = {what[-1] for what in whats.values()}
    links = Links(tx, workspace, [kudos.source], readers)
    return {key: _said(tx, workspace, kudos, what, links) for key, what in whats.items()}


def _said(tx: Connection, workspace: Workspace, kudos: Kudos, what: list[str], links: Links) -> Message | None:
    """In the language of whom it is for."""
    match what:
        case ["announce"]:
            reader = kudos.announce_in
        case [_, "thanks"]:
            reader = kudos.giver
        case [*_, reader]:
            pass
    with languages.to(tx, workspace, reader or kudos.giver):
        return _draw(workspace, kudos, what, links)


def _announcement(kudos: Kudos, named: Sequence[str], link: str | None) -> Message | None:
    """Where somebody is left out, nobody is named in the reason either."""
    if not named:
        return None
    story = kudos.story(link)
    whole = len(named) == len(kudos.receivers)
    return views.announcement(story if whole else replace(story, reason=nameless(story.reason)), named)


def _draw(workspace: Workspace, kudos: Kudos, what: list[str], links: Links) -> Message | None:
    """None where nothing is to be seen any more."""
    match what:
        case ["announce"]:
            return _announcement(kudos, kudos.named, links.to(kudos.source))
        case [user, "thanks"]:
            return views.thanks(kudos.story(links.of(kudos.source)), user)
        case [user, "show", manager]:
            return _to_manager(kudos, user, links.to(kudos.source, manager))
        case [user, *_]:
            return _note(workspace, kudos, user, links.to(kudos.source, user))
    raise ValueError(f"no key of kudos: {what}")


def _note(workspace: Workspace, kudos: Kudos, user: str, link: str | None) -> Message:
    if kudos.taken_back:
        return views.taken_back(kudos.giver)
    receiver = kudos.receiver(user)
    assert receiver is not None
    if receiver.hidden:
        return views.hidden()
    return views.note(
        kudos.story(link),
        user,
        ask=receiver.may_announce is None and kudos.announce_in is not None,
        may_show_manager=bool(_leaders(workspace, kudos, user)),
        thanked=receiver.thanked,
        shown=receiver.shown,
    )


def _to_manager(kudos: Kudos, user: str, link: str | None) -> Message | None:
    receiver = kudos.receiver(user)
    if kudos.taken_back or receiver is None or receiver.hidden:
        return None
    return views.for_manager(kudos.story(link), user)


def _leaders(workspace: Workspace, kudos: Kudos, receiver: str) -> tuple[str, ...]:
    """Who leads a receiver, but for who knows already."""
    found = [user for team in workspace.teams_of(receiver) for user in workspace.people(team.managers)]
    return tuple(user for user in dict.fromkeys(found) if user not in (receiver, kudos.giver))


def _key(kudos: Kudos, *what: str) -> str:
    return ":".join((f"{PREFIX}{kudos.id}", *what))


def _what(key: str) -> list[str]:
    return key.split(":")[2:]
