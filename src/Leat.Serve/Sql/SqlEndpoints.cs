using System.Text.Json;
using Leat.Core;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Leat.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Leat.Serve.Sql;

/// <summary>Ad hoc SQL, untrusted: only SELECT, no files, bounded in rows and time.</summary>
internal sealed class SqlEndpoints(ServerOptions options, ILogger<SqlEndpoints> log, ISqlEngine? engine = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/sql", RunAsync);

    private async Task RunAsync(HttpContext http)
    {
        var room = engine ?? throw Missing.Room("SQL");
        var question = await JsonBody.ReadAsync(http, ServeJson.Default.SqlQuestion).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(question.Sql)) throw Wrong("sql", "there is no statement", "send {\"sql\": \"select ...\"}");
        var limit = question.Limit ?? options.MaxSqlRows;
        if (limit < 1 || limit > options.MaxSqlRows) throw Wrong("limit", $"{limit} is not between 1 and {options.MaxSqlRows}", "correct the limit");
        var session = room.OpenSession(new SqlSessionOptions(Untrusted: true, options.SqlTimeout));
        await using var sessionEnd = session.ConfigureAwait(false);
        var result = await session.QueryAsync(question.Sql, [], http.RequestAborted).ConfigureAwait(false);
        await using var resultEnd = result.ConfigureAwait(false);
        await WriteAsync(http, result, limit).ConfigureAwait(false);
    }

    /// <summary>Streams the rows. The first batch is read before the status goes out; a failure after that ends the answer with an "error" member.</summary>
    private async Task WriteAsync(HttpContext http, SqlResult result, int limit)
    {
        var batches = result.ReadAsync(http.RequestAborted).GetAsyncEnumerator(http.RequestAborted);
        await using var end = batches.ConfigureAwait(false);
        var more = await batches.MoveNextAsync().ConfigureAwait(false);
        JsonAnswer.Begin(http, StatusCodes.Status200OK);
        var json = new Utf8JsonWriter(http.Response.BodyWriter, JsonAnswer.Options);
        await using var flush = json.ConfigureAwait(false);
        json.WriteStartObject();
        json.WritePropertyName("columns");
        JsonValues.WriteColumns(json, result.Schema);
        json.WriteStartArray("rows");
        var (rows, truncated, failure) = (0, false, default(Problem));
        try
        {
            for (; more && !truncated; more = !truncated && await batches.MoveNextAsync().ConfigureAwait(false))
            {
                using var batch = batches.Current;
                var take = Math.Min(batch.RowCount, limit - rows);
                WriteRows(json, batch, take);
                rows += take;
                truncated = take < batch.RowCount;
                await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (LeatException error)
        {
            failure = ProblemMap.From(error);
            Messages.ServeMessages.AnswerCut(log, http.Request.Method, http.Request.Path, error.Code, error);
        }
        WriteEnd(json, truncated, failure);
    }

    private static void WriteRows(Utf8JsonWriter json, Batch batch, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            json.WriteStartArray();
            for (var column = 0; column < batch.ColumnCount; column++) JsonValues.Write(json, batch[column].GetValue(row));
            json.WriteEndArray();
        }
    }

    private static void WriteEnd(Utf8JsonWriter json, bool truncated, Problem? failure)
    {
        json.WriteEndArray();
        json.WriteBoolean("truncated", truncated || failure is not null);
        if (failure is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("code", failure.Code);
            json.WriteString("detail", failure.What);
            json.WriteString("where", failure.Where);
            json.WriteString("fix", failure.Fix);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static ProblemException Wrong(string member, string what, string fix) => new(new Problem(400, "LEAT6022", what, $"request body, {member}", fix));
}
