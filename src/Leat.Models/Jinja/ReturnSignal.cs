namespace Leat.Models.Jinja;

/// <summary>A <c>return(x)</c> from inside an expression or a call block, on its way to the macro it ends. Statements that are just a return take the fast way: <see cref="Flow.Return"/>.</summary>
internal sealed class ReturnSignal(object? value) : Exception("return() outside of a macro")
{
    public object? Value => value;
}
