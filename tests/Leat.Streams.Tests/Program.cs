using Leat.Streams.Tests;

// The test assembly is also a program: the kill test starts it and kills it.
return args switch
{
    ["stream-job", var folder, var interval, var point] => await CrashJob.RunAsync(folder, int.Parse(interval), point),
    ["dead-sink", var folder, var steady, var dead, var hold] => await DeadSinkRun.RunAsync(folder, int.Parse(steady), int.Parse(dead), int.Parse(hold)),
    ["stream-job-end", var folder] => await CrashJob.EndAsync(folder),
    _ => 2,
};
