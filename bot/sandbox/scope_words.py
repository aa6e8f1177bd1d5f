"""What a scope lets an app do, as a person reads it before they allow it."""

_WORDS = {
    "channels:history": "Read messages in public channels that it has been added to",
    "channels:read": "See which public channels there are, and who is in them",
    "chat:write": "Send messages as itself",
    "commands": "Add its slash commands and shortcuts",
    "dnd:read": "See who does not want to be disturbed",
    "files:write": "Send files as itself",
    "groups:history": "Read messages in private channels that it has been added to",
    "groups:read": "See the private channels that it has been added to, and who is in them",
    "im:history": "Read the direct messages that people send to it",
    "im:read": "See with whom it has direct messages",
    "im:write": "Start direct messages with people",
    "reactions:read": "See reactions to messages where it has been added",
    "reactions:write": "React to messages with emoji",
    "team:read": "See the name and the address of the workspace",
    "usergroups:read": "See user groups and who is in them",
    "users:read": "See who is in the workspace",
    "users:read.email": "See the e-mail addresses of people in the workspace",
}


def words(scope: str) -> str:
    """The scope's own name where there are none."""
    return _WORDS.get(scope, scope)
