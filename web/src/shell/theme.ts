import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";
const Key = "leat.theme";
const Changed = "leat:theme";
const system = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

/** What is shown: the remembered choice, else the system's preference. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return system().matches ? "dark" : "light";
}

/** Shows and remembers the other theme; going back to the system's own forgets the choice. */
export function toggleTheme(): void {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  const own: Theme = system().matches ? "dark" : "light";
  if (next === own) delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  try {
    if (next === own) localStorage.removeItem(Key);
    else localStorage.setItem(Key, next);
  } catch {
    // Storage is blocked: the choice lasts until the page is closed.
  }
  dispatchEvent(new Event(Changed));
}

/** The theme shown now; re-renders when it changes. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}

function subscribe(listener: () => void): () => void {
  const media = system();
  media.addEventListener("change", listener);
  addEventListener(Changed, listener);
  return () => {
    media.removeEventListener("change", listener);
    removeEventListener(Changed, listener);
  };
}
