using System.Text.Json.Serialization;
using Leat.Core;
using Leat.Flows;
using Leat.Serve.Catalog;
using Leat.Serve.Collector;
using Leat.Serve.Flows;
using Leat.Serve.Health;
using Leat.Serve.Runs;
using Leat.Serve.Sql;
using Leat.Serve.Streams;
using Leat.Streams;

namespace Leat.Serve.Answers;

/// <summary>Shapes of the HTTP face, in snake_case; generated at build.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SnakeCase<RunEventKind>), typeof(SnakeCase<RunState>), typeof(SnakeCase<TaskState>)])]
[JsonSerializable(typeof(FlowList))]
[JsonSerializable(typeof(FlowRunList))]
[JsonSerializable(typeof(FlowRun))]
[JsonSerializable(typeof(StreamList))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(JobDescription))]
[JsonSerializable(typeof(StreamQuestion))]
[JsonSerializable(typeof(StreamStopAnswer))]
[JsonSerializable(typeof(Savepoint))]
[JsonSerializable(typeof(JobReset))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(ProjectAnswer))]
[JsonSerializable(typeof(CatalogAnswer))]
[JsonSerializable(typeof(SqlQuestion))]
[JsonSerializable(typeof(WatermarkQuestion))]
[JsonSerializable(typeof(WatermarkAnswer))]
[JsonSerializable(typeof(CollectAnswer))]
[JsonSerializable(typeof(CollectorFigures))]
[JsonSerializable(typeof(ReadyAnswer))]
internal sealed partial class ServeJson : JsonSerializerContext;
