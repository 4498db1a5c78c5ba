namespace Leat.Sql;

internal enum SqlTokenKind
{
    /// <summary>Keyword or bare name.</summary>
    Word,

    /// <summary>"name".</summary>
    QuotedName,

    /// <summary>String, dollar-quoted string or number.</summary>
    Literal,

    /// <summary>One character of anything else.</summary>
    Mark,
}
