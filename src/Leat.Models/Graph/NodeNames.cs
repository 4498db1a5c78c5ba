using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>All names a node's template sees: macros first, so that a project can override what is built in, then the context.</summary>
internal sealed class NodeNames : INames
{
    private readonly MacroLibrary _library;
    private readonly string _package;
    private readonly INames _context;
    private readonly Scope _scope;
    private readonly Dictionary<CompiledMacro, PyMacro> _bound = [];

    public NodeNames(MacroLibrary library, string package, INames context)
    {
        _library = library;
        _package = package;
        _context = context;
        _scope = new Scope(this);
    }

    public IEnumerable<string> Known => _context.Known.Concat(_library.Names);

    public bool TryGet(string name, out object? value)
    {
        if (_library.Find(_package, name) is { } macro)
        {
            value = Bind(macro);
            return true;
        }
        if (_context.TryGet(name, out value)) return true;
        if (!_library.HasPackage(name)) return false;
        value = new MacroNamespace(name, _library, Bind);
        return true;
    }

    public PyMacro Bind(CompiledMacro macro)
    {
        if (_bound.TryGetValue(macro, out var bound)) return bound;
        return _bound[macro] = new PyMacro(macro, _scope);
    }
}
