import { Component, lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { asProblem } from "./api/problem";
import { StorefrontPage } from "./dashboards/StorefrontPage";
import { Link, useAddress } from "./shell/router";
import { Shell } from "./shell/Shell";
import { ProblemBox } from "./tiles/ProblemBox";

const Pages: Readonly<Record<string, ComponentType>> = {
  "/": StorefrontPage,
  "/streams": lazy(() => import("./pages/StreamsPage")),
  "/flows": lazy(() => import("./pages/FlowsPage")),
  "/lake": lazy(() => import("./pages/LakePage")),
  "/sql": lazy(() => import("./pages/SqlPage")),
  "/runs": lazy(() => import("./pages/RunsPage")),
};

/** The page for the address, inside the shell. */
export function App(): ReactNode {
  const { pathname } = useAddress();
  const Page = Pages[pathname] ?? NotFound;
  return (
    <Shell>
      <Boundary key={pathname}>
        <Suspense fallback={<div className="page-wait" role="status" aria-label="Loading" />}>
          <Page />
        </Suspense>
      </Boundary>
    </Shell>
  );
}

function NotFound(): ReactNode {
  return (
    <div className="page">
      <h1>No such page</h1>
      <p className="muted">The address is not one of Leat's. <Link href="/">Go to the dashboard</Link></p>
    </div>
  );
}

/** Keeps the navigation alive when a page breaks, and says what broke. */
class Boundary extends Component<{ children: ReactNode }, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: null };
  static getDerivedStateFromError(thrown: unknown): { thrown: unknown } {
    return { thrown };
  }
  override render(): ReactNode {
    if (this.state.thrown === null) return this.props.children;
    return <div className="page"><h1>This page broke</h1><ProblemBox problem={asProblem(this.state.thrown, location.pathname)} /></div>;
  }
}
