import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../src/App";
import { Problem } from "../src/api/problem";
import { Tile } from "../src/tiles/Tile";

const problem = new Problem("LEAT6030", "view 'x' is not known", "/v1/views/x", "start the job that fills it", 404);
const source = { loading: false, problem: null, asOf: "2010-12-01T08:26:00Z", consistency: "committed", checkpointId: 7 } as const;
const empty = <p>run leat demo</p>;

afterEach(cleanup);

describe("Tile", () => {
  it("shows content, how old it is and that it is committed", () => {
    render(<Tile title="Orders" area="third" source={source} empty={empty}>{() => <p>42</p>}</Tile>);
    expect(screen.getByRole("region", { name: "Orders" }).textContent).toBe("Orders42as of 1 Dec 2010 08:26:00committed #7");
  });

  it("says what to do when there is nothing", () => {
    render(<Tile title="Orders" area="third" source={source} empty={empty}>{() => null}</Tile>);
    expect(screen.getByText("run leat demo")).toBeTruthy();
  });

  it("shows code, place and remedy when the view is missing", () => {
    render(<Tile title="Orders" area="third" source={{ ...source, problem }} empty={empty}>{() => null}</Tile>);
    expect(screen.getByRole("alert").textContent).toBe("LEAT6030 view 'x' is not knownWhere/v1/views/xFixstart the job that fills it");
  });

  it("keeps old content and marks it stale while the server is away", () => {
    render(<Tile title="Orders" area="third" source={{ ...source, problem }} empty={empty}>{() => <p>42</p>}</Tile>);
    expect(screen.getByText("42")).toBeTruthy();
    expect(screen.getByText("stale")).toBeTruthy();
    expect(screen.getByRole("status").textContent).toContain("LEAT6030");
  });

  it("shows a problem that drawing throws", () => {
    render(<Tile title="Orders" area="third" source={source} empty={empty}>{() => { throw problem; }}</Tile>);
    expect(screen.getByRole("alert").textContent).toContain("LEAT6030");
  });
});

describe("App", () => {
  const answers: Record<string, unknown> = {
    "/v1/project": { name: "shop", version: "1", target: "dev" },
    "/v1/streams": { streams: [] },
    "/v1/lake": { tables: [{ table: "orders", version: 3, rows: 25900, files: 2, bytes: 1_400_000 }] },
    "/v1/views": { views: [{ view: "revenue_per_minute" }] },
  };
  const sql = vi.fn<(body: string) => Response>();

  beforeEach(() => {
    sql.mockReset();
    sessionStorage.clear();
    vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    vi.stubGlobal("scrollTo", () => {});
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
      if (path === "/v1/sql") return Promise.resolve(sql(String(init.body)));
      return Promise.resolve(path in answers ? Response.json(answers[path]) : Response.json({ code: "LEAT6001", detail: "no such address" }, { status: 404 }));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const show = (path: string): void => {
    history.replaceState(null, "", path);
    render(<App />);
  };

  it("lists lake tables and leads from one to a query", async () => {
    show("/lake");
    expect((await screen.findByRole("row", { name: /orders/ })).textContent).toBe("orders325,90021.4 MBquery");
    fireEvent.click(screen.getByRole("link", { name: "Query orders" }));
    expect(((await screen.findByLabelText("SQL statement")) as HTMLTextAreaElement).value).toBe("select * from orders limit 100");
    expect(screen.getByRole("link", { name: "SQL" }).getAttribute("aria-current")).toBe("page");
  });

  it("says what to do when no job runs", async () => {
    show("/streams");
    expect(await screen.findByText("No stream job runs")).toBeTruthy();
  });

  it("shows the server's problem when a room is not there", async () => {
    show("/runs");
    expect((await screen.findByRole("alert")).textContent).toContain("LEAT6001");
  });

  it("runs a statement with Ctrl+Enter and shows rows, nulls included", async () => {
    sql.mockReturnValue(Response.json({ columns: [{ name: "n", type: "BIGINT" }, { name: "n", type: "VARCHAR" }], rows: [[1, null]], truncated: true }));
    show("/sql");
    fireEvent.keyDown(await screen.findByLabelText("SQL statement"), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(screen.getByRole("region", { name: "Result" }).textContent).toBe("nn1null"));
    expect(screen.getByText(/1 row, more were left out/)).toBeTruthy();
    expect(JSON.parse(sql.mock.calls[0]?.[0] ?? "")).toMatchObject({ limit: 100 });
  });

  it("shows rows and problem when a statement fails half way", async () => {
    const error = { code: "LEAT1510", detail: "out of time", where: "row 1", fix: "ask for less" };
    sql.mockReturnValue(Response.json({ columns: [{ name: "n", type: "BIGINT" }], rows: [[1]], truncated: true, error }));
    show("/sql");
    fireEvent.keyDown(await screen.findByLabelText("SQL statement"), { key: "Enter", ctrlKey: true });
    expect((await screen.findByRole("alert")).textContent).toContain("LEAT1510");
    expect(screen.getByRole("region", { name: "Result" })).toBeTruthy();
  });

  it("remembers a theme that is not the system's and forgets it again", async () => {
    show("/lake");
    fireEvent.click(await screen.findByRole("button", { name: "Use dark colours" }));
    expect([document.documentElement.dataset["theme"], localStorage.getItem("leat.theme")]).toEqual(["dark", "dark"]);
    fireEvent.click(await screen.findByRole("button", { name: "Use light colours" }));
    expect([document.documentElement.dataset["theme"], localStorage.getItem("leat.theme")]).toEqual([undefined, null]);
  });

  it("has an answer for an address that is none", async () => {
    show("/nowhere");
    expect(await screen.findByText("No such page")).toBeTruthy();
  });
});
