using Microsoft.Extensions.Options;

namespace Leat.Log;

/// <summary>Checks the settings at start.</summary>
internal sealed class KafkaLogOptionsValidator : IValidateOptions<KafkaLogOptions>
{
    public ValidateOptionsResult Validate(string? name, KafkaLogOptions options) =>
        options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
