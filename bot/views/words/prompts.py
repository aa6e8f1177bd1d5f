"""The weekly prompts, and what is said around them. The prompts themselves stand in bot/domain/data/prompts.toml."""

from bot.domain.prompt_book import Dimension, Signal
from bot.domain.prompts import Outcome, Turn
from bot.domain.pulse import About
from bot.domain.signals import Heard
from bot.views.language import Text, _, ngettext
from bot.views.words import common

FOR_YOU = Text("For you this week")
FOR_LEADERS = Text("For all who lead, this week")
ACT = Text(":seedling: *One small act*")
ASK = Text(":speech_balloon: *Ask someone*")
NOTICE = Text(":eyes: *You will notice it*")
ONLY_YOU = Text("Only you see this. `/care prompt` says when it comes, and stops it.")

TAKE = Text("I'll do this")
CHANGE = Text("Change")
ANOTHER = Text("Another")
PASS = Text("Not this week")
WHAT_HAPPENED = Text("What happened?")
DONE = Text("Done")
NOT_YET = Text("Not yet")
RETIRE = Text("Choose prompts")
ADD = Text("Add a prompt")

PASSED = Text("Not this week, then. That is fine.")
TAKEN = Text(":white_check_mark: You chose this.")
NOT_YOURS = Text("That prompt is somebody else's.")
GONE = Text("A prompt of your own")
GONE_WHY = Text("Its words have been taken out of the setup.")
GONE_ACT = Text("It is no longer there.")
OVER = Text("That prompt is gone.")
NO_MORE = Text("There is no other one left this week. The next one comes by itself.")
USAGE = Text(
    "`/care prompt` says when your weekly prompt comes. `/care prompt off`, `on` or `hour tue 9:00` changes it."
)
NO_TEAM = Text("Prompts are for people who lead a team. You lead none in CareCue's setup.")

DIMENSIONS = {
    Dimension.HEALING: Text("emotional healing"),
    Dimension.COMMUNITY: Text("value for the community"),
    Dimension.CONCEPTS: Text("conceptual skills"),
    Dimension.EMPOWERING: Text("empowering"),
    Dimension.GROWTH: Text("helping others grow"),
    Dimension.OTHERS_FIRST: Text("putting others first"),
    Dimension.ETHICS: Text("ethical behaviour"),
}
SIGNALS = {
    Signal.BOUNDARY_CALLS: Text("Boundary calls"),
    Signal.SLOW_ASKS: Text("Asks that waited too long"),
    Signal.PULSE_DOWN: Text("A pulse going down"),
    Signal.OVERLOAD: Text("More questions than usual"),
    Signal.AFTER_HOURS: Text("Answers after hours"),
    Signal.NEW_COLLEAGUE: Text("A new colleague"),
    Signal.OUT_OF_REACH: Text("Targets out of reach"),
    Signal.OPEN_SNAGS: Text("Open snags"),
    Signal.UNTHANKED: Text("People without thanks"),
    Signal.GOOD_WEEK: Text("A week that went well"),
}
ABOUT = {
    About.LOAD: Text("the load"),
    About.TOOLS: Text("the tools"),
    About.BACKING: Text("backing"),
    About.THANKS: Text("thanks"),
    About.SAFETY: Text("speaking up"),
    About.GROWTH: Text("growth"),
    About.CLARITY: Text("clarity"),
}
OUTCOMES = {
    Outcome.DONE: Text("Done"),
    Outcome.PARTLY: Text("Partly"),
    Outcome.NOT_YET: Text("Not yet"),
}
_TOLD = {
    Outcome.DONE: Text(":white_check_mark: Done."),
    Outcome.PARTLY: Text(":white_check_mark: Done in part."),
    Outcome.NOT_YET: Text("Not yet."),
}


def headline(title: str) -> str:
    """The top of a prompt, plain."""
    return _("%(for_you)s: %(title)s") % {"for_you": FOR_YOU(), "title": title}


def leaders_headline(title: str) -> str:
    """The same, in a channel."""
    return _("%(for_leaders)s: %(title)s") % {"for_leaders": FOR_LEADERS(), "title": title}


def quoted(question: str) -> str:
    """A question as it could be said."""
    return _("“%(question)s”") % {"question": question}


def serves(dimension: str, behaviour: str) -> str:
    """What a prompt is good for."""
    return _("Serves *%(dimension)s*, feeds *%(behaviour)s*.") % {"dimension": dimension, "behaviour": behaviour}


def chosen(reason: Heard | Turn, dimension: str, team: common.Named | None) -> str:
    """Why this one came. `team` is named to those who lead several."""
    if isinstance(reason, Turn):
        return _turn(reason, dimension)
    told = _heard(reason)
    if team:
        return _("Chosen because in %(team)s %(told)s.") % {"team": team, "told": told}
    return _("Chosen because %(told)s.") % {"told": told}


def _turn(turn: Turn, dimension: str) -> str:
    if turn.quiet:
        begun = _("Nothing in the week stood out, so it is the turn of *%(dimension)s*") % {"dimension": dimension}
    else:
        begun = _("Chosen because it is the turn of *%(dimension)s*") % {"dimension": dimension}
    if turn.weeks is None:
        return _("%(begun)s, which has not come yet.") % {"begun": begun}
    if not turn.weeks:
        return _("%(begun)s.") % {"begun": begun}
    return ngettext(
        "%(begun)s, which last came %(n)d week ago.", "%(begun)s, which last came %(n)d weeks ago.", turn.weeks
    ) % {
        "begun": begun,
        "n": turn.weeks,
    }


def _heard(one: Heard) -> str:
    values = {"n": one.count, "beside": one.beside}
    match one.signal:
        case Signal.PULSE_DOWN:
            return _("the pulse on %(about)s went down") % {"about": ABOUT[one.about]() if one.about else ""}
        case Signal.OVERLOAD:
            return _("customers asked %(n)d times last week, where about %(beside)d times is usual") % values
        case Signal.OUT_OF_REACH:
            return _("for %(n)d weeks in a row fewer than %(beside)d %% of answers came in time") % values
        case Signal.GOOD_WEEK:
            return _("%(n)d answers went out last week, and %(beside)d %% of them came in time") % values
        case _:
            return _counted(one) % values


def _counted(one: Heard) -> str:
    """The sentence of a signal that counts, with places for its numbers."""
    match one.signal:
        case Signal.BOUNDARY_CALLS:
            return ngettext(
                "there was %(n)d boundary call last week", "there were %(n)d boundary calls last week", one.count
            )
        case Signal.SLOW_ASKS:
            return ngettext(
                "%(n)d ask waited longer than its target", "%(n)d asks waited longer than their target", one.count
            )
        case Signal.AFTER_HOURS:
            return ngettext(
                "%(n)d answer came outside working hours last week",
                "%(n)d answers came outside working hours last week",
                one.count,
            )
        case Signal.NEW_COLLEAGUE:
            return ngettext(
                "%(n)d colleague first answered a customer in the last %(beside)d weeks",
                "%(n)d colleagues first answered a customer in the last %(beside)d weeks",
                one.count,
            )
        case Signal.OPEN_SNAGS:
            return ngettext("%(n)d snag is open", "%(n)d snags are open", one.count)
        case _:
            return ngettext(
                "%(n)d person had no kudos in the last %(beside)d days",
                "%(n)d people had no kudos in the last %(beside)d days",
                one.count,
            )


def before(act: str, *, last_week: bool) -> str:
    """How the next one opens."""
    if last_week:
        return _("*Last week you chose:* %(act)s\nDone?") % {"act": act}
    return _("*The last time you chose:* %(act)s\nDone?") % {"act": act}


def before_told(act: str, outcome: Outcome) -> str:
    """The same, once that has been said."""
    return _("*The last time you chose:* %(act)s\n%(told)s") % {"act": act, "told": _TOLD[outcome]()}


def told(outcome: Outcome) -> str:
    """What came of it, in a line."""
    return _TOLD[outcome]()


def reminder_at(at: str) -> str:
    """When somebody will be reminded."""
    return _("A gentle reminder comes %(at)s.") % {"at": at}


def your_team_reads(line: str) -> str:
    """What is shared of it."""
    return _("Your team will read: “%(line)s”") % {"line": line}


def noted(note: str) -> str:
    """One's own note."""
    return _("Your note: %(note)s") % {"note": note}


def reminder(act: str) -> str:
    """The gentle reminder."""
    return _(":bell: You wanted to do this: %(act)s") % {"act": act}


def committed(name: common.Named, line: str, outcome: Outcome | None) -> str:
    """One of the lines of *you said / we did*."""
    told = _TOLD[outcome]() if outcome else _("Under way.")
    return _("%(name)s: “%(line)s” %(told)s") % {"name": name, "line": line, "told": told}
