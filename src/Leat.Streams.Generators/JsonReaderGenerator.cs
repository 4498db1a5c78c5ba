using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Leat.Streams.Generators;

/// <summary>Writes a JSON reader for each type that a job reads by <c>From</c>, and for each marked with <c>[JsonRecord]</c>; the readers register themselves when their assembly is loaded.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class JsonReaderGenerator : IIncrementalGenerator
{
    private const string Builder = "Leat.Streams.JobBuilder";
    private const string Mark = "Leat.Streams.JsonRecordAttribute";
    private const string From = "From";

    private static readonly DiagnosticDescriptor NotServed = new(
        "LEAT2160", "Record type keeps the built-in decoder", "'{0}' is read by the built-in JSON decoder, which is slower: it {1}", "Leat.Streams", DiagnosticSeverity.Info, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var used = context.SyntaxProvider.CreateSyntaxProvider((node, _) => IsFrom(node), (use, ct) => OfUse(use, ct)).Where(m => m is not null);
        var marked = context.SyntaxProvider.ForAttributeWithMetadataName(
            Mark, (_, _) => true, (use, _) => (RecordModel?)RecordModels.Of((INamedTypeSymbol)use.TargetSymbol, use.SemanticModel.Compilation, use.TargetNode.GetLocation()));
        var types = used.Collect().Combine(marked.Collect()).SelectMany((both, _) => both.Left.Concat(both.Right).OfType<RecordModel>().GroupBy(m => m.Type).Select(g => g.First()));
        context.RegisterSourceOutput(types, Write);
    }

    private static bool IsFrom(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: From } };

    private static RecordModel? OfUse(GeneratorSyntaxContext use, CancellationToken ct)
    {
        var symbol = use.SemanticModel.GetSymbolInfo(use.Node, ct).Symbol as IMethodSymbol;
        if (symbol is not { Name: From, TypeArguments.Length: 1 } || symbol.ContainingType.ToDisplayString() != Builder) return null;
        return symbol.TypeArguments[0] is INamedTypeSymbol type ? RecordModels.Of(type, use.SemanticModel.Compilation, use.Node.GetLocation()) : null;
    }

    private static void Write(SourceProductionContext context, RecordModel model)
    {
        if (model.Refusal is not null) context.ReportDiagnostic(Diagnostic.Create(NotServed, model.Where, model.Type, model.Refusal));
        else context.AddSource(ReaderSource.FileName(model), ReaderSource.Of(model));
    }
}
