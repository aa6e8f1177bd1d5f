// A button that opens a short list; and the small picker of emoji. Escape closes, arrow keys walk.
import { classes, html, useEffect, useRef, useState } from "./html.js";
import { emoji, PICKER } from "./emoji.js";

/** Open or not, and closed by Escape, by a click elsewhere, or by focus leaving. */
function usePopup() {
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event) => root.current?.contains(event.target) || setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const onKeyDown = (event) => {
    if (!open || event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  const onFocusOut = (event) => event.relatedTarget && !root.current?.contains(event.relatedTarget) && setOpen(false);
  return { open, setOpen, wrap: { ref: root, onKeyDown, onFocusOut } };
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
  buttons[next].focus();
}

/** True in the upper half of the window: the popup then opens downwards. */
const opensDown = (element) => !element || element.getBoundingClientRect().top < window.innerHeight / 2;

function Popup({ anchor, className, children }) {
  const list = useRef(null);
  useEffect(() => list.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  const place = opensDown(anchor.current) ? "popup-down" : "popup-up";
  return html`<div class=${classes("popup", place, className)} role="menu" ref=${list} onKeyDown=${walk}>${children}</div>`;
}

/** items: [{ text, note, danger, run }]; falsy ones are left out. */
export function Menu({ label, title, items, className = "btn btn-icon", end = true }) {
  const { open, setOpen, wrap } = usePopup();
  const choose = (item) => () => {
    setOpen(false);
    item.run();
  };
  return html`<span class=${classes("menu", end && "menu-end")} ...${wrap}>
    <button type="button" class=${className} aria-haspopup="menu" aria-expanded=${open} aria-label=${title} title=${title} onClick=${() => setOpen(!open)}>
      ${label}
    </button>
    ${open &&
    html`<${Popup} anchor=${wrap.ref}>
      ${items.filter(Boolean).map(
        (item) => html`<button type="button" role="menuitem" class=${classes("menu-item", item.danger && "danger")} onClick=${choose(item)}>
          <span>${item.text}</span>${item.note && html`<small>${item.note}</small>`}
        </button>`,
      )}
    <//>`}
  </span>`;
}

export function EmojiPicker({ label, title, pick, className = "btn btn-icon" }) {
  const { open, setOpen, wrap } = usePopup();
  const choose = (name) => () => {
    setOpen(false);
    pick(name);
  };
  return html`<span class="menu menu-end" ...${wrap}>
    <button type="button" class=${className} aria-haspopup="menu" aria-expanded=${open} aria-label=${title} title=${title} onClick=${() => setOpen(!open)}>
      ${label}
    </button>
    ${open &&
    html`<${Popup} anchor=${wrap.ref} className="emoji-grid">
      ${PICKER.map(
        (name) => html`<button type="button" role="menuitem" aria-label=${name} title=${`:${name}:`} onClick=${choose(name)}>${emoji(name)}</button>`,
      )}
    <//>`}
  </span>`;
}
