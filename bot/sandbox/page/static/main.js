// The whole page, put together: clock strip, sidebar, the place that is open, thread, tour, modals.
import { classes, html, render, useEffect, useState } from "./html.js";
import { ClockStrip } from "./clock.js";
import { Composer } from "./composer.js";
import { ConfirmDialog } from "./confirm.js";
import { AppTabs, Home } from "./home.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { inline } from "./mrkdwn.js";
import { AppMark, Avatar, nameOf } from "./people.js";
import { Sidebar } from "./sidebar.js";
import { getNotices, start, useSandbox } from "./state.js";
import { Thread } from "./thread.js";
import { Tour, useTour } from "./tour.js";

function Members({ world }) {
  const { members } = world.place;
  if (world.place.kind === "im") return null;
  const names = members.map((id) => nameOf(world, id)).join(", ");
  return html`<span class="members" title=${names} role="img" aria-label=${`${members.length} members: ${names}`}>
    ${members.slice(0, 3).map((id) => html`<${Avatar} world=${world} id=${id} size="small" />`)}<span>${members.length}</span>
  </span>`;
}

function PlaceHead({ world, app }) {
  const { place } = world;
  const mark = { channel: "#", group: "🔒 " }[place.kind] ?? "";
  return html`<header class="place-head">
    ${place.with && html`<${Avatar} world=${world} id=${place.with} size="small" />`}
    <h1>${mark}${place.name}</h1>
    ${place.shared.length > 0 && html`<span class="badge badge-other">Shared with ${place.shared.join(", ")}</span>`}
    ${place.topic && html`<span class="topic" title=${place.topic}>${inline(place.topic, world)}</span>`}
    <${Members} world=${world} />
  </header>`;
}

function Intro({ world }) {
  const { place } = world;
  if (place.more) return html`<p class="intro">Older messages are not shown here.</p>`;
  if (place.kind === "im") return html`<p class="intro">This is the beginning of your direct messages with <strong>${place.name}</strong>.</p>`;
  return html`<p class="intro">This is the beginning of <strong>${place.name}</strong>.</p>`;
}

function Foot({ world, app }) {
  if (world.place.archived) return html`<p class="no-composer">This channel is archived.</p>`;
  if (!world.place.member) return html`<p class="no-composer">You are not in this channel.</p>`;
  if (app && !app.writable) return html`<p class="no-composer">Sending messages to this app has been turned off.</p>`;
  return html`<${Composer} world=${world} key=${`${world.me}-${world.place.id}`} />`;
}

function Place({ world, view }) {
  const { place } = world;
  if (!place) return html`<main class="place"><p class="empty">Pick a channel on the left.</p></main>`;
  const app = world.apps.find((one) => one.dm === place.id);
  const atHome = app?.home_tab && view.tab === "home";
  const roots = place.messages.filter((message) => !message.thread_ts || message.thread_ts === message.ts || message.broadcast);
  return html`<main class="place" aria-label=${place.name}>
    <${PlaceHead} world=${world} app=${app} />
    ${app?.home_tab && html`<${AppTabs} app=${app} tab=${view.tab} unread=${atHome ? place.unread : 0} />`}
    ${atHome
      ? html`<${Home} app=${app} world=${world} />`
      : html`<${MessageList} messages=${roots} world=${world} identity=${`${world.me}-${place.id}`} intro=${html`<${Intro} world=${world} />`} />
          <${Foot} world=${world} app=${app} />`}
  </main>`;
}

function TopBar({ world, tour, panels }) {
  return html`<header class="topbar">
    <button type="button" class="btn btn-icon only-phone" aria-label="Channels and people" aria-controls="sidebar" aria-expanded=${panels.nav} onClick=${() => panels.setNav(!panels.nav)}>☰</button>
    <span class="brand"><span class="brand-mark"><${AppMark} /></span><span class="brand-name">CareCue <small>sandbox</small></span></span>
    ${!world.wall_time && html`<${ClockStrip} world=${world} />`}
    ${tour.length > 0 &&
    html`<button type="button" class="btn btn-tour" aria-label="Guided tour" aria-pressed=${panels.tour} onClick=${() => panels.setTour(!panels.tour)}>
      <span aria-hidden="true">🧭</span> <span class="btn-tour-text">Tour</span> <small>${tour.filter((step) => step.done).length}/${tour.length}</small>
    </button>`}
  </header>`;
}

function Notices({ trouble }) {
  const notices = getNotices();
  return html`<div class="notices" role="status" aria-live="polite">
    ${trouble && html`<p class="notice error">${trouble}</p>`}
    ${notices.map((one) => html`<p key=${one.id} class=${`notice ${one.kind}`}>${one.text}</p>`)}
  </div>`;
}

function titleOf(world) {
  const unread = world.channels.reduce((sum, channel) => sum + channel.unread, 0);
  return `${unread ? `(${unread}) ` : ""}${world.place?.name ?? "CareCue"} – ${world.workspace.name}`;
}

function Page() {
  const { world, view, trouble } = useSandbox();
  const [nav, setNav] = useState(false);
  const wide = window.matchMedia("(min-width: 1101px)").matches;
  const [tourOpen, setTour] = useState(wide);
  const tour = useTour(world?.tour ?? 0);
  useEffect(() => setNav(false), [view.at, view.as]);
  useEffect(() => {
    if (world) document.title = titleOf(world);
  });
  if (!world) return html`<div class="waiting" role="status">${trouble ?? "Opening the sandbox…"}</div>`;
  const panels = { nav, setNav, tour: tourOpen, setTour };
  const thread = view.thread && world.place?.id === view.at;
  const touring = tourOpen && tour.length > 0;
  return html`<div class=${classes("page", nav && "nav-open", thread && "with-thread", touring && "with-tour")}>
    <${TopBar} world=${world} tour=${tour} panels=${panels} />
    <${Sidebar} world=${world} view=${view} />
    ${nav && html`<div class="veil" onClick=${() => setNav(false)}></div>`}
    <${Place} world=${world} view=${view} />
    ${thread && html`<${Thread} world=${world} ts=${view.thread} />`}
    ${touring && html`<${Tour} steps=${tour} world=${world} close=${() => setTour(false)} />`}
    <${Modals} world=${world} />
    <${ConfirmDialog} world=${world} />
    <${Notices} trouble=${trouble} />
  </div>`;
}

render(html`<${Page} />`, document.getElementById("root"));
start();
