"""The pulse: one anonymous question every other week."""

from gettext import gettext as _
from gettext import ngettext

from bot.domain.pulse import SKIP, About, Verdict
from bot.views.words import common

TITLE = _("One question, anonymously")
PAGE_TITLE = _("The pulse")
SURE_TITLE = _("Send this answer?")
SEND = _("Send")
THANKS = _("Thank you. Your answer is counted, and not even CareCue knows which one was yours.")
SKIPPED = _("Skipped, which is fine. The next question comes in two weeks.")
ALREADY = _("You are done with this question. Answers cannot be changed, since nobody can tell which one was yours.")
OVER = _("This question is over.")
NOT_ASKED = _("This question was not for you, so your answer is not counted.")
CLOSED = _("This question is over. If enough of you answered, all of you hear what came of it at the same time.")
ALL_ALIKE = _("Everybody in the team reads the same here, whoever leads it too.")
NO_NUMBERS = _(
    "There are no numbers, on purpose: beside each other they would tell of people. *Most* is two thirds or more, and"
    " it stays *most* where all are of one mind."
)
WHAT_WOULD_HELP = _(
    "What would make it better? `/care snag` takes it to whoever leads the team, and tells you what became of it."
)
NO_TEAM = _("You are in no team that CareCue knows, so there is no pulse for you to see.")

STEPS = {
    SKIP: _("Skip"),
    1: _("No"),
    2: _("Rather no"),
    3: _("In between"),
    4: _("Rather yes"),
    5: _("Yes"),
}

ABOUT = {
    About.LOAD: _("Reasonable load"),
    About.TOOLS: _("Tools"),
    About.BACKING: _("Backing in hard cases"),
    About.THANKS: _("Thanks"),
    About.SAFETY: _("Safety to speak up"),
    About.GROWTH: _("Growth"),
    About.CLARITY: _("Clarity"),
}

VERDICTS = {
    Verdict.MOST_YES: _(":large_green_circle: Most say yes."),
    Verdict.MORE_YES: _(":large_green_circle: More than half say yes."),
    Verdict.MIXED: _(":large_yellow_circle: The answers are mixed."),
    Verdict.MORE_NO: _(":red_circle: More than half say no."),
    Verdict.MOST_NO: _(":red_circle: Most say no."),
}


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
    return _("The time before, about the same: %(said)s") % {"said": VERDICTS[verdict].split(" ", 1)[1]}


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
