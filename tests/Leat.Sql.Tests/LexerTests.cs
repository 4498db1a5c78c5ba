namespace Leat.Sql.Tests;

public class LexerTests
{
    [Theory]
    [InlineData("a; b ;; c", "a|b|c")]
    [InlineData("SELECT ';', \";\", $$;$$, $x$;$$;$x$, E'\\';' -- ;\n; b /* ; /* ; */ ; */", "SELECT ';', \";\", $$;$$, $x$;$$;$x$, E'\\';'|b")]
    [InlineData("SELECT 'it''s;'; SELECT $1", "SELECT 'it''s;'|SELECT $1")]
    [InlineData(" ; -- nothing", "")]
    [InlineData("SELECT 'open ; ", "SELECT 'open ; ")]
    public void Given_a_script_When_split_Then_only_real_semicolons_part_it(string script, string statements) => Assert.Equal(statements, string.Join('|', SqlLexer.Split(script)));
}
