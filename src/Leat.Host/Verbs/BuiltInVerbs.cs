using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>The verbs of Leat itself, in the order of help.</summary>
internal static class BuiltInVerbs
{
    public static IReadOnlyList<Verb> All =>
    [
        new NewVerb(),
        new UpVerb(),
        new SqlVerb(),
        .. ModelVerbs.All,
        new LogVerb(),
        new FlowVerb(),
        new StreamVerb(),
        new DoctorVerb(),
        new BenchVerb(),
    ];
}
