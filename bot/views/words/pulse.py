"""The pulse: one anonymous question every other week."""

from bot.domain.pulse import SKIP, About, Question, Verdict
from bot.views.language import Text, _, ngettext
from bot.views.words import common

TITLE = Text("One question, anonymously")
PAGE_TITLE = Text("The pulse")
SURE_TITLE = Text("Send this answer?")
SEND = Text("Send")
THANKS = Text("Thank you. Your answer is counted, and not even CareCue knows which one was yours.")
SKIPPED = Text("Skipped, which is fine. The next question comes in two weeks.")
ALREADY = Text("You are done with this question. Answers cannot be changed, since nobody can tell which one was yours.")
OVER = Text("This question is over.")
NOT_ASKED = Text("This question was not for you, so your answer is not counted.")
CLOSED = Text("This question is over. If enough of you answered, all of you hear what came of it at the same time.")
ALL_ALIKE = Text("Everybody in the team reads the same here, whoever leads it too.")
NO_NUMBERS = Text(
    "There are no numbers, on purpose: beside each other they would tell of people. *Most* is two thirds or more, and"
    " it stays *most* where all are of one mind."
)
WHAT_WOULD_HELP = Text(
    "What would make it better? `/care snag` takes it to whoever leads the team, and tells you what became of it."
)
NO_TEAM = Text("You are in no team that CareCue knows, so there is no pulse for you to see.")

STEPS = {
    SKIP: Text("Skip"),
    1: Text("No"),
    2: Text("Rather no"),
    3: Text("In between"),
    4: Text("Rather yes"),
    5: Text("Yes"),
}

ABOUT = {
    About.LOAD: Text("Reasonable load"),
    About.TOOLS: Text("Tools"),
    About.BACKING: Text("Backing in hard cases"),
    About.THANKS: Text("Thanks"),
    About.SAFETY: Text("Safety to speak up"),
    About.GROWTH: Text("Growth"),
    About.CLARITY: Text("Clarity"),
}

VERDICTS = {
    Verdict.MOST_YES: Text(":large_green_circle: Most say yes."),
    Verdict.MORE_YES: Text(":large_green_circle: More than half say yes."),
    Verdict.MIXED: Text(":large_yellow_circle: The answers are mixed."),
    Verdict.MORE_NO: Text(":red_circle: More than half say no."),
    Verdict.MOST_NO: Text(":red_circle: Most say no."),
}


def question(asked: Question) -> str:
    """What is asked: it stands in the domain's data, and in the catalogues."""
    return _(asked.text)


def sure(step: str) -> str:
    """Before an answer goes: from then on nobody can find it."""
    return _("“%(step)s”. Nobody will know that it was you, so it cannot be changed afterwards.") % {"step": step}


def skip_sure() -> str:
    """The same, of no answer."""
    return _("Then you are done with this question, and the next one comes in two weeks.")


def promise(floor: int, closes: str) -> str:
    """What holds of every answer."""
    return _(
        "Answers are counted apart from who gave them. If %(floor)d or more of you answer by %(closes)s, the whole team"
        " hears in words how it looks; if not, all answers are deleted. There is no reminder."
    ) % {"floor": floor, "closes": closes}


def told(team: common.Named) -> str:
    """The head of what came of it."""
    return _("The pulse of %(team)s: what you said") % {"team": team}


def before(verdict: Verdict) -> str:
    """The last time that something was asked about the same."""
    return _("The time before, about the same: %(said)s") % {"said": VERDICTS[verdict]().split(" ", 1)[1]}


def off(team: common.Named) -> str:
    """No pulse here."""
    return _("*%(team)s* is not asked: the pulse is switched off in its setup.") % {"team": team}


def nothing_yet(team: common.Named, floor: int) -> str:
    """No round of it has been told yet."""
    return ngettext(
        "*%(team)s*: nothing can be told yet. A question needs at least %(n)d answer of the team's agents.",
        "*%(team)s*: nothing can be told yet. A question needs at least %(n)d answers of the team's agents.",
        floor,
    ) % {"team": team, "n": floor}


def next_on(date: str) -> str:
    """When the next one is asked."""
    return _("The next question comes on %(date)s.") % {"date": date}
