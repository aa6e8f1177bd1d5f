"""What is said at a door to somebody of ours whom it is not for; each says what would work."""

from collections.abc import Mapping, Sequence

from bot.domain.roles import Role
from bot.views.language import Text
from bot.views.words.kudos import listed

ADD_YOURSELF = Text(
    "This is for who looks after customers, and you are in no team of CareCue's. "
    "`/care setup` is where you add yourself."
)
WORKS = Text("For you there are `/kudos`, and `/care help`, which lists what works for you.")
_LEADS = Text("This is for who leads a team. Ask %(who)s: for them it works.")
_LEADS_NOBODY_MET = Text("This is for who leads a team. An admin of your Slack workspace can say who that is.")
WHO: Mapping[Role, Text] = {
    Role.AGENT: Text(
        "This is for who looks after customers, and you are in no team of CareCue's. %(who)s can add you."
    ),
    Role.DEPUTY: _LEADS,
    Role.MANAGER: _LEADS,
    Role.ADMIN: Text("This is for CareCue's admins. Ask %(who)s: for them it works."),
}
NOBODY_MET: Mapping[Role, Text] = {
    Role.AGENT: Text(
        "This is for who looks after customers, and you are in no team of CareCue's. "
        "An admin of your Slack workspace can add you."
    ),
    Role.DEPUTY: _LEADS_NOBODY_MET,
    Role.MANAGER: _LEADS_NOBODY_MET,
    Role.ADMIN: Text("This is for CareCue's admins: an admin or owner of your Slack workspace is one."),
}


def not_for_you(least: Role, names: Sequence[str]) -> str:
    """`names` are those who can help, as plain text: it may stand beside a field of a form."""
    why = WHO[least]() % {"who": listed(names)} if names else NOBODY_MET[least]()
    return f"{why} {WORKS()}"
