using System.Net;
using Leat.Core;
using Leat.Serve.Tests.Fakes;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Streams;

public sealed class StreamControlTests
{
    private readonly FakeControl _control = new();

    [Theory]
    [InlineData("stop", "{}", "stop clicks", "\"savepoint\":null")]
    [InlineData("stop", """{"savepoint":""}""", "stop clicks;save clicks ", "\"checkpoint_id\":17,\"size_bytes\":4711")]
    [InlineData("stop", """{"savepoint":"v1"}""", "stop clicks;save clicks /data/savepoints/clicks/v1", "\"path\":\"/data/savepoints/clicks/v1\"")]
    [InlineData("savepoint", "{}", "save clicks ", "\"path\":\"/somewhere\"")]
    [InlineData("start", "{}", "start clicks  False", "\"state\":\"running\"")]
    [InlineData("start", """{"from_savepoint":"v1","allow_dropped_state":true}""", "start clicks /data/savepoints/clicks/v1 True", "\"state\":\"running\"")]
    [InlineData("reset", """{"confirm":true}""", "reset clicks", "\"dropped_checkpoint\":17,\"tables\":[\"t\"],\"topics\":[]")]
    public async Task Given_a_job_When_posted_to_Then_the_room_does_it_and_answers(string verb, string body, string asked, string answered)
    {
        await using var server = await StartAsync();
        var (status, answer) = await server.PostAsync($"/v1/streams/clicks/{verb}", body);
        Assert.Equal((HttpStatusCode.OK, asked), (status, string.Join(';', _control.Asked)));
        Assert.Contains(answered, answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clicks/reset", "{}", HttpStatusCode.BadRequest, "LEAT6022")]
    [InlineData("clicks/stop", """{"savepoint":"../x"}""", HttpStatusCode.BadRequest, "LEAT6022")]
    [InlineData("clicks/start", """{"from_savepoint":"/etc"}""", HttpStatusCode.BadRequest, "LEAT6022")]
    [InlineData("clicks/start", """{"from_savepoint":".."}""", HttpStatusCode.BadRequest, "LEAT6022")]
    [InlineData("clicks/start", """{"from_savepoint":"missing"}""", HttpStatusCode.Conflict, "LEAT2136")]
    [InlineData("clicks/start", """{"form_savepoint":"v1"}""", HttpStatusCode.BadRequest, "LEAT6021")]
    [InlineData("click/stop", "{}", HttpStatusCode.NotFound, "LEAT6031")]
    public async Task Given_what_cannot_be_When_posted_Then_a_problem_says_why_and_nothing_is_done(string path, string body, HttpStatusCode status, string code)
    {
        await using var server = await StartAsync();
        var (got, answer) = await server.PostAsync($"/v1/streams/{path}", body);
        Assert.Equal((status, code), (got, (string?)answer["code"]));
        Assert.Empty(_control.Asked);
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(rooms => rooms.AddSingleton<IStreamRuntime>(new FakeRuntime(FakeRuntime.Job("clicks", "running"))).AddSingleton<IStreamControl>(_control)
        .AddSingleton(new LeatProject("/project", "test", "dev", "/data")));
}
