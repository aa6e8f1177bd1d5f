// Times as the viewer sees them: instants are seconds since 1970, shown in the viewer's own zone and manner.
const DAY = 86400;
const PLAIN = "en-GB";

const formats = new Map();

function format(zone, options, locale) {
  const key = zone + locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return formats.get(key);
}

const show = (seconds, zone, options, locale = PLAIN) => format(zone, options, locale).format(new Date(seconds * 1000));

/** 14:05, or 2:05 PM where that is the custom. */
export function clockTime(seconds, zone, locale = PLAIN) {
  const noon = format(zone, { hour: "numeric" }, locale).resolvedOptions().hour12;
  return show(seconds, zone, { hour: noon ? "numeric" : "2-digit", minute: "2-digit" }, locale);
}

/** 2026-03-09, the viewer's calendar day. */
export function dayKey(seconds, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, PLAIN)
      .formatToParts(new Date(seconds * 1000))
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

const relativeDay = (seconds, zone, now) =>
  ({ [dayKey(now, zone)]: "Today", [dayKey(now - DAY, zone)]: "Yesterday", [dayKey(now + DAY, zone)]: "Tomorrow" })[
    dayKey(seconds, zone)
  ];

export const longDay = (seconds, zone, now) =>
  relativeDay(seconds, zone, now) ?? show(seconds, zone, { weekday: "long", day: "numeric", month: "long" });

export const fullTime = (seconds, zone) =>
  show(seconds, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

export const stripTime = (seconds, zone) =>
  show(seconds, zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export function ago(seconds, now) {
  const past = Math.max(0, now - seconds);
  const [count, unit] =
    past < 60 ? [0, ""] : past < 3600 ? [past / 60, "minute"] : past < DAY ? [past / 3600, "hour"] : [past / DAY, "day"];
  if (!unit) return "just now";
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}

const DATE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const LONG = { weekday: "long", ...DATE };

/** Slack's date words, as in `<!date^…^{date_short_pretty} at {time}|fallback>`. */
export function dateWords(pattern, seconds, { zone, now, locale }) {
  const written = (options) => show(seconds, zone, options, locale);
  const pretty = (options) => relativeDay(seconds, zone, now)?.toLowerCase() ?? written(options);
  const words = {
    date_num: () => dayKey(seconds, zone),
    date_slash: () => written({ day: "2-digit", month: "2-digit", year: "numeric" }),
    date: () => written(DATE),
    date_short: () => written(SHORT),
    date_long: () => written(LONG),
    date_pretty: () => pretty(DATE),
    date_short_pretty: () => pretty(SHORT),
    date_long_pretty: () => pretty(LONG),
    day_divider_pretty: () => longDay(seconds, zone, now),
    time: () => clockTime(seconds, zone, locale),
    time_secs: () => written({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(seconds, now),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, word) => (words[word] ? words[word]() : whole));
}

/** The instant of a wall-clock time "2026-03-09T14:00" in a zone (the earlier one where the clock is set back). */
export function instantOf(wallClock, zone) {
  const asIfUtc = Date.parse(`${wallClock}Z`) / 1000;
  const offsetAt = (seconds) => Date.parse(`${wallClockOf(seconds, zone)}Z`) / 1000 - Math.floor(seconds / 60) * 60;
  const guess = asIfUtc - offsetAt(asIfUtc);
  return asIfUtc - offsetAt(guess);
}

/** "2026-03-09T14:00": what a clock on the wall shows there. */
export const wallClockOf = (seconds, zone) => `${dayKey(seconds, zone)}T${clockTime(seconds, zone)}`;

/** The next time it is `hour:00` on a later day there. */
export const tomorrowAt = (hour, now, zone) =>
  instantOf(`${dayKey(now + DAY, zone)}T${String(hour).padStart(2, "0")}:00`, zone);
