namespace Leat.Models.Jinja;

/// <summary>Jinja's and Python's error classes, as far as templates can meet them.</summary>
internal enum ErrorKind
{
    TemplateSyntaxError,
    TemplateAssertionError,
    TemplateRuntimeError,
    UndefinedError,
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    ZeroDivisionError,
    OverflowError,
    SecurityError,
    RecursionError,

    /// <summary>Raised by the template itself: exceptions.raise_compiler_error.</summary>
    CompilationError,
}
