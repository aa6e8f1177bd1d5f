// Modals: the app's views, one on top of the other; only the topmost is shown. Errors stand beside their field.
import { html, useEffect, useRef, useState } from "./html.js";
import { closeView, press, submitView } from "./api.js";
import { Blocks } from "./blocks.js";
import { isEmpty } from "./elements.js";
import { FIELDS } from "./fields.js";
import { plainText } from "./mrkdwn.js";
import { Avatar } from "./people.js";
import { useSurface } from "./surface.js";

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** What Slack itself finds wrong with one field, before the app is asked; null if nothing. */
export function problemOf(block, value) {
  const { element } = block;
  if (isEmpty(value)) return block.optional ? null : "Please complete this required field.";
  const length = typeof value === "string" ? value.length : 0;
  if (element.min_length && length < element.min_length) return `Please use at least ${element.min_length} characters.`;
  if (element.type === "email_text_input" && !EMAIL.test(value)) return "Please enter a valid email address.";
  if (element.type !== "number_input") return null;
  if (!(element.is_decimal_allowed ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/).test(value)) return "Please enter a valid number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Must be at least ${element.min_value}.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Must be at most ${element.max_value}.`;
  return null;
}

function problems(view, state) {
  const found = {};
  for (const block of view.blocks ?? []) {
    if (block.type !== "input") continue;
    const value = state[block.block_id]?.[block.element.action_id]?.[FIELDS[block.element.type]?.key];
    const problem = problemOf(block, value);
    if (problem) found[block.block_id] = problem;
  }
  return found;
}

function useSubmit(view, surface) {
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    const state = surface.state();
    const found = problems(view, state);
    setErrors(found);
    if (Object.keys(found).length || busy) return;
    setBusy(true);
    setErrors((await submitView(view, state)) ?? {});
    setBusy(false);
  };
  return { errors, busy, submit };
}

function View({ view, world, deeper }) {
  const send = (action, values) => press({ view, action, values });
  const surface = useSurface({ identity: view.id, blocks: view.blocks, saved: view.state?.values, send, world, inModal: true });
  const { errors, busy, submit } = useSubmit(view, surface);
  const dialog = useRef(null);
  useEffect(() => {
    if (dialog.current?.open) return;
    dialog.current?.showModal();
    const body = dialog.current?.querySelector(".modal-body");
    (body?.querySelector("[autofocus]") ?? body?.querySelector("input, select, textarea, button"))?.focus({ preventScroll: true });
  }, [view.id]);
  const cancel = (event) => {
    event?.preventDefault();
    closeView(view);
  };
  const onSubmit = (event) => {
    event.preventDefault();
    if (view.submit) submit();
  };
  const hasInput = (view.blocks ?? []).some((block) => block.type === "input");
  return html`<dialog class="modal" ref=${dialog} aria-labelledby="modal-title" onCancel=${cancel}>
    <form onSubmit=${onSubmit} novalidate>
      <header class="modal-head">
        ${world.apps[0] && html`<${Avatar} world=${world} id=${world.apps[0].user} size="small" />`}
        <h2 id="modal-title">${plainText(view.title)}</h2>
        <button type="button" class="btn btn-icon" aria-label="Close" title="Close" onClick=${cancel}>✕</button>
      </header>
      <div class="modal-body"><${Blocks} blocks=${view.blocks} surface=${surface} errors=${errors} /></div>
      <footer class="modal-foot">
        <button type="button" class="btn" onClick=${cancel}>${plainText(view.close) || (deeper ? "Back" : view.submit || hasInput ? "Cancel" : "Close")}</button>
        ${view.submit && html`<button type="submit" class="btn btn-primary" disabled=${busy}>${busy ? "Sending…" : plainText(view.submit)}</button>`}
      </footer>
    </form>
  </dialog>`;
}

export function Modals({ world }) {
  const view = world.views.at(-1);
  if (!view) return null;
  return html`<${View} key=${view.id} view=${view} world=${world} deeper=${world.views.length > 1} />`;
}
