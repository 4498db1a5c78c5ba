using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>A test made from YAML.</summary>
/// <param name="Kind">"not_null", or "package.name".</param>
/// <param name="Subject">Model or source under test.</param>
/// <param name="Column">Column, or null for a test of the whole relation.</param>
/// <param name="Arguments">Arguments as written, without the configuration.</param>
/// <param name="Place">"path:line" of the YAML.</param>
internal sealed record GenericTest(string Kind, Node Subject, string? Column, PyDict Arguments, string Place);
