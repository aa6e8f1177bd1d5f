"""Which conversation does a message belong to? A thread's, the one that it goes on with, or the one that it answers.

A channel where people answer at top level is a talk of many: whom somebody mentions, where they last spoke and how long
ago decide. Everything is judged as it stood when the message was written, whatever has been heard of since.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.addressing import Opening
from bot.domain.arrivals import Posted
from bot.domain.conversations import Conversation, Kind, Move, Side
from bot.domain.moments import moment
from bot.domain.moves import SPOKEN
from bot.domain.policy import AFTERTHOUGHT, BURST

TALK = timedelta(minutes=20)  # how long a talk goes on after its last word
SAME_BREATH = timedelta(seconds=30)  # an agent's second line, whoever has written meanwhile
NAMED = timedelta(hours=4)  # how long a customer goes on with an agent by naming them
CHASED = timedelta(days=7)  # how long "any update?" asks after what was answered
ADDED = {"unsure", "file", "link", "code"}  # how closings read what asks nothing, but is no goodbye either
REMEMBERED = timedelta(days=30)  # a mention of someone who was silent for longer begins something new


def route(arrival: Posted, side: Side, nearby: Sequence[Conversation], aside: bool = False) -> str:
    """The `root_ts` of the conversation that a message belongs to, its own where it begins one.

    `nearby` are the conversations of the channel that may matter: the thread's, and those of late. `aside`: one of us
    speaks to a colleague.
    """
    if arrival.threaded:
        holder = next((c for c in nearby if c.holds(arrival.root_ts)), None)
        return holder.root_ts if holder else arrival.root_ts
    seen = [_Seen.of(conversation, arrival) for conversation in nearby]
    if side is Side.THEIRS:
        found = _asked_after(arrival, seen) or _spoken_with(arrival, seen) or _gone_on(arrival, seen)
    elif aside:
        found = _waiting(arrival, seen) or _followed_up(seen, TALK)
    else:
        found = _named(arrival, seen) or _answered(arrival, seen)
    return found.conversation.root_ts if found else arrival.ts


def looks_back(arrival: Posted, side: Side) -> Iterator[tuple[str, timedelta]]:
    """Customers whose conversations `route` wants to see, and how long ago something may last have happened there."""
    if side is Side.OURS:
        yield from ((user, REMEMBERED) for user in arrival.mentions)
        return
    yield from ((user, TALK) for user in arrival.mentions)
    if arrival.opening == Opening.CHASE:
        yield arrival.user, CHASED
    elif _is_afterthought(arrival):
        yield arrival.user, AFTERTHOUGHT
    else:
        yield arrival.user, NAMED if arrival.mentions else TALK


@dataclass(slots=True)
class _Seen:
    """A conversation as it was when a message was written: what had been said there, and how long ago."""

    conversation: Conversation
    at_top: bool
    said: list[Move]
    gap: timedelta
    mine: Move | None  # what the author of the message had last said there
    my_gap: timedelta

    @classmethod
    def of(cls, conversation: Conversation, arrival: Posted) -> "_Seen":
        said = [move for move in conversation.moves if move.kind in SPOKEN and move.ts <= arrival.ts]
        mine = next((move for move in reversed(said) if move.user == arrival.user), None)
        gap = _since(said[-1], arrival) if said else timedelta.max
        return cls(conversation, not conversation.in_thread, said, gap, mine, _since(mine, arrival))

    @property
    def last_ts(self) -> str:
        return self.said[-1].ts if self.said else ""

    @property
    def is_mine(self) -> bool:
        """Whether the author was the last of us to answer there."""
        return self.mine is not None and self.mine.user == self.conversation.answered_by

    def last_word_of(self, users: Collection[str]) -> str:
        """When one of these last spoke there; "" for never."""
        return next((move.ts for move in reversed(self.said) if move.user in users), "")


def _since(move: Move | None, arrival: Posted) -> timedelta:
    return moment(arrival.ts) - moment(move.ts) if move else timedelta.max


def _asked_after(arrival: Posted, seen: Iterable[_Seen]) -> _Seen | None:
    """ "Any update?" joins what is open, in a thread or not; else what was last spoken of."""
    if arrival.opening != Opening.CHASE:
        return None
    own = [one for one in seen if one.conversation.customer == arrival.user and one.gap <= CHASED]
    return _latest(one for one in own if _waits_at(one, arrival.ts)) or _latest(own)


def _spoken_with(arrival: Posted, seen: Iterable[_Seen]) -> _Seen | None:
    """Who names somebody goes on where both have spoken, first of all in what they asked themselves."""
    if not arrival.mentions:
        return None
    at_top = [one for one in seen if one.at_top]
    both = [one for one in at_top if one.mine and one.last_word_of(arrival.mentions)]
    own = [one for one in both if one.conversation.customer == arrival.user]
    theirs = [one for one in at_top if one.conversation.customer in arrival.mentions]
    helped = [one for one in both if one.conversation.helped_by == arrival.user]
    lately = TALK if arrival.opening == Opening.GREETING else NAMED
    return _latest(_within(own, lately)) or _latest(_within(theirs, TALK)) or _latest(_within(helped, TALK))


def _gone_on(arrival: Posted, seen: Iterable[_Seen]) -> _Seen | None:
    """A customer goes on where they spoke last: with what they ask themselves, or with whom they help."""
    own = [one for one in seen if one.at_top and one.conversation.customer == arrival.user]
    going = [one for one in own if _goes_on(one, arrival)]
    if not arrival.mentions:
        lately = BURST if arrival.opening == Opening.GREETING else TALK
        helped = (one for one in seen if one.at_top and one.conversation.helped_by == arrival.user)
        going += [one for one in helped if one.my_gap <= lately and not one.said[-1].threaded]
    return max(going, key=lambda one: (one.mine.ts if one.mine else "", one.last_ts), default=None)


def _goes_on(own: _Seen, arrival: Posted) -> bool:
    """Within a burst anything does; after our answer a talk goes on for longer, and a "thanks!" comes even later."""
    if own.mine is None:
        return _began_just_after(own.conversation, arrival)
    if _is_afterthought(arrival):
        return own.gap <= AFTERTHOUGHT
    last = own.said[-1]
    if last.threaded:
        return False
    asks_more = last.user == arrival.user and not _adds(arrival)
    is_over = not own.mine.needs_reply or arrival.opening == Opening.GREETING
    return own.gap <= (BURST if asks_more or is_over else TALK)


def _began_just_after(conversation: Conversation, arrival: Posted) -> bool:
    """A burst whose first message comes last."""
    first = next((move for move in conversation.moves if move.kind in SPOKEN), None)
    if first is None or first.kind is not Kind.THEIRS or first.user != arrival.user:
        return False
    return timedelta(0) <= moment(first.ts) - moment(arrival.ts) <= BURST


def _adds(arrival: Posted) -> bool:
    """Whether it goes on with its author's own words: no question of its own, or one that begins with "and"."""
    return arrival.opening == Opening.MORE or arrival.reason in ADDED


def _is_afterthought(arrival: Posted) -> bool:
    return not arrival.needs_reply or bool(arrival.closes_after)


def _named(arrival: Posted, seen: Sequence[_Seen]) -> _Seen | None:
    """Our words answer the customer whom they name, in what they ask or have just said elsewhere.

    Who has not written here is a colleague of somebody who has, and waits for a first word of ours.
    """
    if not arrival.mentions:
        return None
    named = [one for one in seen if one.said and one.conversation.customer in arrival.mentions]
    beside = [one for one in seen if one.at_top and one.conversation.helped_by in arrival.mentions]
    unheard = [one for one in seen if not any(move.kind is Kind.OURS for move in one.said)]
    asked = _latest(_within(named, REMEMBERED))
    if asked and _waits_at(asked, arrival.ts):
        return asked
    spoken = [*([asked] if asked else []), *_within(beside, TALK)]
    return max(spoken, key=lambda one: one.last_word_of(arrival.mentions), default=None) or _waiting(arrival, unheard)


def _answered(arrival: Posted, seen: Sequence[_Seen]) -> _Seen | None:
    """Without a name they go on where we just spoke, or answer who wrote last and waits."""
    going = _followed_up(seen, BURST)
    waiting = _waiting(arrival, seen)
    if going and (going.my_gap <= SAME_BREATH or not _asked_since(going, waiting)):
        return going
    return waiting or _followed_up(seen, TALK)


def _asked_since(going: _Seen, waiting: _Seen | None) -> bool:
    """Whether somebody else, who waits, has written after our last word."""
    return waiting is not None and waiting is not going and going.mine is not None and waiting.last_ts > going.mine.ts


def _followed_up(seen: Iterable[_Seen], lately: timedelta) -> _Seen | None:
    mine = [one for one in seen if one.at_top and one.is_mine and one.my_gap <= lately]
    return max(mine, key=lambda one: one.mine.ts if one.mine else "", default=None)


def _waiting(arrival: Posted, seen: Iterable[_Seen]) -> _Seen | None:
    return _latest(one for one in seen if one.at_top and _waits_at(one, arrival.ts))


def _waits_at(one: _Seen, ts: str) -> bool:
    """Whether the customer waited when this was written, as far as we know by now."""
    return any(w.from_ts < ts and (w.to_ts is None or ts < w.to_ts) for w in one.conversation.waits[-1:])


def _within(seen: Iterable[_Seen], span: timedelta) -> list[_Seen]:
    return [one for one in seen if one.gap <= span]


def _latest(seen: Iterable[_Seen]) -> _Seen | None:
    return max(seen, key=lambda one: one.last_ts, default=None)
