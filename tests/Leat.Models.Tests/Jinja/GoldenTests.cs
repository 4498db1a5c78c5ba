namespace Leat.Models.Tests.Jinja;

public sealed class GoldenTests
{
    public static TheoryData<int> Ids()
    {
        var ids = new TheoryData<int>();
        foreach (var (id, _) in GoldenCases.All()) ids.Add(id);
        return ids;
    }

    [SharedTheory(GoldenCases.File)]
    [MemberData(nameof(Ids))]
    public void Given_a_golden_template_When_rendered_Then_the_text_is_that_of_jinja2(int id)
    {
        Assert.Null(GoldenCases.Check(GoldenCases.All().First(c => c.Id == id).Case));
    }

    [SharedFact(GoldenCases.File)]
    public void Given_the_shared_cases_When_counted_Then_none_is_missing() => Assert.Equal(303, GoldenCases.All().Count());
}
