// Slack's mrkdwn to elements. Text becomes text nodes only; `world` gives names, the viewer's zone and locale, and the sandbox time.
import { classes, html } from "./html.js";
import { emoji, knowsEmoji, withEmoji } from "./emoji.js";
import { dateWords } from "./when.js";
import { nameOf } from "./people.js";
import { follow, placeOf } from "./permalink.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

export const unescape = (text) => String(text ?? "").replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** Only addresses that cannot run script become links. */
export const safeUrl = (url) => (/^(https?:|mailto:|tel:|slack:)/i.test(String(url).trim()) ? String(url).trim() : null);

export function Link({ url, children }) {
  const href = safeUrl(unescape(url));
  if (!href) return html`<span>${children}</span>`;
  if (placeOf(href)) {
    const stay = (event) => {
      event.preventDefault();
      follow(href);
    };
    return html`<a href=${href} onClick=${stay}>${children}</a>`;
  }
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

export function Mention({ id, label, world }) {
  const name = world.people[id] ? nameOf(world, id) : label || id;
  return html`<span class=${classes("mention", id === world.me && "mention-me")}>@${name}</span>`;
}

export function ChannelMention({ id, label, world }) {
  const name = world.names[id];
  return name
    ? html`<a class="mention" href=${`#as=${world.me}&at=${id}`}>#${name}</a>`
    : html`<span class="mention">#${label || "private-channel"}</span>`;
}

export function Emoji({ name }) {
  return knowsEmoji(name)
    ? html`<span class="emoji" role="img" aria-label=${name} title=${`:${name}:`}>${emoji(name)}</span>`
    : html`<span>:${name}:</span>`;
}

const BROADCAST = new Set(["here", "channel", "everyone"]);

function special(body, label, world) {
  const [word, ...rest] = body.split("^");
  if (BROADCAST.has(word)) return html`<span class="mention mention-me">@${word}</span>`;
  if (word === "subteam") return html`<span class="mention">${label || rest[0]}</span>`;
  if (word !== "date") return html`<span>${unescape(label || body)}</span>`;
  const [seconds, pattern, link] = rest;
  const text = /^\d+$/.test(seconds ?? "") && pattern ? dateWords(pattern, Number(seconds), world) : unescape(label);
  return link ? html`<${Link} url=${link}>${text}<//>` : html`<time title=${unescape(label)}>${text}</time>`;
}

function angle(inside, world) {
  const bar = inside.indexOf("|");
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  if (body.startsWith("@")) return html`<${Mention} id=${body.slice(1)} label=${unescape(label)} world=${world} />`;
  if (body.startsWith("#")) return html`<${ChannelMention} id=${body.slice(1)} label=${unescape(label)} world=${world} />`;
  if (body.startsWith("!")) return special(body.slice(1), label, world);
  return html`<${Link} url=${body}>${withEmoji(unescape(label || body.replace(/^mailto:/, "")))}<//>`;
}

const STYLES = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|[*_~]/g;
const WORDY = /[\p{L}\p{N}]/u;

/** Where the marker at `start` is closed again on its line, or -1 when it is only a character. */
function closing(text, start) {
  const mark = text[start];
  if (start > 0 && WORDY.test(text[start - 1])) return -1;
  if (!text[start + 1] || /\s/.test(text[start + 1]) || text[start + 1] === mark) return -1;
  for (let end = text.indexOf(mark, start + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (text.slice(start, end).includes("\n")) return -1;
    if (!/\s/.test(text[end - 1]) && !(text[end + 1] && WORDY.test(text[end + 1]))) return end;
  }
  return -1;
}

/** The parts of one run of text, styled. */
export function inline(text, world) {
  const parts = [];
  let from = 0;
  const plain = (to) => to > from && parts.push(unescape(text.slice(from, to)));
  const scan = new RegExp(TOKEN);
  for (let found = scan.exec(text); found; found = scan.exec(text)) {
    const [whole, code, inside, short] = found;
    const end = STYLES[whole] ? closing(text, found.index) : found.index + whole.length;
    if (end < 0 || (short && !knowsEmoji(short))) continue;
    plain(found.index);
    if (code) parts.push(html`<code>${unescape(code)}</code>`);
    else if (inside) parts.push(angle(inside, world));
    else if (short) parts.push(html`<${Emoji} name=${short} />`);
    else parts.push(html`<${STYLES[whole]}>${inline(text.slice(found.index + 1, end), world)}<//>`);
    from = STYLES[whole] ? end + 1 : end;
    scan.lastIndex = from;
  }
  plain(text.length);
  return parts;
}

const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^(\s*)(•|◦|▪︎|-|\d+\.)\s+/;

function lineKind(line) {
  if (QUOTE.test(line)) return "quote";
  return ITEM.test(line) ? "item" : "text";
}

function Item({ line, world }) {
  const [whole, indent, mark] = ITEM.exec(line);
  const bullet = mark === "-" ? "•" : mark;
  return html`<span class="md-item" style=${{ marginInlineStart: `${indent.length * 0.5}em` }}>
    <span class="md-bullet">${bullet}</span><span>${inline(line.slice(whole.length), world)}</span>
  </span>`;
}

const withBreaks = (lines, world) =>
  lines.flatMap((line, index) => (index ? [html`<br />`, ...inline(line, world)] : inline(line, world)));

function group(kind, lines, world) {
  if (kind === "quote") return html`<blockquote>${withBreaks(lines.map((line) => line.replace(QUOTE, "")), world)}</blockquote>`;
  if (kind === "item") return lines.map((line) => html`<${Item} line=${line} world=${world} />`);
  return html`<span class="md-text">${withBreaks(lines, world)}</span>`;
}

function paragraphs(text, world) {
  const groups = [];
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) {
    const kind = lineKind(line);
    if (groups.at(-1)?.kind === kind) groups.at(-1).lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(({ kind, lines }) => group(kind, lines, world));
}

/** A whole mrkdwn text: code blocks, quotes, lists and styled runs. */
export function Mrkdwn({ text, world }) {
  const parts = String(text ?? "").split(/```([\s\S]+?)```/);
  const drawn = parts.map((part, index) => {
    if (index % 2) return html`<pre>${unescape(part.replace(/^\n/, ""))}</pre>`;
    return part.trim() ? paragraphs(part, world) : null;
  });
  return html`<div class="md">${drawn}</div>`;
}

/** A text object of Block Kit: `mrkdwn` is styled, `plain_text` only gets its emoji. */
export function Text({ of, world }) {
  if (!of) return null;
  if (of.type === "mrkdwn") return html`<${Mrkdwn} text=${of.text} world=${world} />`;
  return html`<span class="plain">${plainText(of)}</span>`;
}

export const plainText = (of) => withEmoji(unescape(of?.text));
