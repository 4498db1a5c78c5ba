import type { ReactNode } from "react";
import { Sparkline } from "../charts/Sparkline";
import { money, percent, whole } from "../format/numbers";
import { clock } from "../format/times";
import type { LiveView } from "../live/LiveView";
import { useViewState } from "../live/useLiveView";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty } from "../tiles/ProblemBox";
import { Tile } from "../tiles/Tile";
import { campaignTable, clickRate, type CampaignLine } from "./campaigns";
import { fromView } from "./sources";
import { Storefront } from "./storefront";

const { currency, campaigns } = Storefront;
const Span = `${(campaigns.windows * 10) / 60} min`;

const Columns: readonly TableColumn<CampaignLine>[] = [
  { head: "Campaign", cell: (line) => line.name },
  { head: "Impressions", numeric: true, cell: (line) => whole(line.last.impressions) },
  { head: "Clicks", numeric: true, cell: (line) => whole(line.last.clicks) },
  { head: "CTR", numeric: true, hint: "Clicks over impressions in the window", cell: (line) => percent(clickRate(line.last)) },
  { head: "Spend", numeric: true, cell: (line) => money(line.last.spend, currency) },
  { head: `Impressions, ${Span}`, cell: (line) => <Sparkline values={line.trend} label={`Impressions of ${line.name}, last ${Span}: ${whole(line.recent.impressions)}, highest window ${whole(Math.max(...line.trend))}`} /> },
  { head: `CTR, ${Span}`, numeric: true, cell: (line) => percent(clickRate(line.recent)) },
  { head: `Spend, ${Span}`, numeric: true, cell: (line) => money(line.recent.spend, currency) },
];

/** Each campaign in its newest whole 10-second window, beside its last five minutes. */
export function CampaignTile({ live }: { readonly live: LiveView }): ReactNode {
  const state = useViewState(live);
  const table = tryTable(() => campaignTable(state));
  const note = table ? `10 s window from ${clock(table.windowStart)}` : "10 s windows";
  return (
    <Tile title="Campaigns" note={note} area="wide" source={fromView(state)} empty={<Empty what="No ad events yet" todo={<>Run <code>leat demo</code>: the simulator sends impressions and clicks. A replay of invoices has none.</>} />}>
      {() => {
        const found = campaignTable(state);
        return found && <DataTable label="Campaigns in 10-second windows" columns={Columns} items={found.lines} keyOf={(line) => line.name} />;
      }}
    </Tile>
  );
}

/** The note does without the table; the tile itself reports what is wrong. */
function tryTable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
