namespace Leat.Models.Jinja;

/// <summary>Something a template can call.</summary>
internal abstract class PyCallable : PyObject
{
    public abstract string Name { get; }

    public override string TypeName => "function";

    public override string Text => $"<function {Name}>";

    public abstract object? Call(CallArguments arguments);
}
