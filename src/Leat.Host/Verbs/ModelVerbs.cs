using Leat.Host.CommandLine;
using Leat.Models;

namespace Leat.Host.Verbs;

/// <summary>dbt's verbs that exist so far.</summary>
internal static class ModelVerbs
{
    public static IReadOnlyList<Verb> All =>
    [
        new ModelVerb(ModelsVerb.Build, "seeds, models and tests in order; a failed test stops what is downstream"),
        new ModelVerb(ModelsVerb.Run, "build models"),
        new ModelVerb(ModelsVerb.Test, "run tests"),
        new ModelVerb(ModelsVerb.Seed, "load seeds"),
        new ModelVerb(ModelsVerb.Compile, "write the SQL of models without running it"),
        new ModelVerb(ModelsVerb.Parse, "read the project and check it"),
        new ModelVerb(ModelsVerb.Ls, "list what is selected"),
    ];
}
