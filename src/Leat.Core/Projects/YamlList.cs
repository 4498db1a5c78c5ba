using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>A list of values.</summary>
public sealed class YamlList : YamlValue
{
    internal YamlList(ImmutableArray<YamlValue> items, string file, int line, int column)
        : base(file, line, column) => Items = items;

    public ImmutableArray<YamlValue> Items { get; }

    public override string Shape => "list";
}
