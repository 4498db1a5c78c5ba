import { useEffect, useRef, type ReactNode } from "react";
import type { ProjectInfo } from "../api/contract";
import { usePolled } from "../api/polled";
import { Icon, type IconName } from "./icons";
import { Link, useAddress } from "./router";
import { toggleTheme, useTheme } from "./theme";

const Places: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: "/", label: "Dashboard", icon: "dashboard" },
  { href: "/streams", label: "Streams", icon: "streams" },
  { href: "/flows", label: "Flows", icon: "flows" },
  { href: "/lake", label: "Lake", icon: "lake" },
  { href: "/sql", label: "SQL", icon: "sql" },
  { href: "/runs", label: "Runs", icon: "runs" },
];

/** What stands around every page: the skip link, the mark, the navigation, the theme. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const { pathname } = useAddress();
  const project = usePolled<ProjectInfo>("/v1/project", 10_000);
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);

  useEffect(() => {
    const name = Places.find((place) => place.href === pathname)?.label ?? "Not found";
    document.title = project.data ? `${name} · ${project.data.name} · Leat` : `${name} · Leat`;
  }, [pathname, project.data]);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>Skip to content</a>
      <header className="rail"><div className="rail-in">
        <Link href="/" className="mark" aria-label="Leat, dashboard">
          <img src="/leat.svg" width="26" height="26" alt="" />
          <span>Leat</span>
        </Link>
        <nav className="places" aria-label="Parts of Leat">
          {Places.map((place) => (
            <Link key={place.href} href={place.href} aria-current={place.href === pathname ? "page" : undefined}>
              <Icon name={place.icon} />
              <span>{place.label}</span>
            </Link>
          ))}
        </nav>
        <div className="rail-foot">
          <ProjectLabel project={project.data} away={project.problem !== null} />
          <ThemeButton />
        </div>
      </div></header>
      <main id="main" ref={main} tabIndex={-1}>{children}</main>
    </div>
  );
}

function ProjectLabel({ project, away }: { readonly project: ProjectInfo | null; readonly away: boolean }): ReactNode {
  if (!project) return <p className="project" role="status">{away ? "No server" : ""}</p>;
  return (
    <p className="project" title={`Leat ${project.version}, target ${project.target}`}>
      <strong>{project.name}</strong>
      <span>{project.target} · v{project.version}</span>
    </p>
  );
}

function ThemeButton(): ReactNode {
  const other = useTheme() === "dark" ? "light" : "dark";
  return (
    <button type="button" className="quiet" onClick={toggleTheme} aria-label={`Use ${other} colours`} title={`Use ${other} colours`}>
      <Icon name={other === "light" ? "sun" : "moon"} />
    </button>
  );
}
