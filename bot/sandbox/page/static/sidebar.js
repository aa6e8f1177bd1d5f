// The left column: the workspace, who I am, and where I can go.
import { classes, html } from "./html.js";
import { go } from "./state.js";
import { Avatar, nameOf, personOf, roleOf } from "./people.js";

const count = (unread) => (unread ? html`<span class="unread" aria-label=${`${unread} unread`}>${unread > 99 ? "99+" : unread}</span>` : null);

function ActAs({ world }) {
  const groups = Map.groupBy
    ? [...Map.groupBy(world.actors, (actor) => actor.group)]
    : Object.entries(Object.groupBy(world.actors, (actor) => actor.group));
  const waiting = (actor) => (actor.unread && actor.id !== world.me ? ` • ${actor.unread} new` : "");
  const label = (actor) => `${nameOf(world, actor.id)} – ${roleOf(personOf(world, actor.id))}${waiting(actor)}`;
  const elsewhere = world.actors.some((actor) => actor.unread && actor.id !== world.me);
  return html`<div class="act-as">
    <label for="act-as">Act as${elsewhere && html`<span class="pip" title="Someone else has unread messages"></span>`}</label>
    <div class="act-as-row">
      <${Avatar} world=${world} id=${world.me} />
      <select id="act-as" value=${world.me} onChange=${(event) => go({ as: event.target.value })}>
        ${groups.map(
          ([group, actors]) => html`<optgroup label=${group}>
            ${actors.map((actor) => html`<option key=${actor.id} value=${actor.id}>${label(actor)}</option>`)}
          </optgroup>`,
        )}
      </select>
    </div>
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
  if (!direct.length) return null;
  return html`<${Section} title="Direct messages">
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

const Section = ({ title, children }) => html`<section class="nav-section"><h2>${title}</h2><ul>${children}</ul></section>`;

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
