import type { ReactNode } from "react";

const Paths = {
  dashboard: "M3 13h4v5H3zM8.5 3h4v15h-4zM14 8h4v10h-4z",
  streams: "M2 6c2.7 0 2.7-2 5.3-2s2.7 2 5.4 2 2.6-2 5.3-2M2 11c2.7 0 2.7-2 5.3-2s2.7 2 5.4 2 2.6-2 5.3-2M2 16c2.7 0 2.7-2 5.3-2s2.7 2 5.4 2 2.6-2 5.3-2",
  flows: "M3 3.5h5v4H3zM12 12.5h5v4h-5zM12 3.5h5v4h-5zM8 5.5h4M5.5 7.5v7H12",
  lake: "M3 5c0-1.4 3.1-2.5 7-2.5S17 3.6 17 5s-3.1 2.5-7 2.5S3 6.4 3 5zM3 5v10c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5V5M3 10c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5",
  sql: "M3 5l4.5 5L3 15M9.5 15.5H17",
  runs: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6v4.3l3 1.9",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M16 4l-1.4 1.4M5.4 14.6L4 16",
  moon: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z",
  pause: "M6.5 4v12M13.5 4v12",
  play: "M6 3.5l10 6.5-10 6.5z",
  arrow: "M4 10h12M11 5l5 5-5 5",
  alert: "M10 3l8 14H2zM10 8v4M10 14.3v.2",
} as const;

export type IconName = keyof typeof Paths;

/** A line icon in the colour of the text; says nothing to screen readers. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={Paths[name]} />
    </svg>
  );
}
