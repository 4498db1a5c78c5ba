namespace Leat.Models;

/// <summary>What a node of a dbt project is.</summary>
public enum ResourceType
{
    Model,
    Seed,
    Test,
    Source,
}
