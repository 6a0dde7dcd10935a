using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AksInsights.Core.Queries;
using AksInsights.Core.Secrets;
using AksInsights.Service.Serving;

namespace AksInsights.Service.Commands;

/// <summary>The options of <c>workspace serve</c>.</summary>
internal sealed class ServeOptions
{
    private static readonly ServeSettings Standard = new() { Addresses = [], NowUtc = default, Time = TimeProvider.System };

    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "Where to listen. By default http://127.0.0.1:5100; port 0 takes a free one.",
        HelpName = "URL",
        DefaultValueFactory = _ => ["http://127.0.0.1:5100"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Allow addresses that other machines can reach; then --token-file is needed." };

    private readonly Option<string[]> _ids = new("--id")
    {
        Description = "A workspace id to answer to; may be given several times. By default any.",
        HelpName = "ID",
    };

    private readonly Option<FileInfo?> _token = new("--token-file") { Description = "A file with the bearer token that every request must carry.", HelpName = "FILE" };

    private readonly Option<FileInfo?> _certificate = new("--certificate") { Description = "The certificate for https, in PEM; by default one is made for this run.", HelpName = "FILE" };

    private readonly Option<FileInfo?> _key = new("--key") { Description = "Its private key, in PEM; by default it is in the certificate's file.", HelpName = "FILE" };

    private readonly Option<FileInfo?> _certificateOut = new("--certificate-out")
    {
        Description = "Where to write the certificate that is made, without its key, so that clients can trust it.",
        HelpName = "FILE",
    };

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "The longest that a query may run, such as 30s. By default 10m.",
        HelpName = "TIME",
        DefaultValueFactory = _ => Standard.MaxWait,
        CustomParser = ReadDuration,
    };

    private readonly Option<int> _memory = Number("--memory", "The memory that a query may use, in MiB. By default 1024.", "MIB", (int)(Standard.MaxMemoryBytes >> 20));

    private readonly Option<int> _concurrent = Number("--concurrency", "How many queries run at a time. By default 5.", "N", Standard.Concurrent);

    private readonly Option<bool> _faults = new("--test-faults") { Description = "Let tests ask at /faults for answers that go wrong." };

    /// <summary>The folder.</summary>
    public Option<string?> Workspace { get; } = SharedOptions.Workspace(required: true);

    /// <summary>What counts as now.</summary>
    public Option<DateTimeOffset?> AsOf { get; } = SharedOptions.AsOf();

    /// <summary>Whether bad rows are refused.</summary>
    public Option<bool> Strict { get; } = SharedOptions.Strict();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [Workspace, _urls, AsOf, _ids, _timeout, _memory, _concurrent, _allowRemote, _token, _certificate, _key, _certificateOut, Strict, _faults];
        foreach (var option in all) command.Add(option);
    }

    /// <summary>Reads them; the certificate is the caller's. <c>NowUtc</c> is what was given, or the clock.</summary>
    /// <returns>Null, after saying why, when they cannot be used.</returns>
    public ServeSettings? Read(ParseResult parsed, CommandIo io, out int refusal)
    {
        if (Addresses(parsed, io, out refusal) is not { } addresses) return null;
        if (!TryToken(parsed, io, out var token, out refusal)) return null;
        var isRemote = addresses.Any(a => !a.IsLoopback);
        if (isRemote && token is null)
        {
            refusal = io.Refuse(ExitCode.Misuse, "Whoever reaches the port could read the recording.", "Give --token-file with a file that holds a secret of your choice.");
            return null;
        }

        if (!TryCertificate(parsed, addresses.Any(a => a.IsHttps), io, out var certificate, out refusal)) return null;
        return new ServeSettings
        {
            Addresses = addresses,
            NowUtc = (parsed.GetValue(AsOf) ?? io.Time.GetUtcNow()).UtcDateTime,
            Time = io.Time,
            WorkspaceIds = parsed.GetValue(_ids) ?? [],
            Token = token,
            Certificate = certificate,
            MaxWait = parsed.GetValue(_timeout),
            MaxMemoryBytes = (long)parsed.GetValue(_memory) << 20,
            Concurrent = parsed.GetValue(_concurrent),
            TestFaults = parsed.GetValue(_faults),
        };
    }

    private List<ListenAddress>? Addresses(ParseResult parsed, CommandIo io, out int refusal)
    {
        var addresses = new List<ListenAddress>();
        foreach (var url in parsed.GetRequiredValue(_urls))
        {
            if (ListenAddress.Read(url, out var mistake) is not { } address)
            {
                refusal = io.Refuse(ExitCode.Misuse, mistake!);
                return null;
            }

            if (!address.IsLoopback && !parsed.GetValue(_allowRemote))
            {
                refusal = io.Refuse(ExitCode.Misuse, $"`{url}` can be reached from other machines.", "Listen on 127.0.0.1, or say --allow-remote and give --token-file.");
                return null;
            }

            addresses.Add(address);
        }

        refusal = ExitCode.Done;
        return addresses;
    }

    private bool TryToken(ParseResult parsed, CommandIo io, out Secret? token, out int refusal)
    {
        (token, refusal) = (null, ExitCode.Done);
        if (parsed.GetValue(_token) is not { } file) return true;
        try
        {
            token = new Secret(File.ReadAllText(file.FullName).Trim());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            refusal = io.Refuse(ExitCode.Impossible, $"The token file `{file}` cannot be read: {failure.Message}");
            return false;
        }

        if (token.Reveal().Length > 0) return true;
        refusal = io.Refuse(ExitCode.Misuse, $"The token file `{file}` is empty.", "Write a secret of your choice into it.");
        return false;
    }

    private bool TryCertificate(ParseResult parsed, bool isNeeded, CommandIo io, out X509Certificate2? certificate, out int refusal)
    {
        (certificate, refusal) = (null, ExitCode.Done);
        var (given, key, to) = (parsed.GetValue(_certificate), parsed.GetValue(_key), parsed.GetValue(_certificateOut));
        if (!isNeeded && (given ?? key ?? to) is not null) return Refuse("A certificate is for https, and no address of --urls begins with it.", out refusal);
        if (given is null && key is not null) return Refuse("--key goes with --certificate.", out refusal);
        if (given is not null && to is not null) return Refuse("--certificate-out is for a certificate that is made; --certificate gives one.", out refusal);
        if (!isNeeded) return true;
        try
        {
            certificate = given is null ? LoopbackCertificate.Create(io.Time) : X509Certificate2.CreateFromPemFile(given.FullName, key?.FullName);
            if (to is not null) File.WriteAllText(to.FullName, certificate.ExportCertificatePem() + "\n");
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            certificate?.Dispose();
            refusal = io.Refuse(ExitCode.Impossible, $"The certificate `{given ?? to}` cannot be {(given is null ? "written" : "used")}: {failure.Message}");
            return false;
        }

        bool Refuse(string message, out int code)
        {
            code = io.Refuse(ExitCode.Misuse, message);
            return false;
        }
    }

    private static Option<int> Number(string name, string description, string unit, int standard) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => standard,
        CustomParser = result => ReadNumber(result, name),
    };

    private static int ReadNumber(ArgumentResult result, string name)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000) return number;
        result.AddError($"`{text}` is no number for {name}; it takes a whole number from 1 to 1000000.");
        return 0;
    }

    private static TimeSpan ReadDuration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero) return duration;
        result.AddError($"`{text}` is no length of time; write it as 30s or 10m.");
        return default;
    }
}
