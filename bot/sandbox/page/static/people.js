// Who is who, as the viewer sees them: names, badges, and avatars drawn from initials.
import { classes, html } from "./html.js";

export const personOf = (world, id) => world.people[id] ?? { id, name: id ?? "unknown", kind: "member" };

export const nameOf = (world, id) => personOf(world, id).name || id;

/** Two letters for the avatar; one word gives its first two. */
export function initials(name) {
  const words = String(name).trim().split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...word][0]) : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** Neighbours in the list of people get colours that differ. */
const hueOf = (person) => (person.hue ?? 11) % 12;

export function Avatar({ world, id, size = "" }) {
  const person = personOf(world, id);
  const face = person.kind === "app" ? html`<${AppMark} />` : initials(person.name);
  return html`<span class=${classes("avatar", `hue-${hueOf(person)}`, person.kind === "app" && "avatar-app", size)} aria-hidden="true">
    ${face}
  </span>`;
}

/** CareCue's mark: a speech bubble with a heart; any app wears it here. */
export function AppMark() {
  return html`<svg viewBox="0 0 24 24" width="70%" height="70%" aria-hidden="true">
    <path fill="currentColor" d="M5 3h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-6l-5 4.5V17H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z" />
    <path class="app-heart" d="M12 14.4 8.3 10.8a2.4 2.4 0 1 1 3.7-3 2.4 2.4 0 1 1 3.7 3z" />
  </svg>`;
}

export function Badge({ person }) {
  if (person.kind === "app") return html`<span class="badge">APP</span>`;
  if (person.kind === "other") return html`<span class="badge badge-other" title="From another company">${person.company || "External"}</span>`;
  if (person.kind === "guest") return html`<span class="badge badge-guest">Guest</span>`;
  return null;
}

/** What the person is to the demo, in a few words: "Agent · Care team", "Meridian Foods", "Guest". */
export function roleOf(person) {
  if (person.kind === "app") return "App";
  if (person.kind === "other") return person.company || "Another company";
  if (person.kind === "guest") return person.title || "Guest";
  return person.title || "Member";
}
