// Links into Slack lead to their place on this page instead of out to the web.
import { getWorld, go } from "./state.js";

const dotted = (digits) => `${digits.slice(0, -6)}.${digits.slice(-6)}`;

/** Where a link leads here: `{ at, thread }` or `{ at, tab }`; null for any other address. */
export function placeOf(url) {
  const message = /^https:\/\/[a-z0-9.-]+\.slack\.com\/archives\/([A-Z0-9]+)(?:\/p(\d{7,}))?(?:\?(.*))?$/i.exec(url);
  if (message) {
    const thread = new URLSearchParams(message[3] ?? "").get("thread_ts");
    return { at: message[1], thread: thread ?? (message[2] ? dotted(message[2]) : ""), tab: "" };
  }
  const deep = /^(?:slack:\/\/|https:\/\/slack\.com\/app_redirect\?)/i.exec(url);
  if (!deep) return null;
  const query = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const app = getWorld()?.apps[0];
  if (query.get("channel")) return { at: query.get("channel"), tab: "", thread: "" };
  if (/^slack:\/\/(channel|user)/i.test(url)) return { at: query.get("id") ?? "", tab: "", thread: "" };
  return app ? { at: app.dm, tab: query.get("tab") === "home" ? "home" : "", thread: "" } : null;
}

/** Follow a link as a click would: inside this page if it leads there, else in a new window. */
export function follow(url) {
  const place = placeOf(url);
  if (place) go(place);
  else window.open(url, "_blank", "noopener");
}
