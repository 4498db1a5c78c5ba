using Microsoft.Extensions.Options;

namespace Leat.Log;

/// <summary>Checks the settings at start.</summary>
internal sealed class KafkaPortOptionsValidator : IValidateOptions<KafkaPortOptions>
{
    public ValidateOptionsResult Validate(string? name, KafkaPortOptions options) =>
        options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
