// A button that opens a short list; and the small picker of emoji. Escape closes, arrow keys walk.
import { classes, html, useEffect, useLayoutEffect, useRef, useState } from "./html.js";
import { emoji, PICKER } from "./emoji.js";

/** Open or not, and closed by Escape, by a click elsewhere, or by focus leaving. */
export function usePopup() {
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

const GAP = 4;
const EDGE = 8;

/** Beside its button, wholly inside the window, whatever scrolls or clips around it. */
function place(popup, anchor, atEnd) {
  const button = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const below = button.bottom + GAP + height <= window.innerHeight - EDGE || button.top < window.innerHeight / 2;
  const left = atEnd ? button.right - width : button.left;
  const top = below ? button.bottom + GAP : button.top - GAP - height;
  popup.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  popup.style.top = `${Math.max(EDGE, Math.min(top, window.innerHeight - height - EDGE))}px`;
}

export function Popup({ anchor, className, atEnd = false, children }) {
  const list = useRef(null);
  useLayoutEffect(() => {
    place(list.current, anchor.current, atEnd);
    (list.current.querySelector("[aria-checked=true]") ?? list.current.querySelector("button"))?.focus({ preventScroll: true });
  }, []);
  return html`<div class=${classes("popup", className)} role="menu" ref=${list} onKeyDown=${walk}>${children}</div>`;
}

/** items: [{ text, note, mark, danger, run }]; falsy ones are left out. */
export function Menu({ label, title, items, className = "btn btn-icon", end = true }) {
  const { open, setOpen, wrap } = usePopup();
  const choose = (item) => () => {
    setOpen(false);
    item.run();
  };
  return html`<span class="menu" ...${wrap}>
    <button type="button" class=${className} aria-haspopup="menu" aria-expanded=${open} aria-label=${title} title=${title} onClick=${() => setOpen(!open)}>
      ${label}
    </button>
    ${open &&
    html`<${Popup} anchor=${wrap.ref} atEnd=${end}>
      ${items.filter(Boolean).map(
        (item) => html`<button type="button" role="menuitem" class=${classes("menu-item", item.danger && "danger")} onClick=${choose(item)}>
          ${item.mark}<span class="menu-text">${item.text}${item.note && html`<small>${item.note}</small>`}</span>
        </button>`,
      )}
    <//>`}
  </span>`;
}

export function EmojiPicker({ label, title, pick, className = "btn btn-icon", end = false }) {
  const { open, setOpen, wrap } = usePopup();
  const choose = (name) => () => {
    setOpen(false);
    pick(name);
  };
  return html`<span class="menu" ...${wrap}>
    <button type="button" class=${className} aria-haspopup="menu" aria-expanded=${open} aria-label=${title} title=${title} onClick=${() => setOpen(!open)}>
      ${label}
    </button>
    ${open &&
    html`<${Popup} anchor=${wrap.ref} atEnd=${end} className="emoji-grid">
      ${PICKER.map(
        (name) => html`<button type="button" role="menuitem" aria-label=${name} title=${`:${name}:`} onClick=${choose(name)}>${emoji(name)}</button>`,
      )}
    <//>`}
  </span>`;
}
