"""The weekly page in a team's channel. Its stories can be drawn anew where they stand, as kudos change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.behaviours import Behaviour
from bot.domain.digest import compared
from bot.domain.statistics import Figures
from bot.domain.weeks import Week
from bot.views import said_and_done
from bot.views.blocks import context, header, quoted, section
from bot.views.charts import LineChart, table
from bot.views.kudos import Story
from bot.views.language import Text
from bot.views.message import Message, drawn
from bot.views.nudges import Waiting
from bot.views.said_and_done import NOTHING, Done
from bot.views.words import common, days, numbers
from bot.views.words import digest as words
from bot.views.words import kudos as kudos_words
from bot.views.words import nudges as nudge_words

MOST_WAITING = 5
SUNDAY = timedelta(days=6)  # after a Monday
KINDNESS = "kindness"  # begins the block ids of that part of the page
TWO_MINUTES, TWO_CONVERSATIONS = 120, 2  # what is less than that is no difference
IN_HOURS = 300  # minutes, from which on a chart counts hours
FEWEST_POINTS = 2
A_FEW = 5  # conversations, from which on it makes sense to speak of nine of ten

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """All that a team's page tells. `before` are the weeks before, oldest first; `names` those of the stories' people.

    `waiting_count` counts those left out of `waiting`, too; `waited` is whether one of them did when the week was over.
    """

    name: str
    week: Week
    figures: Figures
    before: tuple[Figures, ...]
    target: timedelta
    waiting: tuple[Waiting, ...] = ()
    waiting_count: int = 0
    waited: bool = False
    stories: tuple[Story, ...] = ()
    names: Mapping[str, str] | None = None
    thanked: int = 0
    invitation: Behaviour | None = None
    done: Done = NOTHING
    late: bool = False

    @property
    def worth_saying(self) -> bool:
        """Whether anything happened."""
        told = self.figures.answers or self.waited or self.stories or self.thanked
        return bool(told or self.done.worth_saying)


def page(of: TeamWeek, *, preview: bool = False) -> Message:
    """The page, and all its figures in the text that stands for it. A preview has no thread."""
    blocks = [*_top(of), *_customers(of), *_waiting(of), *_chart(of), *_kindness(of), *said_and_done.part(of.done)]
    return Message(_text(of), tuple(blocks if preview else [*blocks, context(words.MORE_IN_THREAD())]))


def details(of: TeamWeek) -> Message:
    """What stands in the thread below it: the weeks, exactly."""
    weeks = (*of.before, of.figures)
    columns: tuple[Text, ...] = words.COLUMNS
    rows, how = [*map(_row, weeks)], words.HOW_COUNTED()
    if all(week.median_s is None for week in weeks):
        columns, rows, how = words.FEWER, [*map(_row_of_few, weeks)], words.WHY_FEWER()
    blocks: list[Block] = [section(f"*{words.DETAILS()}*"), table([[name() for name in columns], *rows]), context(how)]
    return Message(words.DETAILS(), tuple(blocks))


def retold(payload: Json, kudos_id: int, story: Story | None, names: Mapping[str, str]) -> dict[str, Any]:
    """The page as it stands, with this story drawn anew; None takes it off the page."""
    ids = _ids(kudos_id)
    fresh = dict(zip(ids, drawn(_story(story, names)), strict=True)) if story else {}
    blocks = [fresh.get(block.get("block_id"), block) for block in payload["blocks"]]
    kept = [block for block in blocks if story or block.get("block_id") not in ids]
    of_kindness = [block for block in kept if str(block.get("block_id")).startswith(KINDNESS)]
    alone = [block["block_id"] for block in of_kindness] == [KINDNESS]
    return {**payload, "blocks": [block for block in kept if not alone or block not in of_kindness]}


def dates(week: Week) -> str:
    """Its first and its last day, as the team's calendar has them."""
    return days.between(week.monday, week.monday + SUNDAY)


def speed(figures: Figures, before: Sequence[Figures]) -> str:
    """How fast, and whether it was enough; never one without the other. Empty where either may not be told."""
    if figures.median_s is None or figures.p90_s is None or figures.not_asked_again is None:
        return ""
    change = compared(figures.median_s, [week.median_s for week in before], TWO_MINUTES)
    fast = [words.speed(figures.median_s, change)]
    fast += [words.nearly_all(figures.p90_s)] if figures.conversations >= A_FEW else []
    return f"{' '.join(fast)}\n{words.enough(figures.not_asked_again, figures.answers)}"


def no_times(figures: Figures) -> list[str]:
    """Why a week with answers has no times: that is privacy, and no failure."""
    return [words.NO_TIMES()] if figures.answers and figures.within_target is None else []


def waiting_lines(waiting: Sequence[Waiting], count: int, most: int = MOST_WAITING) -> str:
    """Customers with the way to them, one below the other; `count` are those left out, too."""
    lines = [f"• {_waiting_line(one)}" for one in waiting[:most]]
    more = count - len(lines)
    return "\n".join([*lines, common.and_more(more)] if more > 0 else lines)


def _waiting_line(one: Waiting) -> str:
    link = f"<{one.link}|{nudge_words.OPEN_THREAD()}>"
    return words.waiting_line(one.bold_name, common.channel(one.channel), link)


def _top(of: TeamWeek) -> Iterator[Block]:
    yield header(words.TITLE())
    yield context(*([_which(of), words.LATE()] if of.late else [_which(of)]))


def _which(of: TeamWeek) -> str:
    return words.of_team(common.escape(common.shortened(of.name)), dates(of.week))


def _customers(of: TeamWeek) -> Iterator[Block]:
    figures = of.figures
    sentences = [_how_many(of)]
    if figures.within_target is not None:
        sentences.append(words.in_time(figures.within_target, figures.answers))
    yield section(f"{words.CUSTOMERS()}\n{' '.join(sentences)}")
    if how_fast := speed(figures, of.before):
        yield section(how_fast)
    small_print = [words.silence_broken(figures.silence_broken)] if figures.silence_broken else []
    if small_print := [*small_print, *no_times(figures)]:
        yield context(*small_print)


def _how_many(of: TeamWeek) -> str:
    if of.figures.conversations:
        before = [float(week.conversations) for week in of.before]
        return words.answered(of.figures.conversations, compared(of.figures.conversations, before, TWO_CONVERSATIONS))
    return words.went_on(of.figures.answers) if of.figures.answers else words.QUIET()


def _waiting(of: TeamWeek) -> Iterator[Block]:
    if of.waiting_count:
        yield section(f"{words.WAITING()}\n{waiting_lines(of.waiting, of.waiting_count)}")


def _points(of: TeamWeek) -> tuple[list[tuple[str, float]], float, bool]:
    """First replies by week, the target, and whether both are in hours; weeks that may not be told are left out."""
    known = [(week.week.monday, week.median_s) for week in (*of.before, of.figures) if week.median_s is not None]
    hours = max([of.target.total_seconds(), *(seconds for _, seconds in known)]) > IN_HOURS * 60
    unit = 3600 if hours else 60
    points = [(days.short(monday), _rounded(seconds, unit)) for monday, seconds in known]
    return points, _rounded(of.target.total_seconds(), unit), hours


def _rounded(seconds: float, unit: int) -> float:
    return round(seconds / unit, 1) if unit == 3600 else round(seconds / unit)


def _chart(of: TeamWeek) -> Iterator[Block]:
    points, target, hours = _points(of)
    if len(points) >= FEWEST_POINTS and speed(of.figures, of.before):
        labels, values = [label for label, _ in points], [value for _, value in points]
        series = {words.CHART_REPLY(): values, words.CHART_TARGET(): [target] * len(values)}
        unit = words.CHART_HOURS() if hours else words.CHART_MINUTES()
        yield LineChart(words.CHART_TITLE(), labels, series, words.WEEK(), unit)


def _kindness(of: TeamWeek) -> Iterator[Block]:
    if not (of.stories or of.thanked or of.invitation):
        return
    yield _marked(section(words.KINDNESS()), KINDNESS)
    for story in of.stories:
        yield from _story(story, of.names or {})
    if of.thanked:
        yield _marked(context(words.thanked(of.thanked)), f"{KINDNESS}.thanked")
    if of.invitation:
        sentence = words.invitation(kudos_words.SIGNS[of.invitation], kudos_words.BEHAVIOURS[of.invitation]())
        yield _marked(context(sentence), f"{KINDNESS}.invitation")


def _story(story: Story, names: Mapping[str, str]) -> list[Block]:
    tags = [f"{kudos_words.SIGNS[one]} {kudos_words.BEHAVIOURS[one]()}" for one in story.behaviours]
    link = [f"<{story.link}|{kudos_words.OPEN_MESSAGE()}>"] if story.link else []
    who = words.told(_people([story.giver], names), _people(story.receivers, names))
    quote, below = _ids(story.id)
    return [
        _marked(section(quoted(story.reason)), quote),
        _marked(context(" · ".join([who, *tags, *link])), below),
    ]


def _people(users: Sequence[str], names: Mapping[str, str]) -> common.Named:
    return words.people([names.get(user) or words.COLLEAGUE() for user in users])


def _ids(kudos_id: int) -> tuple[str, str]:
    return f"{KINDNESS}.{kudos_id}", f"{KINDNESS}.{kudos_id}.who"


def _marked(block: Block, block_id: str) -> Block:
    block.block_id = block_id
    return block


def _row(figures: Figures) -> tuple[str, ...]:
    return (
        days.short(figures.week.monday),
        words.HIDDEN() if figures.median_s is None else words.exactly(round(figures.median_s / 60)),
        _percent(None if figures.not_asked_again is None else 1 - figures.not_asked_again),
        _percent(figures.within_target),
        str(figures.conversations),
    )


def _row_of_few(figures: Figures) -> tuple[str, ...]:
    return days.short(figures.week.monday), str(figures.conversations), str(figures.silence_broken)


def _percent(share: float | None) -> str:
    return words.HIDDEN() if share is None else numbers.percent(share)


def _text(of: TeamWeek) -> str:
    """What a notification shows, and what is read to those who cannot see the chart."""
    figures = of.figures
    sentences = [f"{words.TITLE()} ({_which(of)}):"]
    sentences.append(_how_many(of))
    if figures.within_target is not None:
        sentences.append(words.in_time(figures.within_target, figures.answers))
    sentences += [speed(figures, of.before)]
    sentences += [words.still_waiting(of.waiting_count)] if of.waiting_count else []
    sentences += [words.stories(len(of.stories))] if of.stories else []
    sentences.append(said_and_done.said(of.done))
    sentences += [_chart_said(of)] if list(_chart(of)) else []
    return " ".join(filter(None, sentences)).replace("*", "").replace("\n", " ")


def _chart_said(of: TeamWeek) -> str:
    points, target, hours = _points(of)
    unit = words.IN_HOURS() if hours else words.IN_MINUTES()
    said = [f"{label} {numbers.short(value)}" for label, value in points]
    return words.chart_said(said, numbers.short(target), unit)
