"""You said, we did."""

from datetime import timedelta

from bot.domain.asks import Outcome
from bot.views.language import Text, _, ngettext
from bot.views.words import common
from bot.views.words.digest import span

TITLE = Text(":handshake: *You said, we did*")
OPEN = Text(":seedling: *Snags that are open*")
HOW = Text("Does one of these stop you, too? `/care snag` and “me too”.")

CLOSED = {
    Outcome.FIXED: Text("“%(line)s”: fixed. %(answer)s"),
    Outcome.WHEN: Text("“%(line)s”: will be done. %(answer)s"),
    Outcome.WONT: Text("“%(line)s”: has to stay. %(answer)s"),
}


def closed(outcome: Outcome, line: str, answer: str) -> str:
    """A snag and what became of it; both in people's words, escaped."""
    return CLOSED[outcome]() % {"line": line, "answer": answer}


def and_more(count: int) -> str:
    """Those that a page leaves out."""
    return ngettext("and %(n)d more snag", "and %(n)d more snags", count) % {"n": count}


def helped(count: int) -> str:
    """Calls for help that got word."""
    return ngettext("%(n)d call for help was answered.", "%(n)d calls for help were answered.", count) % {"n": count}


def time(name: common.Named, usual: timedelta) -> str:
    """How soon a leader answered, with their leave."""
    return _("%(name)s usually had word for you after about %(span)s of working time.") % {
        "name": name,
        "span": span(int(usual.total_seconds())),
    }


def boundaries(count: int) -> str:
    """A count, and nothing else."""
    return ngettext(
        "%(n)d boundary was called. Whoever calls one is not alone with it.",
        "%(n)d boundaries were called. Whoever calls one is not alone with it.",
        count,
    ) % {"n": count}


def still_open(line: str, people: int, when: str) -> str:
    """A snag without an end yet."""
    shared = ngettext("%(line)s (%(n)d person)", "%(line)s (%(n)d people)", people) % {"line": line, "n": people}
    told = shared if people > 1 else line
    return _("%(told)s · %(when)s") % {"told": told, "when": when} if when else told


def said(snags: int, helped_with: int) -> str:
    """In a notification."""
    told = ngettext("%(n)d snag got its answer.", "%(n)d snags got their answer.", snags) % {"n": snags}
    return " ".join([*([told] if snags else []), *([helped(helped_with)] if helped_with else [])])
