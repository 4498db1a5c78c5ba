import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type ReactNode } from "react";

const Moved = "leat:moved";

/** Goes to an address of this page without loading it anew. */
export function navigate(to: string): void {
  if (to === location.pathname + location.search) return;
  history.pushState(null, "", to);
  dispatchEvent(new Event(Moved));
}

/** Path and query as they stand; re-renders when they change. */
export function useAddress(): URL {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return new URL(href);
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(Moved, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(Moved, listener);
  };
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string; readonly children: ReactNode };

/** An ordinary link that stays inside the page; new tabs and modifier keys work as everywhere. */
export function Link({ href, children, ...rest }: LinkProps): ReactNode {
  const onClick = (event: MouseEvent<HTMLAnchorElement>): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a href={href} onClick={onClick} {...rest}>
      {children}
    </a>
  );
}
