namespace Leat.Core;

/// <summary>One value of a YAML file with its place: a scalar, a list or a map.</summary>
public abstract class YamlValue
{
    private protected YamlValue(string file, int line, int column)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>File as shown to people.</summary>
    public string File { get; }

    /// <summary>Line, from 1.</summary>
    public int Line { get; }

    /// <summary>Column, from 1.</summary>
    public int Column { get; }

    /// <summary><c>file:line:column</c>.</summary>
    public string Place => $"{File}:{Line}:{Column}";

    /// <summary>"text", "list" or "map", for messages.</summary>
    public abstract string Shape { get; }

    /// <summary>An error at this place (LEAT1004 unless another code is given).</summary>
    public LeatException Wrong(string what, string todo, string code = "LEAT1004") => new(code, what, Place, todo);
}
