"""Who is in the sandbox: workspaces, people, user groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


SIZES = (24, 32, 48, 72, 192, 512)


@dataclass(slots=True)
class Workspace:
    team_id: str
    name: str
    domain: str
    enterprise_id: str | None = None
    enterprise_name: str | None = None


@dataclass(slots=True)
class Rest:
    """Do not disturb: epoch seconds of the next quiet time, and of a snooze set by hand."""

    enabled: bool = False
    next_start_ts: int = 1
    next_end_ts: int = 1
    snooze_until: int = 0


@dataclass(slots=True)
class Person:
    id: str
    team_id: str
    name: str
    real_name: str = ""
    display_name: str = ""
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    locale: str = "en-US"
    is_bot: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0  # epoch seconds; 0: until it is changed
    color: str = "3c989f"
    updated: int = 0
    dnd: Rest = field(default_factory=Rest)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Person":
        """`real_name` falls back to `name`, `display_name` to the first of its words, an ultra guest is a guest."""
        fields = dict(data)
        fields["dnd"] = Rest(**fields.get("dnd") or {})
        fields.setdefault("real_name", fields["name"])
        fields.setdefault("display_name", fields["real_name"].split()[0])
        fields.setdefault("is_restricted", bool(fields.get("is_ultra_restricted")))
        return cls(**fields)


@dataclass(slots=True)
class UserGroup:
    id: str
    team_id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    description: str = ""
    deleted: bool = False


def profile(person: Person, *, with_email: bool) -> Json:
    shown: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "first_name": person.real_name.split()[0],
        "last_name": " ".join(person.real_name.split()[1:]),
        "status_text": person.status_text,
        "status_text_canonical": "",
        "status_emoji": person.status_emoji,
        "status_emoji_display_info": [],
        "status_expiration": person.status_expiration,
        "avatar_hash": f"g{person.id.lower()}",
        "fields": {},
        "team": person.team_id,
    }
    shown |= {f"image_{size}": f"https://secure.gravatar.com/avatar/{person.id.lower()}.png?s={size}" for size in SIZES}
    if with_email and person.email:
        shown["email"] = person.email
    if person.is_bot:
        shown |= {"api_app_id": person.app_id or "", "bot_id": person.bot_id or "", "always_active": False}
    return shown


def user_json(person: Person, home: str, now: datetime, *, with_email: bool = False, with_locale: bool = False) -> Json:
    """A person as an app installed in workspace `home` sees them: strangers show less, the deactivated least."""
    shown: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "profile": profile(person, with_email=with_email),
    }
    if person.deleted:
        return shown
    shown |= {"color": person.color, "real_name": person.real_name} | _zone(person, now)
    if person.team_id == home:
        shown |= _standing(person)
    else:
        shown |= {"is_stranger": True, "is_restricted": False, "is_ultra_restricted": False}
    if with_locale:
        shown["locale"] = person.locale
    return shown


def _standing(person: Person) -> Json:
    return {
        "is_admin": person.is_admin or person.is_owner or person.is_primary_owner,
        "is_owner": person.is_owner or person.is_primary_owner,
        "is_primary_owner": person.is_primary_owner,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _zone(person: Person, now: datetime) -> Json:
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    return {"tz": person.tz, "tz_label": local.tzname() or person.tz, "tz_offset": seconds}
