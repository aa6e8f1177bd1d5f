// The left column: the workspace, who I am, and where I can go.
import { classes, html } from "./html.js";
import { go } from "./state.js";
import { Menu, Popup, usePopup } from "./menu.js";
import { Avatar, nameOf, personOf, roleOf } from "./people.js";

const count = (unread) => (unread ? html`<span class="unread" aria-label=${`${unread} unread`}>${unread > 99 ? "99+" : unread}</span>` : null);

const groupsOf = (actors) => [...new Set(actors.map((actor) => actor.group))].map((group) => [group, actors.filter((actor) => actor.group === group)]);

function Actor({ world, actor, choose }) {
  const on = actor.id === world.me;
  return html`<button type="button" role="menuitemradio" aria-checked=${on} class=${classes("menu-item actor", on && "on")} onClick=${() => choose(actor)}>
    <${Avatar} world=${world} id=${actor.id} />
    <span class="menu-text">${nameOf(world, actor.id)}<small>${personOf(world, actor.id).title || roleOf(personOf(world, actor.id))}</small></span>
    ${!on && count(actor.unread)}
  </button>`;
}

function ActAs({ world }) {
  const { open, setOpen, wrap } = usePopup();
  const choose = (actor) => {
    setOpen(false);
    go({ as: actor.id });
  };
  const others = world.actors.reduce((sum, actor) => sum + (actor.id === world.me ? 0 : actor.unread), 0);
  const me = personOf(world, world.me);
  return html`<div class="act-as menu" ...${wrap}>
    <button type="button" aria-haspopup="menu" aria-expanded=${open} aria-label=${`Act as: ${me.name}`} onClick=${() => setOpen(!open)}>
      <${Avatar} world=${world} id=${world.me} />
      <span class="menu-text"><span class="act-as-name">${me.name}</span><small>${roleOf(me)}</small></span>
      ${others > 0 && html`<span class="pip" title="Somebody else has unread direct messages">${others}</span>`}
      <span class="chevron" aria-hidden="true"></span>
    </button>
    ${open &&
    html`<${Popup} anchor=${wrap.ref} className="actors">
      ${groupsOf(world.actors).map(
        ([group, actors]) => html`<div role="group" aria-label=${group}>
          <p class="actors-group">${group}</p>
          ${actors.map((actor) => html`<${Actor} key=${actor.id} world=${world} actor=${actor} choose=${choose} />`)}
        </div>`,
      )}
    <//>`}
  </div>`;
}

function Entry({ on, unread, mark, label, note, to }) {
  return html`<li>
    <a class=${classes("entry", on && "on", unread && "has-unread")} href=${to} aria-current=${on ? "page" : undefined}>
      <span class="entry-mark" aria-hidden="true">${mark}</span>
      <span class="entry-name">${label}</span>
      ${note} ${count(unread)}
    </a>
  </li>`;
}

const addressOf = (world, at, extra = {}) => `#${new URLSearchParams({ as: world.me, at, ...extra })}`;

function sharedNote(channel) {
  if (channel.pending) return html`<span class="shared pending" title="Invitation to another company, not accepted yet">pending</span>`;
  if (!channel.shared.length) return null;
  return html`<span class="shared" role="img" aria-label=${`Shared with ${channel.shared.join(", ")}`} title=${`Shared with ${channel.shared.join(", ")}`}>⧉</span>`;
}

function Channels({ world, view }) {
  const channels = world.channels.filter((channel) => channel.kind === "channel" || channel.kind === "group");
  return html`<${Section} title="Channels">
    ${channels.map(
      (channel) => html`<${Entry}
        key=${channel.id}
        on=${view.at === channel.id}
        unread=${channel.unread}
        mark=${channel.kind === "group" ? "🔒" : "#"}
        label=${channel.name}
        note=${sharedNote(channel)}
        to=${addressOf(world, channel.id)}
      />`,
    )}
  <//>`;
}

function DirectMessages({ world, view }) {
  const bots = new Set(world.apps.map((app) => app.user));
  const direct = world.channels.filter((one) => (one.kind === "im" && !bots.has(one.with)) || one.kind === "mpim");
  return html`<${Section} title="Direct messages" extra=${html`<${NewMessage} world=${world} />`}>
    ${direct.map(
      (channel) => html`<${Entry}
        key=${channel.id}
        on=${view.at === channel.id}
        unread=${channel.unread}
        mark=${html`<${Avatar} world=${world} id=${channel.with ?? channel.id} size="small" />`}
        label=${channel.name}
        to=${addressOf(world, channel.id)}
      />`,
    )}
  <//>`;
}

function NewMessage({ world }) {
  const people = Object.values(world.people).filter((person) => person.mentionable && person.kind !== "app" && person.id !== world.me);
  const items = people.map((person) => ({
    text: person.name,
    note: roleOf(person),
    mark: html`<${Avatar} world=${world} id=${person.id} size="small" />`,
    run: () => go({ at: person.id }),
  }));
  return html`<${Menu} label="+" title="New direct message" items=${items} className="btn btn-icon" end=${false} />`;
}

function Apps({ world, view }) {
  if (!world.apps.length) return null;
  return html`<${Section} title="Apps">
    ${world.apps.map((app) => {
      const unread = world.channels.find((channel) => channel.id === app.dm)?.unread ?? 0;
      const tab = !unread && app.home_tab ? { tab: "home" } : {};
      return html`<${Entry}
        key=${app.id}
        on=${view.at === app.dm}
        unread=${unread}
        mark=${html`<${Avatar} world=${world} id=${app.user} size="small" />`}
        label=${app.name}
        to=${addressOf(world, app.dm, tab)}
      />`;
    })}
  <//>`;
}

const Section = ({ title, extra = null, children }) =>
  html`<section class="nav-section">
    <header><h2>${title}</h2>${extra}</header>
    <ul>${children}</ul>
  </section>`;

export function Sidebar({ world, view }) {
  return html`<nav class="sidebar" id="sidebar" aria-label="Workspace">
    <header class="workspace">
      <span class="workspace-mark" aria-hidden="true">${world.workspace.name.slice(0, 1)}</span>
      <span class="workspace-name">${world.workspace.name}</span>
    </header>
    <${ActAs} world=${world} />
    <div class="nav-scroll">
      <${Channels} world=${world} view=${view} />
      <${DirectMessages} world=${world} view=${view} />
      <${Apps} world=${world} view=${view} />
    </div>
    <footer class="sidebar-foot">A pretend Slack in memory. Nothing leaves this machine.</footer>
  </nav>`;
}
