"""An explanation as lines of text, written for Slack or for a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.conversations import Kind, Turn
from bot.domain.moments import moment
from bot.domain.spells import Spell
from bot.domain.why import Based, Counted, Explanation, Line, Next
from bot.views.message import date
from bot.views.words import clock as clock_words
from bot.views.words import common, precision, rules
from bot.views.words import nudges as nudge_words
from bot.views.words import why as words

MOST_SPELLS = 8
MOST_PEOPLE = 10
MOST_PROMISES = 5


class Other(NamedTuple):
    """A conversation that may be the same. `customer` is a plain name."""

    root_ts: str
    customer: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation with what a person needs to read it.

    `asked` is the message that somebody asked about; `links` lead to each message, by its `ts`; `names` are plain, by
    the person. `ours_here` were said to be no customers of this channel.
    """

    explained: Explanation
    asked: str
    links: Mapping[str, str]
    names: Mapping[str, str]
    others: Sequence[Other] = ()
    ours_here: frozenset[str] = field(default_factory=frozenset)

    @property
    def channel(self) -> str:
        """Where it stands."""
        return self.explained.conversation.channel

    @property
    def customer(self) -> str:
        """A plain name."""
        customer = self.explained.conversation.customer
        return common.shortened(self.names.get(customer or "", "")) or nudge_words.someone()


@dataclass(frozen=True, slots=True)
class Pen:
    """How people, moments, links and places are written."""

    person: Callable[[str], str]
    place: Callable[[str], str]
    at: Callable[[datetime], str]
    message: Callable[[str, datetime], str]
    name: Callable[[str], str]


def slack() -> Pen:
    """In mrkdwn; moments stand in the reader's own zone."""
    return Pen(_mention, common.channel, date, _linked, common.bold)


def terminal(told: Told) -> Pen:
    """In plain text; moments stand in the team's zone."""

    def at(moment: datetime) -> str:
        return local(moment, told.explained.zone)

    def person(user: str) -> str:
        return told.names.get(user, user)

    return Pen(person, str, at, lambda _link, when: at(when), str)


def local(at: datetime, zone: str) -> str:
    """A moment where no reader's zone is known."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


def headline(told: Told, pen: Pen) -> str:
    """Whose turn it is."""
    explained = told.explained
    who, where = pen.name(told.customer), pen.place(told.channel)
    wait = explained.conversation.wait
    if explained.conversation.customer is None:
        return words.ours_alone(where)
    if wait:
        return words.waits(who, where, _message(told, pen, wait.from_ts))
    return words.answered(who, where) if explained.turn is Turn.THEIRS else words.closed(who, where)


def clock(told: Told, pen: Pen) -> list[str]:
    """What started it, what counted and what paused it."""
    explained = told.explained
    if explained.counted is None:
        return [clock_words.NO_CLOCK()]
    lines = [_ran(told, pen, explained.counted), clock_words.target_of(explained.whose, pen.name(told.customer))]
    lines += _spells(explained.counted.spells, pen)
    if explained.counted.wait.open:
        kept = explained.kept
        lines += [clock_words.snoozed(pen.at(kept.snoozed_until))] if kept.snoozed_until else []
        lines += [clock_words.stands(pen.at(kept.paused_until))] if kept.paused_until else []
    return lines


def upcoming(told: Told, pen: Pen) -> list[str]:
    """When the next nudge is due and to whom, or why none is; how many there were, and what they rest on."""
    explained, said = told.explained, told.explained.kept.nudged_at
    coming = explained.next
    lines = [_next(coming, pen) if isinstance(coming, Next) else words.SILENCES[coming]()]
    lines += _had(told, pen) if explained.conversation.wait else []
    lines += [words.nudged(len(said), pen.at(said[-1]))] if said else []
    lines += _based(explained.based) if explained.based else []
    made = [one for one in explained.conversation.promises if one.open]
    return [*lines, *(words.promised(pen.person(one.by), pen.at(one.due), one.named) for one in made[:MOST_PROMISES])]


def _had(told: Told, pen: Pen) -> Iterator[str]:
    """Who has it in whose place, or by turn, and why."""
    kept = told.explained.kept
    if kept.because and kept.owner:
        until = pen.at(kept.because.until) if kept.because.until else None
        covered = pen.person(kept.covers_for) if kept.covers_for else None
        yield words.has_it(kept.because.cause, pen.person(kept.owner), pen.person(kept.because.user), until, covered)
    if kept.moves_on_at:
        yield words.moves_on(pen.at(kept.moves_on_at))


def reading(told: Told, line: Line, pen: Pen) -> str:
    """How a message was read, or what somebody did."""
    move = line.move
    link = _message(told, pen, move.ts) if move.ts in told.links else pen.at(moment(move.ts))
    if move.kind in (Kind.BOUNDARY, Kind.UNBOUNDARY):
        return words.done(link, "", words.CALLED() if move.kind is Kind.BOUNDARY else words.UNCALLED())
    who = pen.person(move.user)
    if line.taken_back:
        return words.said(link, who, words.GONE())
    if move.kind in words.OURS:
        return words.said(link, who, words.HOLDING() if move.promise else words.OURS[move.kind]())
    if line.needs_reply is None:
        return words.done(link, who, words.MOVES[move.kind]())
    verdict = words.NEEDS() if line.needs_reply else words.NEEDS_NOT()
    because = rules.by_rule(move.reason, line.after, line.needs_reply)
    if line.among:
        because = words.AMONG()
    if line.said_by:
        because = words.said_by(pen.person(line.said_by), move.reason)
    return words.read_as(link, who, verdict, because)


def plain(told: Told) -> str:
    """All of it, for a terminal: each message with its link below."""
    pen = terminal(told)
    parts = [headline(told, pen), "", f"{clock_words.CLOCK()}:", *clock(told, pen)]
    parts += ["", f"{words.NEXT()}:", *upcoming(told, pen), "", f"{words.HOW_READ()}:"]
    for line in told.explained.lines:
        parts.append(reading(told, line, pen))
        parts += [f"    {told.links[line.move.ts]}"] if line.move.ts in told.links else []
    return "\n".join(map(unmarked, parts))


def unmarked(text: str) -> str:
    """Without the marks that Slack reads."""
    return text.replace("*", "").replace("`", "")


def _message(told: Told, pen: Pen, ts: str) -> str:
    link = told.links.get(ts)
    return pen.message(link, moment(ts)) if link else pen.at(moment(ts))


def _ran(told: Told, pen: Pen, counted: Counted) -> str:
    wait = counted.wait
    start = _message(told, pen, wait.from_ts)
    if wait.to_ts is None:
        return clock_words.runs(start, counted.worked, wait.target, wait.first)
    who = pen.person(wait.by) if wait.by else None
    how = clock_words.stopped_by(wait.ended_by, who)
    return clock_words.ran(start, counted.worked, wait.target, pen.at(moment(wait.to_ts)), how)


def _spells(spells: Sequence[Spell], pen: Pen) -> list[str]:
    lines = [_spell(spell, pen) for spell in spells]
    if len(lines) <= MOST_SPELLS:
        return lines
    half = MOST_SPELLS // 2
    return [*lines[:half], clock_words.stretches_left_out(len(lines) - 2 * half), *lines[-half:]]


def _spell(spell: Spell, pen: Pen) -> str:
    since, until = pen.at(spell.since), pen.at(spell.until)
    if spell.pause:
        return clock_words.paused(since, until, clock_words.PAUSES[spell.pause]())
    return clock_words.counted(since, until, spell.until - spell.since)


def _next(coming: Next, pen: Pen) -> str:
    to = ", ".join(pen.person(one) if one[0] in "UW" else pen.place(one) for one in coming.to[:MOST_PEOPLE])
    if more := len(coming.to[MOST_PEOPLE:]):
        to = f"{to} {common.and_more(more)}"
    if coming.paused:
        return words.after_pause(pen.at(coming.at), to or words.ON_ROTA())
    return words.next_nudge(pen.at(coming.at), to or words.ON_ROTA(), coming.say, coming.percent)


def _based(based: Based) -> list[str]:
    rule = rules.reason(based.rule, needs_reply=True)
    lines = [precision.based_on(rule, based.rule)]
    lines += [precision.lately_right(based.lately.needed, based.lately.nudged)] if based.lately.nudged else []
    return [" ".join([*lines, precision.RULE_IS_SILENT()] if based.silent else lines)]


def _mention(user: str) -> str:
    return common.person(user) if user[:1] in ("U", "W") else words.AN_APP()


def _linked(link: str, at: datetime) -> str:
    """A moment that leads to the message."""
    seconds, fallback = int(at.timestamp()), f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"<!date^{seconds}^{{date_short_pretty}} {{time}}^{link}|{fallback}>"
