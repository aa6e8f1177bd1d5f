"""What a calendar file has changed, for whoever took it over on the command line."""

from collections.abc import Iterator, Mapping, Sequence

from bot.views.language import _, ngettext

MOST_NAMED = 20


def told(
    added: Mapping[str, int], removed: Mapping[str, int], unmatched: Sequence[str], names: Mapping[str, str]
) -> Iterator[str]:
    """Line by line; one that says so, where nothing changes."""
    if not added and not removed:
        yield _("Nothing changes.")
    for user, count in added.items():
        line = ngettext("%(who)s: %(n)d absence is new.", "%(who)s: %(n)d absences are new.", count)
        yield line % {"who": names.get(user, user), "n": count}
    for user, count in removed.items():
        line = ngettext("%(who)s: %(n)d absence is no more.", "%(who)s: %(n)d absences are no more.", count)
        yield line % {"who": names.get(user, user), "n": count}
    for summary in unmatched[:MOST_NAMED]:
        yield _("Left out, for it names nobody of the teams, or several: “%(what)s”.") % {"what": summary}
    if len(unmatched) > MOST_NAMED:
        yield _("And %(n)d more like this.") % {"n": len(unmatched) - MOST_NAMED}
