import { useState, type ReactNode } from "react";
import { useLiveView, usePolledView } from "../live/useLiveView";
import { Icon } from "../shell/icons";
import { BatchTile, PartsTile } from "./BatchTiles";
import { CampaignTile } from "./CampaignTile";
import { Connection } from "./Connection";
import { Headline } from "./Headline";
import { RankingTile } from "./RankingTile";
import { OrdersTile, RevenueTile } from "./RevenueTiles";
import { LatencyTile, RateTile } from "./StreamTiles";
import { Storefront } from "./storefront";
import { useStreamHistory } from "./streamHistory";

const { revenue, products, countries, campaigns, currency } = Storefront;
const RangeKey = "leat.range";
type Range = (typeof Storefront.ranges)[number];

/** The live storefront. Two views are pushed (a browser allows six connections), slower numbers are read every few seconds. */
export function StorefrontPage(): ReactNode {
  const [range, setRange] = useState<Range>(rememberedRange);
  const [paused, setPaused] = useState(false);
  const minutes = useLiveView(revenue.view, range.rows, paused);
  const ads = useLiveView(campaigns.view, campaigns.limit, paused);
  const sales = usePolledView(products.view, products.limit, 3_000, paused);
  const lands = usePolledView(countries.view, countries.limit, 5_000, paused);
  const history = useStreamHistory(paused);

  const choose = (next: Range): void => {
    setRange(next);
    try {
      localStorage.setItem(RangeKey, next.label);
    } catch {
      // Storage is blocked: the choice lasts until the page is closed.
    }
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>Storefront</h1>
          <Connection live={minutes} />
        </div>
        <div className="controls">
          <div className="segments" role="group" aria-label="Time range, event time">
            {Storefront.ranges.map((item) => (
              <button key={item.label} type="button" aria-pressed={item.label === range.label} onClick={() => choose(item)}>{item.label}</button>
            ))}
          </div>
          <button type="button" className="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            <Icon name={paused ? "play" : "pause"} size={14} /> {paused ? "Resume" : "Pause"}
          </button>
        </div>
      </div>
      <div className="grid">
        <Headline live={minutes} range={range} history={history} />
        <RevenueTile live={minutes} range={range} />
        <OrdersTile live={minutes} range={range} />
        <CampaignTile live={ads} />
        <RankingTile title="Top products" note="by revenue" area="third" state={sales} view={products.view} keys={products.key} value={products.value} asked={products.limit} most={8} currency={currency} />
        <RateTile history={history} />
        <LatencyTile history={history} />
        <RankingTile title="Revenue by country" area="third" state={lands} view={countries.view} keys={countries.key} value={countries.value} asked={countries.limit} most={7} currency={currency} />
        <BatchTile paused={paused} />
        <PartsTile history={history} />
      </div>
    </div>
  );
}

function rememberedRange(): Range {
  let label: string | null = null;
  try {
    label = localStorage.getItem(RangeKey);
  } catch {
    // Storage is blocked: the default is used.
  }
  const found = Storefront.ranges.find((item) => item.label === label) ?? Storefront.ranges.find((item) => item.label === Storefront.defaultRange);
  return found ?? Storefront.ranges[0];
}
