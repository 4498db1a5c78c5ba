namespace Leat.Models.Jinja;

/// <summary>A compiled expression.</summary>
internal delegate object? Evaluate(Scope scope);
