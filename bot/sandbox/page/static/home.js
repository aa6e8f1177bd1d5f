// The app's own place: the Home tab that it draws for each person, and the Messages tab beside it.
import { classes, html, useEffect } from "./html.js";
import { openHome, press } from "./api.js";
import { Blocks } from "./blocks.js";
import { go } from "./state.js";
import { useSurface } from "./surface.js";

export function AppTabs({ app, tab, unread }) {
  const one = (name, to, label) =>
    html`<button type="button" role="tab" id=${`tab-${name}`} class=${classes("tab", tab === to && "on")} aria-selected=${tab === to} onClick=${() => go({ tab: to, thread: "" })}>
      ${label}
    </button>`;
  return html`<div class="tabs" role="tablist" aria-label=${app.name}>
    ${one("home", "home", "Home")} ${one("messages", "", html`Messages${unread > 0 && html`<span class="unread">${unread}</span>`}`)}
  </div>`;
}

export function Home({ app, world }) {
  useEffect(() => {
    openHome();
  }, [app.id, world.me]);
  const view = app.home;
  const send = (action, values) => press({ view, action, values });
  const surface = useSurface({ identity: `home-${world.me}-${view?.hash ?? ""}`, blocks: view?.blocks, saved: view?.state?.values, send, world });
  return html`<div class="home" role="tabpanel" aria-labelledby="tab-home">
    ${view?.blocks?.length
      ? html`<${Blocks} blocks=${view.blocks} surface=${surface} />`
      : html`<p class="empty">${app.name} has not drawn a Home for you yet.</p>`}
  </div>`;
}
