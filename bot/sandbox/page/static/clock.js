// The strip along the top: what time it is in the sandbox, how fast it runs, and jumps ahead.
import { classes, html, useEffect, useReducer } from "./html.js";
import { advance, advanceTo, setSpeed } from "./api.js";
import { sandboxNow } from "./state.js";
import { stripTime, tomorrowAt } from "./when.js";

const SPEEDS = [0, 1, 60, 600];
const speedName = (speed) => (speed === 0 ? "❚❚" : `${speed}×`);

function Speeds({ speed }) {
  return html`<div class="segments" role="group" aria-label="Speed of sandbox time">
    ${SPEEDS.map(
      (one) => html`<button
        type="button"
        class=${classes("segment", speed === one && "on")}
        aria-pressed=${speed === one}
        aria-label=${one === 0 ? "Pause the clock" : `${one} times as fast`}
        title=${one === 0 ? "Pause" : one === 60 ? "A minute a second" : one === 600 ? "Ten minutes a second" : "Real time"}
        onClick=${() => setSpeed(one)}
      >
        ${speedName(one)}
      </button>`,
    )}
  </div>`;
}

export function ClockStrip({ world }) {
  const [, tick] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, world.speed > 60 ? 250 : 1000);
    return () => clearInterval(timer);
  }, [world.speed]);
  const now = sandboxNow();
  return html`<div class="clock" role="region" aria-label="Sandbox clock">
    <time class="clock-time" title=${`Sandbox time, ${world.zone}`}><span aria-hidden="true">🕰️</span> ${stripTime(now, world.zone)}</time>
    <div class="clock-buttons">
    <${Speeds} speed=${world.speed} />
    <div class="segments jumps" role="group" aria-label="Jump ahead">
      <button type="button" class="segment" onClick=${() => advance(900)}>+15 min</button>
      <button type="button" class="segment" onClick=${() => advance(3600)}>+1 h</button>
      <button type="button" class="segment" onClick=${() => advanceTo(tomorrowAt(9, sandboxNow(), world.zone))}>Tomorrow 09:00</button>
    </div>
    </div>
  </div>`;
}
