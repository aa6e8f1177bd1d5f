"""What people do in a conversation, one move each: write, take on, close, take back."""

from enum import StrEnum
from typing import NamedTuple

from bot.domain.arrivals import Deleted, Posted, Reacted

OWNING_EMOJI = {"eyes"}
CLOSING_EMOJI = {"white_check_mark", "heavy_check_mark", "ballot_box_with_check"}


class Side(StrEnum):
    """Whose people an author belongs to; an app belongs to neither unless it relays customers' mail."""

    OURS = "ours"
    THEIRS = "theirs"
    APP = "app"


class Kind(StrEnum):
    """What a move does."""

    THEIRS = "theirs"  # a customer wrote
    OURS = "ours"  # one of us wrote
    ASIDE = "aside"  # one of us wrote to a colleague alone: no answer to the customer
    CLAIM = "claim"  # one of us took it on
    UNCLAIM = "unclaim"
    CLOSE = "close"  # one of us said that no reply is needed
    UNCLOSE = "unclose"
    KEPT = "kept"  # one of us said that what the message `about` promised was done elsewhere
    DELETE = "delete"  # the message `about` was taken back
    PAUSE = "pause"  # one of us waits on the customer: the clock stands until they write, at most till `promise`
    RESUME = "resume"
    BOUNDARY = "boundary"  # one of us called a boundary: from here on nobody is to be reminded of this customer's words
    UNBOUNDARY = "unboundary"
    NEEDED = "needed"  # one of us said that the message `about` needs a reply, however it was read
    NOT_NEEDED = "not_needed"
    SPLIT = "split"  # one of us said that from the message `about` on this is another conversation
    JOINED = "joined"  # one of us said that all of this belongs to the conversation `about`


SPOKEN = (Kind.THEIRS, Kind.OURS, Kind.ASIDE)  # what is a message

TO_CUSTOMER, TO_US = "to_customer", "to_us"  # reasons: customers among themselves; one of us is named


class Move(NamedTuple):
    """One thing that somebody did, at `ts`.

    `about` is the message that a claim, close or deletion concerns, or below which another one stands.
    """

    ts: str
    kind: Kind
    user: str
    about: str = ""
    needs_reply: bool = True
    reason: str = ""
    threaded: bool = False
    leaves: str = ""  # ours: what it leaves a weak closing after it to be
    closes_after: str = ""  # theirs: the words of ours after which it needs no reply, as `leaves` names them
    promise: str = ""  # ours: the `ts` by which more was promised; a pause: by which it ends
    routed: str = ""  # the conversation that it had come to, where somebody said since that it belongs to another


def posted_move(arrival: Posted, side: Side, to: Side | None = None) -> Move | None:
    """What a message is worth as a move: nothing when an app wrote it. `to` is whose people it speaks to, if known."""
    if side is Side.APP:
        return None
    if side is Side.OURS:
        if to is Side.OURS:
            return _said(arrival, Kind.ASIDE)._replace(leaves=arrival.leaves)
        return _said(arrival, Kind.OURS)._replace(leaves=arrival.leaves, promise=arrival.promise)
    said = _said(arrival, Kind.THEIRS)
    said = said._replace(closes_after=arrival.closes_after)
    if to is Side.THEIRS:
        return said._replace(needs_reply=False, reason=TO_CUSTOMER)
    return said._replace(reason=TO_US) if to is Side.OURS and said.reason == "unsure" else said


def _said(arrival: Posted, kind: Kind) -> Move:
    return Move(
        arrival.ts,
        kind,
        arrival.user,
        about=arrival.root_ts if arrival.threaded else "",
        needs_reply=arrival.needs_reply,
        reason=arrival.reason,
        threaded=arrival.threaded,
    )


def reacted_move(arrival: Reacted, side: Side) -> Move | None:
    """👀 from one of us owns, ✅ closes; nobody else's emoji counts."""
    if side is not Side.OURS:
        return None
    if arrival.emoji in OWNING_EMOJI:
        kind = Kind.UNCLAIM if arrival.taken_back else Kind.CLAIM
    elif arrival.emoji in CLOSING_EMOJI:
        kind = Kind.UNCLOSE if arrival.taken_back else Kind.CLOSE
    else:
        return None
    return Move(arrival.at_ts, kind, arrival.user, about=arrival.ts)


def deleted_move(arrival: Deleted) -> Move:
    """A message of either side was taken back."""
    return Move(arrival.at_ts, Kind.DELETE, "", about=arrival.ts)
