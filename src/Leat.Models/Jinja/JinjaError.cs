using System.Text;
using Leat.Core;

namespace Leat.Models.Jinja;

/// <summary>An error while reading or running a template. Places are added on the way out; the boundary turns it into a <see cref="LeatException"/>.</summary>
internal sealed class JinjaError(ErrorKind kind, string message, string? todo = null) : Exception(message)
{
    private readonly List<(string Place, string? Macro)> _stack = [];
    private bool _placeOpen = true;

    public ErrorKind Kind => kind;

    /// <summary>Innermost place, "path:line:column"; null until located.</summary>
    public string? Place => _stack.Count == 0 ? null : _stack[0].Place;

    /// <summary>Adds the place of the node that failed, if the current macro has none yet. Returns false, so that it can stand in an exception filter.</summary>
    public bool Locate(SourceText source, int offset)
    {
        if (!_placeOpen) return false;
        _stack.Add((source.Place(offset), null));
        _placeOpen = false;
        return false;
    }

    /// <summary>The error leaves the macro: what comes next is the place of its call.</summary>
    public bool Leave(string macro)
    {
        if (_stack.Count > 0 && _stack[^1].Macro is null) _stack[^1] = (_stack[^1].Place, macro);
        _placeOpen = true;
        return false;
    }

    public LeatException ToLeat(SourceText source)
    {
        var where = new StringBuilder(Place ?? source.Path);
        for (var i = 1; i < _stack.Count && i < 12; i++) where.Append("\n     in macro '").Append(_stack[i - 1].Macro).Append("', called at ").Append(_stack[i].Place);
        var (code, advice) = kind switch
        {
            ErrorKind.TemplateSyntaxError or ErrorKind.TemplateAssertionError => ("LEAT4001", "correct the template at the place given"),
            ErrorKind.UndefinedError => ("LEAT4002", "define the name, pass it as an argument, or give it a default: {{ name | default('...') }}"),
            ErrorKind.CompilationError => ("LEAT4004", "the template itself refused to go on; do what its message says"),
            ErrorKind.RecursionError => ("LEAT4005", "end the recursion of the macro"),
            _ => ("LEAT4003", "correct the expression at the place given"),
        };
        return new LeatException(code, Message, where.ToString(), todo ?? advice, Fault.User, Retry.Never, this);
    }
}
