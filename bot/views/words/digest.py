"""The weekly page of a team, and what the pages of one person and of a manager share with it.

Rounded as a person would say it; compared without blame; nobody is ranked, and nobody is named with a time.
"""

from collections.abc import Mapping

from bot.domain.digest import Change, Compared
from bot.views.language import Text, _, ngettext
from bot.views.words import common
from bot.views.words import kudos as kudos_words

Compares = Mapping[Change, tuple[Text, Text]]  # with what is usual, and with the week before

MOST_NAMES = 4
MANY_MINUTES = 100  # from which on hours are easier to read

TITLE = Text("Our week")
CUSTOMERS = Text(":speech_balloon: *Customers*")
WAITING = Text(":hourglass_flowing_sand: *Still waiting for us*")
KINDNESS = Text(":yellow_heart: *Kindness*")
LATE = Text("This page comes later than usual.")
MORE_IN_THREAD = Text("Week by week in the thread. `/care digest now` shows you your own week.")
COLLEAGUE = Text("a colleague")
QUIET = Text("A quiet week: nobody asked us anything new.")
NO_TIMES = Text("No times this week, for privacy: too few people are behind them.")

CHART_TITLE = Text("First reply, week by week")
CHART_MINUTES = Text("Minutes of working time")
CHART_HOURS = Text("Hours of working time")
IN_MINUTES = Text("in minutes of working time")
IN_HOURS = Text("in hours of working time")
CHART_REPLY = Text("First reply")
CHART_TARGET = Text("Target")
WEEK = Text("Week")

SPEED: Compares = {
    Change.FAR_LESS: (Text("much faster than usual"), Text("much faster than the week before")),
    Change.LESS: (Text("a little faster than usual"), Text("a little faster than the week before")),
    Change.SAME: (Text("as usual"), Text("as in the week before")),
    Change.MORE: (Text("a little slower than usual"), Text("a little slower than the week before")),
    Change.FAR_MORE: (Text("slower than usual"), Text("slower than the week before")),
}
NUMBER: Compares = {
    Change.FAR_LESS: (Text("far fewer than usual"), Text("far fewer than the week before")),
    Change.LESS: (Text("a few fewer than usual"), Text("a few fewer than the week before")),
    Change.SAME: (Text("about as many as usual"), Text("about as many as the week before")),
    Change.MORE: (Text("a few more than usual"), Text("a few more than the week before")),
    Change.FAR_MORE: (Text("many more than usual"), Text("many more than the week before")),
}


def of_team(name: str, week: str) -> str:
    """Whose week, and which."""
    return _("%(name)s · %(week)s") % {"name": name, "week": week}


def span(seconds: int) -> str:
    """Working time as a person would say it: the longer, the rounder."""
    minutes = round(seconds / 60)
    if minutes <= 1:
        return _("a minute")
    if minutes < 10:
        return _minutes(minutes)
    if minutes < 53:
        return _minutes(5 * round(minutes / 5))
    halves = round(minutes / 30)
    if halves < 20:
        return _halves(halves)
    return _hours(round(minutes / 60))


def _minutes(count: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}


def _hours(count: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", count) % {"n": count}


def _halves(count: int) -> str:
    hours, half = divmod(count, 2)
    if hours == 1:
        return _("an hour and a half") if half else _("an hour")
    return _("%(n)d½ hours") % {"n": hours} if half else _hours(hours)


def share(part: float, of: int) -> str:
    """How many of these answers: in tenths, or where there are only a few of them, in words."""
    tenths = round(part * 10)
    if part in (0, 1):
        return _("all answers") if part else _("none of the answers")
    if of >= 10 and tenths == 5:
        return _("about half of the answers")
    if of >= 10 and 0 < tenths < 10:
        return _("%(n)d of 10 answers") % {"n": tenths}
    return _few(part)


def _few(part: float) -> str:
    steps = (
        (0.85, _("nearly all answers")),
        (0.6, _("most answers")),
        (0.4, _("about half of the answers")),
        (0.15, _("some answers")),
    )
    return next((said for least, said in steps if part >= least), _("few answers"))


def around(count: float) -> int:
    """A number of things as a person would say it: the more, the rounder."""
    step = 1 if count < 12 else 5 if count < 100 else 10
    return step * round(count / step)


def beside(change: Compared, words: Compares) -> str:
    """How something compares with what is usual; with the week before only where that tells something else."""
    usual = words[change.usual][0]() if change.usual else ""
    last = words[change.last][1]() if change.last else ""
    if change.usual and change.last and not _turns(change.usual, change.last):
        return usual
    return _("%(usual)s, %(last)s") % {"usual": usual, "last": last} if usual and last else usual or last


def _turns(usual: Change, last: Change) -> bool:
    """Whether the week before was on the other side of what is usual, or far from it."""
    if usual is Change.SAME:
        return last in (Change.FAR_LESS, Change.FAR_MORE)
    return bool(usual.value * last.value < 0)


def answered(conversations: int, change: Compared) -> str:
    """How many customers asked something new, and got an answer."""
    sentence = ngettext(
        "We answered *%(n)d new conversation*", "We answered *%(n)d new conversations*", conversations
    ) % {"n": conversations}
    return ended(sentence, beside(change, NUMBER))


def went_on(answers: int) -> str:
    """A week without new conversations."""
    return ngettext(
        "Nobody asked us anything new. We answered *once* in a conversation from before.",
        "Nobody asked us anything new. We answered *%(n)d times* in conversations from before.",
        answers,
    ) % {"n": answers}


def in_time(part: float, answers: int) -> str:
    """The share within the target."""
    return _capital(_("*%(share)s* came in time.") % {"share": share(part, answers)})


def speed(median_s: int, change: Compared) -> str:
    """What a first reply took."""
    sentence = _("A first reply typically came after *about %(span)s* of working time") % {"span": span(median_s)}
    return ended(sentence, beside(change, SPEED))


def nearly_all(p90_s: int) -> str:
    """What nine of ten first replies took at most."""
    return _("Nearly all came within %(span)s.") % {"span": span(p90_s)}


def enough(part: float, answers: int) -> str:
    """What stands beside every speed."""
    if not part:
        return _("After each answer the customer had to ask again within a day.")
    return _("After *%(share)s* nobody had to ask again within a day.") % {"share": share(part, answers)}


def silence_broken(count: int) -> str:
    """Whom we answered late, and answered."""
    return ngettext(
        "%(n)d customer heard from us after more than a day.",
        "%(n)d customers heard from us after more than a day.",
        count,
    ) % {"n": count}


def waiting_line(customer: common.Named, where: common.Named, link: str) -> str:
    """Somebody who still waits; how long stays between them and whoever answers."""
    return _("%(customer)s in %(where)s · %(link)s") % {"customer": customer, "where": where, "link": link}


def still_waiting(count: int) -> str:
    """The same in a notification."""
    return ngettext("%(n)d customer is still waiting for us.", "%(n)d customers are still waiting for us.", count) % {
        "n": count
    }


def told(giver: common.Named, receivers: common.Named) -> str:
    """Under a story."""
    return _("%(giver)s to %(receivers)s") % {"giver": giver, "receivers": receivers}


def thanked(count: int) -> str:
    """What customers said in the end."""
    return ngettext(
        ":bouquet: %(n)d conversation ended with a kind word from the customer.",
        ":bouquet: %(n)d conversations ended with a kind word from the customer.",
        count,
    ) % {"n": count}


def invitation(sign: str, behaviour: str) -> str:
    """The behaviour that went without thanks."""
    return _("%(sign)s Seen some *%(behaviour)s* lately? It went without thanks, and `/kudos` takes a minute.") % {
        "sign": sign,
        "behaviour": behaviour,
    }


def stories(count: int) -> str:
    """The same in a notification."""
    return ngettext("%(n)d story of thanks.", "%(n)d stories of thanks.", count) % {"n": count}


def chart_said(points: list[str], target: str, unit: str) -> str:
    """The chart, for those who do not see it."""
    return _("First reply by week, %(unit)s: %(points)s; the target is %(target)s.") % {
        "unit": unit,
        "points": ", ".join(points),
        "target": target,
    }


def people(names: list[str]) -> common.Named:
    """Names in bold, which ring nobody; a few of them."""
    shown, left = [common.bold(common.shortened(name)) for name in names[:MOST_NAMES]], len(names) - MOST_NAMES
    return kudos_words.listed([*shown, ngettext("%(n)d more", "%(n)d more", left) % {"n": left}] if left > 0 else shown)


def ended(sentence: str, how: str) -> str:
    """A sentence with how it compares, if that is known."""
    return _("%(sentence)s, %(how)s.") % {"sentence": sentence, "how": how} if how else f"{sentence}."


def _capital(sentence: str) -> str:
    """The first letter, behind a star."""
    return sentence[:1] + sentence[1:2].upper() + sentence[2:] if sentence.startswith("*") else sentence


# -- in the thread -----------------------------------------------------------------------------------------------

DETAILS = Text("The last weeks, exactly")
COLUMNS = (WEEK, Text("First reply"), Text("Asked again"), Text("In time"), Text("New"))
HIDDEN = Text("–")
FEWER = (WEEK, Text("New"), Text("After over a day"))
WHY_FEWER = Text(
    "New: conversations that got their first answer. Times and shares are left out, for privacy: too few people are"
    " behind them."
)
HOW_COUNTED = Text(
    "First reply: the median, in working time. Asked again: within a day of an answer. New: conversations that got"
    " their first answer. A dash: too few people are behind it. `/care export` has more, as a file."
)


def exactly(minutes: int) -> str:
    """Working time in a table: 48 min, 95 min, 8 h 40 min."""
    if minutes < MANY_MINUTES:
        return _("%(n)d min") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest} if rest else _("%(n)d h") % {"n": hours}
