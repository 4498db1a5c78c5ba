namespace Leat.Log;

/// <summary>Answers keep the order and the grouping of the request.</summary>
internal static class Regroup
{
    /// <summary>One answer an item.</summary>
    public static List<ByTopic<TOut>> Each<TIn, TOut>(List<ByTopic<TIn>> topics, Func<string, TIn, TOut> answer) =>
        [.. topics.Select(t => new ByTopic<TOut>(t.Topic, [.. t.Items.Select(i => answer(t.Topic, i))]))];

    /// <summary>One answer an item, one after the other.</summary>
    public static async ValueTask<List<ByTopic<TOut>>> EachAsync<TIn, TOut>(List<ByTopic<TIn>> topics, Func<string, TIn, ValueTask<TOut>> answer)
    {
        var answers = new List<ByTopic<TOut>>(topics.Count);
        foreach (var topic in topics)
        {
            var items = new List<TOut>(topic.Items.Count);
            foreach (var item in topic.Items) items.Add(await answer(topic.Topic, item).ConfigureAwait(false));
            answers.Add(new ByTopic<TOut>(topic.Topic, items));
        }
        return answers;
    }

    /// <summary>Answers of a coordinator, which stand in the order of the request.</summary>
    public static List<ByTopic<PartitionError>> Errors<TIn>(List<ByTopic<TIn>> topics, IReadOnlyList<PartitionAnswer> answers)
    {
        var at = 0;
        return Each(topics, (_, _) => new PartitionError(answers[at].Partition.Partition, answers[at++].Error));
    }
}
