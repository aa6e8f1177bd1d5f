// Interactive elements of Block Kit. Native inputs underneath: keyboards, phones and screen readers already know them.
import { classes, html, useState } from "./html.js";
import { Menu } from "./menu.js";
import { plainText, safeUrl, Text } from "./mrkdwn.js";
import { nameOf } from "./people.js";
import { follow, placeOf } from "./permalink.js";
import { instantOf, wallClockOf } from "./when.js";

const labelOf = (block, element) => plainText(block.label) || plainText(element.placeholder) || plainText(block.text) || element.action_id;

export const fieldId = (block, surface) => `field-${surface.identity}-${block.block_id}`;
export const noteId = (block, surface) => `note-${surface.identity}-${block.block_id}`;

/** What ties an input to its label, its hint and its error. */
const described = (block, element, surface) =>
  block.type === "input"
    ? { id: fieldId(block, surface), "aria-describedby": noteId(block, surface) }
    : { "aria-label": labelOf(block, element) };

function Button({ block, element, surface }) {
  const url = element.url && safeUrl(element.url);
  const press = () => {
    if (url) follow(url);
    surface.act(block, element);
  };
  const style = { primary: "btn-primary", danger: "btn-danger" }[element.style];
  return html`<button type="button" class=${classes("btn", style)} aria-label=${element.accessibility_label} onClick=${press}>
    ${plainText(element.text)}${url && !placeOf(url) && html`<span class="out" aria-hidden="true">↗</span>`}
  </button>`;
}

function Overflow({ block, element, surface }) {
  const pick = (option) => () => {
    if (option.url && safeUrl(option.url)) follow(safeUrl(option.url));
    surface.act(block, element, { selected_option: option });
  };
  const items = (element.options ?? []).map((option) => ({ text: plainText(option.text), note: plainText(option.description), run: pick(option) }));
  return html`<${Menu} label="⋯" title="More actions" items=${items} className="btn btn-overflow" />`;
}

const optionLabel = (option) => plainText(option.text) + (option.description ? ` – ${plainText(option.description)}` : "");

const groupsOf = (element) =>
  element.option_groups?.map((group) => ({ label: plainText(group.label), options: group.options ?? [] })) ?? [
    { label: null, options: element.options ?? [] },
  ];

/** choices: [{ label, options: [{ id, text, value }] }], `value` as Slack reports it. */
function choicesOf(element, world) {
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "static_select" || kind === "external_select")
    return groupsOf(element).map(({ label, options }) => ({
      label,
      options: options.map((option) => ({ id: option.value, text: optionLabel(option), value: option })),
    }));
  if (kind === "users_select") return [{ options: userChoices(world) }];
  const open = world.channels.filter((one) => kind === "conversations_select" || one.kind !== "im");
  return [{ options: open.map((one) => ({ id: one.id, text: one.kind === "im" ? nameOf(world, one.with) : `#${one.name}`, value: one.id })) }];
}

const userChoices = (world) =>
  Object.values(world.people)
    .filter((person) => person.selectable)
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((person) => ({ id: person.id, text: person.name, value: person.id }));

const idOf = (value) => (value && typeof value === "object" ? value.value : value ?? "");

function Options({ choices }) {
  const options = (list) => list.map((choice) => html`<option key=${choice.id} value=${choice.id}>${choice.text}</option>`);
  return choices.map(({ label, options: list }) => (label ? html`<optgroup label=${label}>${options(list)}</optgroup>` : options(list)));
}

function Select({ block, element, surface }) {
  const choices = choicesOf(element, surface.world);
  const value = surface.value(block, element);
  const all = choices.flatMap((group) => group.options);
  const known = all.some((choice) => choice.id === idOf(value));
  const pick = (event) => {
    const choice = all.find((one) => one.id === event.target.value);
    if (choice || block.optional) surface.choose(block, element, choice?.value ?? null);
  };
  return html`<select class="field select" ...${described(block, element, surface)} value=${idOf(value)} onChange=${pick}>
    <option value="" disabled=${!block.optional} hidden=${!block.optional}>${plainText(element.placeholder) || "Choose…"}</option>
    ${!known && value && html`<option value=${idOf(value)}>${typeof value === "object" ? optionLabel(value) : nameOf(surface.world, value)}</option>`}
    <${Options} choices=${choices} />
  </select>`;
}

function MultiSelect({ block, element, surface }) {
  const choices = choicesOf(element, surface.world);
  const all = choices.flatMap((group) => group.options);
  const values = surface.value(block, element) ?? [];
  const picked = values.map(idOf);
  const textOf = (value) => all.find((one) => one.id === idOf(value))?.text ?? (value.text ? optionLabel(value) : String(value));
  const add = (event) => {
    const choice = all.find((one) => one.id === event.target.value);
    if (choice) surface.choose(block, element, [...values, choice.value]);
    event.target.value = "";
  };
  const drop = (id) => () => surface.choose(block, element, values.filter((value) => idOf(value) !== id));
  const left = choices.map((group) => ({ ...group, options: group.options.filter((one) => !picked.includes(one.id)) }));
  const full = element.max_selected_items && picked.length >= element.max_selected_items;
  return html`<div class="multi">
    ${values.map(
      (value) => html`<button type="button" class="chip" key=${idOf(value)} aria-label=${`Remove ${textOf(value)}`} onClick=${drop(idOf(value))}>
        ${textOf(value)} <span aria-hidden="true">×</span>
      </button>`,
    )}
    <select class="field select" ...${described(block, element, surface)} value="" disabled=${full} onChange=${add}>
      <option value="">${full ? "That is all" : picked.length ? "Add…" : plainText(element.placeholder) || "Choose…"}</option>
      <${Options} choices=${left} />
    </select>
  </div>`;
}

const INPUT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text", plain_text_input: "text" };

function TextInput({ block, element, surface }) {
  const value = surface.value(block, element) ?? "";
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const dispatches = block.type !== "input" || block.dispatch_action;
  const send = () => surface.act(block, element, { value: surface.value(block, element) });
  const onInput = (event) => {
    surface.set(block, element, event.target.value);
    if (dispatches && on.includes("on_character_entered")) send();
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || element.multiline || event.isComposing) return;
    if (dispatches && on.includes("on_enter_pressed")) {
      event.preventDefault();
      send();
    }
  };
  const shared = {
    class: "field",
    value,
    onInput,
    onKeyDown,
    placeholder: plainText(element.placeholder),
    maxLength: element.max_length,
    autofocus: element.focus_on_load,
    ...described(block, element, surface),
  };
  if (element.multiline) return html`<textarea rows="4" ...${shared}></textarea>`;
  const mode = element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined;
  return html`<input type=${INPUT_TYPES[element.type]} inputmode=${mode} ...${shared} />`;
}

function Picker(type) {
  return ({ block, element, surface }) =>
    html`<input
      type=${type}
      class="field field-when"
      ...${described(block, element, surface)}
      value=${surface.value(block, element) ?? ""}
      onChange=${(event) => surface.choose(block, element, event.target.value || null)}
    />`;
}

function DateTime({ block, element, surface }) {
  const { zone } = surface.world;
  const value = surface.value(block, element);
  const pick = (event) => surface.choose(block, element, event.target.value ? instantOf(event.target.value, zone) : null);
  return html`<input
    type="datetime-local"
    class="field field-when"
    ...${described(block, element, surface)}
    value=${value ? wallClockOf(value, zone) : ""}
    onChange=${pick}
  />`;
}

function Choice({ type, name, option, on, toggle, world }) {
  return html`<label class="choice">
    <input type=${type} name=${name} checked=${on} onChange=${toggle} />
    <span><${Text} of=${option.text} world=${world} />${option.description && html`<small><${Text} of=${option.description} world=${world} /></small>`}</span>
  </label>`;
}

function Checkboxes({ block, element, surface }) {
  const values = surface.value(block, element) ?? [];
  const has = (option) => values.some((value) => value.value === option.value);
  const toggle = (option) => () =>
    surface.choose(block, element, has(option) ? values.filter((value) => value.value !== option.value) : [...values, option]);
  return html`<div class="choices" role="group" aria-label=${labelOf(block, element)}>
    ${(element.options ?? []).map(
      (option) => html`<${Choice} type="checkbox" option=${option} on=${has(option)} toggle=${toggle(option)} world=${surface.world} />`,
    )}
  </div>`;
}

function Radios({ block, element, surface }) {
  const value = surface.value(block, element);
  const [name] = useState(() => `radio-${Math.random().toString(36).slice(2)}`);
  return html`<div class="choices" role="radiogroup" aria-label=${labelOf(block, element)}>
    ${(element.options ?? []).map(
      (option) => html`<${Choice}
        type="radio"
        name=${name}
        option=${option}
        on=${value?.value === option.value}
        toggle=${() => surface.choose(block, element, option)}
        world=${surface.world}
      />`,
    )}
  </div>`;
}

const ELEMENTS = {
  button: Button,
  workflow_button: Button,
  overflow: Overflow,
  static_select: Select,
  external_select: Select,
  users_select: Select,
  conversations_select: Select,
  channels_select: Select,
  multi_static_select: MultiSelect,
  multi_external_select: MultiSelect,
  multi_users_select: MultiSelect,
  multi_conversations_select: MultiSelect,
  multi_channels_select: MultiSelect,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  datepicker: Picker("date"),
  timepicker: Picker("time"),
  datetimepicker: DateTime,
  checkboxes: Checkboxes,
  radio_buttons: Radios,
};

export const isGroup = (element) => ["checkboxes", "radio_buttons"].includes(element?.type);

export function Element({ block, element, surface }) {
  const draw = ELEMENTS[element.type];
  if (!draw) return html`<span class="unknown">“${element.type}” is not shown here</span>`;
  return html`<${draw} block=${block} element=${element} surface=${surface} />`;
}

/** Whether a person left an element empty, as Slack sees it. */
export const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
