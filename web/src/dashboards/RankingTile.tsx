import type { ReactNode } from "react";
import { BarRanking } from "../charts/BarRanking";
import { shortMoney } from "../format/numbers";
import { dateTime } from "../format/times";
import type { ViewState } from "../live/viewState";
import { Tile } from "../tiles/Tile";
import { ranking } from "./ranking";
import { NoOrders } from "./RevenueTiles";
import { fromView } from "./sources";

interface RankingTileProps {
  readonly title: string;
  readonly note?: string;
  readonly area: string;
  readonly state: ViewState;
  readonly view: string;
  readonly keys: readonly string[];
  readonly value: readonly string[];
  readonly asked: number;
  readonly most: number;
  readonly currency: string;
}

/** The largest keys of a view by one value, as bars. */
export function RankingTile({ title, note, area, state, view, keys, value, asked, most, currency }: RankingTileProps): ReactNode {
  return (
    <Tile title={title} note={note} area={area} source={fromView(state)} empty={NoOrders}>
      {() => {
        const found = ranking(state, view, keys, value, { most, asked });
        if (!found) return null;
        const bars = found.top.map((item) => ({ name: item.name, value: item.value, text: shortMoney(item.value, currency) }));
        return (
          <>
            <BarRanking bars={bars} label={`${title} by revenue since ${dateTime(found.from)}`} />
            <p className="tile-note">{found.partial && <strong className="tone-warn">first {asked} rows only, </strong>}{found.names > bars.length ? `${bars.length} of ${found.names}, ` : ""}windows since {dateTime(found.from)}</p>
          </>
        );
      }}
    </Tile>
  );
}
