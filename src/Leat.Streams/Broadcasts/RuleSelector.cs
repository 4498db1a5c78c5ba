namespace Leat.Streams;

/// <summary>Looks at a row beside all rows of a broadcast table, in no order; adds what comes out.</summary>
public delegate void RuleSelector<in T, TRule, TOut>(T row, ReadOnlySpan<TRule> rules, RuleOutput<TOut> output);
