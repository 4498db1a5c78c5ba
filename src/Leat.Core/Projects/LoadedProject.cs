using Microsoft.Extensions.Configuration;

namespace Leat.Core;

/// <summary>A project with its settings.</summary>
/// <param name="Project">Folders and names.</param>
/// <param name="Configuration">Settings as <c>Leat:Log:KafkaPort</c>: the project's, overridden by its target's, overridden by environment variables <c>LEAT__LOG__KAFKA_PORT</c>.</param>
/// <param name="Declared">leat.yml as it stands, for places in messages; an empty map when there is none.</param>
public sealed record LoadedProject(LeatProject Project, IConfigurationRoot Configuration, YamlMap Declared);
