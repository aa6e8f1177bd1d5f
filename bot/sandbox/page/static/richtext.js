// The rich_text block: what people type in Slack, already parsed into elements.
import { classes, html } from "./html.js";
import { ChannelMention, Emoji, Link, Mention } from "./mrkdwn.js";
import { dateWords } from "./when.js";

const ELEMENTS = {
  text: ({ of }) => html`<span>${of.text}</span>`,
  link: ({ of }) => html`<${Link} url=${of.url}>${of.text || of.url}<//>`,
  emoji: ({ of }) => html`<${Emoji} name=${of.name} />`,
  user: ({ of, world }) => html`<${Mention} id=${of.user_id} world=${world} />`,
  channel: ({ of, world }) => html`<${ChannelMention} id=${of.channel_id} world=${world} />`,
  usergroup: ({ of }) => html`<span class="mention">@${of.usergroup_id}</span>`,
  broadcast: ({ of }) => html`<span class="mention mention-me">@${of.range}</span>`,
  color: ({ of }) => html`<code>${of.value}</code>`,
  date: ({ of, world }) =>
    html`<time>${of.format ? dateWords(of.format, of.timestamp, world) : of.fallback}</time>`,
};

const WRAPS = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["code", "code"]];

function Piece({ of, world }) {
  const draw = ELEMENTS[of.type];
  if (!draw) return html`<span>${of.text ?? of.fallback ?? ""}</span>`;
  let drawn = html`<${draw} of=${of} world=${world} />`;
  for (const [style, tag] of WRAPS) if (of.style?.[style]) drawn = html`<${tag}>${drawn}<//>`;
  return drawn;
}

const pieces = (elements, world) => (elements ?? []).map((of) => html`<${Piece} of=${of} world=${world} />`);

function List({ of, world }) {
  const tag = of.style === "ordered" ? "ol" : "ul";
  return html`<${tag} class=${classes("rt-list", `rt-indent-${Math.min(of.indent ?? 0, 4)}`)} start=${of.offset ? of.offset + 1 : undefined}>
    ${(of.elements ?? []).map((item) => html`<li>${pieces(item.elements, world)}</li>`)}
  <//>`;
}

const SECTIONS = {
  rich_text_section: ({ of, world }) => html`<div class="rt-section">${pieces(of.elements, world)}</div>`,
  rich_text_list: List,
  rich_text_quote: ({ of, world }) => html`<blockquote class="rt-section">${pieces(of.elements, world)}</blockquote>`,
  rich_text_preformatted: ({ of, world }) => html`<pre>${pieces(of.elements, world)}</pre>`,
};

export function RichText({ block, world }) {
  return html`<div class="md">
    ${(block.elements ?? []).map((of) => SECTIONS[of.type] && html`<${SECTIONS[of.type]} of=${of} world=${world} />`)}
  </div>`;
}
