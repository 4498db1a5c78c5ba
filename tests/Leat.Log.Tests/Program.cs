using Leat.Log.Tests;

// The test assembly is also a program: the crash tests start it and kill it, "kafka-port" serves Kafka clients, another looks at what it loads, and "measure" prints rough speeds.
return args switch
{
    ["crash-writer", var folder, var seed] => await CrashWriter.RunAsync(folder, int.Parse(seed)),
    ["kafka-port", var folder, var port] => await PortProcess.RunAsync(folder, int.Parse(port)),
    ["embedded-assemblies", var folder] => await LoadedAssemblies.PrintAsync(folder),
    ["busy-writer", var folder, var seed, var point] => await BusyWriter.RunAsync(folder, int.Parse(seed), point),
    ["measure", var folder] => await Measure.RunAsync(folder),
    _ => 2,
};
