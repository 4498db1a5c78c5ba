import { useEffect, useRef, useState } from "react";
import type { StreamInfo } from "../api/contract";
import { usePolled, type Polled } from "../api/polled";
import { readStreams } from "../api/rooms";

/** What the stream jobs said at one moment of wall-clock time. */
export interface Sample { readonly at: number; readonly eventsPerSecond: number; readonly p50: number | null; readonly p99: number | null }
export interface StreamHistory { readonly polled: Polled<readonly StreamInfo[]>; readonly samples: readonly Sample[] }

const EveryMs = 1_000;
const Kept = 900;

/** The jobs now, and their rate and latency since the page was opened (at most 15 minutes). */
export function useStreamHistory(paused: boolean): StreamHistory {
  const polled = usePolled("/v1/streams", paused ? 3_600_000 : EveryMs, readStreams);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const last = useRef<number | null>(null);
  useEffect(() => {
    if (!polled.data || polled.at === null || polled.at === last.current || polled.problem) return;
    last.current = polled.at;
    const sample = sampleOf(polled.data, polled.at);
    setSamples((before) => [...before, sample].slice(-Kept));
  }, [polled]);
  return { polled, samples };
}

/** Rates add up; latency is that of the slowest job. */
export function sampleOf(jobs: readonly StreamInfo[], at: number): Sample {
  const worst = (values: readonly (number | null)[]): number | null => values.reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null);
  return {
    at,
    eventsPerSecond: jobs.reduce((sum, job) => sum + job.events_per_second, 0),
    p50: worst(jobs.map((job) => job.latency_p50_ms)),
    p99: worst(jobs.map((job) => job.latency_p99_ms)),
  };
}
