// The one place that knows the view library: a component is a function that returns html`...`.
// Values are set as text and properties, never parsed as HTML: a hostile name stays a name.
import { Fragment, h, render } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

export { Fragment, h, render };
export { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "./vendor/hooks.js";

export const html = htm.bind(h);

/** Class names that hold, joined: classes("a", on && "b"). */
export const classes = (...names) => names.filter(Boolean).join(" ");
