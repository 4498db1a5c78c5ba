namespace Leat.Models;

/// <summary>dbt's verbs that this room runs.</summary>
public enum ModelsVerb
{
    /// <summary>Seeds, models and tests in the order of the graph.</summary>
    Build,

    /// <summary>Models only.</summary>
    Run,

    /// <summary>Tests only.</summary>
    Test,

    /// <summary>Seeds only.</summary>
    Seed,

    /// <summary>Renders models and tests into target/compiled; the warehouse is only asked, not changed.</summary>
    Compile,

    /// <summary>Lists what is selected.</summary>
    Ls,

    /// <summary>Reads and checks the project without a warehouse.</summary>
    Parse,
}
