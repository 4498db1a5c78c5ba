import type { ReactNode } from "react";
import type { LakeTable } from "../api/contract";
import { usePolled } from "../api/polled";
import { readTables } from "../api/rooms";
import { bytes, whole } from "../format/numbers";
import { quoted } from "../format/sqlNames";
import { Link } from "../shell/router";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty } from "../tiles/ProblemBox";
import { PageFrame } from "./PageFrame";

const Columns: readonly TableColumn<LakeTable>[] = [
  { head: "Table", cell: (table) => table.name },
  { head: "Version", numeric: true, cell: (table) => whole(table.version) },
  { head: "Rows", numeric: true, cell: (table) => whole(table.rows) },
  { head: "Files", numeric: true, cell: (table) => whole(table.files) },
  { head: "Size", numeric: true, cell: (table) => bytes(table.size_bytes) },
  { head: "Look inside", cell: (table) => <Link href={`/sql?query=${encodeURIComponent(`select * from ${quoted(table.name)} limit 100`)}`} aria-label={`Query ${table.name}`}>query</Link> },
];

/** Every Delta table of the lake. */
export default function LakePage(): ReactNode {
  const polled = usePolled("/v1/lake", 5_000, readTables);
  return (
    <PageFrame title="Lake" lead="Delta tables, newest version" polled={polled} empty={<Empty what="The lake is empty" todo={<>Tables appear when a source, a model or a job with <code>.ToLake()</code> writes one.</>} />}>
      {(tables) => <div className="card"><DataTable label="Lake tables" columns={Columns} items={tables} keyOf={(table) => table.name} /></div>}
    </PageFrame>
  );
}
