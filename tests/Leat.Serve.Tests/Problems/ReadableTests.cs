namespace Leat.Serve.Tests.Problems;

public sealed class ReadableTests
{
    [Fact]
    public async Task Given_a_problem_with_quotes_and_other_letters_Then_the_bytes_are_readable()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Http.GetAsync("/v1/views/größe");
        Assert.Contains("there is no view 'größe'", await response.Content.ReadAsStringAsync());
    }
}
