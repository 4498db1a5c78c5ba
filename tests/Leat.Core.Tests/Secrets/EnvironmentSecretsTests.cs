using Leat.Conformance;

namespace Leat.Core.Tests;

public sealed class EnvironmentSecretsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Given_a_file_When_resolved_Then_its_text_without_the_last_line_break()
    {
        _folder.Write("secrets/db", "p w\n");

        Assert.Equal("p w", new EnvironmentSecrets(_folder.Path).Resolve("file:secrets/db"));
    }

    [Fact]
    public void Given_a_variable_When_resolved_Then_its_value()
    {
        Environment.SetEnvironmentVariable("LEAT_TEST_SECRET", "s3cret");

        Assert.Equal("s3cret", new EnvironmentSecrets(_folder.Path).Resolve("env:LEAT_TEST_SECRET"));
    }

    [Theory]
    [InlineData("env:LEAT_TEST_NOT_SET", "LEAT1022")]
    [InlineData("file:absent", "LEAT1022")]
    [InlineData("hunter2", "LEAT1021")]
    [InlineData("vault:x", "LEAT1021")]
    public void Given_a_reference_that_leads_nowhere_When_resolved_Then_its_code(string reference, string code) =>
        Assert.Equal(code, Assert.Throws<LeatException>(() => new EnvironmentSecrets(_folder.Path).Resolve(reference)).Code);

    [Fact]
    public void Given_a_secret_in_place_of_a_reference_When_resolved_Then_the_message_does_not_repeat_it()
    {
        var error = Assert.Throws<LeatException>(() => new EnvironmentSecrets(_folder.Path).Resolve("hunter2"));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
