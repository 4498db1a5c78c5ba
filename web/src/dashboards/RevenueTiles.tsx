import { lazy, Suspense, useMemo, type ReactNode } from "react";
import { shortMoney, money, short, whole } from "../format/numbers";
import type { LiveView } from "../live/LiveView";
import { useViewState } from "../live/useLiveView";
import { Empty } from "../tiles/ProblemBox";
import { Tile } from "../tiles/Tile";
import { bucketOf, isGrowing, minuteSeries } from "./series";
import { fromView } from "./sources";
import { Storefront } from "./storefront";

const TimeSeries = lazy(() => import("../charts/TimeSeries"));
const { revenue, currency } = Storefront;

export interface RangeOfTime { readonly label: string; readonly minutes: number }
interface MinuteTileProps { readonly live: LiveView; readonly range: RangeOfTime }

export const NoOrders = <Empty what="No orders yet" todo={<>Run <code>leat demo</code>, or send events to <code>POST /v1/events/sales</code>.</>} />;

/** Revenue per minute of event time. */
export function RevenueTile(props: MinuteTileProps): ReactNode {
  return <MinuteTile {...props} title="Revenue per minute" area="wide" name="Revenue" points={360} column={revenue.revenue} format={(value) => money(value, currency)} axis={(value) => shortMoney(value, currency)} />;
}

/** Orders per minute of event time. */
export function OrdersTile(props: MinuteTileProps): ReactNode {
  return <MinuteTile {...props} title="Orders per minute" area="third" name="Orders" points={180} column={revenue.orders} format={(value) => (value !== null && value % 1 ? value.toFixed(1) : whole(value))} axis={short} />;
}

interface MinuteChart extends MinuteTileProps {
  readonly title: string;
  readonly area: string;
  readonly name: string;
  readonly points: number;
  readonly column: readonly string[];
  readonly format: (value: number | null) => string;
  readonly axis: (value: number) => string;
}

function MinuteTile({ live, range, title, area, name, points, column, format, axis }: MinuteChart): ReactNode {
  const state = useViewState(live);
  const drawn = innerWidth < 760 ? Math.min(points, 180) : points;
  const series = useMemo(() => () => minuteSeries(state, revenue.view, [column], { minutes: range.minutes, points: drawn }), [state, column, range.minutes, drawn]);
  return (
    <Tile title={title} note={noteOf(range, bucketOf({ minutes: range.minutes, points: drawn }))} area={area} source={fromView(state)} empty={NoOrders}>
      {() => {
        const found = series();
        const values = found?.values[0];
        if (!found || !values) return null;
        const label = `${title}, last ${range.label} of event time: newest ${format(values.at(-1) ?? null)}, highest ${format(Math.max(...values))}`;
        return (
          <Suspense fallback={<div className="chart-wait" />}>
            <TimeSeries times={found.times} lines={[{ name, values }]} format={format} axis={axis} label={label} growing={isGrowing(found, state.asOf)} leastSeconds={600} />
          </Suspense>
        );
      }}
    </Tile>
  );
}

const noteOf = (range: RangeOfTime, bucketMinutes: number): string => (bucketMinutes > 1 ? `last ${range.label}, ${bucketMinutes} min means` : `last ${range.label}`);
