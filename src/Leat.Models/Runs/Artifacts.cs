using System.Globalization;
using System.Text.Json;

namespace Leat.Models;

/// <summary>Files under target/: compiled SQL, and run_results.json in dbt's form (v6).</summary>
internal sealed class Artifacts(ProjectGraph graph)
{
    private readonly string _target = Path.Combine(graph.Root.Root, graph.Root.TargetPath);

    public void WriteCompiled(CompiledNode compiled)
    {
        var node = compiled.Node;
        var name = node.Test is null ? node.Path : $"{node.Path}/{node.Name}.sql";
        Write(Path.Combine("compiled", node.Package, name), compiled.Sql);
        Write(Path.Combine("run", node.Package, name), node.Type == ResourceType.Test ? TestRun.Sql(compiled) : compiled.Sql);
    }

    public void WriteRunResults(ModelsResult result, DateTimeOffset generatedAt)
    {
        Directory.CreateDirectory(_target);
        var path = Path.Combine(_target, "run_results.json");
        using (var stream = File.Create(path + ".tmp"))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteString("dbt_schema_version", "https://schemas.getdbt.com/dbt/run-results/v6.json");
            json.WriteString("dbt_version", "1.12.0");
            json.WriteString("generated_at", Time(generatedAt));
            json.WriteString("invocation_id", result.InvocationId);
            json.WriteStartObject("env");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("results");
            foreach (var node in result.Nodes) Write(json, node);
            json.WriteEndArray();
            json.WriteNumber("elapsed_time", result.Elapsed.TotalSeconds);
            json.WriteStartObject("args");
            json.WriteString("which", result.Verb.ToString().ToLowerInvariant());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static void Write(Utf8JsonWriter json, NodeResult node)
    {
        json.WriteStartObject();
        json.WriteString("status", node.Status == NodeStatus.NoOp ? "no-op" : node.Status.ToString().ToLowerInvariant());
        json.WriteStartArray("timing");
        json.WriteStartObject();
        json.WriteString("name", "execute");
        json.WriteString("started_at", Time(node.StartedAt));
        json.WriteString("completed_at", Time(node.StartedAt + node.Elapsed));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("thread_id", "Thread-1");
        json.WriteNumber("execution_time", node.Elapsed.TotalSeconds);
        json.WriteStartObject("adapter_response");
        if (node.Rows is { } rows) json.WriteNumber("rows_affected", rows);
        json.WriteEndObject();
        json.WriteString("message", node.Message);
        if (node.Failures is { } failures) json.WriteNumber("failures", failures);
        else json.WriteNull("failures");
        json.WriteString("unique_id", node.UniqueId);
        json.WriteBoolean("compiled", node.CompiledCode is not null);
        json.WriteString("compiled_code", node.CompiledCode);
        json.WriteString("relation_name", node.RelationName);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private void Write(string relative, string text)
    {
        var path = Path.Combine(_target, relative.Replace("../", "", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
