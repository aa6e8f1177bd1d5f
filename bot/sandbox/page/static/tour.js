// The guided tour: what to try, as whom and where. A click goes there; the demo ticks what was done.
import { classes, html, useEffect, useState } from "./html.js";
import { go, notify } from "./state.js";
import { Avatar, nameOf } from "./people.js";
import { withEmoji } from "./emoji.js";

export function useTour(revision) {
  const [steps, setSteps] = useState([]);
  useEffect(() => {
    fetch("page/tour")
      .then((answer) => answer.json())
      .then(setSteps)
      .catch(() => notify("The tour could not be read."));
  }, [revision]);
  return steps;
}

function follow(step) {
  const patch = { tab: step.tab ?? "", thread: step.thread ?? "" };
  if (step.as_user) patch.as = step.as_user;
  if (step.channel) patch.at = step.channel;
  go(patch);
}

function Step({ step, number, current, world, leave }) {
  const start = () => {
    follow(step);
    leave();
  };
  return html`<li class=${classes("step", step.done && "done", current && "current")}>
    <button type="button" onClick=${start} aria-current=${current ? "step" : undefined}>
      <span class="step-mark" aria-label=${step.done ? "done" : `step ${number}`}>${step.done ? "✓" : number}</span>
      <span class="step-text">
        <strong>${withEmoji(step.title)}</strong>
        <span class="step-body">${withEmoji(step.body)}</span>
        ${step.as_user && html`<span class="step-who"><${Avatar} world=${world} id=${step.as_user} size="small" /> as ${nameOf(world, step.as_user)}</span>`}
      </span>
    </button>
  </li>`;
}

export function Tour({ steps, world, close }) {
  const done = steps.filter((step) => step.done).length;
  const current = steps.findIndex((step) => !step.done);
  const leave = () => window.matchMedia("(max-width: 1100px)").matches && close();
  return html`<aside class="tour" aria-label="Guided tour">
    <header class="panel-head">
      <h2>Guided tour</h2>
      <span class="panel-note">${done} of ${steps.length}</span>
      <button type="button" class="btn btn-icon" aria-label="Close the tour" title="Close" onClick=${close}>✕</button>
    </header>
    <progress class="tour-progress" max=${steps.length} value=${done} aria-label="Tour progress"></progress>
    <ol class="steps">
      ${steps.map((step, index) => html`<${Step} key=${index} step=${step} number=${index + 1} current=${index === current} world=${world} leave=${leave} />`)}
    </ol>
    ${done === steps.length && html`<p class="tour-done">That was the tour. Go on by yourself: be anybody, write anything, let time pass.</p>`}
  </aside>`;
}
