import { useEffect, useRef, useState, type ReactNode } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { dateTime } from "../format/times";
import { useTheme } from "../shell/theme";
import { chartColours } from "./colours";

export interface Line { readonly name: string; readonly values: readonly (number | null)[] }
export interface TimeSeriesProps {
  /** Seconds since 1970, rising. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly format: (value: number | null) => string;
  readonly axis: (value: number) => string;
  readonly label: string;
  readonly height?: number;
  /** The last point is still growing: the line leads to it in dashes. One line only. */
  readonly growing?: boolean;
  /** The axis is at least this long, so that the first points do not fill it. */
  readonly leastSeconds?: number;
}

/** Lines over time (UTC), drawn on a canvas; the pointer reads values, the label tells them to screen readers. */
export default function TimeSeries({ times, lines, format, axis, label, height = 200, growing = false, leastSeconds = 60 }: TimeSeriesProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const theme = useTheme();
  const names = lines.map((line) => line.name).join("\n");
  const newest = useRef<uPlot.AlignedData>([[]]);
  newest.current = [times as number[], ...valuesOf(lines, growing)];
  // uPlot gives a lone point an axis of days; an empty point before it keeps the axis short.
  if (times.length === 1) newest.current = [[(times[0] ?? 0) - leastSeconds, times[0] ?? 0], ...lines.map((line) => [null, line.values[0] ?? null])];
  const formats = useRef({ axis });
  formats.current = { axis };

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const options = optionsOf({ names: names.split("\n"), growing, leastSeconds, height, width: element.clientWidth, axis: (value) => formats.current.axis(value), onMove: setAt });
    const made = new uPlot(options, newest.current, element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [names, height, theme, growing, leastSeconds]);

  useEffect(() => plot.current?.setData(newest.current), [times, lines, growing]);

  const index = at ?? times.length - 1;
  return (
    <figure className="chart">
      <figcaption className="legend">
        {lines.map((line, position) => (
          <span key={line.name} className={`legend-${position + 1}`}>
            {line.name} <b>{format(line.values[index] ?? null)}</b>
          </span>
        ))}
        <time>{dateTime((times[index] ?? 0) * 1000)}</time>
      </figcaption>
      <div ref={box} className="plot" role="img" aria-label={label} />
    </figure>
  );
}

/** Whole points as they are; a growing one is drawn by a second line from the point before. */
function valuesOf(lines: readonly Line[], growing: boolean): uPlot.AlignedData[number][] {
  const values = lines.map((line) => line.values as (number | null)[]);
  const [only] = values;
  if (!growing || !only) return values;
  const last = only.length - 1;
  return [only.map((value, index) => (index === last ? null : value)), only.map((value, index) => (index >= last - 1 ? value : null))];
}

interface Shape { readonly names: readonly string[]; readonly growing: boolean; readonly leastSeconds: number; readonly height: number; readonly width: number; readonly axis: (value: number) => string; readonly onMove: (index: number | null) => void }

function optionsOf({ names, growing, leastSeconds, height, width, axis, onMove }: Shape): uPlot.Options {
  const colours = chartColours();
  const font = `11px ${colours.font}`;
  const shared = { stroke: colours.text, font, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false } };
  return {
    width, height, padding: [8, 6, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    cursor: { y: false, drag: { setScale: false }, points: { size: 7 } },
    hooks: { setCursor: [(self) => onMove(self.cursor.left !== undefined && self.cursor.left >= 0 ? (self.cursor.idx ?? null) : null)] },
    scales: { x: { range: (_, from, to) => [Math.min(from, to - leastSeconds), to] }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.12 : 1] } },
    axes: [
      { ...shared, size: 26, gap: 6, space: 72, values: axisTimes },
      { ...shared, size: 52, gap: 6, space: 34, values: (_, values) => values.map((value) => axis(value)) },
    ],
    series: [{}, ...names.map((name, index) => lineOf(name, colours.lines[index] ?? colours.text, names.length === 1)), ...(growing ? [dashed(names[0] ?? "", colours.lines[0] ?? colours.text)] : [])],
  };
}

function lineOf(label: string, stroke: string, filled: boolean): uPlot.Series {
  return { label, stroke, width: 1.5, points: { show: alone, size: 5 }, ...(filled ? { fill: fade(stroke) } : {}) };
}

/** Points are drawn only while there are too few for one. */
const alone = (self: uPlot): boolean => self.data[0].length < 4;

const dashed = (label: string, stroke: string): uPlot.Series => ({ label, stroke, width: 1.5, dash: [3, 3], points: { show: alone, size: 5 } });

/** The colour of the line, fading to nothing at the axis. */
function fade(stroke: string): uPlot.Series.Fill {
  return (self) => {
    const gradient = self.ctx.createLinearGradient(0, self.bbox.top, 0, self.bbox.top + self.bbox.height);
    gradient.addColorStop(0, `${stroke}44`);
    gradient.addColorStop(1, `${stroke}05`);
    return gradient;
  };
}

/** 12:40, with the day where it changes; seconds only where the steps are shorter than a minute. */
const axisTimes: uPlot.Axis.DynamicValues = (_, splits, __, ___, step) => {
  let day = "";
  return splits.map((seconds, index) => {
    const text = dateTime(seconds * 1000);
    const time = text.slice(-8, step < 60 ? undefined : -3);
    const own = text.slice(0, -9);
    const changed = own !== day && index > 0;
    day = own;
    return changed || step >= 86_400 ? own.slice(0, -5) : time;
  });
};
