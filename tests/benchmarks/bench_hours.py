"""What a sum over working time costs, beside subtracting two datetimes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from timeit import repeat

from bot.domain.hours import Schedule, Week

CALLS = 100_000


def microseconds(work: Callable[[], object]) -> float:
    """The best of five runs, a call."""
    return min(repeat(work, number=CALLS, repeat=5)) / CALLS * 1e6


def main() -> None:
    lunch = ((time(9), time(12, 30)), (time(13, 15), time(17, 30)))
    week = Week("Europe/Berlin", (lunch, lunch, lunch, lunch, lunch, (), ()))
    schedule = Schedule(week, {date(2026, 12, 25), date(2027, 1, 1)})
    start = datetime(2026, 10, 23, 14, 5, tzinfo=UTC)
    end = datetime(2026, 10, 27, 9, 40, tzinfo=UTC)
    target = timedelta(hours=2)
    bare = microseconds(lambda: end - start)
    for name, cost in (
        ("due", microseconds(lambda: schedule.due(start, target))),
        ("elapsed", microseconds(lambda: schedule.elapsed(start, end))),
    ):
        print(f"hours.{name}: {cost:.2f} us a call, {cost / bare:.0f} x a bare subtraction ({bare:.3f} us)")


if __name__ == "__main__":
    main()
