using System.Text.RegularExpressions;

namespace Leat.Models.Jinja;

/// <summary>A match of modules.re.</summary>
internal sealed class PyMatch(Match match) : PyObject
{
    public override string TypeName => "re.Match";

    public override string Text => $"<re.Match object; span=({match.Index}, {match.Index + match.Length}), match={PyText.Repr(match.Value)}>";

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "group" => new PyFunction(name, a => a.Count > 1 ? new PyTuple([.. a.Positional.Select(Group)]) : Group(a.Get(0, "group", 0L))),
            "groups" => new PyFunction(name, _ => new PyTuple([.. match.Groups.Values.Skip(1).Select(g => g.Success ? (object?)g.Value : null)])),
            "groupdict" => new PyFunction(name, _ => new PyDict(match.Groups.Values.Where(g => !char.IsDigit(g.Name[0])).Select(g => KeyValuePair.Create((object?)g.Name, g.Success ? (object?)g.Value : null)))),
            "start" => new PyFunction(name, _ => (long)match.Index),
            "end" => new PyFunction(name, _ => (long)(match.Index + match.Length)),
            "span" => new PyFunction(name, _ => new PyTuple((long)match.Index, (long)(match.Index + match.Length))),
            _ => this,
        };
        return value != this;
    }

    public override bool TryItem(object? key, out object? value)
    {
        value = Group(key);
        return true;
    }

    private object? Group(object? key)
    {
        var group = key is string name ? match.Groups[name] : match.Groups[(int)PyNumbers.ToLong(key)];
        if (!match.Groups.ContainsKey(PyText.Str(key))) throw new JinjaError(ErrorKind.IndexError, "no such group", $"the pattern has {match.Groups.Count - 1} groups");
        return group.Success ? group.Value : null;
    }
}
