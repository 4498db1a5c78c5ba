using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Doctor;

namespace Leat.Host.Verbs;

/// <summary>Checks the machine and the project.</summary>
internal sealed class DoctorVerb : Verb
{
    public override string Name => "doctor";

    public override string Summary => "check the machine and the project";

    public override ImmutableArray<string> Examples => ["doctor", "doctor --json"];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var checks = new List<DoctorCheck>();
        foreach (var check in DoctorChecks.All(context)) checks.Add(await check(ct));
        if (context.Json) context.WriteJson(new JsonObject { ["ok"] = checks.All(c => c.Ok), ["checks"] = new JsonArray([.. checks.Select(c => c.ToJson())]) });
        else foreach (var check in checks) context.Out.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Name,-12} {check.Detail}{(check.Ok ? "" : $"\n      fix: {check.Remedy}")}");
        return checks.All(c => c.Ok) ? 0 : 1;
    }
}
