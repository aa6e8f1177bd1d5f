"""The sections of the page, in the order in which they are read. Each says in a sentence what its chart shows."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, log10

from bot.domain.moments import moment
from bot.replay.figures import Missed, Period, Result, Tried
from bot.replay.page import words
from bot.replay.page.charts import Mark, bar, columns
from bot.replay.page.markup import Markup, Part, tag
from bot.replay.spread import Spread

STEPS_S = (1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400)  # between lines of a chart of times
WHOLE_DAY = 24


def tiles(result: Result) -> Markup:
    """What to take away if nothing else."""
    first = result.tried[0]
    told = (
        (words.KEPT, words.share(first.kept), words.kept_note(first)),
        (words.USUAL, words.length(result.first_reply_s.p50), words.reply_note(result)),
        (words.NEVER, f"{result.unanswered:,}", words.never_note(result)),
        (words.NUDGES_SHORT, f"{first.nudges:,}", words.nudges_note(first)),
    )
    cells = (tag("div", tag("dt", name), tag("dd", figure), tag("dd", note)) for name, figure, note in told)
    return tag("dl", *cells, class_="tiles")


def what_if(result: Result) -> Markup:
    """Targets side by side."""
    head = tag("tr", *map(_head, words.WHAT_IF_HEAD[:2]), _NO_HEAD, *map(_head, words.WHAT_IF_HEAD[2:]))
    first, by_length = result.tried[0], sorted(result.tried, key=lambda tried: tried.first_s or 0.0)
    rows = (tag("tr", *_tried(one), class_="first" if one is first else None) for one in by_length)
    table = _scroll(words.WHAT_IF, tag("table", tag("thead", head), tag("tbody", *rows), class_="targets"))
    return _section(words.WHAT_IF, tag("p", words.could_keep(result), class_="say"), table)


def weeks(result: Result) -> Markup | None:
    """Times and shares, week by week."""
    found = result.weeks
    if not found:
        return None
    names = words.mondays(found)
    target = result.tried[0].first_s
    mark = Mark(target, words.mark(target)) if target else None
    times = [one.times.p50 for one in found]
    charts: list[Part] = [tag("p", words.ONE_WEEK, class_="soft")]
    if len(found) > 1:
        time = columns(words.WEEKS_TIME, names, times, _time_ticks(times, target), mark)
        share = columns(words.WEEKS_KEPT, names, [one.kept for one in found], _SHARES)
        charts = [_figure(words.WEEKS_TIME, time), _figure(words.WEEKS_KEPT, share)]
    table = _periods(words.WEEKS, words.WEEK, found, names)
    return _section(words.WEEKS, tag("p", words.WEEKS_LEAD), _pair(tag("div", *charts), table), _few(found))


def hours(result: Result) -> Markup | None:
    """The same by the hour of the day."""
    found = result.hours
    if not found:
        return None
    times = [one.times.p50 for one in found]
    target = result.tried[0].first_s
    mark = Mark(target, words.mark(target)) if target else None
    names = [f"{one.name}:00" for one in found]
    chart = columns(words.WEEKS_TIME, names, times, _time_ticks(times, target), mark)
    table = _periods(words.HOURS, words.HOUR, found, names)
    lead = tag("p", words.HOURS_LEAD)
    return _section(words.HOURS, lead, _pair(_figure(words.WEEKS_TIME, chart), table), _few(found))


def busy(result: Result) -> Markup:
    """A week's hours, darker where more is asked."""
    if not result.busy:
        return _section(words.BUSY, tag("p", words.NOBODY_BUSY))
    counts = {(day, hour): count for day, hour, count in result.busy}
    most = max(counts.values())
    first, last = min(hour for _, hour in counts), max(hour for _, hour in counts)
    head = tag("tr", *map(_head, (words.HOUR, *words.SHORT_DAYS)))
    rows = (
        tag(
            "tr",
            tag("th", f"{hour:02}:00", scope="row"),
            *(_heat(counts.get((day, hour), 0), most) for day in range(len(words.SHORT_DAYS))),
        )
        for hour in range(first, last + 1)
    )
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="heat")
    return _section(words.BUSY, tag("p", words.busiest(result.busy), class_="say"), table)


def never(result: Result) -> Markup:
    """Who was never answered, with links."""
    if not result.unanswered:
        return _section(words.NEVER, tag("p", words.ALL_ANSWERED, class_="say"))
    head = tag("tr", *map(_head, words.NEVER_HEAD))
    rows = (tag("tr", *_missed(one)) for one in result.latest_unanswered)
    table = _scroll(words.NEVER, tag("table", tag("thead", head), tag("tbody", *rows), class_="missed"))
    return _section(words.NEVER, tag("p", words.never(result)), table)


def nudges(result: Result) -> Markup:
    """What would have gone out, and how much of it in vain."""
    first = result.tried[0]
    steps = [(words.step(number), count) for number, count in enumerate(first.nudges_by_step)]
    parts: list[Part] = [tag("p", words.soon(first), class_="say"), _bars(words.NUDGES, words.NUDGE_HEAD, steps)]
    spreads = ((words.DAY_HEAD, first.a_day), (words.AGENT_HEAD, first.per_agent))
    drawn = [_spread(head, one) for head, one in spreads if one is not None]
    return _section(words.NUDGES, *parts, _pair(*drawn) if first.nudges and drawn else None)


def load(result: Result) -> Markup:
    """How the work was spread, without who did it."""
    if result.load is None:
        return _section(words.LOAD, tag("p", words.TOO_FEW))
    return _section(words.LOAD, _spread(words.LOAD_HEAD, result.load))


def counted(result: Result) -> Markup:
    """What stands behind the figures."""
    return _section(words.COUNTED, tag("ul", *(tag("li", line) for line in words.counted(result.tried[0]))))


SECTIONS: tuple[Callable[[Result], Markup | None], ...] = (
    tiles,
    what_if,
    weeks,
    hours,
    busy,
    never,
    nudges,
    load,
    counted,
)

_SHARES = tuple((share, words.share(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0))


_NO_HEAD = tag("td", class_="drawn")


def _section(title: str, *parts: Part) -> Markup:
    return tag("section", tag("h2", title), *parts)


def _pair(*parts: Part) -> Markup:
    return tag("div", *parts, class_="pair")


def _figure(caption: str, drawn: Markup) -> Markup:
    return tag("figure", tag("figcaption", caption), drawn)


def _scroll(name: str, table: Markup) -> Markup:
    """What is too long or wide is scrolled, also by keyboard."""
    return tag("div", table, class_="scroll", role="region", aria_label=name, tabindex=0)


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[Part]]) -> Markup:
    """The first cell of a row names it."""
    top = tag("tr", *map(_head, head))
    body = (tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows)
    return _scroll(name, tag("table", tag("thead", top), tag("tbody", *body)))


def _periods(name: str, first: str, found: Sequence[Period], names: Sequence[str]) -> Markup:
    head = (first, words.ASKED, words.KEPT, words.HALF, words.MOSTLY)
    rows = [
        (
            named,
            f"{one.asked:,}",
            words.share(one.kept),
            words.length(one.times.p50),
            words.length(one.times.p90),
        )
        for named, one in zip(names, found, strict=True)
        if one.asked
    ]
    return _table(name, head, rows)


def _head(name: str) -> Markup:
    return tag("th", name, scope="col")


def _tried(tried: Tried) -> tuple[Markup, ...]:
    return (
        tag("th", words.target(tried), scope="row"),
        tag("td", words.share(tried.kept)),
        tag("td", bar(tried.kept or 0.0), class_="drawn"),
        tag("td", f"{tried.nudges:,}"),
        tag("td", words.number(tried.per_agent_day)),
        tag("td", f"{tried.soon_answered:,}"),
    )


def _few(found: Sequence[Period]) -> Markup | None:
    hidden = any(one.asked and one.times.p50 is None for one in found)
    return tag("p", words.FEW, class_="soft") if hidden else None


def _spread(head: tuple[str, str], one: Spread) -> Markup:
    caption = tag("p", words.spread(one.p50, one.p90, one.most))
    return tag("div", caption, _bars(head[0], head, one.bars))


def _bars(name: str, head: tuple[str, str], bars: Sequence[tuple[str, int]]) -> Markup:
    """A table whose rows are a chart."""
    most = max((count for _, count in bars), default=0) or 1
    top = tag("tr", *map(_head, head), _NO_HEAD)
    rows = (
        tag("tr", tag("th", span, scope="row"), tag("td", f"{count:,}"), tag("td", bar(count / most), class_="drawn"))
        for span, count in bars
    )
    return _scroll(name, tag("table", tag("thead", top), tag("tbody", *rows), class_="bars"))


def _heat(count: int, most: int) -> Markup:
    depth = count / most
    return tag("td", f"{count:,}" if count else "", style=f"--h:{0.06 + 0.6 * depth:.2f}" if count else None)


def _missed(one: Missed) -> tuple[Markup, ...]:
    at = moment(one.from_ts)
    when = tag("time", f"{words.day(at.date())} {at:%H:%M}", datetime=at.isoformat(timespec="seconds"))
    link = tag("a", when, href=one.link, rel="noreferrer", title=words.OPEN_IN_SLACK)
    return (
        tag("th", link, scope="row"),
        tag("td", words.who(one), class_="words"),
        tag("td", words.length(one.waited_s)),
    )


def _time_ticks(values: Sequence[float | None], target: float | None) -> list[tuple[float, str]]:
    """Lines at round times. The target is shown where it does not press all else to the ground."""
    highest = max((value for value in values if value is not None), default=0.0)
    top = max(highest, target if target and target <= 4 * highest else 0.0, 1.0)
    apart = next((step for step in STEPS_S if top / step <= 4), 10 ** ceil(log10(top / 4)))
    return [(place * apart, words.length(place * apart) if place else "0") for place in range(ceil(top / apart) + 1)]
