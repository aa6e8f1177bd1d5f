// The data_visualization block: line, area, bar and pie in plain SVG, with the figures as a table for those who cannot see it.
import { html } from "./html.js";

const PAD = { left: 40, right: 12, top: 12, bottom: 24 };
const NAME = 16; // more below where the axis has a name
const PHONE = "(max-width: 500px)";

/** The drawing's size and what is left inside its axes: words must read as well on a phone, so it is drawn smaller there. */
function frameOf(named) {
  const [width, labels] = matchMedia(PHONE).matches ? [330, 5] : [560, 10];
  const bottom = PAD.bottom + (named ? NAME : 0);
  const height = 210 + bottom;
  return { width, height, labels, inner: { w: width - PAD.left - PAD.right, h: height - PAD.top - bottom }, floor: height - bottom };
}

const seriesClass = (index) => `series-${index % 6}`;

const short = (value) => (Math.abs(value) >= 10000 ? `${Math.round(value / 1000)}k` : String(Math.round(value * 100) / 100));

/** From `low` to `top`, with a line at every `step`: round numbers, and zero is among them. */
export function scaleOf(values, height) {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const span = most - least || 4;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= span / 4);
  const [low, top] = [Math.floor(least / step) * step, Math.max(Math.ceil(most / step), least < 0 ? 0 : 1) * step];
  return { low, top, step, y: (value) => PAD.top + (height * (top - value)) / (top - low) };
}

/** Categories down, one value per series; points are matched by label. */
function figures(chart) {
  const series = chart.series ?? [];
  const categories = chart.axis_config?.categories ?? (series[0]?.data ?? []).map((point) => point.label);
  const valueAt = (one, category) => one.data?.find((point) => point.label === category)?.value ?? null;
  return { categories, series: series.map((one) => ({ name: one.name, values: categories.map((category) => valueAt(one, category)) })) };
}

function Axes({ categories, scale, frame, labels }) {
  const count = Math.round((scale.top - scale.low) / scale.step) + 1;
  const lines = Array.from({ length: count }, (_, n) => scale.low + n * scale.step).map((value) => ({ y: scale.y(value), value }));
  const every = Math.ceil(categories.length / frame.labels);
  const middle = (index) => PAD.left + (frame.inner.w * (index + 0.5)) / categories.length;
  return html`<g class="axes">
    ${lines.map(
      ({ y, value }) => html`<line x1=${PAD.left} x2=${frame.width - PAD.right} y1=${y} y2=${y} />
        <text x=${PAD.left - 6} y=${y + 4} text-anchor="end">${short(value)}</text>`,
    )}
    ${categories.map(
      (category, index) =>
        index % every === 0 && html`<text x=${middle(index)} y=${frame.floor + 16} text-anchor="middle">${category}</text>`,
    )}
    ${labels.x && html`<text class="axis-name" x=${PAD.left + frame.inner.w / 2} y=${frame.height - 4} text-anchor="middle">${labels.x}</text>`}
  </g>`;
}

function Bars({ series, categories, scale, frame }) {
  const slot = frame.inner.w / categories.length;
  const width = Math.min(36, (slot * 0.7) / series.length);
  return series.map((one, s) =>
    one.values.map((value, c) => {
      if (value === null) return null;
      const x = PAD.left + slot * (c + 0.5) + width * (s - series.length / 2);
      const [y, floor] = [scale.y(Math.max(0, value)), scale.y(Math.min(0, value))];
      return html`<rect class=${seriesClass(s)} x=${x} y=${y} width=${width - 1} height=${floor - y} rx="2">
        <title>${`${one.name}, ${categories[c]}: ${value}`}</title>
      </rect>`;
    }),
  );
}

function Lines({ series, categories, scale, frame, filled }) {
  const slot = frame.inner.w / categories.length;
  return series.map((one, s) => {
    const points = one.values
      .map((value, c) => (value === null ? null : { x: PAD.left + slot * (c + 0.5), y: scale.y(value), value, c }))
      .filter(Boolean);
    const path = points.map(({ x, y }, n) => `${n ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    const floor = scale.y(0);
    return html`<g class=${seriesClass(s)}>
      ${filled && points.length > 1 && html`<path class="area" d=${`${path}L${points.at(-1).x} ${floor}L${points[0].x} ${floor}Z`} />`}
      <path class="line" d=${path} />
      ${points.map(({ x, y, value, c }) => html`<circle cx=${x} cy=${y} r="3"><title>${`${one.name}, ${categories[c]}: ${value}`}</title></circle>`)}
    </g>`;
  });
}

function slicePath(from, to) {
  const at = (share) => [120 + 100 * Math.sin(2 * Math.PI * share), 120 - 100 * Math.cos(2 * Math.PI * share)].map((n) => n.toFixed(2));
  return `M120 120L${at(from).join(" ")}A100 100 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to).join(" ")}Z`;
}

function Pie({ chart }) {
  const slices = (chart.segments ?? chart.series?.[0]?.data ?? []).filter((slice) => slice.value > 0);
  const total = slices.reduce((sum, slice) => sum + slice.value, 0);
  let from = 0;
  const drawn = slices.map((slice, index) => {
    const to = from + slice.value / total;
    const path = slices.length === 1 ? "M120 20A100 100 0 1 1 119.9 20Z" : slicePath(from, to);
    from = to;
    return html`<path class=${`slice ${seriesClass(index)}`} d=${path}><title>${`${slice.label}: ${slice.value}`}</title></path>`;
  });
  return html`<div class="pie"><svg viewBox="0 0 240 240" aria-hidden="true">${drawn}</svg><${Legend} names=${slices.map((slice) => `${slice.label} (${short(slice.value)})`)} /></div>`;
}

const Legend = ({ names }) =>
  html`<ul class="legend">${names.map((name, index) => html`<li><span class=${`dot ${seriesClass(index)}`}></span>${name}</li>`)}</ul>`;

function Plot({ chart }) {
  const { categories, series } = figures(chart);
  const draw = chart.type === "bar" ? Bars : Lines;
  const labels = { x: chart.axis_config?.x_label, y: chart.axis_config?.y_label };
  const frame = frameOf(labels.x);
  const scale = scaleOf(series.flatMap((one) => one.values).filter((value) => value !== null), frame.inner.h);
  return html`${labels.y && html`<div class="axis-name">${labels.y}</div>`}
    <svg viewBox=${`0 0 ${frame.width} ${frame.height}`} aria-hidden="true">
      <${Axes} categories=${categories} scale=${scale} frame=${frame} labels=${labels} />
      <${draw} series=${series} categories=${categories} scale=${scale} frame=${frame} filled=${chart.type === "area"} />
    </svg>
    ${series.length > 1 && html`<${Legend} names=${series.map((one) => one.name)} />`}`;
}

function Figures({ chart }) {
  const pie = chart.type === "pie";
  const { categories, series } = pie
    ? figures({ series: [{ name: "Value", data: chart.segments ?? chart.series?.[0]?.data ?? [] }] })
    : figures(chart);
  return html`<details class="figures">
    <summary>Show as table</summary>
    <div class="b-table"><table>
      <thead><tr><th></th>${series.map((one) => html`<th scope="col" class="align-right">${one.name}</th>`)}</tr></thead>
      <tbody>${categories.map(
        (category, c) => html`<tr><th scope="row">${category}</th>${series.map((one) => html`<td class="align-right">${one.values[c] ?? "–"}</td>`)}</tr>`,
      )}</tbody>
    </table></div>
  </details>`;
}

export function Chart({ block }) {
  const chart = block.chart ?? {};
  const title = typeof block.title === "string" ? block.title : block.title?.text;
  return html`<figure class="chart">
    ${title && html`<figcaption>${title}</figcaption>`}
    ${chart.type === "pie" ? html`<${Pie} chart=${chart} />` : html`<${Plot} chart=${chart} />`}
    <${Figures} chart=${chart} />
  </figure>`;
}
