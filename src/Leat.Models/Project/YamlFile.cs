using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Leat.Core;
using Leat.Models.Jinja;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Leat.Models;

/// <summary>A YAML file as Python values; containers remember their line. Anchors and merge keys are resolved.</summary>
internal sealed partial class YamlFile
{
    private readonly ConditionalWeakTable<object, string> _places = [];
    private readonly string _path;

    private YamlFile(string path) => _path = path;

    public object? Root { get; private set; }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*)$")]
    private static partial Regex Integer { get; }

    [GeneratedRegex(@"^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9]+)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Float { get; }

    /// <param name="path">Path for messages, relative to the project.</param>
    /// <param name="text">The file's text.</param>
    /// <exception cref="LeatException">LEAT4011 with line and column.</exception>
    public static YamlFile Parse(string path, string text)
    {
        var file = new YamlFile(path);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            file.Root = stream.Documents.Count == 0 ? null : file.Convert(stream.Documents[0].RootNode);
            return file;
        }
        catch (YamlException bad)
        {
            throw new LeatException("LEAT4011", $"not valid YAML: {bad.Message.Trim()}", $"{path}:{bad.Start.Line}:{bad.Start.Column}", "correct the indentation, colon or quote at that line", Fault.User, Retry.Never, bad);
        }
    }

    /// <summary>"path:line" of a dict or list of this file.</summary>
    public string PlaceOf(object? container) => container is not null && _places.TryGetValue(container, out var place) ? place : _path;

    private object? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                return Scalar(scalar);
            case YamlSequenceNode sequence:
                return Placed(new PyList(sequence.Children.Select(Convert)), node);
            default:
                return Placed(Mapping((YamlMappingNode)node), node);
        }
    }

    private object Placed(object container, YamlNode node)
    {
        _places.AddOrUpdate(container, string.Create(CultureInfo.InvariantCulture, $"{_path}:{node.Start.Line}"));
        return container;
    }

    private PyDict Mapping(YamlMappingNode mapping)
    {
        var dict = new PyDict();
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: "<<" })
            {
                dict[Key(key)] = Convert(value);
                continue;
            }
            var merged = Convert(value);
            foreach (var source in merged is PyList list ? list : [merged])
                foreach (var (name, inherited) in (PyDict)source!)
                    if (!dict.ContainsKey(name)) dict[name] = inherited;
        }
        return dict;
    }

    /// <summary>A key that reads as a boolean (a folder named "on") stays the word it is.</summary>
    private object? Key(YamlNode key)
    {
        var value = Convert(key);
        return value is bool or null && key is YamlScalarNode { Value: { } word } ? word : value;
    }

    private static object? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any) || scalar.Tag == "tag:yaml.org,2002:str") return text;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON": return true;
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF": return false;
        }
        if (Integer.IsMatch(text)) return PyNumbers.Shrink(BigInteger.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return Float.IsMatch(text) ? double.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : text;
    }
}
