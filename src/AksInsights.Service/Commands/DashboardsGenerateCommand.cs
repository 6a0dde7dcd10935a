using System.CommandLine;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>dashboards generate</c>: writes the dashboards as files, a folder for each data source.</summary>
internal static class DashboardsGenerateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var library = new LibraryOptions();
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write into; it gets a folder for each data source.", HelpName = "DIR", Required = true };
        var dataSource = DashboardsCommand.DataSource();
        var format = new Option<string>("--format")
        {
            Description = $"What is written: {string.Join("; ", ShippingFormats.All.Select(it => $"{it.Name} ({it.Purpose})"))}.",
            HelpName = string.Join('|', ShippingFormats.All.Select(it => it.Name)),
            DefaultValueFactory = _ => ShippingFormats.All[0].Name,
        };
        format.AcceptOnlyFromAmong([.. ShippingFormats.All.Select(it => it.Name)]);
        var command = new Command("generate", "Write the dashboards as files that Grafana can read.") { folder, dataSource, format };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (loaded.HasErrors) return io.Refuse(ExitCode.Failed, "Dashboards that lack queries would mislead, so none are written.", "See `aksinsights query lint`.");
            var written = ShippingFormats.All.Single(it => it.Name == parsed.GetRequiredValue(format));
            return Save(parsed.GetRequiredValue(folder), written, DashboardsCommand.Flavours(parsed.GetValue(dataSource)), loaded, io);
        });
        return command;
    }

    private static int Save(DirectoryInfo folder, IShippingFormat format, IReadOnlyList<DashboardFlavour> flavours, QueryLibrary library, CommandIo io)
    {
        try
        {
            var mistakes = new List<string>();
            foreach (var flavour in flavours)
            {
                var into = Directory.CreateDirectory(Path.Combine(folder.FullName, DashboardsCommand.FolderOf(flavour)));
                var files = format.Write(flavour, DashboardSet.Of(flavour, library), mistakes);
                foreach (var file in files) Write(Path.Combine(into.FullName, file.Path), file.Text);
                io.Out.WriteLine($"{Path.Combine(folder.ToString(), into.Name)}: {Counted.Of(files.Count, format is PlainFiles ? "dashboard" : "file")}");
            }

            foreach (var mistake in mistakes) io.Error.WriteLine(mistake);
            return mistakes.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return io.Refuse(ExitCode.Impossible, $"`{folder}` cannot be written: {error.Message}");
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
