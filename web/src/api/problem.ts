/** An error with a stable code, the place and the remedy: the server's problem details, or the page's own when the server gives none. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly where: string,
    readonly fix: string,
    readonly status: number,
  ) {
    super(`${code}: ${title}`);
    this.name = "Problem";
  }
}

/** The server could not be reached, or the connection broke. */
export function unreachable(path: string): Problem {
  return new Problem("UNREACHABLE", "Leat's server does not answer", path, "start it with `leat up`; this page reconnects by itself", 0);
}

/** The problem inside an HTTP answer that is not a success. */
export async function problemOf(response: Response, path: string): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const given = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string, otherwise: string): string => (typeof given[name] === "string" && given[name] !== "" ? given[name] : otherwise);
  return new Problem(
    text("code", `HTTP${response.status}`),
    text("detail", text("title", response.statusText || "The request failed")),
    text("where", path),
    text("fix", "look at the server's log, or try again"),
    response.status,
  );
}

/** Any thrown value as a problem; aborts are the caller's own doing and are not passed here. */
export function asProblem(thrown: unknown, path: string): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof TypeError) return unreachable(path);
  return new Problem("PAGE", thrown instanceof Error ? thrown.message : String(thrown), path, "this is a bug in Leat's page, please report it", 0);
}
