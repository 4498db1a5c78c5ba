using Leat.Core;

namespace Leat.Serve.Problems;

/// <summary>What is asked for and is not there.</summary>
internal static class Missing
{
    /// <summary>The room is not part of this program.</summary>
    public static ProblemException Room(string room) => new(new Problem(
        404, "LEAT6032", $"this program runs without {room}", room, "start the whole platform with `leat up`, or add the room in Program.cs"));

    /// <summary>Nothing of that name; offers the nearest.</summary>
    public static ProblemException Named(string code, string kind, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var fix = Nearest.To(name, names) is { } near ? $"did you mean '{near}'?"
            : names.Length == 0 ? $"there is no {kind} yet" : $"known: {string.Join(", ", names.Take(10))}{(names.Length > 10 ? ", ..." : "")}";
        return new ProblemException(new Problem(404, code, $"there is no {kind} '{name}'", $"{kind} {name}", fix));
    }
}
