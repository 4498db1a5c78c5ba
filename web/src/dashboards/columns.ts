import type { Cell, ColumnInfo, Row } from "../api/contract";
import { Problem } from "../api/problem";

/** Reads one column of a row. */
export type Reader = (row: Row) => Cell;

/** A reader for the first of the names that the view has. @throws Problem naming both sides when it has none of them. */
export function reader(columns: readonly ColumnInfo[], names: readonly string[], view: string): Reader {
  const index = names.map((name) => columns.findIndex((column) => column.name === name)).find((found) => found >= 0);
  if (index === undefined)
    throw new Problem("COLUMN", `view '${view}' has no column '${names.join("' or '")}'; it has ${columns.map((column) => column.name).join(", ")}`, `view ${view}`, "name the column so in the stream job, or change web/src/dashboards/storefront.ts", 0);
  return (row) => row[index] ?? null;
}

/** A cell as a number; decimals arrive as strings. Null and text that is no number give 0. */
export function numberOf(cell: Cell): number {
  const value = typeof cell === "number" ? cell : typeof cell === "string" ? Number(cell) : 0;
  return Number.isFinite(value) ? value : 0;
}

/** A cell as decimal text for exact sums. */
export function decimalOf(cell: Cell): string {
  return typeof cell === "string" && /^-?\d+(\.\d+)?$/.test(cell) ? cell : Number.isInteger(cell) ? String(cell) : "0";
}
