namespace Leat.Models.Jinja;

/// <summary>A C# function that templates can call. What the arguments make impossible becomes an error of the template.</summary>
internal sealed class PyFunction(string name, Func<CallArguments, object?> body) : PyCallable
{
    public override string Name => name;

    public override object? Call(CallArguments arguments)
    {
        try
        {
            return body(arguments);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException or ArgumentException or TimeoutException)
        {
            throw new JinjaError(ErrorKind.TypeError, $"{name}() cannot take these arguments ({string.Join(", ", arguments.Positional.Select(PyTypes.NameOf))}): {error.Message}", "check the number and kinds of the arguments");
        }
    }
}
