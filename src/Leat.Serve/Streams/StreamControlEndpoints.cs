using Leat.Core;
using Leat.Serve.Answers;
using Leat.Serve.Problems;
using Leat.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Streams;

/// <summary>Stops, starts, saves and resets stream jobs, as the verbs do. Savepoints have names here, not paths: a caller of the HTTP face chooses no folder.</summary>
internal sealed class StreamControlEndpoints(LeatProject? project = null, IStreamControl? control = null, IStreamRuntime? runtime = null) : ILeatEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/streams/{name}/stop", http => AnswerAsync(http, StopAsync));
        routes.MapPost("/v1/streams/{name}/start", http => AnswerAsync(http, StartAsync));
        routes.MapPost("/v1/streams/{name}/savepoint", http => AnswerAsync(http, SaveAsync));
        routes.MapPost("/v1/streams/{name}/reset", http => AnswerAsync(http, ResetAsync));
    }

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, string, StreamQuestion, Task> answer)
    {
        if (control is null) throw Missing.Room("streams");
        var name = (string)http.Request.RouteValues["name"]!;
        var known = (runtime?.List() ?? []).Select(j => j.Name).ToList();
        if (!known.Contains(name)) throw Missing.Named("LEAT6031", "stream", name, known);
        await answer(http, name, await JsonBody.ReadAsync(http, ServeJson.Default.StreamQuestion).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task StopAsync(HttpContext http, string job, StreamQuestion question)
    {
        var folder = Folder(job, question.Savepoint, "savepoint");
        var status = await control!.StopAsync(job, http.RequestAborted).ConfigureAwait(false);
        var saved = question.Savepoint is null ? null : await control.SaveAsync(job, folder, http.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(http, new StreamStopAnswer(status, saved), ServeJson.Default.StreamStopAnswer).ConfigureAwait(false);
    }

    private async Task StartAsync(HttpContext http, string job, StreamQuestion question)
    {
        var status = await control!.StartAsync(job, new StreamStart(Folder(job, question.FromSavepoint, "from_savepoint"), question.AllowDroppedState), http.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(http, status, ServeJson.Default.JobStatus).ConfigureAwait(false);
    }

    private async Task SaveAsync(HttpContext http, string job, StreamQuestion question)
    {
        var saved = await control!.SaveAsync(job, Folder(job, question.Savepoint, "savepoint"), http.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(http, saved, ServeJson.Default.Savepoint).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext http, string job, StreamQuestion question)
    {
        if (!question.Confirm) throw Wrong("confirm", "a reset drops all checkpoints of the job for good", "send {\"confirm\": true}");
        await JsonAnswer.WriteAsync(http, await control!.ResetAsync(job, http.RequestAborted).ConfigureAwait(false), ServeJson.Default.JobReset).ConfigureAwait(false);
    }

    private string? Folder(string job, string? name, string member)
    {
        if (string.IsNullOrEmpty(name)) return null;
        if (!char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')) throw Wrong(member, $"'{name}' is no name of a savepoint", "use letters, digits, '_', '-' and '.'; the verbs take paths");
        return project is null ? throw Missing.Room("a project") : Path.Combine(project.DataFolder, "savepoints", job, name);
    }

    private static ProblemException Wrong(string member, string what, string fix) => new(new Problem(400, "LEAT6022", what, $"request body, {member}", fix));
}
