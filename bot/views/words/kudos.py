"""Kudos: the note, the announcement, the questions around them. Warm and plain; nobody is counted or compared."""

from collections.abc import Sequence

from bot.domain.kudos import Behaviour, Code, Refused, Where
from bot.views.language import Text, _, ngettext
from bot.views.words import common

BEHAVIOURS = {
    Behaviour.KINDNESS: Text("kindness"),
    Behaviour.WELCOMING: Text("welcoming"),
    Behaviour.RESPONSIVENESS: Text("responsiveness"),
    Behaviour.CUSTOMER_FOCUS: Text("customer focus"),
    Behaviour.OPTIMISM: Text("optimism"),
    Behaviour.SOLUTIONS: Text("solutions"),
}
SIGNS = {
    Behaviour.KINDNESS: ":yellow_heart:",
    Behaviour.WELCOMING: ":wave:",
    Behaviour.RESPONSIVENESS: ":zap:",
    Behaviour.CUSTOMER_FOCUS: ":dart:",
    Behaviour.OPTIMISM: ":sunny:",
    Behaviour.SOLUTIONS: ":bulb:",
}
MOST_NAMES = 20

OPEN_MESSAGE = Text("Open the message")


def listed(names: Sequence[common.Named]) -> str:
    """Names as a sentence takes them; what goes beyond a screenful is counted."""
    shown, left = list(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if left > 0:
        shown.append(ngettext("%(n)d more", "%(n)d more", left) % {"n": left})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(names)s and %(last)s") % {"names": ", ".join(shown[:-1]), "last": shown[-1]}


# -- the note to a receiver, and the announcement ----------------------------------------------------------------


def note_headline(giver: common.Named, others: Sequence[common.Named]) -> str:
    """The first line of a receiver's note."""
    if not others:
        return _("%(giver)s thanks you.") % {"giver": giver}
    return _("%(giver)s thanks you, together with %(others)s.") % {"giver": giver, "others": listed(others)}


def announced_headline(giver: common.Named, receivers: Sequence[common.Named]) -> str:
    """The first line of the announcement."""
    return _("%(giver)s thanks %(receivers)s.") % {"giver": giver, "receivers": listed(receivers)}


def between_us(giver: common.Named) -> str:
    """Under a note that is announced nowhere."""
    return _("Only between you and %(giver)s.") % {"giver": giver}


def between_all_of_us(giver: common.Named) -> str:
    """The same, where several people are thanked."""
    return _("Only between %(giver)s and those who are thanked.") % {"giver": giver}


MAY_IT_BE_ANNOUNCED = Text("May your name stand in the announcement? If not, this stays with you.")
YES_ANNOUNCE = Text("Yes, announce it")
NO_KEEP = Text("No, keep it here")
SAY_THANKS = Text("Say thanks")
SHOW_MANAGER = Text("Show to my manager")
HIDE = Text("Hide")
HIDE_TITLE = Text("Hide these kudos?")
HIDE_TEXT = Text("They leave your page, and your name leaves the announcement. Nobody is told.")
YOU_THANKED = Text("You said thanks.")
YOU_SHOWED = Text("Your manager has seen it too.")
HIDDEN = Text("You have hidden these kudos. They stand nowhere with your name.")


def taken_back(giver: common.Named) -> str:
    """What stays of a note that the giver took back."""
    return _("%(giver)s has taken these kudos back.") % {"giver": giver}


def says_thanks(receiver: common.Named) -> str:
    """To the giver, after *Say thanks*."""
    return _("%(receiver)s says thanks for your kudos.") % {"receiver": receiver}


def shows_you(receiver: common.Named, giver: common.Named) -> str:
    """To a manager, after *Show to my manager*."""
    return _("%(receiver)s would like you to see what %(giver)s thanked them for.") % {
        "receiver": receiver,
        "giver": giver,
    }


# -- questions in private ----------------------------------------------------------------------------------------


def ask_why(emoji: str, author: common.Named) -> str:
    """To somebody who reacted with the team's emoji."""
    return _("You gave %(author)s a :%(emoji)s:. Would you like to say why? Then it becomes kudos.") % {
        "author": author,
        "emoji": emoji,
    }


SAY_WHY = Text("Say why")
NOT_NOW = Text("Not now")


def ask_keep(customer: common.Named | None, channel: common.Named) -> str:
    """To an agent whom a customer thanked."""
    if customer is None:
        return _("A customer thanked you in %(channel)s. Would you like to keep this?") % {"channel": channel}
    return _("%(customer)s thanked you in %(channel)s. Would you like to keep this?") % {
        "customer": customer,
        "channel": channel,
    }


KEEP_HINT = Text("CareCue remembers that it happened and where, not the words.")
KEEP = Text("Keep it")
WHO_HELPED = Text("Who helped?")
LET_BE = Text("No, thanks")
KEPT = Text("Kept on your page: a customer thanked you.")
WHY_GIVEN = Text("You said why. Thank you for putting it into words.")
HELPED_GIVEN = Text("Passed on to those who helped.")
LEFT_BE = Text("All right, nothing is kept.")
WITHDRAWN = Text("You took the reaction back, so there is nothing left to say.")

# -- refusals ----------------------------------------------------------------------------------------------------

_REFUSED = {
    Code.NOBODY: Text("Whom are the kudos for? Name at least one colleague."),
    Code.SELF: Text("Kudos are for others, so leave yourself out. You can still be proud of it."),
    Code.NO_REASON: Text("What did they do? One real sentence makes it worth keeping."),
    Code.CHANNEL_OFF: Text("Kudos are switched off in this channel."),
    Code.NO_CHANNEL: Text("There is no channel to announce it in. Give it in private, or ask an admin to set one up."),
    Code.TOO_LATE: Text("Kudos can be changed for a day, and that day is over."),
    Code.NOT_YOURS: Text("These kudos are not yours to change."),
    Code.GONE: Text("These kudos were taken back meanwhile."),
}


def refused(refusal: Refused, names: Sequence[common.Named]) -> str:
    """Why kudos are refused, and what to do about it. `names` are those of `refusal.who`."""
    who = listed(names)
    if refusal.code is Code.NOT_OURS:
        return _("Kudos are for colleagues: no customers, guests or apps. Leave out %(who)s.") % {"who": who}
    if refusal.code is Code.TOO_LONG:
        return _("That is a little long to keep. Can you say it in %(limit)d characters?") % {"limit": refusal.limit}
    if refusal.code is Code.DAY:
        return ngettext(
            "One colleague a day is the most you can thank. Nothing was sent; try again tomorrow.",
            "%(limit)d colleagues a day are the most you can thank. Nothing was sent; thank fewer, or wait a day.",
            refusal.limit,
        ) % {"limit": refusal.limit}
    if refusal.code is Code.PAIR:
        return ngettext(
            "You have thanked %(who)s this week already. Nothing was sent; leave them out, or tell them yourself.",
            "You have thanked %(who)s %(limit)d times this week. Nothing was sent; leave them out, or tell them.",
            refusal.limit,
        ) % {"limit": refusal.limit, "who": who}
    return _REFUSED[refusal.code]()


# -- answers to the giver ----------------------------------------------------------------------------------------

KUDOS_DESCRIPTION = Text("Thank a colleague for how they cared")
KUDOS_USAGE = Text("@colleague #kindness for … | mine | team | export | settings | help")
SHORTCUT_NAME = Text("Give kudos")
SHORTCUT_DESCRIPTION = Text("Thank a colleague for this")
EDIT = Text("Edit")
TAKE_BACK = Text("Take back")
TAKE_BACK_TITLE = Text("Take these kudos back?")
TAKE_BACK_TEXT = Text("The note and the announcement go. Whoever got the note sees that it was taken back.")
FOR_A_DAY = Text("You can change it or take it back for a day, here or in `/kudos mine`.")
FOUND_IN_MINE = Text("You can change it or take it back for a day, in `/kudos mine`.")
SHARE_TOO = Text("Would you like others to hear of it too? Whoever does not want that is left out.")
SHARES = {Where.KUDOS: Text("In the kudos channel"), Where.TEAM: Text("In our team's channel")}
CHANGED = Text("Changed. Their note says so too.")
TAKEN_BACK = Text("Taken back.")
SETTLED = Text("This one is settled already.")
NO_MANAGER = Text("You have no manager in the setup to show it to.")
SAVED = Text("Saved.")
UNREADABLE = Text("Slack cannot say right now who that is. Nothing was sent; please try again in a minute.")


def given(receivers: Sequence[common.Named], where: Where) -> str:
    """To the giver, when the note is on its way."""
    names = listed(receivers)
    if where is Where.PRIVATE:
        return _("%(names)s will hear it from you, in private.") % {"names": names}
    return _("%(names)s will hear it, and so will the channel, as far as they want that.") % {"names": names}


def sounds_like(behaviour: str) -> str:
    """A suggestion."""
    return _("Does it show %(behaviour)s?") % {"behaviour": behaviour}


def add(behaviour: str) -> str:
    """A button that takes the suggestion."""
    return _("Add %(behaviour)s") % {"behaviour": behaviour}


def unknown_people(names: Sequence[str]) -> str:
    """Names that did not arrive as people."""
    who = listed([f"“@{common.escape(common.shortened(name))}”" for name in names])
    return _("I could not find %(who)s. Pick the name from Slack's list while you type, or here.") % {"who": who}


def usage(command: str) -> str:
    """The answer to `/kudos help`."""
    return "\n".join(
        [
            _("`%(c)s @ana @lee #kindness for staying with the family until it worked` thanks them, in private."),
            _("`%(c)s public …` or `%(c)s team …` has it announced in that channel too; `%(c)s` alone opens a form."),
            _("`%(c)s mine` is what you were thanked for, and what you gave."),
            _("`%(c)s team` is what the team was thanked for: behaviours, never people."),
            _("`%(c)s settings` says whether you may be announced, `%(c)s export` gives you all that is yours."),
        ]
    ) % {"c": command}


# -- in the command ----------------------------------------------------------------------------------------------

WHERE_SAID = {
    "private": Where.PRIVATE,
    "privately": Where.PRIVATE,
    "team": Where.TEAM,
    "public": Where.KUDOS,
    "publicly": Where.KUDOS,
}
