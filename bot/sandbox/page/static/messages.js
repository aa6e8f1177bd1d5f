// The message list: days, authors, reactions, files, and the menu that comes up on a message.
import { classes, html, useLayoutEffect, useRef, useState } from "./html.js";
import { dismiss, edit, press, react, remove, shortcut, unreact } from "./api.js";
import { Blocks, Picture } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { emoji } from "./emoji.js";
import { EmojiPicker, Menu } from "./menu.js";
import { Mrkdwn, safeUrl, unescape } from "./mrkdwn.js";
import { Avatar, Badge, nameOf, personOf } from "./people.js";
import { go } from "./state.js";
import { useSurface } from "./surface.js";
import { ago, clockTime, dayKey, fullTime, longDay } from "./when.js";

const seconds = (message) => Number(message.ts);
const isSystem = (message) => ["channel_join", "channel_leave", "group_join", "group_leave"].includes(message.subtype);
const authorOf = (message) => message.user ?? message.bot_user ?? message.bot_id;

/** A message continues the one before it: same author, no more than five minutes later, same day. */
function continues(message, before, zone) {
  if (!before || isSystem(before) || isSystem(message) || message.ephemeral !== before.ephemeral) return false;
  if (authorOf(before) !== authorOf(message) || before.username !== message.username || message.subtype === "tombstone") return false;
  return seconds(message) - seconds(before) < 300 && dayKey(seconds(message), zone) === dayKey(seconds(before), zone);
}

/** Only typed text: shown from its mrkdwn, so that what people style by hand is styled. */
const isTyped = (message) => !message.bot_id && (message.blocks ?? []).every((block) => block.type === "rich_text");

function Content({ message, world }) {
  const send = (action, values) => press({ message, action, values });
  const surface = useSurface({ identity: message.ts, blocks: message.blocks, saved: message.state, send, world });
  const blocks = !isTyped(message) && message.blocks?.length;
  return html`${blocks ? html`<${Blocks} blocks=${message.blocks} surface=${surface} />` : html`<${Mrkdwn} text=${message.text} world=${world} />`}
    ${(message.attachments ?? []).map((one) => html`<${Attachment} of=${one} surface=${surface} />`)}
    ${message.edited && !blocks && html`<span class="edited" title=${fullTime(Number(message.edited.ts), world.zone)}>(edited)</span>`}`;
}

function Attachment({ of, surface }) {
  return html`<div class="attachment">
    ${of.title && html`<strong>${unescape(of.title)}</strong>`}
    ${of.text && html`<${Mrkdwn} text=${of.text} world=${surface.world} />`}
    ${of.blocks && html`<${Blocks} blocks=${of.blocks} surface=${surface} />`}
  </div>`;
}

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function File({ file }) {
  const url = file.page_url && safeUrl(new URL(file.page_url, location.href).href);
  if (file.mimetype?.startsWith("image/") && url) return html`<${Picture} url=${url} alt=${file.title || file.name} className="file-image" />`;
  return html`<a class="file" href=${url} download=${file.name}>
    <span class="file-kind" aria-hidden="true">${(file.filetype || "file").slice(0, 4).toUpperCase()}</span>
    <span><strong>${file.title || file.name}</strong><small>${sizeOf(file.size ?? 0)}</small></span>
  </a>`;
}

function Reactions({ message, world }) {
  if (!message.reactions?.length) return null;
  const toggle = (one) => () => (one.users.includes(world.me) ? unreact : react)(message, one.name);
  const who = (one) => `${one.users.map((id) => nameOf(world, id)).join(", ")} reacted with :${one.name}:`;
  return html`<div class="reactions">
    ${message.reactions.map(
      (one) => html`<button
        type="button"
        key=${one.name}
        class=${classes("reaction", one.users.includes(world.me) && "on")}
        aria-pressed=${one.users.includes(world.me)}
        aria-label=${who(one)}
        title=${who(one)}
        onClick=${toggle(one)}
      >
        <span>${emoji(one.name)}</span> ${one.users.length}
      </button>`,
    )}
    <${EmojiPicker} label="☺+" title="Add a reaction" className="reaction reaction-add" pick=${(name) => react(message, name)} />
  </div>`;
}

function Replies({ message, world }) {
  if (!message.reply_count) return null;
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return html`<button type="button" class="replies" onClick=${() => go({ thread: message.ts })}>
    ${(message.reply_users ?? []).slice(0, 4).map((id) => html`<${Avatar} world=${world} id=${id} size="small" />`)}
    <span class="replies-count">${count}</span>
    <span class="replies-when">Last reply ${ago(Number(message.latest_reply), world.now)}</span>
  </button>`;
}

const QUICK = ["eyes", "white_check_mark", "raised_hands"];

async function askAndRemove(message) {
  const question = {
    title: { text: "Delete message" },
    text: { type: "plain_text", text: "Are you sure you want to delete this message? This cannot be undone." },
    confirm: { text: "Delete" },
    style: "danger",
  };
  if (await confirmed(question)) remove(message);
}

function shortcutsOf(message, world) {
  return world.apps.flatMap((app) =>
    app.shortcuts
      .filter((one) => one.type === "message")
      .map((one) => ({ text: one.name, note: app.name, run: () => shortcut(one.callback_id, message) })),
  );
}

function MessageMenu({ message, world, inThread, startEdit }) {
  const mine = message.user === world.me && !message.bot_id;
  const items = [
    mine && { text: "Edit message", run: startEdit },
    mine && { text: "Delete message…", danger: true, run: () => askAndRemove(message) },
    ...shortcutsOf(message, world),
  ].filter(Boolean);
  return html`<div class="message-menu" role="toolbar" aria-label="Message actions">
    ${QUICK.map(
      (name) => html`<button type="button" class="btn btn-icon" aria-label=${`React with ${name}`} title=${`:${name}:`} onClick=${() => react(message, name)}>
        ${emoji(name)}
      </button>`,
    )}
    <${EmojiPicker} label=${html`<span class="glyph">☺</span>`} title="Find another reaction" end=${true} pick=${(name) => react(message, name)} />
    ${!inThread &&
    html`<button type="button" class="btn btn-icon" aria-label="Reply in thread" title="Reply in thread" onClick=${() => go({ thread: message.thread_ts ?? message.ts })}>
      <span class="glyph">💬</span>
    </button>`}
    ${items.length > 0 && html`<${Menu} label=${html`<span class="glyph">⋮</span>`} title="More actions" items=${items} />`}
  </div>`;
}

function Editor({ message, done }) {
  const [text, setText] = useState(unescape(message.text));
  const save = async () => {
    if (text.trim() && text !== unescape(message.text)) await edit(message, text.trim());
    done();
  };
  const onKeyDown = (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  };
  return html`<div class="editor">
    <textarea class="field" rows="2" aria-label="Edit message" value=${text} ref=${(box) => box && document.activeElement !== box && box.focus()}
      onInput=${(event) => setText(event.target.value)} onKeyDown=${onKeyDown}></textarea>
    <div class="editor-foot">
      <button type="button" class="btn" onClick=${done}>Cancel</button>
      <button type="button" class="btn btn-primary" onClick=${save}>Save</button>
    </div>
  </div>`;
}

function Head({ message, world }) {
  const person = personOf(world, authorOf(message));
  const at = seconds(message);
  return html`<header class="message-head">
    <span class="author">${message.username || person.name}</span>
    <${Badge} person=${message.bot_id ? { kind: "app" } : person} />
    ${person.status && html`<span title=${person.status.text}>${emoji(person.status.emoji.replaceAll(":", ""))}</span>`}
    <time title=${fullTime(at, world.zone)}>${clockTime(at, world.zone, world.locale)}</time>
  </header>`;
}

export function Message({ message, before, world, inThread = false, last = false }) {
  const [editing, setEditing] = useState(false);
  if (isSystem(message)) return html`<${SystemLine} message=${message} world=${world} />`;
  const compact = continues(message, before, world.zone);
  const usable = !message.ephemeral && message.subtype !== "tombstone" && world.place?.member;
  const toMe = message.text?.includes(`<@${world.me}>`);
  return html`<article
    class=${classes("message", compact && "compact", !isTyped(message) && "drawn", message.ephemeral && "ephemeral", toMe && "to-me")}
    tabindex=${last ? 0 : -1}
    aria-label=${`${message.username || nameOf(world, authorOf(message))}, ${clockTime(seconds(message), world.zone, world.locale)}`}
  >
    <div class="message-side">
      ${compact
        ? html`<time class="side-time" aria-hidden="true">${clockTime(seconds(message), world.zone, world.locale)}</time>`
        : html`<${Avatar} world=${world} id=${authorOf(message)} />`}
    </div>
    <div class="message-main">
      ${message.ephemeral && html`<div class="only-you"><span aria-hidden="true">👁️</span> Only visible to you</div>`}
      ${!compact && html`<${Head} message=${message} world=${world} />`}
      ${message.broadcast && !inThread && html`<div class="broadcast">replied to a thread</div>`}
      ${editing
        ? html`<${Editor} message=${message} done=${() => setEditing(false)} />`
        : html`<div class=${classes("content", message.subtype === "tombstone" && "tombstone")}><${Content} message=${message} world=${world} /></div>`}
      ${message.files?.length > 0 && html`<div class="files">${message.files.map((file) => html`<${File} file=${file} />`)}</div>`}
      <${Reactions} message=${message} world=${world} />
      ${message.ephemeral && html`<button type="button" class="dismiss" onClick=${() => dismiss(message)}>Dismiss message</button>`}
      ${!inThread && html`<${Replies} message=${message} world=${world} />`}
    </div>
    ${usable && html`<${MessageMenu} message=${message} world=${world} inThread=${inThread} startEdit=${() => setEditing(true)} />`}
  </article>`;
}

const SystemLine = ({ message, world }) =>
  html`<div class="system-line"><${Mrkdwn} text=${message.text} world=${world} /><time>${clockTime(seconds(message), world.zone, world.locale)}</time></div>`;

/** Arrow keys walk from message to message. */
function walkMessages(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.tagName !== "ARTICLE") return;
  const all = [...event.currentTarget.querySelectorAll("article")];
  all[all.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

/** Another place opens at its end; from there the layout (column-reverse) keeps the newest in sight by itself. */
function useEnd(identity) {
  const box = useRef(null);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [identity]);
  return box;
}

export function MessageList({ messages, world, identity, inThread = false, intro = null }) {
  const end = useEnd(identity);
  let day = null;
  const drawn = messages.flatMap((message, index) => {
    const key = dayKey(seconds(message), world.zone);
    const divider = key !== day && !inThread;
    day = key;
    const last = index === messages.length - 1;
    return [
      divider && html`<div class="day" key=${key}><span>${longDay(seconds(message), world.zone, world.now)}</span></div>`,
      html`<${Message} key=${message.ts} message=${message} before=${divider ? null : messages[index - 1]} world=${world} inThread=${inThread} last=${last} />`,
    ];
  });
  return html`<div class="messages" ref=${end} onKeyDown=${walkMessages}>
    <div class="messages-inner" role="log" aria-label="Messages" aria-live="polite">
      ${!inThread && html`<div class="messages-spacer"></div>`} ${intro} ${drawn}
    </div>
  </div>`;
}
