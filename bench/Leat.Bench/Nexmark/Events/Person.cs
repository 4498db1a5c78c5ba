using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A new account. Texts live as long as the events they came from.</summary>
internal readonly record struct Person(long Id, Text Name, Text EmailAddress, Text CreditCard, Text City, Text State, DateTime DateTime, Text Extra);
