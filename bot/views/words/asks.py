"""An agent's call on those who lead, as the agent and the leader read of it."""

from datetime import timedelta

from bot.domain.asks import Kind, Outcome
from bot.views.language import Text, _, ngettext
from bot.views.words import common
from bot.views.words.kudos import listed

# -- to a leader -------------------------------------------------------------------------------------------------

CALLS = {
    Kind.HELP: Text("%(who)s asks for your help."),
    Kind.SNAG: Text("%(who)s has met a snag: something gets in the way of good work."),
    Kind.BOUNDARY: Text("%(who)s calls a boundary, and counts on your word."),
}
CASES = {
    "abusive": Text("%(who)s calls a boundary: the customer is abusive."),
    "right": Text("%(who)s calls a boundary: we are right, and it matters."),
    "unreasonable": Text("%(who)s calls a boundary: the customer stays unreasonable."),
}


def call(kind: Kind, case: str | None, who: common.Named) -> str:
    """The first line of an ask, to those who lead."""
    return CASES.get(case or "", CALLS[kind])() % {"who": who}


def about(customer: common.Named, where: common.Named) -> str:
    """Whom and where it is about."""
    return _("About %(customer)s in %(where)s") % {"customer": customer, "where": where}


def hopes_for_word(by: str) -> str:
    """When the agent was told to expect an answer; `by` is a date that Slack shows in the reader's zone."""
    return _(":hourglass_flowing_sand: Word is expected by %(by)s") % {"by": by}


def me_toos(count: int) -> str:
    """Colleagues whom the same snag stops."""
    return ngettext("%(n)d colleague says: me too.", "%(n)d colleagues say: me too.", count) % {"n": count}


def has_it(owner: common.Named | None) -> str:
    """The line under an ask that somebody took; None: the reader did."""
    return _("%(who)s has it.") % {"who": owner} if owner else _("You have it, and your colleague can see that.")


def snoozed(until: str) -> str:
    """After *Snooze*; the agent sees it, too."""
    return _("Snoozed until %(until)s. Your colleague expects word by then.") % {"until": until}


ANSWER = Text("Answer")
DECIDE = Text("Decide")
SAY_MORE = Text("Say what came of it")
I_HAVE_IT = Text("I have it")

PROMISED_YOU = Text("You told %(who)s when. Once it is done, a word more closes the loop.")


def told_when(who: common.Named) -> str:
    """What stays of an ask with whoever answered it with a time."""
    return PROMISED_YOU() % {"who": who}


def they_wrote(who: common.Named, line: str) -> str:
    """What it was about, once it is over: else it reads as the answer."""
    return _("%(who)s wrote: %(line)s") % {"who": who, "line": line}


# -- to the agent ------------------------------------------------------------------------------------------------

CALLED = {
    Kind.HELP: Text("Your call for help is on its way. Good that you asked."),
    Kind.SNAG: Text("Your snag is noted. Thank you for saying what gets in the way."),
    Kind.BOUNDARY: Text("Your boundary call is on its way. You did right to make it."),
}
NOT_CALLED = Text("There is nobody to call on yet.")
NOBODY = Text("Nobody who leads your team is known to CareCue yet, so nobody has heard. An admin can name a manager.")
NO_LONGER_NEEDED = Text("No longer needed")
SETTLED = Text("Settled, and you took it back yourself. Ask again whenever you like.")
YOU_ASKED = Text("You wrote: %(line)s")
SAME_SNAG = Text("The snag that you share: %(line)s")


def with_owner(owner: common.Named, by: str | None) -> str:
    """Who has it, and by when word is to be expected."""
    if by is None:
        return _("%(who)s has it.") % {"who": owner}
    return _("%(who)s has it; expect word by %(by)s.") % {"who": owner, "by": by}


def with_leaders(leaders: list[common.Named], by: str | None) -> str:
    """Who has heard of it, before anybody said that they have it."""
    said = _("%(who)s knows of it") if len(leaders) == 1 else _("%(who)s know of it")
    begun = said % {"who": listed(leaders)}
    return _("%(begun)s; expect word by %(by)s.") % {"begun": begun, "by": by} if by else f"{begun}."


def when_hours_begin(leaders: list[common.Named], by: str | None) -> str:
    """Asked outside the team's hours."""
    begun = _("%(who)s will hear of it as soon as your team's hours begin") % {"who": listed(leaders)}
    return _("%(begun)s; expect word by %(by)s.") % {"begun": begun, "by": by} if by else f"{begun}."


def joined_by(leaders: list[common.Named]) -> str:
    """No word came in time, so others were told: nothing more for the agent to do."""
    return _("No word yet, so %(who)s heard of it, too. There is nothing more that you need to do.") % {
        "who": listed(leaders)
    }


def settled(leader: common.Named) -> str:
    """What stays of the agent's own message; the answer stands below it."""
    return _("%(leader)s answered you.") % {"leader": leader}


HEARD = {
    Outcome.ANSWERED: Text("%(leader)s answers your call for help:"),
    Outcome.FIXED: Text("%(leader)s says: fixed."),
    Outcome.WHEN: Text("%(leader)s says when:"),
    Outcome.WONT: Text("%(leader)s says that this one has to stay, because:"),
    Outcome.TAKE_OVER: Text("%(leader)s takes over from here. You need not write another word to this customer."),
    Outcome.BACK: Text("%(leader)s backs you. This is yours to stand on:"),
    Outcome.END: Text("%(leader)s decides: we end it with this customer."),
    Outcome.APOLOGY: Text("%(leader)s decides: we owe this customer an apology."),
}


def heard(outcome: Outcome, leader: common.Named) -> str:
    """The first line of an answer."""
    return HEARD[outcome]() % {"leader": leader}


# -- /care -------------------------------------------------------------------------------------------------------


def my_asks(count: int) -> str:
    """Under my customers."""
    return ngettext("%(n)d ask of yours is open", "%(n)d asks of yours are open", count) % {"n": count}


KINDS = {Kind.HELP: Text("Help"), Kind.SNAG: Text("Snag"), Kind.BOUNDARY: Text("Boundary")}

# -- Home --------------------------------------------------------------------------------------------------------

ON_MY_CLOCK = Text("Your colleagues wait for word")


def clock_line(who: common.Named, what: str, line: str, waited: timedelta) -> str:
    """An ask on a leader's clock."""
    return _("*%(what)s* for %(who)s, who has waited for %(waited)s: %(line)s") % {
        "what": what,
        "who": who,
        "waited": common.length(waited),
        "line": line,
    }


# -- what was answered at the door -------------------------------------------------------------------------------

NOT_YOURS = Text("This one was meant for somebody else.")
OVER_ALREADY = Text("This one has its answer already, so there is nothing left to do.")
SHARED = Text("Others have said “me too” by now, so it stays open for them.")
NOT_ONE_OF_THESE = Text("Choose one of these answers.")
EMPTY = Text("A few words are enough, but there have to be some.")
NO_TEAM = Text("You are not in a team of CareCue's yet, so nobody would hear you. An admin can add you to the setup.")

# -- /care leader-time -------------------------------------------------------------------------------------------

NOT_LEADING = Text("This is for those who lead a team: agents' times are nobody's but their own.")
TIME_ON = Text(
    "How soon you usually have word for your team is on: it stands in the weekly digest after three answers in a"
    " week. `/care leader-time off` takes it out again."
)
TIME_OFF = Text(
    "How soon you usually have word for your team is off: nobody but you decides that. `/care leader-time on` lets your"
    " team see it in the weekly digest, after three answers in a week."
)
