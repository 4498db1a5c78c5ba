using Leat.Bench.Nexmark;
using Leat.Core;

namespace Leat.Bench.Tests.Nexmark;

public sealed class RowChecksumTests
{
    private static readonly Text Long = Text.Literal("a text that is longer than sixteen bytes");

    [Fact]
    public void Given_the_same_rows_in_another_order_or_in_parts_When_summed_Then_the_sums_are_equal()
    {
        var (a, b, c) = (new Q2Row(1, 2), new Q2Row(3, 4), new Q2Row(1, 2));
        var part = Sum(c);
        part.Add(Sum(b, a));
        Assert.Equal(Sum(a, b, c), Sum(b, c, a));
        Assert.Equal(Sum(a, b, c), part);
    }

    [Fact]
    public void Given_a_row_that_was_taken_back_When_summed_Then_the_sum_is_as_if_it_had_never_been_there()
    {
        var sum = Sum(new Q2Row(1, 2), new Q2Row(3, 4));
        sum.Add(new Q2Row(5, 6));
        sum.Remove(new Q2Row(1, 2));
        Assert.Equal(Sum(new Q2Row(5, 6), new Q2Row(3, 4)), sum);
    }

    [Fact]
    public void Given_rows_that_differ_in_a_field_a_swap_or_a_repetition_When_summed_Then_the_sums_differ()
    {
        Assert.NotEqual(Sum(new Q2Row(1, 2)), Sum(new Q2Row(2, 1)));
        Assert.NotEqual(Sum(new Q2Row(1, 2), new Q2Row(3, 4)), Sum(new Q2Row(1, 4), new Q2Row(3, 2)));
        Assert.NotEqual(Sum(new Q2Row(1, 2)), Sum(new Q2Row(1, 2), new Q2Row(1, 2)));
    }

    [Fact]
    public void Given_texts_of_every_length_When_one_byte_is_changed_Then_the_sums_differ()
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var place = 0; place < length; place++)
            {
                var text = Long.ToString()[..length].ToCharArray();
                var before = Sum(new Q13Row(1, 2, 3, default, Text.Literal(new string(text))));
                text[place] = 'Z';
                Assert.NotEqual(before, Sum(new Q13Row(1, 2, 3, default, Text.Literal(new string(text)))));
            }
        }
    }

    private static RowChecksum Sum<TRow>(params ReadOnlySpan<TRow> rows)
        where TRow : struct, INexmarkRow<TRow>
    {
        var sum = default(RowChecksum);
        foreach (ref readonly var row in rows) sum.Add(row);
        return sum;
    }
}
