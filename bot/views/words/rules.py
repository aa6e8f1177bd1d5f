"""The rules by which messages are read, in words: why one needs a reply, or needs none."""

from gettext import gettext as _

from bot.domain.closings import Before
from bot.domain.moves import TO_CUSTOMER, TO_US

OPEN = {
    "question": _("it asks"),
    "unsure": _("nothing says that it only closes"),
    "long": _("it is long"),
    "link": _("it holds a link"),
    "code": _("it holds code"),
    "empty": _("it has no words"),
    "file": _("it brings a file"),
    TO_US: _("it names one of us"),
}
CLOSING = {
    "goodbye": _("a goodbye"),
    "done": _("they are done"),
    "works": _("it works"),
    "will_try": _("they will try"),
    "declined": _("nothing more is wanted"),
    "thanks": _("thanks"),
    "emoji": _("emoji"),
    "accepted": _("they accept"),
    "understood": _("understood"),
    "pleased": _("praise"),
    "intends": _("they say what they will do"),
    "agreed": _("an “ok”"),
    "refused": _("nothing for now"),
    TO_CUSTOMER: _("said to another customer"),
}
ONLY = "only_"  # before a rule that closes alone, where what came before does not let it
AFTERS = {
    Before.ALONE: _("before our first word"),
    Before.OFFER: _("after we offered more help"),
    Before.QUESTION: _("after our question"),
    Before.INSTRUCTION: _("after we said what to do"),
    Before.RESULT: _("after we said that it is done"),
    Before.STATEMENT: _("after our answer"),
}


def reason(rule: str, needs_reply: bool) -> str:
    """The rule that read a message, in words; one without words of its own stands by its name."""
    rule = rule.removeprefix(ONLY)
    if rule in OPEN:
        return OPEN[rule] if needs_reply else _("it closes")
    named = CLOSING.get(rule) or rule.replace("_", " ")
    return _("only this: %(what)s") % {"what": named} if needs_reply else named


def by_rule(rule: str, after: Before, needs_reply: bool) -> str:
    """Why it was read so, and what stood before it."""
    told = {"reason": reason(rule, needs_reply), "rule": rule, "after": AFTERS[after]}
    return _("%(reason)s, %(after)s (rule `%(rule)s`)") % told if rule else AFTERS[after]
