// A surface carries blocks that can be used: a message, a modal, the App Home. It remembers what was chosen and sends what was used.
import { useReducer, useRef } from "./html.js";
import { actionOf, FIELDS, initialOf, keyOf, stateValues, valueOf } from "./fields.js";
import { confirmed } from "./confirm.js";

/** `identity` names the surface: another one starts afresh. `send(action, values)` tells the app what was used. */
export function useSurface({ identity, blocks, saved, send, world, inModal = false }) {
  const memory = useRef({ identity: null, values: new Map() });
  const [, redraw] = useReducer((count) => count + 1, 0);
  if (memory.current.identity !== identity) memory.current = { identity, values: savedValues(saved) };
  const { values } = memory.current;
  const state = () => stateValues(blocks, values);

  const set = (block, element, value) => {
    values.set(keyOf(block, element), value);
    redraw();
  };
  const act = async (block, element, extra) => {
    if (!(await confirmed(element.confirm))) return false;
    send(actionOf(block, element, extra), state());
    return true;
  };
  /** A choice: remembered, and sent at once unless it stands in an input block that does not ask for it. */
  const choose = async (block, element, value) => {
    const before = valueOf(values, block, element);
    set(block, element, value);
    if (block.type === "input" && !block.dispatch_action) return;
    if (JSON.stringify(before) === JSON.stringify(value)) return;
    if (!(await act(block, element, { [FIELDS[element.type].key]: value }))) set(block, element, before);
  };
  const value = (block, element) => valueOf(values, block, element);
  return { world, inModal, identity, value, set, act, choose, state };
}

function savedValues(saved) {
  const values = new Map();
  for (const [block, actions] of Object.entries(saved ?? {}))
    for (const [action, chosen] of Object.entries(actions)) {
      const field = FIELDS[chosen.type];
      if (field) values.set(`${block}|${action}`, chosen[field.key] ?? initialOf({ type: chosen.type }));
    }
  return values;
}
