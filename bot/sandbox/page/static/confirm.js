// "Are you sure?": one small dialog, asked from anywhere, answered with true or false.
import { html, useEffect, useReducer, useRef } from "./html.js";
import { plainText, Text } from "./mrkdwn.js";

let asked = null;
let redraw = () => {};

/** question: a confirm object of Block Kit. No question is a yes. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    asked = { question, resolve };
    redraw();
  });
}

function answer(yes) {
  asked?.resolve(yes);
  asked = null;
  redraw();
}

export function ConfirmDialog({ world }) {
  const [, again] = useReducer((count) => count + 1, 0);
  redraw = again;
  const dialog = useRef(null);
  useEffect(() => {
    if (asked && !dialog.current?.open) dialog.current?.showModal();
  });
  if (!asked) return null;
  const { title, text, confirm, deny, style } = asked.question;
  return html`<dialog class="modal modal-small" ref=${dialog} aria-label=${plainText(title)} onCancel=${() => answer(false)}>
    <header class="modal-head"><h2>${plainText(title) || "Are you sure?"}</h2></header>
    <div class="modal-body"><${Text} of=${text} world=${world} /></div>
    <footer class="modal-foot">
      <button type="button" class="btn" onClick=${() => answer(false)}>${plainText(deny) || "Cancel"}</button>
      <button type="button" class=${`btn ${style === "danger" ? "btn-danger" : "btn-primary"}`} onClick=${() => answer(true)} autofocus>
        ${plainText(confirm) || "Confirm"}
      </button>
    </footer>
  </dialog>`;
}
