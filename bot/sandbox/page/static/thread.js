// The side panel with one thread.
import { html } from "./html.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messages.js";
import { go } from "./state.js";

export function Thread({ world, ts: linked }) {
  const named = world.place.messages.find((message) => message.ts === linked);
  const ts = named?.thread_ts ?? linked; // a link may name a reply
  const root = world.place.messages.find((message) => message.ts === ts);
  const replies = world.place.messages.filter((message) => message.thread_ts === ts && message.ts !== ts);
  const onKeyDown = (event) => event.key === "Escape" && !event.defaultPrevented && go({ thread: "" });
  return html`<aside class="thread" aria-label="Thread" onKeyDown=${onKeyDown}>
    <header class="panel-head">
      <h2>Thread</h2>
      <span class="panel-note">${world.place.kind === "im" ? "" : "#"}${world.place.name}</span>
      <button type="button" class="btn btn-icon" aria-label="Close thread" title="Close" onClick=${() => go({ thread: "" })}>✕</button>
    </header>
    ${root
      ? html`<${MessageList} messages=${[root, ...replies]} world=${world} identity=${ts} inThread=${true} />`
      : html`<p class="empty">This thread is gone.</p>`}
    ${root && world.place.member && html`<${Composer} world=${world} threadTs=${ts} key=${ts} />`}
  </aside>`;
}
