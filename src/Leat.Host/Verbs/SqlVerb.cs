using System.Collections.Immutable;
using System.CommandLine;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;
using Leat.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Ad hoc SQL over warehouse, lake and views.</summary>
internal sealed class SqlVerb : Verb
{
    private static readonly Argument<string> Statement = new("statement") { Description = "one SQL statement", HelpName = "SQL" };
    private static readonly Option<string> Format = new("--format") { Description = "table, csv, json or parquet (default: table)", HelpName = "FORMAT" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "file to write, required for parquet", HelpName = "FILE" };

    public override string Name => "sql";

    public override string Summary => "query warehouse, lake and views";

    public override ImmutableArray<string> Examples =>
    [
        "sql \"select country, revenue from mart_revenue_per_country order by revenue desc limit 5\"",
        "sql \"from lake.raw.sales limit 3\" --format csv",
        "sql \"from views.revenue_per_minute\" --json",
        "sql \"from lake.raw.sales\" --format parquet -o sales.parquet",
    ];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [Statement];

    public override ImmutableArray<Option> Options => [Format, Output];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var format = context.Json ? "json" : context.Get(Format) ?? "table";
        await using var session = context.Services.GetRequiredService<ISqlEngine>().OpenSession(new SqlSessionOptions());
        if (format == "parquet") return await WriteParquetAsync(context, session, ct);
        if (!Enum.TryParse<RowFormat>(format, ignoreCase: true, out var rows)) throw UnknownFormat(format);
        await using var result = await session.QueryAsync(context.Get(Statement)!, [], ct);
        await PrintAsync(context, result, rows, ct);
        return 0;
    }

    private static async Task PrintAsync(VerbContext context, SqlResult result, RowFormat format, CancellationToken ct)
    {
        if (context.Get(Output) is not { } file)
        {
            await RowPrinter.PrintAsync(result, format, context.Out, ct);
            return;
        }
        await using var writer = new StreamWriter(Path.GetFullPath(file, context.Console.WorkingFolder));
        var count = await RowPrinter.PrintAsync(result, format, writer, ct);
        context.Talk($"{count:n0} rows in {file}");
    }

    private static async Task<int> WriteParquetAsync(VerbContext context, ISqlSession session, CancellationToken ct)
    {
        if (context.Get(Output) is not { } file) throw new LeatException("LEAT7011", "Parquet is not for the terminal", "--format parquet", "name a file with --output FILE");
        var select = await session.RewriteAsync(context.Get(Statement)!, ct);
        var path = Path.GetFullPath(file, context.Console.WorkingFolder);
        var count = await session.ExecuteAsync($"copy ({select}) to '{path.Replace("'", "''", StringComparison.Ordinal)}' (format parquet)", ct);
        context.Talk($"{count:n0} rows in {file}");
        return 0;
    }

    private static LeatException UnknownFormat(string format)
    {
        string[] known = ["table", "csv", "json", "parquet"];
        var nearest = Nearest.To(format, known);
        return new LeatException("LEAT7010", $"'{format}' is not a format; formats are {string.Join(", ", known)}", "--format", nearest is null ? "use one of them" : $"did you mean '{nearest}'?");
    }
}
