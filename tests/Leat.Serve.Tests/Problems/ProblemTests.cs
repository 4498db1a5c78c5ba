using System.Net;
using Leat.Core;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Problems;

public sealed class ProblemTests
{
    [Fact]
    public async Task Given_an_unknown_address_Then_404_with_all_members_and_the_nearest_address()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Http.GetAsync("/v1/veiws");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var (status, body) = await server.GetAsync("/v1/veiws");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("LEAT6014", (string?)body["code"]);
        Assert.Equal("urn:leat:error:LEAT6014", (string?)body["type"]);
        Assert.Equal("Not Found", (string?)body["title"]);
        Assert.Equal(404, (int?)body["status"]);
        Assert.Equal("/v1/veiws", (string?)body["instance"]);
        Assert.Equal("/v1/veiws", (string?)body["where"]);
        Assert.Contains("did you mean /v1/views?", (string?)body["fix"]);
    }

    [Fact]
    public async Task Given_a_wrong_method_Then_405_names_the_allowed_ones()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, body) = await server.PostAsync("/v1/streams", "{}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
        Assert.Equal("LEAT6015", (string?)body["code"]);
        Assert.Contains("GET", (string?)body["detail"]);
    }

    [Fact]
    public async Task Given_a_bug_behind_a_route_Then_500_without_any_inner_detail()
    {
        await using var server = await RunningServer.StartAsync(rooms => rooms.AddSingleton<ILeatEndpoints>(new Throwing(new InvalidOperationException("inner secret"))));
        var (status, body) = await server.GetAsync("/v1/throwing");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("LEAT6017", (string?)body["code"]);
        Assert.DoesNotContain("secret", body.ToJsonString());
        Assert.DoesNotContain("InvalidOperation", body.ToJsonString());
    }

    [Fact]
    public async Task Given_an_error_of_a_room_Then_code_place_and_remedy_arrive()
    {
        var error = new LeatException("LEAT1502", "no relation 'x'", "statement 1:15", "did you mean 'y'?");
        await using var server = await RunningServer.StartAsync(rooms => rooms.AddSingleton<ILeatEndpoints>(new Throwing(error)));
        var (status, body) = await server.GetAsync("/v1/throwing");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("LEAT1502", "no relation 'x'", "statement 1:15", "did you mean 'y'?"), ((string?)body["code"], (string?)body["detail"], (string?)body["where"], (string?)body["fix"]));
    }

    [Theory]
    [InlineData("LEAT2010", Fault.External, Retry.WithBackoff, 507, 30)]
    [InlineData("LEAT2011", Fault.External, Retry.Never, 503, null)]
    [InlineData("LEAT2012", Fault.User, Retry.Never, 413, null)]
    [InlineData("LEAT2001", Fault.User, Retry.Never, 404, null)]
    [InlineData("LEAT1503", Fault.User, Retry.Never, 403, null)]
    [InlineData("LEAT1504", Fault.Internal, Retry.Never, 500, null)]
    [InlineData("LEAT9999", Fault.External, Retry.WithBackoff, 503, 5)]
    public void Given_a_fault_Then_status_and_retry_follow_from_it(string code, Fault fault, Retry retry, int status, int? retryAfter)
    {
        var problem = ProblemMap.From(new LeatException(code, "what", "where", "fix", fault, retry));
        Assert.Equal((status, retryAfter), (problem.Status, problem.RetryAfterSeconds));
    }

    private sealed class Throwing(Exception error) : ILeatEndpoints
    {
        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/throwing", (HttpContext _) => throw error);
    }
}
