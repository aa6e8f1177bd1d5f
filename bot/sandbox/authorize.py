"""The page on which a person lets the app into their workspace: `/oauth/v2/authorize`.

Slack knows from its cookie who sits at the browser; here one says it oneself.
"""

from html import escape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.core import Core
from bot.sandbox.installing import Asked
from bot.sandbox.people import Person
from bot.sandbox.refused import Refused
from bot.sandbox.scope_words import words

PATH = "/oauth/v2/authorize"

# A form may lead to the app's own address as well: browsers ask this of where an answer sends them, too.
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {}"

_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{title} – CareCue sandbox</title>
    <link rel="stylesheet" href="/page/page.css" />
    <link rel="stylesheet" href="/page/apps.css" />
  </head>
  <body><main class="apps page authorize">{body}</main></body>
</html>
"""

_ASKS = """
<h1>{name} is requesting permission to access a Slack workspace</h1>
<form method="post" action="{action}">
  <section>
    <h2>Who are you?</h2>
    <label for="user">Slack would know it; in the sandbox you say who is sitting here.</label>
    <select class="field" id="user" name="user">{people}</select>
    {org}
  </section>
  <section>
    <h2>What will {name} be able to do?</h2>
    <ul>{scopes}</ul>
  </section>
  <p>
    <button class="btn" name="answer" value="cancel">Cancel</button>
    <button class="btn btn-primary" name="answer" value="allow">Allow</button>
  </p>
</form>
"""

_ORG = """<p><label><input type="checkbox" name="org" value="1" /> For the whole organisation</label></p>"""


class Authorize:
    def __init__(self, core: Core) -> None:
        self._world = core.world

    async def ask(self, request: Request) -> Response:
        try:
            asked = self._world.ask_to_install(str(request.url))
        except Refused as refused:
            return _refusal(refused)
        return _html(self._world.app.name, self._asks(asked, request), asked)

    async def answer(self, request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return HTMLResponse("This answer comes from elsewhere.", 403)
        async with request.form() as form:
            said = {name: str(value) for name, value in form.items()}
        address = str(request.url)
        try:
            if said.get("answer") == "allow":
                where = self._world.allow(said.get("user", ""), address, org=bool(said.get("org")))
            else:
                where = self._world.cancel(address)
        except Refused as refused:
            return _refusal(refused)
        return RedirectResponse(where, 302)

    def _asks(self, asked: Asked, request: Request) -> str:
        app = self._world.app
        return _ASKS.format(
            name=escape(app.name),
            action=escape(f"{PATH}?{request.url.query}"),
            people="".join(self._option(person, asked) for person in self._people()),
            org=_ORG if app.deploys_to_orgs and self._is_enterprise() else "",
            scopes="".join(f"<li>{escape(words(one))} <code>{escape(one)}</code></li>" for one in sorted(asked.scopes)),
        )

    def _is_enterprise(self) -> bool:
        return any(workspace.enterprise_id for workspace in self._world.workspaces.values())

    def _people(self) -> list[Person]:
        people = [one for one in self._world.people.values() if not one.is_bot and not one.deleted]
        places = list(self._world.workspaces)
        return sorted(people, key=lambda one: (places.index(one.team_id), not one.is_primary_owner))

    def _option(self, person: Person, asked: Asked) -> str:
        name = f"{person.real_name}, {self._world.workspace(person.team_id).name}"
        chosen = " selected" if asked.team == person.team_id else ""
        return f'<option value="{escape(person.id)}"{chosen}>{escape(name)}</option>'


def _refusal(refused: Refused) -> Response:
    body = f"<h1>Something went wrong when authorizing this app.</h1><p>Error: <code>{escape(refused.code)}</code></p>"
    return _html("Something went wrong", body, None, 400)


def _html(title: str, body: str, asked: Asked | None, status: int = 200) -> Response:
    parts = urlsplit(asked.redirect_uri) if asked else None
    policy = _POLICY.format(f"{parts.scheme}://{parts.netloc}" if parts else "")
    headers = {"content-security-policy": policy, "x-content-type-options": "nosniff", "cache-control": "no-store"}
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), status, headers)
