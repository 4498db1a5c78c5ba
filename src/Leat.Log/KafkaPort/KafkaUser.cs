namespace Leat.Log;

/// <summary>Somebody who may log in at the Kafka port.</summary>
public sealed class KafkaUser
{
    /// <summary>User name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Reference to the password: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string Password { get; set; } = "";
}
