import type { ViewState } from "../live/viewState";
import type { Polled } from "../api/polled";
import type { TileSource } from "../tiles/Tile";

/** What a tile over a view has to say of it. */
export const fromView = (state: ViewState): TileSource => ({ loading: state.phase === "loading", problem: state.problem, asOf: state.asOf, consistency: state.consistency, checkpointId: state.checkpointId });

/** What a tile over a polled address has to say of it; as of when the page read it. */
export const fromPolled = (polled: Polled<unknown>): TileSource => ({ loading: polled.data === null && polled.problem === null, problem: polled.problem, asOf: polled.at });
