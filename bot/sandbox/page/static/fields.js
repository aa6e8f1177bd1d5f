// What each interactive element holds, and under which key Slack reports it: one table for drawing, sending and state.values.
const chosen = (key, initial) => ({ key, initial });

export const FIELDS = {
  plain_text_input: chosen("value", "initial_value"),
  email_text_input: chosen("value", "initial_value"),
  url_text_input: chosen("value", "initial_value"),
  number_input: chosen("value", "initial_value"),
  static_select: chosen("selected_option", "initial_option"),
  external_select: chosen("selected_option", "initial_option"),
  users_select: chosen("selected_user", "initial_user"),
  conversations_select: chosen("selected_conversation", "initial_conversation"),
  channels_select: chosen("selected_channel", "initial_channel"),
  multi_static_select: chosen("selected_options", "initial_options"),
  multi_external_select: chosen("selected_options", "initial_options"),
  multi_users_select: chosen("selected_users", "initial_users"),
  multi_conversations_select: chosen("selected_conversations", "initial_conversations"),
  multi_channels_select: chosen("selected_channels", "initial_channels"),
  datepicker: chosen("selected_date", "initial_date"),
  timepicker: chosen("selected_time", "initial_time"),
  datetimepicker: chosen("selected_date_time", "initial_date_time"),
  checkboxes: chosen("selected_options", "initial_options"),
  radio_buttons: chosen("selected_option", "initial_option"),
};

const LISTS = new Set(["selected_options", "selected_users", "selected_conversations", "selected_channels"]);

/** What the element starts with: its initial value, an empty list, or null. */
export function initialOf(element) {
  const field = FIELDS[element.type];
  return element[field.initial] ?? (LISTS.has(field.key) ? [] : null);
}

export const keyOf = (block, element) => `${block.block_id ?? ""}|${element.action_id ?? ""}`;

export const valueOf = (values, block, element) =>
  values.has(keyOf(block, element)) ? values.get(keyOf(block, element)) : initialOf(element);

/** The elements of a block that a person can use. */
export const elementsOf = (block) => [block.element, block.accessory, ...(block.type === "actions" ? block.elements ?? [] : [])].filter(Boolean);

/** `state.values` as Slack sends it: block id, then action id. */
export function stateValues(blocks, values) {
  const state = {};
  for (const block of blocks ?? [])
    for (const element of elementsOf(block)) {
      const field = FIELDS[element.type];
      if (!field || !element.action_id) continue;
      const value = valueOf(values, block, element);
      (state[block.block_id] ??= {})[element.action_id] = { type: element.type, [field.key]: value === "" ? null : value };
    }
  return state;
}

/** The one entry of `actions` for an element that was just used. */
export function actionOf(block, element, extra = {}) {
  const base = { type: element.type, action_id: element.action_id, block_id: block.block_id };
  if (element.type === "button") return { ...base, text: element.text, ...(element.value ? { value: element.value } : {}), ...extra };
  return { ...base, ...extra };
}
