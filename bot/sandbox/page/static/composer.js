// Where people type. Enter sends, Shift+Enter breaks the line, "/" suggests commands, "@" people, "#" channels, ":" emoji.
import { classes, html, useEffect, useRef, useState } from "./html.js";
import { command, globalShortcut, invite, say } from "./api.js";
import { emoji, emojiMatching } from "./emoji.js";
import { Avatar, nameOf, roleOf } from "./people.js";
import { EmojiPicker, Menu } from "./menu.js";
import { notify } from "./state.js";

/** The word being typed before the caret, when it starts with one of @ # : and may be completed. */
function wordBefore(text, caret) {
  const found = /(^|[\s(])([@#:])([\p{L}\p{N}_+.-]*)$/u.exec(text.slice(0, caret));
  return found && { mark: found[2], letters: found[3].toLowerCase(), start: caret - found[3].length - 1 };
}

function commandsFor(world, text) {
  if (!/^\/\S*$/.test(text)) return [];
  return world.apps
    .flatMap((app) => app.commands.map((one) => ({ ...one, app })))
    .filter((one) => one.command.startsWith(text))
    .map((one) => ({ key: one.command, title: `${one.command} ${one.usage_hint ?? ""}`, note: one.description ?? one.app.name, insert: `${one.command} `, all: true }));
}

const matches = (letters) => (name) => name.toLowerCase().split(/[\s._-]+/).some((word) => word.startsWith(letters)) || name.toLowerCase().startsWith(letters);

function peopleFor(world, letters) {
  const here = new Set(world.place?.members ?? []);
  return Object.values(world.people)
    .filter((person) => person.mentionable && matches(letters)(person.name))
    .sort((a, b) => here.has(b.id) - here.has(a.id) || a.name.localeCompare(b.name))
    .slice(0, 7)
    .map((person) => ({
      key: person.id,
      title: person.name,
      note: here.has(person.id) ? roleOf(person) : "Not in this channel",
      mark: html`<${Avatar} world=${world} id=${person.id} size="small" />`,
      insert: `@${person.name} `,
      stands: [`@${person.name}`, `<@${person.id}>`],
    }));
}

const channelsFor = (world, letters) =>
  world.channels
    .filter((channel) => ["channel", "group"].includes(channel.kind) && matches(letters)(channel.name))
    .slice(0, 7)
    .map((channel) => ({ key: channel.id, title: `#${channel.name}`, insert: `#${channel.name} `, stands: [`#${channel.name}`, `<#${channel.id}>`] }));

const emojiFor = (letters) =>
  letters.length < 2 ? [] : emojiMatching(letters).map((name) => ({ key: name, title: `:${name}:`, mark: emoji(name), insert: `:${name}: ` }));

function suggestions(world, text, caret) {
  const commands = commandsFor(world, text);
  if (commands.length) return commands;
  const word = wordBefore(text, caret);
  if (!word) return [];
  const found = { "@": peopleFor, "#": channelsFor, ":": (_, letters) => emojiFor(letters) }[word.mark](world, word.letters);
  return found.map((one) => ({ ...one, start: word.start }));
}

/** What was picked as a name becomes the id that Slack sends; bare addresses become links. */
export function wire(text, stands) {
  let wired = text;
  for (const [shown, sent] of [...stands].sort((a, b) => b[0].length - a[0].length)) wired = wired.replaceAll(shown, sent);
  wired = wired.replace(/(^|\s)@(here|channel|everyone)\b/g, "$1<!$2>");
  return wired.replace(/(^|[\s(])(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)])/g, "$1<$2>");
}

const placeholderOf = (world, threadTs) =>
  threadTs ? "Reply…" : `Message ${world.place.kind === "im" || world.place.kind === "mpim" ? "" : "#"}${world.place.name}`;

function Suggestions({ list, chosen, take, id }) {
  if (!list.length) return null;
  return html`<ul class="suggestions" role="listbox" id=${id} aria-label="Suggestions">
    ${list.map(
      (one, index) => html`<li key=${one.key} id=${`${id}-${index}`} role="option" aria-selected=${index === chosen} class=${classes(index === chosen && "on")}
        onMouseDown=${(event) => { event.preventDefault(); take(one); }}>
        ${one.mark && html`<span class="suggestion-mark" aria-hidden="true">${one.mark}</span>`}
        <span class="suggestion-title">${one.title}</span>${one.note && html`<small>${one.note}</small>`}
      </li>`,
    )}
  </ul>`;
}

/** The draft, its caret and the names picked in it. */
function useDraft() {
  const [draft, setDraft] = useState({ text: "", caret: 0, stands: [] });
  const box = useRef(null);
  const moveTo = useRef(null);
  useEffect(() => {
    if (moveTo.current === null || !box.current) return;
    box.current.setSelectionRange(moveTo.current, moveTo.current);
    box.current.focus();
    moveTo.current = null;
  });
  const splice = (from, to, insert, stands) => {
    moveTo.current = from + insert.length;
    const text = draft.text.slice(0, from) + insert + draft.text.slice(to);
    setDraft({ text, caret: moveTo.current, stands: stands ? [...draft.stands, stands] : draft.stands });
  };
  return { draft, setDraft, box, splice };
}

/** Whoever comes from the sidebar or opens a thread can type at once; a phone's keyboard stays down. */
function useFocus(box, threadTs) {
  useEffect(() => {
    const from = document.activeElement;
    const free = threadTs || !from || from === document.body || from.closest(".sidebar, .tour");
    if (free && window.matchMedia("(hover: hover)").matches) box.current?.focus({ preventScroll: true });
  }, []);
}

function globalShortcuts(world) {
  return world.apps.flatMap((app) =>
    app.shortcuts.filter((one) => one.type === "global").map((one) => ({ text: one.name, note: app.name, run: () => globalShortcut(one.callback_id) })),
  );
}

async function send(world, threadTs, draft, broadcast) {
  const text = draft.text.trim();
  if (!/^\/[a-z]/.test(text)) return say(wire(text, draft.stands), threadTs, broadcast);
  if (threadTs) {
    notify(`${text.split(/\s/)[0]} does not work in threads: Slack's rule. Try it in the channel.`);
    return false;
  }
  const [name, ...rest] = text.split(/\s+/);
  if (name === "/invite") return bring(world, wire(rest.join(" "), draft.stands));
  return command(name, wire(rest.join(" "), draft.stands));
}

/** Slack's own command: whom it names comes into the channel. */
function bring(world, named) {
  const bare = named.replace(/^@/, "").trim().toLowerCase();
  const id = /^<@(\w+)>/.exec(named)?.[1] ?? Object.values(world.people).find((person) => person.name.toLowerCase() === bare)?.id;
  if (id) return invite(id);
  notify("Name whom to invite: /invite @somebody.");
  return false;
}

export function Composer({ world, threadTs = null }) {
  const { draft, setDraft, box, splice } = useDraft();
  const [chosen, setChosen] = useState(0);
  const [shut, setShut] = useState(false);
  const [broadcast, setBroadcast] = useState(false);
  useFocus(box, threadTs);
  const list = shut ? [] : suggestions(world, draft.text, draft.caret);
  const shortcuts = threadTs ? [] : globalShortcuts(world);
  const id = `suggest-${threadTs ? "thread" : "channel"}`;

  const take = (one) => {
    setChosen(0);
    splice(one.all ? 0 : one.start, draft.caret, one.insert, one.stands);
  };
  const submit = async () => {
    if (!draft.text.trim()) return;
    const before = draft;
    setDraft({ text: "", caret: 0, stands: [] });
    if ((await send(world, threadTs, before, broadcast)) === false) setDraft(before);
  };
  const track = (event) => {
    setShut(false);
    setChosen(0);
    setDraft({ ...draft, text: event.target.value, caret: event.target.selectionStart });
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    const act = list.length ? suggestionKey(event, { list, chosen, setChosen, take, text: draft.text, shut: () => setShut(true) }) : false;
    if (act || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  return html`<form class="composer" onSubmit=${(event) => { event.preventDefault(); submit(); }}>
    <${Suggestions} list=${list} chosen=${chosen} take=${take} id=${id} />
    <textarea
      ref=${box}
      rows=${Math.min(8, draft.text.split("\n").length)}
      value=${draft.text}
      placeholder=${placeholderOf(world, threadTs)}
      aria-label=${placeholderOf(world, threadTs)}
      aria-autocomplete="list"
      aria-controls=${list.length ? id : undefined}
      aria-activedescendant=${list.length ? `${id}-${chosen}` : undefined}
      onInput=${track}
      onClick=${(event) => setDraft({ ...draft, caret: event.target.selectionStart })}
      onKeyDown=${onKeyDown}
    ></textarea>
    <div class="composer-foot">
      <${EmojiPicker} label=${html`<span class="glyph">☺</span>`} title="Add an emoji" pick=${(name) => splice(draft.caret, draft.caret, emoji(name))} />
      <button type="button" class="btn btn-icon" title="Mention someone" aria-label="Mention someone" onClick=${() => splice(draft.caret, draft.caret, /\s$|^$/.test(draft.text.slice(0, draft.caret)) ? "@" : " @")}>@</button>
      ${!threadTs && world.apps.length > 0 && html`<button type="button" class="btn btn-icon" title="Commands" aria-label="Commands" onClick=${() => splice(0, draft.text.length, "/")}>/</button>`}
      ${shortcuts.length > 0 && html`<${Menu} label="⚡" title="Shortcuts" items=${shortcuts} end=${false} />`}
      ${threadTs && world.place.kind !== "im" && html`<label class="choice also"><input type="checkbox" checked=${broadcast} onChange=${(event) => setBroadcast(event.target.checked)} /><span>Also send to #${world.place.name}</span></label>`}
      <span class="composer-as">as ${nameOf(world, world.me)}</span>
      <button type="submit" class="btn btn-send" aria-label="Send" title="Send (Enter)" disabled=${!draft.text.trim()}>➤</button>
    </div>
  </form>`;
}

/** Arrows choose, Enter and Tab take, Escape shuts: true when the key was used up. */
function suggestionKey(event, { list, chosen, setChosen, take, text, shut }) {
  if (event.key === "Enter" && text === list[chosen].key) return false;
  const keys = {
    ArrowDown: () => setChosen((chosen + 1) % list.length),
    ArrowUp: () => setChosen((chosen - 1 + list.length) % list.length),
    Enter: () => take(list[chosen]),
    Tab: () => take(list[chosen]),
    Escape: shut,
  };
  if (!keys[event.key] || event.shiftKey) return false;
  event.preventDefault();
  keys[event.key]();
  return true;
}
