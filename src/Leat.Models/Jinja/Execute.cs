namespace Leat.Models.Jinja;

/// <summary>A compiled statement or body.</summary>
internal delegate Flow Execute(Scope scope, RenderOutput output);
