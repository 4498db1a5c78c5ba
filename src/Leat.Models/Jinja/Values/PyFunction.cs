namespace Leat.Models.Jinja;

/// <summary>A C# function that templates can call.</summary>
internal sealed class PyFunction(string name, Func<CallArguments, object?> body) : PyCallable
{
    public override string Name => name;

    public override object? Call(CallArguments arguments) => body(arguments);
}
