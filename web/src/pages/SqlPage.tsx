import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { postJson } from "../api/client";
import type { Cell, SqlAnswer } from "../api/contract";
import { usePolled } from "../api/polled";
import { asProblem, Problem } from "../api/problem";
import { readTables, readViewNames } from "../api/rooms";
import { milliseconds, whole } from "../format/numbers";
import { quoted } from "../format/sqlNames";
import { useAddress } from "../shell/router";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty, ProblemBox } from "../tiles/ProblemBox";

const Kept = "leat.sql";
const Limits = [100, 1_000] as const;
const Numeric = /INT|DECIMAL|DOUBLE|FLOAT|REAL/i;

interface Outcome { readonly answer: SqlAnswer | null; readonly problem: Problem | null; readonly elapsedMs: number }

/** Ad hoc SQL over warehouse, lake, topics and views; reading only. */
export default function SqlPage(): ReactNode {
  const asked = useAddress().searchParams.get("query");
  const [sql, setSql] = useState(() => asked ?? sessionStorage.getItem(Kept) ?? "select * from revenue_per_minute order by window_start desc");
  const [limit, setLimit] = useState<number>(Limits[0]);
  const { outcome, running, run, cancel } = useSql();
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => box.current?.focus(), []);
  const start = (): void => {
    sessionStorage.setItem(Kept, sql);
    run(sql, limit);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start();
  };
  return (
    <div className="page">
      <div className="page-head"><div><h1>SQL</h1><p className="muted">Reads the warehouse, lake tables, topics and live views</p></div></div>
      <div className="card sql">
        <label htmlFor="sql-text" className="unseen">SQL statement</label>
        <textarea id="sql-text" ref={box} value={sql} onChange={(event) => setSql(event.target.value)} onKeyDown={onKey} rows={6} spellCheck={false} autoCapitalize="off" autoComplete="off" />
        <div className="sql-bar">
          <button type="button" className="button primary" onClick={running ? cancel : start} disabled={!running && sql.trim() === ""}>{running ? "Cancel" : "Run"}</button>
          <span className="muted keys"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
          <label className="check">Rows <select value={limit} onChange={(event) => setLimit(Number(event.target.value))}>{Limits.map((rows) => <option key={rows}>{rows}</option>)}</select></label>
          <p className="sql-said" role="status">{running ? "Running" : outcome?.answer ? said(outcome.answer, outcome.elapsedMs) : ""}</p>
        </div>
      </div>
      {!outcome && <Relations pick={(name) => { setSql(`select * from ${quoted(name)}`); box.current?.focus(); }} />}
      {outcome?.problem && <ProblemBox problem={outcome.problem} />}
      {outcome?.answer && <div className="card">{outcome.answer.rows.length > 0 ? <Result answer={outcome.answer} /> : <Empty what="No rows" todo="The statement ran and found nothing." />}</div>}
    </div>
  );
}

/** What can be asked, as far as the server tells. */
function Relations({ pick }: { readonly pick: (name: string) => void }): ReactNode {
  const views = usePolled("/v1/views", 60_000, readViewNames).data ?? [];
  const tables = usePolled("/v1/lake", 60_000, readTables).data ?? [];
  const groups = [{ title: "Live views", names: views }, { title: "Lake tables", names: tables.map((table) => table.name) }];
  return (
    <div className="relations">
      {groups.filter((group) => group.names.length > 0).map((group) => (
        <section key={group.title}>
          <h2>{group.title}</h2>
          <ul>{group.names.map((name) => <li key={name}><button type="button" className="chip" onClick={() => pick(name)}>{name}</button></li>)}</ul>
        </section>
      ))}
    </div>
  );
}

function Result({ answer }: { readonly answer: SqlAnswer }): ReactNode {
  const columns = answer.columns.map((column, index): TableColumn<readonly Cell[]> => ({ head: column.name, hint: column.type, numeric: Numeric.test(column.type), cell: (row) => cellText(row[index] ?? null) }));
  return <DataTable label="Result" columns={columns} items={answer.rows} keyOf={(_, index) => String(index)} />;
}

function useSql(): { outcome: Outcome | null; running: boolean; run: (sql: string, limit: number) => void; cancel: () => void } {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const run = (sql: string, limit: number): void => {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setRunning(true);
    const began = performance.now();
    const end = (answer: SqlAnswer | null, problem: Problem | null): void => {
      if (own.signal.aborted) return;
      setRunning(false);
      setOutcome({ answer, problem, elapsedMs: performance.now() - began });
    };
    postJson<SqlAnswer>("/v1/sql", { sql, limit }, own.signal).then((answer) => end(answer, cutOf(answer)), (thrown: unknown) => end(null, asProblem(thrown, "/v1/sql")));
  };
  const cancel = (): void => {
    abort.current?.abort();
    setRunning(false);
  };
  return { outcome, running, run, cancel };
}

/** A statement may fail after its first rows were sent. */
function cutOf(answer: SqlAnswer): Problem | null {
  return answer.error ? new Problem(answer.error.code, answer.error.detail, answer.error.where, answer.error.fix, 200) : null;
}

const said = (answer: SqlAnswer, elapsedMs: number): string => `${whole(answer.rows.length)} ${answer.rows.length === 1 ? "row" : "rows"}${answer.truncated ? ", more were left out" : ""}, ${milliseconds(elapsedMs)}`;

function cellText(cell: Cell): ReactNode {
  if (cell === null) return <span className="muted">null</span>;
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}
