"""Every text that a person reads. Behind gettext, so that catalogues can follow; nowhere else."""

from datetime import timedelta
from gettext import gettext as _
from gettext import ngettext

Named = str  # a person or a channel as it stands in a message: a mention, or an escaped name


def escape(text: str) -> str:
    """Text of people, unable to mention, link or ring. Slack asks for these three and no more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(text: str) -> str:
    """Escaped, in bold; what would end the bold early is left out."""
    return f"*{escape(text).replace('*', '').strip() or '?'}*"


def person(user: str) -> Named:
    """A mention that Slack shows as the name. Rings nobody in a message to someone else."""
    return f"<@{user}>"


def channel(channel_id: str) -> Named:
    """A channel's link, shown by its name to those who may see it."""
    return f"<#{channel_id}>"


def length(span: timedelta) -> str:
    """Working time as a person would say it: minutes to the minute, from an hour on to five."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    rest -= rest % 5
    if hours >= 10 or not rest:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


# -- nudges ------------------------------------------------------------------------------------------------------


def nudge_headline(say: str, customer: Named, where: Named, owner: Named | None) -> str:
    """The first line of a nudge; `say` is the ladder's word for it."""
    sentences = {
        "reply": _("%(customer)s is waiting for a reply in %(where)s."),
        "help": _("%(customer)s is still waiting in %(where)s. Would a hand help? You can pass this on freely."),
        "lend_hand": _("%(customer)s has been waiting in %(where)s for a while. Who can lend a hand?"),
        "how_help": _("%(customer)s has been waiting in %(where)s for long. How can you help %(owner)s?"),
        "handed": _("%(customer)s is waiting in %(where)s. %(owner)s asks you to take this one."),
    }
    return sentences[say] % {"customer": customer, "where": where, "owner": owner or _("the team")}


def waiting_for(waited: timedelta, target: timedelta) -> str:
    """How long of how much."""
    return _("Waiting for %(waited)s of %(target)s working time.") % {
        "waited": length(waited),
        "target": length(target),
    }


def new_here() -> str:
    """A customer's first conversation: welcoming is a behaviour too."""
    return _("New here: their first conversation with us.")


def nudge_fallback(say: str, customer: str) -> str:
    """The line that a notification shows."""
    if say == "how_help":
        return _("%(customer)s has been waiting for long. How can you help?") % {"customer": escape(customer)}
    if say == "lend_hand":
        return _("%(customer)s has been waiting for a while. Who can lend a hand?") % {"customer": escape(customer)}
    return _("%(customer)s is waiting for a reply") % {"customer": escape(customer)}


def someone() -> str:
    """A customer whose name is not known."""
    return _("A customer")


OPEN_THREAD = _("Open thread")
IM_ON_IT = _("I'm on it")
SNOOZE = _("Snooze…")
HAND_OVER = _("Hand over")
NO_REPLY_NEEDED = _("No reply needed")
SNOOZE_HOUR = _("For 1 hour")
SNOOZE_AFTERNOON = _("Until this afternoon")
SNOOZE_TOMORROW = _("Until tomorrow morning")


def answered(customer: Named, who: Named, after: timedelta) -> str:
    """The nudge of a wait that an answer ended."""
    return _("%(who)s answered %(customer)s after %(after)s.") % {
        "who": who,
        "customer": customer,
        "after": length(after),
    }


def answered_by_you(customer: Named, after: timedelta) -> str:
    """The same, to the one who answered."""
    return _("You answered %(customer)s after %(after)s.") % {"customer": customer, "after": length(after)}


def closed(customer: Named, who: Named | None) -> str:
    """The nudge of a wait that needed no reply."""
    if who is None:
        return _("%(customer)s needs no reply any more.") % {"customer": customer}
    return _("%(customer)s needs no reply, says %(who)s.") % {"customer": customer, "who": who}


def taken_back(customer: Named) -> str:
    """The nudge of a wait whose message is gone."""
    return _("%(customer)s took the message back.") % {"customer": customer}


def on_it_you() -> str:
    """After *I'm on it*."""
    return _("You're on it. This clears when the reply is there.")


def on_it(who: Named) -> str:
    """Somebody else took it."""
    return _("%(who)s is on it.") % {"who": who}


def snoozed(until: str) -> str:
    """After *Snooze*; `until` is a date that Slack shows in the reader's zone."""
    return _("Snoozed until %(until)s.") % {"until": until}


def handed_over(customer: Named, to: Named) -> str:
    """After *Hand over*, to the one who handed over."""
    return _("%(to)s has %(customer)s now. Thank you for passing it on.") % {"to": to, "customer": customer}


# -- handing over ------------------------------------------------------------------------------------------------

HAND_OVER_TITLE = _("Hand over")
HAND_OVER_SUBMIT = _("Hand over")
CANCEL = _("Cancel")
HAND_OVER_TO = _("Who can take it?")
HAND_OVER_HINT = _("They hear of it at once. The customer sees nothing.")
PICK_PERSON = _("Pick a person")


PICK_SOMEONE_ELSE = _("That is you. Pick someone else, or press Cancel to keep it.")
PICK_TEAMMATE = _("That person is not in this customer's team. Pick a teammate.")

# -- /care -------------------------------------------------------------------------------------------------------


CARE_DESCRIPTION = _("Your waiting customers")
CARE_USAGE = _("[help]")


def care_headline(count: int) -> str:
    """The top of `/care`."""
    if not count:
        return _("All caught up: no customer is waiting for you.")
    return ngettext("%(n)d customer is waiting for you", "%(n)d customers are waiting for you", count) % {"n": count}


def care_line(customer: Named, where: Named, waited: timedelta, target: timedelta) -> str:
    """One waiting customer."""
    return _("%(customer)s in %(where)s: %(waited)s of %(target)s") % {
        "customer": customer,
        "where": where,
        "waited": length(waited),
        "target": length(target),
    }


def and_more(count: int) -> str:
    """What a list leaves out."""
    return ngettext("and %(n)d more", "and %(n)d more", count) % {"n": count}


def care_help(command: str) -> str:
    """The answer to `/care help`, and to words that it does not know."""
    return _("`%(command)s` lists the customers who wait for you, longest first. `%(command)s help` shows this.") % {
        "command": command
    }


def unknown_words(words: str, command: str) -> str:
    """`/care` with words that mean nothing."""
    return _("I don't know “%(words)s”.") % {"words": escape(words[:80])} + " " + care_help(command)


# -- refusals ----------------------------------------------------------------------------------------------------

OUTSIDERS = _("CareCue is for the people of the team that installed it, so there is nothing here for you to do.")
NOT_ON_TEAM = _("You are not in a team yet, so no customer waits for you. Ask an admin to add you to the setup.")
OVER_ALREADY = _("This one is settled already, so there is nothing left to do.")
NOT_YOURS = _("This nudge was meant for somebody else.")
SETTING_UP = _("CareCue is still starting in this workspace. Please try again in a minute.")


def failed(reference: str) -> str:
    """A failure that the person cannot mend; the log has the trace under the same reference."""
    return _("That did not work, and it is not your fault. Try again; if it stays, tell your admin: %(ref)s.") % {
        "ref": reference
    }
