using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Leat.Core;

/// <summary>A YAML file of the project, parsed with the place of every value. Anchors and merge keys (<c>&lt;&lt;</c>) are resolved; a duplicate key is an error.</summary>
public sealed class YamlFile
{
    private const int DeepestNesting = 64;
    private const int MostValues = 1_000_000;
    private readonly string _shown;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlValue> _anchors = [];
    private int _values;

    private YamlFile(TextReader text, string shown)
    {
        _shown = shown;
        _parser = new Parser(text);
    }

    /// <summary>Reads and parses a file whose top is a map; an empty file is an empty map.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="shown">How messages name the file, for example relative to the project; null = <paramref name="path"/>.</param>
    /// <exception cref="LeatException">LEAT1002 not YAML; LEAT1004 the top is not a map; LEAT1006 the file cannot be read.</exception>
    public static YamlMap Read(string path, string? shown = null)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Parse(reader, shown ?? path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LeatException("LEAT1006", $"the file cannot be read: {cause.Message}", shown ?? path, "check that the file exists and may be read", Fault.External, Retry.Never, cause);
        }
    }

    /// <summary>Parses YAML text whose top is a map.</summary>
    /// <inheritdoc cref="Read"/>
    public static YamlMap Parse(string yaml, string shown)
    {
        using var reader = new StringReader(yaml);
        return Parse(reader, shown);
    }

    private static YamlMap Parse(TextReader text, string shown)
    {
        try
        {
            return new YamlFile(text, shown).Document();
        }
        catch (YamlException broken)
        {
            var inner = broken.InnerException is YamlException cause ? cause : broken;
            throw new LeatException("LEAT1002", $"this is not YAML: {Reason(inner)}", $"{shown}:{inner.Start.Line}:{inner.Start.Column}", "correct the line; indent with spaces, quote texts that hold ': ' or ' #'", cause: broken);
        }
    }

    private static string Reason(YamlException broken)
    {
        var message = broken.Message;
        var at = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return at < 0 ? message : message[(at + 3)..];
    }

    private YamlMap Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return new YamlMap([], [], _shown, 1, 1);
        _parser.Consume<DocumentStart>();
        var top = Value(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            throw new LeatException("LEAT1002", "a second document ('---') begins here; a file holds one", At(second.Start), "put it into a file of its own");
        }
        return top switch
        {
            YamlMap map => map,
            YamlScalar { IsNull: true } => new YamlMap([], [], _shown, 1, 1),
            _ => throw top.Wrong($"the file's top is a {top.Shape}; it must be a map", "begin with 'key: value' lines"),
        };
    }

    private YamlValue Value(int depth)
    {
        if (depth > DeepestNesting || ++_values > MostValues)
        {
            throw new LeatException("LEAT1002", $"nested deeper than {DeepestNesting} levels or more than {MostValues:N0} values", At(_parser.Current!.Start), "split the file");
        }
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new LeatException("LEAT1002", $"alias '*{alias.Value.Value}' has no anchor before it", At(alias.Start), $"write '&{alias.Value.Value}' at the value it means");
        }
        if (_parser.TryConsume<Scalar>(out var scalar)) return Anchor(scalar.Anchor, Scalar(scalar));
        if (_parser.TryConsume<SequenceStart>(out var list)) return Anchor(list.Anchor, List(list, depth));
        return Map(_parser.Consume<MappingStart>(), depth);
    }

    private YamlScalar Scalar(Scalar scalar) => new(scalar.Value, scalar.Style is not ScalarStyle.Plain, _shown, (int)scalar.Start.Line, (int)scalar.Start.Column);

    private YamlList List(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(depth + 1));
        return new YamlList(items.ToImmutable(), _shown, (int)start.Start.Line, (int)start.Start.Column);
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        var keys = new List<YamlScalar>();
        var values = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        var merged = new List<YamlMap>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw new LeatException("LEAT1002", "a key must be a text", At(_parser.Current!.Start), "write 'key: value'; quote texts that begin with { or [");
            }
            var value = Value(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.AddRange(Merged(value));
            }
            else if (values.TryAdd(key.Value, value))
            {
                keys.Add(Scalar(key));
            }
            else
            {
                throw new LeatException("LEAT1002", $"key '{key.Value}' stands here a second time; the first is at {values[key.Value].Place}", At(key.Start), "keep one of the two");
            }
        }
        foreach (var other in merged) AddMissing(other, keys, values);
        var map = new YamlMap(keys, values, _shown, (int)start.Start.Line, (int)start.Start.Column);
        Anchor(start.Anchor, map);
        return map;
    }

    private static IEnumerable<YamlMap> Merged(YamlValue value) => value switch
    {
        YamlMap map => [map],
        YamlList list => list.Items.SelectMany(Merged),
        _ => throw value.Wrong("'<<' takes a map or a list of maps", "write '<<: *anchor'"),
    };

    private static void AddMissing(YamlMap from, List<YamlScalar> keys, Dictionary<string, YamlValue> values)
    {
        foreach (var key in from.Keys)
        {
            if (from[key.Text] is { } value && values.TryAdd(key.Text, value)) keys.Add(key);
        }
    }

    private T Anchor<T>(AnchorName name, T value)
        where T : YamlValue
    {
        if (!name.IsEmpty) _anchors[name.Value] = value;
        return value;
    }

    private string At(Mark mark) => $"{_shown}:{mark.Line}:{mark.Column}";
}
