using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Leat.House.Tests;

/// <summary>Sizes of files and functions, measured on the syntax tree.</summary>
internal static class SourceSizes
{
    /// <summary>A function: where it is, its whole body in lines, its parameters.</summary>
    public sealed record Function(string File, string Name, int Lines, int Parameters);

    /// <summary>A file: its lines and the top-level types declared in it.</summary>
    public sealed record SourceFile(string File, int Lines, int TopLevelTypes, bool IsClosedFamily);

    public static (List<SourceFile> Files, List<Function> Functions) Measure(IEnumerable<string> paths)
    {
        var files = new List<SourceFile>();
        var functions = new List<Function>();
        foreach (var path in paths)
        {
            var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(path), new CSharpParseOptions(LanguageVersion.Preview));
            var root = tree.GetCompilationUnitRoot();
            var name = Repository.Relative(path);
            var types = root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>().Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToList();
            files.Add(new SourceFile(name, tree.GetText().Lines.Count - 1, types.Count, IsFamily(types)));
            foreach (var member in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()) functions.Add(MeasureFunction(name, member));
        }
        return (files, functions);
    }

    private static Function MeasureFunction(string file, BaseMethodDeclarationSyntax member)
    {
        SyntaxNode? body = (SyntaxNode?)member.Body ?? member.ExpressionBody;
        var lines = body is null ? 0 : body.GetLocation().GetLineSpan() is var span ? span.EndLinePosition.Line - span.StartLinePosition.Line + 1 : 0;
        var name = member switch { MethodDeclarationSyntax m => m.Identifier.Text, ConstructorDeclarationSyntax c => c.Identifier.Text, _ => member.Kind().ToString() };
        return new Function(file, name, lines, member.ParameterList.Parameters.Count);
    }

    /// <summary>All types of the file derive from the first: a closed family of records.</summary>
    private static bool IsFamily(List<MemberDeclarationSyntax> types) =>
        types.Count > 1 && types[0] is TypeDeclarationSyntax first && types.Skip(1).All(t => t is RecordDeclarationSyntax r && (r.BaseList?.Types.Any(b => b.ToString().StartsWith(first.Identifier.Text, StringComparison.Ordinal)) ?? false));
}
