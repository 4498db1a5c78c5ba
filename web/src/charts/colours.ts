/** Colours of the theme for canvases, which cannot read custom properties themselves. */
export interface ChartColours { readonly text: string; readonly grid: string; readonly lines: readonly string[]; readonly surface: string; readonly font: string }

/** Read anew when the theme changes. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: value("--muted"), grid: value("--grid"), surface: value("--surface"),
    lines: [value("--series-1"), value("--series-2"), value("--series-3")],
    font: getComputedStyle(document.body).fontFamily,
  };
}
