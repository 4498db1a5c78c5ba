namespace Leat.Quality;

/// <summary>What a check counts or measures.</summary>
public enum CheckKind
{
    /// <summary>Rows of the dataset, between min and max.</summary>
    RowCount,

    /// <summary>Age of the newest value of a time column, at most max_age.</summary>
    Freshness,

    /// <summary>A condition every row must hold; NULL counts as held, as in SQL's CHECK.</summary>
    Expression,

    /// <summary>A SELECT whose rows are the failures.</summary>
    Sql,
}
