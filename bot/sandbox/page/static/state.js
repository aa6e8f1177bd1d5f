// What the viewer looks at (kept in the address, so that a reload or a link finds it again) and what the sandbox last told.
import { useReducer, useEffect } from "./html.js";

const listeners = new Set();
let world = null;
let fetchedAt = 0;
let trouble = null;
let mine = { as: "", at: "", thread: "", tab: "", panel: "" };

export const getWorld = () => world;
export const getView = () => mine;

function changed() {
  for (const listener of listeners) listener();
}

/** Draw again whenever the sandbox or the view changes. */
export function useSandbox() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  return { world, view: mine, trouble };
}

/** The sandbox's time now, in seconds: what it last told, run on at its speed. */
export const sandboxNow = () => (world ? world.now + ((performance.now() - fetchedAt) / 1000) * world.speed : 0);

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  mine = Object.fromEntries(Object.keys(mine).map((key) => [key, given.get(key) ?? ""]));
}

/** Go somewhere: `{as, at, thread, tab, panel}`; what is left out stays, except that a thread belongs to its channel. */
export function go(patch) {
  const moves = ("as" in patch && patch.as !== mine.as) || ("at" in patch && patch.at !== mine.at);
  const next = { ...mine, ...(moves ? { thread: "", tab: "" } : {}), ...patch };
  if (next.as !== mine.as && !("at" in patch)) next.at = "";
  const kept = Object.entries(next).filter(([, value]) => value);
  const hash = `#${new URLSearchParams(kept)}`;
  if (hash !== location.hash) location.hash = hash;
}

let asking = false;
let askAgain = false;

/** Ask for the whole picture of this viewer; many calls at once become one or two. */
export async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  do {
    askAgain = false;
    await ask();
    if (askAgain) await new Promise((resolve) => setTimeout(resolve, 50)); // a fast clock tells of many changes
  } while (askAgain);
  asking = false;
}

async function ask() {
  try {
    const asked = mine;
    const query = new URLSearchParams({ as: asked.as, channel: asked.at, thread: asked.thread, looking: asked.tab === "home" || document.hidden ? "0" : "1" });
    const answer = await fetch(`page/state?${query}`);
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
    const told = await answer.json();
    if (asked !== mine) return; // gone elsewhere meanwhile: the next answer is on its way
    world = told;
    fetchedAt = performance.now();
    trouble = null;
    settle();
  } catch (error) {
    trouble = error.message;
  }
  changed();
}

/** The sandbox may have chosen the person and the channel for us: put its choice into the address. */
function settle() {
  const settled = { ...mine, as: world.me, at: world.place?.id ?? "" };
  if (settled.as === mine.as && settled.at === mine.at) return;
  mine = settled;
  const kept = Object.entries(mine).filter(([, value]) => value);
  history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
}

function listen() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/live`);
  socket.onmessage = () => refresh();
  socket.onopen = () => trouble && refresh();
  socket.onclose = () => {
    trouble = "The sandbox has gone. Waiting for it to come back…";
    changed();
    setTimeout(listen, 1000);
  };
}

export function start() {
  readAddress();
  window.addEventListener("hashchange", () => {
    readAddress();
    changed();
    refresh();
  });
  refresh();
  listen();
}

let notices = [];

/** A short note at the foot of the page, gone by itself. */
export function notify(text, kind = "error") {
  const notice = { text, kind, id: Math.random() };
  notices = [...notices, notice];
  changed();
  setTimeout(() => {
    notices = notices.filter((one) => one !== notice);
    changed();
  }, 6000);
}

export const getNotices = () => notices;
