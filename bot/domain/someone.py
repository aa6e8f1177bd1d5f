"""Who is not to be known any more: in the tables they are "someone", so that all else stays true.

In the moves of a conversation it matters who did two things and who did one each. There each of them is a someone of
that conversation, such as "someone-5f3a90c1", of whom no other conversation knows; no table says who that was.
"""

SOMEONE = "someone"
_APART = f"{SOMEONE}-"


def apart(mark: str) -> str:
    """A someone of one conversation, told from others there by `mark`."""
    return _APART + mark


def is_someone(user: str | None) -> bool:
    """Whether this is nobody in particular."""
    return user is not None and (user == SOMEONE or user.startswith(_APART))


def in_figures(user: str | None) -> str | None:
    """Where it does not matter which of them it was, all are the same someone."""
    return SOMEONE if is_someone(user) else user
