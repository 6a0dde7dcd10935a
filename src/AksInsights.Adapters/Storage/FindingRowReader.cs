using System.Data.Common;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Reads rows of findings, column by column in the order of <see cref="FindingSql.Select"/>.</summary>
/// <remarks>
/// An evaluation may read a hundred thousand. Reading by place takes a third of the time of mapping by name, and texts that repeat from row to row are kept once.
/// </remarks>
internal sealed class FindingRowReader
{
    private readonly DbDataReader _row;
    private readonly string?[] _last;

    private FindingRowReader(DbDataReader row)
    {
        _row = row;
        _last = new string?[row.FieldCount];
    }

    /// <summary>Reads the rows of a statement that begins with <see cref="FindingSql.Select"/>.</summary>
    public static async Task<List<FindingRow>> ReadAsync(DbConnection connection, string sql, object values, DbTransaction? transaction)
    {
        var reader = await connection.ExecuteReaderAsync(sql, values, transaction).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<FindingRow>();
            var row = new FindingRowReader(reader);
            while (await reader.ReadAsync().ConfigureAwait(false)) rows.Add(row.Read());
            return rows;
        }
    }

    private FindingRow Read() => new()
    {
        WorkspaceName = Shared(0),
        Id = _row.GetString(1),
        WorkspaceId = _row.GetInt64(2),
        QueryId = Shared(3),
        EvaluatedBy = Shared(4),
        Fingerprint = _row.GetString(5),
        IsLatest = _row.GetInt64(6),
        KeyJson = _row.GetString(7),
        Cluster = Shared(8),
        Namespace = Shared(9),
        Severity = _row.GetInt64(10),
        Title = _row.GetString(11),
        Message = OptionalText(12),
        MeasuresJson = _row.GetString(13),
        EvidenceJson = _row.GetString(14),
        Condition = Shared(15),
        ConditionSince = _row.GetInt64(16),
        ResolveReason = OptionalText(17),
        Workflow = Shared(18),
        WorkflowBy = OptionalText(19),
        WorkflowAt = OptionalNumber(20),
        WorkflowUntil = OptionalNumber(21),
        WorkflowReason = OptionalText(22),
        Episode = _row.GetInt64(23),
        FirstSeen = _row.GetInt64(24),
        EpisodeSince = _row.GetInt64(25),
        LastSeen = _row.GetInt64(26),
        LastEvaluated = _row.GetInt64(27),
        SeenCount = _row.GetInt64(28),
        LowerCount = _row.GetInt64(29),
        LowerWorst = _row.GetInt64(30),
        Turns = Shared(31),
        FlappingSince = OptionalNumber(32),
        NoDataSince = OptionalNumber(33),
        NoDataReason = OptionalText(34),
        IsBaseline = _row.GetInt64(35),
        IsTold = _row.GetInt64(36),
    };

    private string Shared(int place)
    {
        var text = _row.GetString(place);
        return string.Equals(text, _last[place], StringComparison.Ordinal) ? _last[place]! : _last[place] = text;
    }

    private string? OptionalText(int place) => _row.IsDBNull(place) ? null : _row.GetString(place);

    private long? OptionalNumber(int place) => _row.IsDBNull(place) ? null : _row.GetInt64(place);
}
