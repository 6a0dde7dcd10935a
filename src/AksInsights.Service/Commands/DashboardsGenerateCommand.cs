using System.CommandLine;
using AksInsights.Core.Dashboards;
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
        var command = new Command("generate", "Write the dashboards as files that Grafana can read.") { folder, dataSource };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (loaded.HasErrors) return io.Refuse(ExitCode.Failed, "Dashboards that lack queries would mislead, so none are written.", "See `aksinsights query lint`.");
            return Save(parsed.GetRequiredValue(folder), DashboardsCommand.Flavours(parsed.GetValue(dataSource)), loaded, io);
        });
        return command;
    }

    private static int Save(DirectoryInfo folder, IReadOnlyList<DashboardFlavour> flavours, QueryLibrary library, CommandIo io)
    {
        try
        {
            foreach (var flavour in flavours)
            {
                var into = Directory.CreateDirectory(Path.Combine(folder.FullName, DashboardsCommand.FolderOf(flavour)));
                var files = DashboardSet.Of(flavour, library);
                foreach (var file in files) File.WriteAllText(Path.Combine(into.FullName, file.FileName), file.Text());
                io.Out.WriteLine($"{Path.Combine(folder.ToString(), into.Name)}: {Counted.Of(files.Count, "dashboard")}");
            }

            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return io.Refuse(ExitCode.Impossible, $"`{folder}` cannot be written: {error.Message}");
        }
    }
}
