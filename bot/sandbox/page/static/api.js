// The verbs of a person, sent to the sandbox's control API. A refusal becomes a note with Slack's own error name.
import { getView, getWorld, notify, refresh } from "./state.js";

const SENTENCES = {
  not_in_channel: "You are not in this channel.",
  is_archived: "This channel is archived.",
  already_in_channel: "They are in this channel already.",
  msg_too_long: "That message is too long for Slack.",
  cant_delete_message: "You can only delete your own messages.",
  cant_update_message: "You can only edit your own messages.",
  messages_tab_disabled: "This app does not take messages here.",
  unknown_command: "There is no such command. Type / to see those there are.",
  timeout: "The app did not answer within three seconds.",
  operation_timeout: "The app did not answer within three seconds.",
  not_connected: "The app is not running, so nobody heard that.",
};
const HARMLESS = new Set(["already_reacted", "no_reaction", "errors", "missing_input"]);

/** What the sandbox answered; `ok: false` was already shown, unless it belongs beside a field. */
async function control(verb, fields) {
  let told = { ok: false, error: "no answer from the sandbox" };
  try {
    const answer = await fetch(`control/${verb}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    });
    told = await answer.json();
  } catch {
    // the note below says it
  }
  if (!told.ok && !HARMLESS.has(told.error)) notify(SENTENCES[told.error] ?? `Slack says: ${told.error}`);
  refresh();
  return told;
}

const me = () => getView().as;
const here = () => getWorld().place.id;
const at = (message) => ({ user: me(), channel: message.channel ?? here(), ts: message.ts });

// talking

export const say = async (text, threadTs, broadcast) =>
  (await control("say", { user: me(), channel: here(), text, thread_ts: threadTs, broadcast: broadcast || null })).ok;
export const invite = async (user) => (await control("invite", { inviter: me(), channel: here(), user })).ok;
export const edit = (message, text) => control("edit", { ...at(message), text });
export const remove = (message) => control("delete", at(message));
export const react = (message, name) => control("react", { ...at(message), name });
export const unreact = (message, name) => control("unreact", { ...at(message), name });
export const dismiss = (message) => control("dismiss", at(message));

// towards the app

export const command = async (name, text) => (await control("command", { user: me(), channel: here(), command: name, text })).ok;
export const shortcut = (id, message) => control("shortcut", { ...at(message), callback_id: id });
export const globalShortcut = (id) => control("shortcut", { user: me(), callback_id: id });
export const openHome = (tab = "home") => control("open_home", { user: me(), tab });

/** What an action carries as its value, whichever key it stands under. */
function valueOf(action) {
  const key = Object.keys(action).find((name) => name === "value" || name.startsWith("selected_"));
  return key ? action[key] : null;
}

/** Use an element of a message or a view. A view first learns what was typed into its fields, as the app will be told. */
export async function press({ message, view, action, values }) {
  const which = { action_id: action.action_id, block_id: action.block_id, value: valueOf(action) };
  if (message) return control("press", { ...at(message), ...which });
  await fillIn(view, values);
  return control("press_view", { user: me(), view_id: view.id, ...which });
}

const inputs = (view) => (view.blocks ?? []).filter((block) => block.type === "input");
const chosenIn = (values, block) => valueOf(values[block.block_id]?.[block.element.action_id] ?? {});

async function fillIn(view, values) {
  for (const block of inputs(view)) {
    const value = chosenIn(values, block);
    if (block.dispatch_action || JSON.stringify(value) === JSON.stringify(chosenIn(view.state?.values ?? {}, block))) continue;
    await control("press_view", { user: me(), view_id: view.id, action_id: block.element.action_id, block_id: block.block_id, value });
  }
}

/** Null, or what is wrong by block id. */
export async function submitView(view, values) {
  const filled = Object.fromEntries(inputs(view).map((block) => [block.block_id, chosenIn(values, block)]));
  const told = await control("submit", { user: me(), view_id: view.id, values: filled });
  if (told.error === "missing_input") return Object.fromEntries(told.blocks.map((id) => [id, "Please complete this required field."]));
  return told.errors ?? null;
}

export const closeView = (view) => control("close_view", { user: me(), view_id: view.id });
export const suggest = async (view, action, typed) =>
  (await control("suggest", { user: me(), view_id: view.id, action_id: action, typed })).result ?? [];

// the sandbox itself

export const setSpeed = (speed) => control("speed", { speed });
export const advance = (seconds) => control("advance", { seconds });
export const advanceTo = (seconds) => control("advance", { to: new Date(seconds * 1000).toISOString() });
