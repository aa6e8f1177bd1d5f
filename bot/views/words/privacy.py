"""What is kept about me: shown, taken along, erased."""

from bot.views.language import Text, _, ngettext
from bot.views.words import numbers

TITLE = Text("What is kept")
INTRO = Text(
    "This is what CareCue keeps about you. Nobody else can open this page for you, managers and admins included."
)
NOTHING = Text("Nothing yet.")
NEVER_KEPT = Text(
    "What you and customers write in channels is *not kept*: it is read once, to see whether a reply is due. "
    "The words of kudos are kept for those who gave and got them."
)
COUNCIL = Text(
    "CareCue runs in works-council mode here: whose a customer is, and who answered, is forgotten once the wait is "
    "over."
)
EXPORT = Text("Send me all of it")
ERASE = Text("Erase it…")
SENT = Text("All that is kept about you is in your messages from CareCue, as a file.")
EXPORTED = Text("This is all that CareCue keeps about you.")

ERASE_TITLE = Text("Erase what is kept")
GO_ON = Text("Go on")
ERASE_ALL = Text("Erase it all")
GOES = Text(
    "*What goes:* your settings, your lists and weekly pages, the kudos you got, your questions and notes, and your "
    "name from everything else. Customers who wait for you go to your team."
)
STAYS = Text(
    "*What stays:* kudos you gave, as someone's. The team's figures, without you. What the setup says of who is in "
    "which team. Messages in Slack itself: CareCue's to you, and everybody's."
)
ANEW = Text(
    "*What begins anew:* while you work here, CareCue starts from nothing with the next thing you do. It reads your "
    "name and time zone from Slack again, keeps whom you answer from then on, and treats you as if you had chosen "
    "nothing, so nudges are on. To be left out for good, ask an admin to take you out of the team."
)
SURE = Text("It cannot be undone, and nobody has a copy but you, if you had one sent. Erase it all?")
GOING = Text("It is being erased. That takes a minute or two, and you need not wait for it.")


def row(kind: str, count: int) -> str:
    """One kind of what is kept."""
    return _sentence(kind, count) % {"n": numbers.whole(count)}


def _sentence(kind: str, count: int) -> str:
    sentences = {
        "profile": _(
            "Your name, your time zone, whether you are an admin, your status's emoji and your notification hours, as "
            "Slack says it; and when you are away by your team's calendar"
        ),
        "choices": _("Your settings here"),
        "rooms": _("The channels you are in, as far as CareCue is in them"),
        "setup": _("What the setup says of you: your teams and what you do there"),
        "under_way": _("Your list and what is on its way to you"),
        "watched": _("That you have, or had, more customers waiting than is fair, as those who lead you are told"),
        "pulse": _("That you were asked in this week's pulse, until it closes. Your answer is not kept with you"),
    }
    return sentences[kind] if kind in sentences else _counted(kind, count)


def _counted(kind: str, count: int) -> str:
    sentences = {
        "received": ngettext("%(n)s kudos for you", "%(n)s kudos for you", count),
        "given": ngettext("%(n)s kudos from you", "%(n)s kudos from you", count),
        "asked": ngettext(
            "%(n)s question about thanks that you got", "%(n)s questions about thanks that you got", count
        ),
        "messages": ngettext(
            "%(n)s message or reaction of yours to customers: where and when",
            "%(n)s messages and reactions of yours to customers: where and when",
            count,
        ),
        "answers": ngettext(
            "%(n)s customer's wait that was yours, or that you answered: when, and how long it took",
            "%(n)s customers' waits that were yours, or that you answered: when, and how long they took",
            count,
        ),
        "nudges": ngettext("%(n)s nudge that you got", "%(n)s nudges that you got", count),
        "promises": ngettext(
            "%(n)s promise of yours: in which message, and until when",
            "%(n)s promises of yours: in which messages, and until when",
            count,
        ),
        "asks": ngettext(
            "%(n)s call on those who lead, made or answered by you: what was written",
            "%(n)s calls on those who lead, made or answered by you: what was written",
            count,
        ),
        "boundaries": ngettext("%(n)s boundary that you called", "%(n)s boundaries that you called", count),
        "prompts": ngettext(
            "%(n)s weekly prompt that you got: what became of it, and your note",
            "%(n)s weekly prompts that you got: what became of them, and your notes",
            count,
        ),
        "pages": ngettext("%(n)s weekly page of yours", "%(n)s weekly pages of yours", count),
    }
    return sentences[kind]
