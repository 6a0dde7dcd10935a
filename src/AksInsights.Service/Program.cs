using AksInsights.Service.Commands;

return await CommandLineTable.RunAsync(args, CommandIo.OfProcess(), CancellationToken.None).ConfigureAwait(false);
