"""What a replay comes to. All of it can be told to anybody: shares, counts and distributions, and no name of ours.

What would tell of fewer than three people is left out, but for the totals.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.domain.conversations import Turn
from bot.domain.setup import Targets
from bot.domain.statistics import FEWEST
from bot.replay.spread import Spread, nearest_rank, spread
from bot.replay.tally import Bucket, Cued, Tally, Unanswered

MOSTLY = 0.9  # of all waits: how often a target has to be kept to be called one that a team can keep
STEPS = 4  # of the usual ladder


@dataclass(frozen=True, slots=True)
class Times:
    """Reply times in working seconds; None where nobody was answered."""

    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What one target would have meant. Without seconds it is the one that held in each channel.

    `kept` is a share of the waits that were answered, or open for longer than the target in the end. An agent's day is
    one on which they wrote to a customer; `per_agent_day` counts what would have come to whoever should answer, and
    `per_agent` the days by it, of days on which at least three wrote. `soon_answered`: within two minutes.
    """

    first_s: float | None
    next_s: float | None
    kept: float | None
    nudges: int
    nudges_by_step: tuple[int, ...]
    per_agent_day: float | None
    soon_answered: int
    a_day: Spread | None
    per_agent: Spread | None


@dataclass(frozen=True, slots=True)
class Period:
    """What was asked in a week (its Monday), or in an hour of the day. Times are of first replies."""

    name: str
    asked: int
    kept: float | None
    times: Times


@dataclass(frozen=True, slots=True)
class Missed:
    """A wait that nobody ended: a link to it, and its working time so far."""

    channel: str
    customer: str
    from_ts: str
    waited_s: float
    link: str


@dataclass(frozen=True, slots=True)
class Result:
    """Conversations are answered, waiting or closed by whose turn it is in the end.

    `messages` are people's and apps'. `within_target` is a share, 0 to 1, of the waits that an answer ended; None
    where none was. `since` and `until` are the first and last `ts`. All that depends on a target is under the first of
    `tried`. `could_keep_s` is the shortest first target that would have been kept nine times in ten, `answers_kept_s`
    the same of the waits that were answered. `busy` are customers' messages by weekday (Monday is 0) and hour. `load`
    is in how many conversations one of ours answered on a day.
    """

    agents_team: str
    channels: int
    since: str | None
    until: str | None
    messages: int
    conversations: int
    answered: int
    waiting: int
    closed: int
    waits: int
    nudges: int
    nudges_by_step: tuple[int, ...]
    within_target: float | None
    first_reply_s: Times
    next_reply_s: Times
    answerers: int
    agent_days: int
    unanswered: int
    could_keep_s: float | None
    answers_kept_s: float | None
    tried: tuple[Tried, ...]
    weeks: tuple[Period, ...]
    hours: tuple[Period, ...]
    busy: tuple[tuple[int, int, int], ...]
    load: Spread | None
    latest_unanswered: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Whose messages were replayed, how many, and where; `link` leads to a message, `names` are customers'."""

    agents_team: str
    channels: Mapping[str, str]
    messages: int
    since: str | None
    until: str | None

    def link(self, one: Unanswered, url: str | None) -> str:
        """As Slack's own permalink where the workspace's address is known, else into Slack in the browser."""
        if url:
            thread = f"?thread_ts={one.thread_ts}&cid={one.channel}" if one.thread_ts != one.from_ts else ""
            return f"{url.rstrip('/')}/archives/{one.channel}/p{one.from_ts.replace('.', '')}{thread}"
        return f"https://app.slack.com/client/{self.agents_team}/{one.channel}/thread/{one.channel}-{one.thread_ts}"


def result(tally: Tally, scene: Scene, names: Mapping[str, str], url: str | None = None) -> Result:
    """All of it. `names` are those of customers, `url` is where the workspace's pages are."""
    answers = len(tally.first.answered) + len(tally.next.answered)
    tried = tuple(_tried(tally, targets, cued) for targets, cued in zip(tally.tries, tally.cued, strict=True))
    return Result(
        agents_team=scene.agents_team,
        channels=len(scene.channels),
        since=scene.since,
        until=scene.until,
        messages=scene.messages,
        conversations=sum(tally.turns.values()),
        answered=tally.turns[Turn.THEIRS],
        waiting=tally.turns[Turn.OURS],
        closed=tally.turns[Turn.CLOSED],
        waits=tally.waits,
        nudges=tried[0].nudges,
        nudges_by_step=tried[0].nudges_by_step,
        within_target=tally.within / answers if answers else None,
        first_reply_s=times(tally.first.answered),
        next_reply_s=times(tally.next.answered),
        answerers=len(tally.answerers),
        agent_days=_agent_days(tally),
        unanswered=tally.unanswered,
        could_keep_s=could_keep(tally, tally.unanswered),
        answers_kept_s=could_keep(tally, 0),
        tried=tried,
        weeks=_weeks(tally.weeks),
        hours=tuple(_period(f"{hour:02}", tally.hours[hour]) for hour in sorted(tally.hours)),
        busy=tuple((day, hour, count) for (day, hour), count in sorted(tally.busy.items())),
        load=_load(tally),
        latest_unanswered=tuple(_missed(one, scene, names, url) for one in tally.latest),
    )


def times(seconds: Iterable[float]) -> Times:
    """The percentiles that a replay tells."""
    ordered = sorted(seconds)
    return Times(nearest_rank(ordered, 50), nearest_rank(ordered, 90))


def kept(tally: Tally, targets: Targets | None) -> float | None:
    """How often a target would have been kept by the answers that there were."""
    if targets is None:
        decided = len(tally.first.answered) + len(tally.next.answered) + tally.unanswered
        return tally.within / decided if decided else None
    good = decided = 0
    for waited, target in ((tally.first, targets.first), (tally.next, targets.next)):
        most = target.total_seconds()
        good += sum(took <= most for took in waited.answered)
        decided += len(waited.answered) + sum(took > most for took in waited.never)
    return good / decided if decided else None


def could_keep(tally: Tally, never: int) -> float | None:
    """The shortest first target, in whole minutes, that would have been kept nine times in ten, `never` not once.

    Later replies have as much more time as under the first target tried. None where there is none: nothing was
    answered, or more than one in ten never.
    """
    given = tally.tries[0] or Targets()
    stretch = given.next / given.first
    minutes = Counter(ceil(took / 60) for took in tally.first.answered)  # so many values, however many waits
    minutes.update(ceil(took / stretch / 60) for took in tally.next.answered)
    short_of = ceil(MOSTLY * (minutes.total() + never))
    for minute in sorted(minutes):
        short_of -= minutes[minute]
        if short_of <= 0:
            return max(1, minute) * 60.0
    return None


def _tried(tally: Tally, targets: Targets | None, cued: Cued) -> Tried:
    agent_days = _agent_days(tally)
    working = sorted({*tally.days, *cued.days})
    many = [day for day in sorted(tally.days) if len(tally.days[day]) >= FEWEST]
    return Tried(
        first_s=targets.first.total_seconds() if targets else None,
        next_s=targets.next.total_seconds() if targets else None,
        kept=kept(tally, targets),
        nudges=sum(cued.steps),
        nudges_by_step=tuple(cued.steps) + (0,) * (STEPS - len(cued.steps)),
        per_agent_day=sum(cued.private.values()) / agent_days if agent_days else None,
        soon_answered=cued.soon_answered,
        a_day=spread([cued.days[day] for day in working]),
        per_agent=spread([cued.private[day] / len(tally.days[day]) for day in many]),
    )


def _missed(one: Unanswered, scene: Scene, names: Mapping[str, str], url: str | None) -> Missed:
    return Missed(
        channel=scene.channels.get(one.channel, one.channel),
        customer=names.get(one.customer, one.customer),
        from_ts=one.from_ts,
        waited_s=one.took.total_seconds(),
        link=scene.link(one, url),
    )


def _agent_days(tally: Tally) -> int:
    return sum(map(len, tally.days.values()))


def _load(tally: Tally) -> Spread | None:
    people = {agent for agents in tally.days.values() for agent in agents}
    if len(people) < FEWEST:
        return None
    return spread([count for agents in tally.days.values() for count in agents.values()])


def _weeks(buckets: Mapping[date, Bucket]) -> tuple[Period, ...]:
    """Every week from the first to the last, also those in which nobody asked."""
    if not buckets:
        return ()
    first, last = min(buckets), max(buckets)
    mondays = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return tuple(_period(monday.isoformat(), buckets.get(monday, Bucket())) for monday in mondays)


def _period(name: str, bucket: Bucket) -> Period:
    """No time and no share of fewer than three people's answers."""
    decided = bucket.kept + bucket.missed
    share = bucket.kept / decided if decided and len(bucket.people) >= FEWEST else None
    told = times(bucket.times) if len(bucket.people) >= FEWEST else Times(None, None)
    return Period(name, bucket.asked, share, told)
