using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>What holds for one command: its flags, variables and clock.</summary>
/// <param name="Id">Unique id of the invocation.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="Verb">"build", "run", ...; flags.WHICH.</param>
/// <param name="FullRefresh">--full-refresh.</param>
/// <param name="Vars">--vars, above those of dbt_project.yml.</param>
/// <param name="BaseNames">Names that need no project.</param>
internal sealed record Invocation(string Id, DateTimeOffset StartedAt, string Verb, bool FullRefresh, PyDict Vars, NameTable BaseNames);
