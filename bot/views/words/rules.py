"""The rules by which messages are read, in words: why one needs a reply, or needs none."""

from bot.domain.closings import Before
from bot.domain.moves import TO_CUSTOMER, TO_US
from bot.views.language import Text, _

OPEN = {
    "question": Text("it asks"),
    "unsure": Text("nothing says that it only closes"),
    "long": Text("it is long"),
    "link": Text("it holds a link"),
    "code": Text("it holds code"),
    "empty": Text("it has no words"),
    "file": Text("it brings a file"),
    TO_US: Text("it names one of us"),
}
CLOSING = {
    "goodbye": Text("a goodbye"),
    "done": Text("they are done"),
    "works": Text("it works"),
    "will_try": Text("they will try"),
    "declined": Text("nothing more is wanted"),
    "thanks": Text("thanks"),
    "emoji": Text("emoji"),
    "accepted": Text("they accept"),
    "understood": Text("understood"),
    "pleased": Text("praise"),
    "intends": Text("they say what they will do"),
    "agreed": Text("an “ok”"),
    "refused": Text("nothing for now"),
    TO_CUSTOMER: Text("said to another customer"),
}
ONLY = "only_"  # before a rule that closes alone, where what came before does not let it
AFTERS = {
    Before.ALONE: Text("before our first word"),
    Before.OFFER: Text("after we offered more help"),
    Before.QUESTION: Text("after our question"),
    Before.INSTRUCTION: Text("after we said what to do"),
    Before.RESULT: Text("after we said that it is done"),
    Before.STATEMENT: Text("after our answer"),
}


def reason(rule: str, needs_reply: bool) -> str:
    """The rule that read a message, in words; one without words of its own stands by its name."""
    rule = rule.removeprefix(ONLY)
    if rule in OPEN:
        return OPEN[rule]() if needs_reply else _("it closes")
    named = CLOSING[rule]() if rule in CLOSING else rule.replace("_", " ")
    return _("only this: %(what)s") % {"what": named} if needs_reply else named


def by_rule(rule: str, after: Before, needs_reply: bool) -> str:
    """Why it was read so, and what stood before it."""
    told = {"reason": reason(rule, needs_reply), "rule": rule, "after": AFTERS[after]()}
    return _("%(reason)s, %(after)s (rule `%(rule)s`)") % told if rule else AFTERS[after]()
