// Line and bar charts. The numbers come from a JSON block beside the chart; colours from the theme.
// The tooltip is drawn in the SVG ("richText"): an HTML tooltip would need style attributes.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { formatter } from "./format.js";

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const live = new Map();

function palette(element) {
  const probe = document.createElement("i");
  element.append(probe);
  const resolve = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const series = (key) => {
    probe.className = `series-${key}`;
    const colour = resolve("--series");
    probe.className = "";
    return colour;
  };
  const colours = {
    ink: resolve("--ink"), muted: resolve("--ink-2"), line: resolve("--line"), surface: resolve("--surface"),
    series: [0, 1, 2, 3, 4].map(series), previous: series("muted"),
  };
  probe.remove();
  return colours;
}

function axis(colours) {
  return {
    axisLabel: { color: colours.muted, fontSize: 12, fontFamily: "Inter Variable, sans-serif", hideOverlap: true, margin: 10 },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.line } },
  };
}

function draw(series, index, data, colours) {
  const colour = series.muted ? colours.previous : colours.series[index % colours.series.length];
  const bar = (series.kind ?? data.kind) === "bar";
  return {
    name: series.name,
    type: bar ? "bar" : "line",
    stack: series.stack,
    yAxisIndex: series.axis === "right" ? 1 : 0,
    data: series.values,
    color: colour,
    barMaxWidth: 26,
    itemStyle: bar ? { borderRadius: series.stack ? 0 : [4, 4, 0, 0] } : undefined,
    showSymbol: series.values.length < 2,
    symbolSize: 7,
    lineStyle: { width: series.muted ? 1.6 : 2.2, type: series.muted ? [5, 4] : "solid" },
    areaStyle: !bar && !series.muted && data.area !== false && index === 0 ? { opacity: 0.09 } : undefined,
    emphasis: { disabled: true },
    z: series.muted ? 1 : 2,
  };
}

function options(data, colours) {
  const format = (series) => formatter(series.unit ?? data.unit, data.currency);
  const right = data.series.find((s) => s.axis === "right");
  const main = data.series.find((s) => s.axis !== "right") ?? data.series[0];
  const short = (series) => formatter(series.unit ?? data.unit, data.currency, true);
  const values = { ...axis(colours), type: "value", splitNumber: 4, axisLabel: { ...axis(colours).axisLabel, formatter: short(main) } };
  return {
    animation: false,
    grid: { left: 4, right: right ? 4 : 12, top: 12, bottom: 8, containLabel: true },
    xAxis: { ...axis(colours), type: "category", data: data.labels, boundaryGap: data.series.some((s) => (s.kind ?? data.kind) === "bar"), splitLine: { show: false } },
    yAxis: right
      ? [values, { ...values, splitLine: { show: false }, axisLabel: { ...values.axisLabel, formatter: short(right) } }]
      : values,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 13, fontFamily: "Inter Variable, sans-serif" },
      axisPointer: { lineStyle: { color: colours.muted, type: "solid", opacity: 0.5 }, shadowStyle: { opacity: 0.06 } },
      formatter: (points) =>
        [data.tooltips?.[points[0].dataIndex] ?? points[0].name]
          .concat(points.map((p) => `${p.marker}${p.seriesName}  ${format(data.series[p.seriesIndex])(p.value)}`))
          .join("\n"),
    },
    series: data.series.map((s, i) => draw(s, i, data, colours)),
  };
}

function render(element) {
  const data = JSON.parse(document.getElementById(element.dataset.chart).textContent);
  const chart = live.get(element) ?? init(element, null, { renderer: "svg" });
  chart.setOption(options(data, palette(element)), true);
  if (live.has(element)) return;
  live.set(element, chart);
  new ResizeObserver(() => chart.resize()).observe(element);
}

function sweep() {
  for (const [element, chart] of live) {
    if (element.isConnected) continue;
    chart.dispose();
    live.delete(element);
  }
  document.querySelectorAll("[data-chart]").forEach(render);
}

document.addEventListener("htmx:afterSettle", sweep);
document.addEventListener("theme", () => live.forEach((_, element) => render(element)));
document.fonts.ready.then(sweep);
