// The verbs of a person, sent to the sandbox's control API. A refusal becomes a note with Slack's own error name.
import { getView, getWorld, notify, refresh } from "./state.js";

const SENTENCES = {
  not_in_channel: "You are not in this channel.",
  is_archived: "This channel is archived.",
  msg_too_long: "That message is too long for Slack.",
  cant_delete_message: "You can only delete your own messages.",
  cant_update_message: "You can only edit your own messages.",
  messages_tab_disabled: "This app does not take messages here.",
};
const HARMLESS = new Set(["already_reacted", "no_reaction"]);

/** The answer, or null after a refusal that was shown. */
async function control(verb, fields) {
  try {
    const answer = await fetch(`control/${verb}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    });
    const told = await answer.json();
    if (told.ok === false && !HARMLESS.has(told.error)) notify(SENTENCES[told.error] ?? `Slack says: ${told.error}`);
    return told.ok === false ? null : told;
  } catch {
    notify("The sandbox did not answer.");
    return null;
  } finally {
    refresh();
  }
}

const me = () => getView().as;
const here = () => getWorld().place.id;

export const say = async (text, threadTs, broadcast) =>
  (await control("say", { user: me(), channel: here(), text, thread_ts: threadTs, broadcast })) !== null;
export const command = async (name, text) => (await control("command", { user: me(), channel: here(), command: name, text })) !== null;
export const edit = (message, text) => control("edit", { user: me(), channel: here(), ts: message.ts, text });
export const remove = (message) => control("delete", { user: me(), channel: here(), ts: message.ts });
export const react = (message, name) => control("react", { user: me(), channel: here(), ts: message.ts, name });
export const unreact = (message, name) => control("unreact", { user: me(), channel: here(), ts: message.ts, name });
export const press = () => null;
export const shortcut = () => null;
export const submitView = () => null;
export const closeView = () => null;
export const openHome = () => null;
export const setSpeed = () => null;
export const advanceTo = () => null;
