import { asProblem, problemOf, unreachable } from "./problem";

/** JSON from an address of the server. @throws Problem with code, place and remedy; aborts stay AbortError. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { headers: { accept: "application/json" }, cache: "no-store", ...(signal ? { signal } : {}) });
}

/** Sends JSON and gives the JSON answer. @throws Problem like {@link getJson}. */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: "POST", headers: { accept: "application/json", "content-type": "application/json" }, body: JSON.stringify(body), ...(signal ? { signal } : {}) });
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw thrown instanceof TypeError ? unreachable(path) : asProblem(thrown, path);
  }
  if (!response.ok) throw await problemOf(response, path);
  return (await response.json()) as T;
}
