"""Rules of reading that have fallen silent, as admins are told of them."""

from gettext import gettext as _

from bot.views.words import rules


def fell_silent(rule: str, nudged: int, not_needed: int) -> str:
    """Which rule, and what people said of its nudges."""
    return _(
        "CareCue has stopped pinging about customers whose message it takes for a question because %(reason)s "
        "(rule `%(rule)s`). Of the last %(nudged)d waits that it brought up by this rule, %(not_needed)d were marked "
        "as *Not needed*."
    ) % {"reason": rules.reason(rule, needs_reply=True), "rule": rule, "nudged": nudged, "not_needed": not_needed}


STILL_SHOWN = _(
    "These customers still wait: they stay in `/care` and in every figure, and are brought up as soon as something "
    "else says that they need a reply."
)
SWITCH_ON = _("Switch on again")


def on_again(rule: str, who: str) -> str:
    """What stands in its place once it is."""
    return _("%(who)s switched the rule `%(rule)s` on again. Who waits by it is brought up as before.") % {
        "who": who,
        "rule": rule,
    }


ON_ALREADY = _("That rule is on already.")
ADMINS_ONLY = _("Only CareCue's admins can switch a rule on again.")
