import { useEffect, useRef, useState, type ReactNode } from "react";
import type { ECharts, EChartsCoreOption } from "echarts/core";
import { useTheme } from "../shell/theme";
import { chartColours } from "./colours";

export interface Bar { readonly name: string; readonly value: number; readonly text: string }
interface BarRankingProps { readonly bars: readonly Bar[]; readonly label: string }

const RowHeight = 27;
const Calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Bars from largest to smallest. The drawing library is fetched when the chart comes into sight; screen readers get a table. */
export function BarRanking({ bars, label }: BarRankingProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts | null>(null);
  const theme = useTheme();

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let made: ECharts | null = null;
    let gone = false;
    const resize = new ResizeObserver(() => made?.resize());
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      sight.disconnect();
      void import("./echarts").then(({ init }) => {
        if (gone) return;
        made = init(element);
        resize.observe(element);
        setChart(made);
      });
    }, { rootMargin: "200px" });
    sight.observe(element);
    return () => {
      gone = true;
      sight.disconnect();
      resize.disconnect();
      made?.dispose();
    };
  }, []);

  useEffect(() => chart?.setOption(optionOf(bars, box.current?.clientWidth ?? 400), { notMerge: false }), [chart, bars, theme]);

  return (
    <figure className="chart">
      <div ref={box} className="bars" role="img" aria-label={label} style={{ height: bars.length * RowHeight }} />
      {/* Around the table, because a table grows with its content whatever width it is given. */}
      <div className="unseen">
        <table>
          <caption>{label}</caption>
          <tbody>{bars.map((bar) => <tr key={bar.name}><th scope="row">{bar.name}</th><td>{bar.text}</td></tr>)}</tbody>
        </table>
      </div>
    </figure>
  );
}

/** ECharts draws from the bottom up, so the order is turned. */
function optionOf(bars: readonly Bar[], width: number): EChartsCoreOption {
  const colours = chartColours();
  const turned = [...bars].reverse();
  const names = Math.round(Math.min(240, width * 0.5));
  return {
    animation: !Calm(), animationDurationUpdate: 300, animationDuration: 300,
    textStyle: { fontFamily: colours.font },
    grid: { left: names + 8, right: 62, top: 0, bottom: 0 },
    xAxis: { type: "value", show: false },
    yAxis: { type: "category", data: turned.map((bar) => bar.name), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.text, fontSize: 12, width: names, overflow: "truncate", align: "left", margin: names + 8 } },
    series: [{
      type: "bar", silent: true, barWidth: 11, cursor: "default",
      itemStyle: { color: colours.lines[0], borderRadius: [0, 3, 3, 0] },
      backgroundStyle: { color: colours.grid }, showBackground: false,
      label: { show: true, position: "right", color: colours.text, fontSize: 12, formatter: (point: { dataIndex: number }) => turned[point.dataIndex]?.text ?? "" },
      data: turned.map((bar) => Math.max(0, bar.value)),
    }],
  };
}
