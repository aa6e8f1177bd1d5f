"""What nudges rest on, and rules of reading that have fallen silent, as people are told of them."""

from bot.views.language import Text, _, ngettext
from bot.views.words import rules


def fell_silent(rule: str, nudged: int, not_needed: int) -> str:
    """Which rule, and what people said of its nudges."""
    return _(
        "CareCue has stopped pinging about customers whose message it takes for a question because %(reason)s "
        "(rule `%(rule)s`). Of the last %(nudged)d waits that it brought up by this rule, %(not_needed)d were marked "
        "as *Not needed*."
    ) % {"reason": rules.reason(rule, needs_reply=True), "rule": rule, "nudged": nudged, "not_needed": not_needed}


STILL_SHOWN = Text(
    "These customers still wait: they stay in `/care` and in every figure, and are brought up as soon as something "
    "else says that they need a reply."
)
SWITCH_ON = Text("Switch on again")


def on_again(rule: str, who: str) -> str:
    """What stands in its place once it is."""
    return _("%(who)s switched the rule `%(rule)s` on again. Who waits by it is brought up as before.") % {
        "who": who,
        "rule": rule,
    }


ON_ALREADY = Text("That rule is on already.")


def based_on(reason: str, rule: str) -> str:
    """Why its message was taken for one that needs a reply."""
    return _("Reminders rest on this: %(reason)s (rule `%(rule)s`).") % {"reason": reason, "rule": rule}


def lately_right(needed: int, nudged: int) -> str:
    """What people said of a rule's reminders."""
    return ngettext(
        "Of the last wait brought up by that rule, %(needed)d was needed.",
        "Of the last %(n)d waits brought up by that rule, %(needed)d were needed.",
        nudged,
    ) % {"n": nudged, "needed": needed}


RULE_IS_SILENT = Text(
    "The rest were marked as *Not needed*, so the rule is silent until an admin switches it on again."
)
