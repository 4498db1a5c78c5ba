using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

/// <summary>Every query as a job beside its loop.</summary>
public sealed class NexmarkQueryTests(NexmarkAnswers answers) : IClassFixture<NexmarkAnswers>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-nexmark-test-").FullName;

    public static TheoryData<string> Queries() => [.. NexmarkQueries.All.Select(q => q.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Given_the_same_events_When_the_job_and_the_loop_answer_Then_their_rows_are_equal(string name)
    {
        var run = await NexmarkJobRun.MeasureAsync(NexmarkQueries.All.Single(q => q.Name == name), answers.Events, _folder, CancellationToken.None);
        Assert.Equal(NexmarkLoops.All.Single(l => l.Name == name).Run(answers.Events), run.Answer);
    }

    [Fact]
    public void Given_all_loops_When_their_names_are_read_Then_each_is_a_job_too() => Assert.Equal(NexmarkLoops.All.Select(l => l.Name), NexmarkQueries.All.Select(q => q.Name));
}
