"""A small care team and its customers, as the browser checks meet them: a lived-in week, and a hostile guest."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

START = datetime(2026, 3, 9, 8, 50, tzinfo=UTC)
BOT = "U0SANDBOXBOT"
HOSTILE = "<img src=x onerror=window.hacked=1>"

MANIFEST: Json = {
    "display_information": {"name": "CareCue"},
    "features": {
        "bot_user": {"display_name": "CareCue"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/care", "description": "Who is waiting for me?", "usage_hint": "[help | pause]"},
            {"command": "/kudos", "description": "Thank a colleague for what they did", "usage_hint": "[@person]"},
            {"command": "/each", "description": "One of each field"},
        ],
        "shortcuts": [{"name": "Give kudos…", "type": "message", "callback_id": "kudos", "description": "Thanks"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:write", "im:history"]}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
    },
}

_LISBON = {"team_id": "T1", "tz": "Europe/Lisbon"}
PEOPLE: list[Json] = [
    _LISBON | {"id": "UANA", "name": "ana", "real_name": "Ana Costa", "title": "Care agent"},
    _LISBON | {"id": "UBEN", "name": "ben", "real_name": "Ben Okafor", "title": "Care agent"},
    _LISBON | {"id": "UMIA", "name": "mia", "real_name": "Mia Lindqvist", "title": "Care manager", "is_admin": True},
    _LISBON | {"id": "UEVE", "name": "eve", "real_name": HOSTILE, "title": HOSTILE, "is_restricted": True},
    {"id": "UPRI", "team_id": "T2", "name": "priya", "real_name": "Priya Raman", "tz": "Asia/Kolkata"},
    {"id": "UTOM", "team_id": "T3", "name": "tomas", "real_name": "Tomáš Novák", "tz": "Europe/Prague"},
]

CHANNELS: list[Json] = [
    {
        "id": "CMER",
        "name": "meridian-foods",
        "members": ["UANA", "UBEN", "UMIA", "UPRI", BOT],
        "shared_with": ["T2"],
        "topic": "Orders, deliveries, invoices",
    },
    {"id": "COST", "name": "ostrava-logistics", "members": ["UANA", "UBEN", "UTOM", BOT], "shared_with": ["T3"]},
    {"id": "CTEAM", "name": "care-team", "members": ["UANA", "UBEN", "UMIA", BOT], "topic": "Home of the care team"},
    {"id": "CFAIR", "name": "trade-fair", "members": ["UANA", "UEVE", BOT]},
    {"id": "CLEAD", "name": "leads", "members": ["UMIA"], "is_private": True},
]

MESSAGES: list[Json] = [
    {
        "channel": "CMER",
        "user": "UPRI",
        "at": "2026-03-06T09:12:00+00:00",
        "label": "order",
        "text": "Good morning! Order #4471 shows *delivered*, but our dock has nothing. Could you check?",
    },
    {
        "channel": "CMER",
        "user": "UANA",
        "at": "2026-03-06T09:20:00+00:00",
        "thread_of": "order",
        "text": "Hi Priya, looking now. I'll be back with you before noon :eyes:",
    },
    {
        "channel": "CMER",
        "user": "UANA",
        "at": "2026-03-06T10:41:00+00:00",
        "thread_of": "order",
        "text": "Found it: the carrier scanned it at your *north* gate. They move it within the hour.",
    },
    {
        "channel": "CMER",
        "user": "UPRI",
        "at": "2026-03-06T10:45:00+00:00",
        "thread_of": "order",
        "text": "Brilliant, thank you so much Ana!",
        "reactions": {"raised_hands": ["UANA", "UMIA"], "heart": ["UBEN"]},
    },
    {
        "channel": "CMER",
        "user": "UPRI",
        "at": "2026-03-09T08:02:00+00:00",
        "label": "invoice",
        "text": "One more thing, the invoice for February says:\n> Total 12,480.00\n"
        "Is VAT included? Our books have `net`:\n"
        "```net   10,400.00\nvat    2,080.00```",
        "reactions": {"eyes": ["UANA"]},
    },
    {
        "channel": "CMER",
        "user": "UBEN",
        "at": "2026-03-09T08:10:00+00:00",
        "text": "<@UANA> can you take this one? I am with Ostrava until ten.",
    },
    {
        "channel": "CFAIR",
        "user": "UEVE",
        "at": "2026-03-09T08:20:00+00:00",
        "text": f"{HOSTILE} <script>window.hacked=1</script> [x](javascript:window.hacked=1)",
    },
    {
        "channel": "CTEAM",
        "user": "UMIA",
        "at": "2026-03-09T08:00:00+00:00",
        "text": "A good week to you all :sunflower:",
    },
]

WORLD: Json = {
    "app": {"team_id": "T1", "manifest": MANIFEST},
    "workspaces": [
        {"team_id": "T1", "name": "Northwind Care", "domain": "northwind"},
        {"team_id": "T2", "name": "Meridian Foods", "domain": "meridian"},
        {"team_id": "T3", "name": "Ostrava Logistics", "domain": "ostrava"},
    ],
    "people": PEOPLE,
    "channels": CHANNELS,
    "messages": MESSAGES,
}
