"""People in the setup: who is a customer where, customers' own targets, and where and when single people work."""

from bot.domain.setup import Side
from bot.views.language import Text, _
from bot.views.words.common import Named

OVERRIDES_TITLE = Text("Who is a customer")
OVERRIDE_TITLE = Text("On which side")
OVERRIDES_INTRO = Text(
    "Slack tells who is a guest or of another company. Say here where that misleads: a contractor who answers for you,"
    " or a colleague who is the customer in a channel."
)
CUSTOMERS_TITLE = Text("Customers")
CUSTOMER_TITLE = Text("A customer")
CUSTOMERS_INTRO = Text("Customers with targets of their own, wherever they write.")
PEOPLE_TITLE = Text("People")
PERSON_TITLE = Text("A person")
PEOPLE_INTRO = Text(
    "Who works elsewhere or at other hours than their team. They can say their hours themselves, too: `/care hours`."
)
ADD = Text("Add somebody")
NONE_YET = Text("Nobody yet.")
CHANGE = Text("Change")
REMOVE = Text("Take them out of the list")
WHO = Text("Who?")
SIDES: dict[Side, Text] = {"customer": Text("A customer"), "ours": Text("One of ours")}
SIDE = Text("On which side are they?")
WHERE = Text("Where?")
WHERE_HINT = Text("Leave it empty for everywhere.")
ZONE = Text("Time zone")
ZONE_HINT = Text("Like Europe/Berlin. Leave it empty for the one that Slack has for them.")
HOURS = Text("Hours")
HOURS_HINT = Text(
    "A day or some days a line, like “mon-thu 09:00-12:30 13:15-17:30”. Leave it empty for the team's hours."
)
COUNTRY = Text("Country")
COUNTRY_HINT = Text("Two letters, like DE: its public holidays in the place of the team's.")
REGION = Text("Region")
REGION_HINT = Text("Like BE or DE-BE: the holidays of this part of the country as well.")
DAYS_OFF = Text("Days off")
DAYS_OFF_HINT = Text("Like 2026-12-24, with spaces between. They come to the team's own.")
TARGET_HINT = Text("Working time, like 45m or 1h30m.")


def override_row(who: Named, is_: Side, channel: Named | None) -> str:
    """Somebody who is on another side than Slack says."""
    if channel is None:
        return _("%(who)s: %(side)s, everywhere") % {"who": who, "side": SIDES[is_]()}
    return _("%(who)s: %(side)s in %(channel)s") % {"who": who, "side": SIDES[is_](), "channel": channel}


def customer_row(who: Named, targets: tuple[str, str] | None) -> str:
    """A customer with targets of their own."""
    if targets is None:
        return _("%(who)s: as usual") % {"who": who}
    return _("%(who)s: %(first)s, then %(later)s") % {"who": who, "first": targets[0], "later": targets[1]}


def about(who: Named) -> str:
    """Whom a form is about."""
    return _("About %(who)s.") % {"who": who}
