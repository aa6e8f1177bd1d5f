"""What broke in CareCue and was set aside, as admins are told of it."""

from bot.views.language import _


def told(reference: str) -> str:
    """Something without a place."""
    return _(
        "Something went wrong in CareCue several times, and was set aside so that nothing else waits for it. Whoever "
        "runs CareCue finds it in its log by the reference `%(reference)s`; nothing else is needed from you."
    ) % {"reference": reference}


def told_of_message(reference: str) -> str:
    """The same about one message, to which a link stands below: nobody may have been reminded of it."""
    return _(
        "CareCue could not deal with a message, tried several times, and set it aside so that nothing "
        "else waits for it. Please look at it yourself: nobody may be reminded of it. Whoever runs CareCue finds it "
        "in its log by the reference `%(reference)s`."
    ) % {"reference": reference}
