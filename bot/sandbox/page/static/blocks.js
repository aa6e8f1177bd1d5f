// Block Kit, drawn. A block that is not known here shows its text, or its name: never nothing, never an error.
import { classes, html } from "./html.js";
import { Chart } from "./chart.js";
import { Element, fieldId, isGroup, noteId } from "./elements.js";
import { inline, Link, Mrkdwn, plainText, Text } from "./mrkdwn.js";
import { RichText } from "./richtext.js";

/** Pictures come from the sandbox itself; anything else is named and linked, so that the page never calls out. */
export function Picture({ url, alt, className }) {
  const local = typeof url === "string" && (url.startsWith("data:image/") || new URL(url, location.href).origin === location.origin);
  if (local) return html`<img class=${className} src=${url} alt=${alt ?? ""} />`;
  return html`<span class=${classes("picture-away", className)} role="img" aria-label=${alt}>🖼️ ${className === "thumb" ? "" : alt}</span>`;
}

function Section({ block, surface }) {
  const { world } = surface;
  return html`<div class="b-section">
    <div class="b-section-text">
      <${Text} of=${block.text} world=${world} />
      ${block.fields?.length > 0 &&
      html`<div class="b-fields">${block.fields.map((field) => html`<div><${Text} of=${field} world=${world} /></div>`)}</div>`}
    </div>
    ${block.accessory && html`<div class="b-accessory"><${Accessory} block=${block} surface=${surface} /></div>`}
  </div>`;
}

function Accessory({ block, surface }) {
  const { accessory } = block;
  if (accessory.type === "image") return html`<${Picture} url=${accessory.image_url} alt=${accessory.alt_text} className="b-thumb" />`;
  return html`<${Element} block=${block} element=${accessory} surface=${surface} />`;
}

const Header = ({ block }) => html`<h3 class="b-header">${plainText(block.text)}</h3>`;

function Context({ block, surface }) {
  return html`<div class="b-context">
    ${(block.elements ?? []).map((element) =>
      element.type === "image"
        ? html`<${Picture} url=${element.image_url} alt=${element.alt_text} className="thumb" />`
        : html`<span class="b-context-text">${element.type === "mrkdwn" ? inline(element.text, surface.world) : plainText(element)}</span>`,
    )}
  </div>`;
}

const Actions = ({ block, surface }) =>
  html`<div class="b-actions">
    ${(block.elements ?? []).map((element) => html`<${Element} key=${element.action_id} block=${block} element=${element} surface=${surface} />`)}
  </div>`;

function Input({ block, surface, error }) {
  const label = html`${plainText(block.label)}${block.optional && html` <span class="optional">(optional)</span>`}`;
  const name = isGroup(block.element)
    ? html`<div class="b-label">${label}</div>`
    : html`<label class="b-label" for=${fieldId(block, surface)}>${label}</label>`;
  return html`<div class=${classes("b-input", error && "has-error")}>
    ${name}
    <${Element} block=${block} element=${block.element} surface=${surface} />
    <div id=${noteId(block, surface)}>
      ${error && html`<p class="b-error" role="alert">${error}</p>`} ${block.hint && html`<p class="b-hint">${plainText(block.hint)}</p>`}
    </div>
  </div>`;
}

const Image = ({ block }) =>
  html`<figure class="b-image">
    ${block.title && html`<figcaption>${plainText(block.title)}</figcaption>`}
    <${Picture} url=${block.image_url ?? block.slack_file?.url} alt=${block.alt_text} />
  </figure>`;

function Cell({ cell, world }) {
  if (cell?.type === "rich_text") return html`<${RichText} block=${cell} world=${world} />`;
  if (cell?.type === "raw_number") return html`${cell.text ?? cell.value}`;
  return html`${plainText(cell)}`;
}

function Table({ block, surface }) {
  const [head = [], ...rows] = block.rows ?? [];
  const align = (index) => {
    const column = block.column_settings?.[index] ?? {};
    return classes(`align-${column.align ?? "left"}`, column.is_wrapped && "wrapped");
  };
  return html`<div class="b-table" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>${head.map((cell, i) => html`<th scope="col" class=${align(i)}><${Cell} cell=${cell} world=${surface.world} /></th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class=${align(i)}><${Cell} cell=${cell} world=${surface.world} /></td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

function Alert({ block, surface }) {
  const marks = { info: "ℹ️", success: "✅", warning: "⚠️", error: "⛔" };
  return html`<div class=${`b-alert b-alert-${block.level ?? "info"}`} role="note">
    <span aria-hidden="true">${marks[block.level] ?? marks.info}</span><${Text} of=${block.text} world=${surface.world} />
  </div>`;
}

const Card = ({ block, surface }) =>
  html`<div class="b-card">
    ${block.title && html`<strong><${Text} of=${block.title} world=${surface.world} /></strong>`}
    ${block.subtitle && html`<small><${Text} of=${block.subtitle} world=${surface.world} /></small>`}
    <${Text} of=${block.body} world=${surface.world} />
    ${block.actions && html`<${Actions} block=${{ ...block, elements: block.actions }} surface=${surface} />`}
  </div>`;

const Carousel = ({ block, surface }) =>
  html`<div class="b-carousel" tabindex="0" role="region" aria-label="Cards">
    ${(block.elements ?? block.cards ?? []).map((card) => html`<${Card} block=${card} surface=${surface} />`)}
  </div>`;

const Container = ({ block, surface }) =>
  html`<div class="b-card">
    ${block.title && html`<strong><${Text} of=${block.title} world=${surface.world} /></strong>`}
    <${Blocks} blocks=${block.child_blocks ?? block.blocks ?? block.elements} surface=${surface} />
  </div>`;

const Markdown = ({ block, surface }) => html`<${Mrkdwn} text=${block.text} world=${surface.world} />`;

const Video = ({ block }) => html`<${Link} url=${block.title_url ?? block.video_url}>▶️ ${plainText(block.title)}<//>`;

const BLOCKS = {
  section: Section,
  header: Header,
  divider: () => html`<hr class="b-divider" />`,
  context: Context,
  actions: Actions,
  input: Input,
  image: Image,
  rich_text: ({ block, surface }) => html`<${RichText} block=${block} world=${surface.world} />`,
  table: Table,
  alert: Alert,
  card: Card,
  carousel: Carousel,
  container: Container,
  markdown: Markdown,
  video: Video,
  data_visualization: Chart,
};

function Unknown({ block, surface }) {
  const text = typeof block.text === "string" ? block.text : block.text?.text;
  return html`<div class="unknown">${text ? html`<${Mrkdwn} text=${text} world=${surface.world} />` : `“${block.type}” is not shown here`}</div>`;
}

/** errors: what the app said about fields, by block id. */
export function Blocks({ blocks, surface, errors = {} }) {
  return html`<div class="blocks">
    ${(blocks ?? []).map((block, index) => {
      const draw = BLOCKS[block.type] ?? Unknown;
      return html`<${draw} key=${block.block_id ?? index} block=${block} surface=${surface} error=${errors[block.block_id]} />`;
    })}
  </div>`;
}
