using System.Text;

namespace Leat.Core;

/// <summary>Names between YAML (<c>kafka_port</c>) and options (<c>KafkaPort</c>).</summary>
public static class SnakeCase
{
    /// <summary><c>KafkaPort</c> to <c>kafka_port</c>.</summary>
    public static string Of(string pascal)
    {
        var snake = new StringBuilder(pascal.Length + 4);
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }

    /// <summary><c>kafka_port</c> (also <c>kafka-port</c>) to <c>KafkaPort</c>.</summary>
    public static string ToPascal(string snake)
    {
        var pascal = new StringBuilder(snake.Length);
        var upper = true;
        foreach (var c in snake)
        {
            if (c is '_' or '-')
            {
                upper = true;
                continue;
            }
            pascal.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }
        return pascal.ToString();
    }
}
