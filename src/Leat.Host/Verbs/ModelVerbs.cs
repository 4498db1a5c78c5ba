using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>dbt's verbs that exist so far.</summary>
internal static class ModelVerbs
{
    public static IReadOnlyList<Verb> All =>
    [
        new ModelVerb("build", "seeds, models and tests in order; a failed test stops what is downstream"),
        new ModelVerb("run", "build models"),
        new ModelVerb("test", "run tests"),
        new ModelVerb("seed", "load seeds"),
        new ModelVerb("compile", "write the SQL of models without running it"),
        new ModelVerb("ls", "list what is selected"),
    ];
}
