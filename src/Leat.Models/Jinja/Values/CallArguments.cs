namespace Leat.Models.Jinja;

/// <summary>Arguments of one call.</summary>
/// <param name="Positional">In order.</param>
/// <param name="Keywords">By name, in the order written.</param>
internal readonly record struct CallArguments(object?[] Positional, KeyValuePair<string, object?>[] Keywords)
{
    public static readonly CallArguments None = new([], []);

    public static CallArguments Of(params object?[] positional) => new(positional, []);

    public int Count => Positional.Length;

    /// <summary>Argument at <paramref name="index"/> or named <paramref name="name"/>; otherwise <paramref name="fallback"/>.</summary>
    public object? Get(int index, string name, object? fallback = null) => TryGet(index, name, out var value) ? value : fallback;

    public bool TryGet(int index, string name, out object? value)
    {
        if (index >= 0 && index < Positional.Length)
        {
            value = Positional[index];
            return true;
        }
        foreach (var (key, given) in Keywords)
        {
            if (key != name) continue;
            value = given;
            return true;
        }
        value = null;
        return false;
    }

    /// <exception cref="JinjaError">The argument is missing.</exception>
    public object? Need(int index, string name, string function) => TryGet(index, name, out var value)
        ? value
        : throw new JinjaError(ErrorKind.TypeError, $"{function}() missing 1 required positional argument: '{name}'", $"pass '{name}'");

    public string Text(int index, string name, string function) => PyText.Str(Need(index, name, function));

    public long Integer(int index, string name, long fallback) => TryGet(index, name, out var value) && value is not null ? PyNumbers.ToLong(value) : fallback;

    public bool Flag(int index, string name, bool fallback = false) => TryGet(index, name, out var value) ? PyTruth.Of(value) : fallback;

    public CallArguments Skip(int count) => this with { Positional = Positional.Length <= count ? [] : Positional[count..] };
}
