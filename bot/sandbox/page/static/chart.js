// The data_visualization block: line, area, bar and pie in plain SVG, with the figures as a table for those who cannot see it.
import { html } from "./html.js";

const WIDTH = 560;
const HEIGHT = 240;
const PAD = { left: 44, right: 12, top: 12, bottom: 34 };
const INNER = { w: WIDTH - PAD.left - PAD.right, h: HEIGHT - PAD.top - PAD.bottom };

const seriesClass = (index) => `series-${index % 6}`;

const short = (value) => (Math.abs(value) >= 10000 ? `${Math.round(value / 1000)}k` : String(Math.round(value * 100) / 100));

/** A round number at or above `most`, so that four lines divide it well. */
export function niceTop(most) {
  if (!(most > 0)) return 4;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 8, 10].map((step) => step * power).find((step) => step >= most);
}

/** Categories down, one value per series; points are matched by label. */
function figures(chart) {
  const series = chart.series ?? [];
  const categories = chart.axis_config?.categories ?? (series[0]?.data ?? []).map((point) => point.label);
  const valueAt = (one, category) => one.data?.find((point) => point.label === category)?.value ?? null;
  return { categories, series: series.map((one) => ({ name: one.name, values: categories.map((category) => valueAt(one, category)) })) };
}

function Axes({ categories, top, labels }) {
  const lines = [0, 1, 2, 3, 4].map((n) => ({ y: PAD.top + INNER.h * (1 - n / 4), value: (top * n) / 4 }));
  const every = Math.ceil(categories.length / 10);
  const middle = (index) => PAD.left + (INNER.w * (index + 0.5)) / categories.length;
  return html`<g class="axes">
    ${lines.map(
      ({ y, value }) => html`<line x1=${PAD.left} x2=${WIDTH - PAD.right} y1=${y} y2=${y} />
        <text x=${PAD.left - 6} y=${y + 4} text-anchor="end">${short(value)}</text>`,
    )}
    ${categories.map(
      (category, index) =>
        index % every === 0 && html`<text x=${middle(index)} y=${HEIGHT - PAD.bottom + 16} text-anchor="middle">${category}</text>`,
    )}
    ${labels.x && html`<text class="axis-name" x=${PAD.left + INNER.w / 2} y=${HEIGHT - 2} text-anchor="middle">${labels.x}</text>`}
  </g>`;
}

const yOf = (value, top) => PAD.top + INNER.h * (1 - Math.max(0, value) / top);

function Bars({ series, categories, top }) {
  const slot = INNER.w / categories.length;
  const width = Math.min(36, (slot * 0.7) / series.length);
  return series.map((one, s) =>
    one.values.map((value, c) => {
      if (value === null) return null;
      const x = PAD.left + slot * (c + 0.5) + width * (s - series.length / 2);
      const y = yOf(value, top);
      return html`<rect class=${seriesClass(s)} x=${x} y=${y} width=${width - 1} height=${PAD.top + INNER.h - y} rx="2">
        <title>${`${one.name}, ${categories[c]}: ${value}`}</title>
      </rect>`;
    }),
  );
}

function Lines({ series, categories, top, filled }) {
  const slot = INNER.w / categories.length;
  return series.map((one, s) => {
    const points = one.values
      .map((value, c) => (value === null ? null : { x: PAD.left + slot * (c + 0.5), y: yOf(value, top), value, c }))
      .filter(Boolean);
    const path = points.map(({ x, y }, n) => `${n ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    const floor = PAD.top + INNER.h;
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
  const top = niceTop(Math.max(0, ...series.flatMap((one) => one.values)));
  const draw = chart.type === "bar" ? Bars : Lines;
  const labels = { x: chart.axis_config?.x_label, y: chart.axis_config?.y_label };
  return html`${labels.y && html`<div class="axis-name">${labels.y}</div>`}
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <${Axes} categories=${categories} top=${top} labels=${labels} />
      <${draw} series=${series} categories=${categories} top=${top} filled=${chart.type === "area"} />
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
