using Leat.Core;

namespace Leat.Sql;

/// <summary>One SQL face over everything: the warehouse, and every registered <see cref="ISqlSource"/>.</summary>
public interface ISqlEngine
{
    /// <summary>A session on the warehouse; cheap, not thread-safe, one statement at a time.</summary>
    ISqlSession OpenSession(SqlSessionOptions options);
}
