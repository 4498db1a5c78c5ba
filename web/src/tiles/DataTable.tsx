import type { ReactNode } from "react";

/** One column of a table: how its head reads and how a cell is made. */
export interface TableColumn<T> { readonly head: string; readonly cell: (item: T) => ReactNode; readonly numeric?: boolean; readonly hint?: string }
interface DataTableProps<T> { readonly label: string; readonly columns: readonly TableColumn<T>[]; readonly items: readonly T[]; readonly keyOf: (item: T, index: number) => string }

/** A table that scrolls inside itself when the window is narrow; the first column stays in sight. */
export function DataTable<T>({ label, columns, items, keyOf }: DataTableProps<T>): ReactNode {
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column, position) => (
              <th key={position} scope="col" className={column.numeric ? "numeric" : undefined} title={column.hint}>{column.head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={keyOf(item, index)}>
              {columns.map((column, position) =>
                position === 0 ? (
                  <th key={position} scope="row">{column.cell(item)}</th>
                ) : (
                  <td key={position} className={column.numeric ? "numeric" : undefined}>{column.cell(item)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
