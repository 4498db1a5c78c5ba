namespace Leat.Models.Jinja;

/// <summary>A name or member that is not there: prints nothing, is false, iterates empty; using it further is an error.</summary>
internal sealed class Undefined(string message, Func<string?>? todo = null)
{
    public string Message => message;

    public static Undefined Member(object? target, string name) => new($"{PyText.Repr(PyTypes.Described(target))} has no attribute {PyText.Repr(name)}", () => PyMembers.Advice(target, name));

    public static Undefined Item(object? target, object? key) => key is string name
        ? Member(target, name)
        : new($"{PyTypes.Described(target)} has no element {PyText.Repr(key)}");

    public JinjaError Error() => new(ErrorKind.UndefinedError, message, todo?.Invoke());
}
