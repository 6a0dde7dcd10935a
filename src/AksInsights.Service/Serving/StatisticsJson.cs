using System.Text.Json;
using AksInsights.Kql.Results;

namespace AksInsights.Service.Serving;

/// <summary>The member <c>statistics</c> of an answer: what is measured here, in the shape of the service; what only a cluster of machines has is left out.</summary>
/// <remarks>Source of the shape: the recorded session CanQueryWithStatistics of Azure/azure-sdk-for-net.</remarks>
internal static class StatisticsJson
{
    /// <summary>Writes the member into an open object.</summary>
    public static void Write(Utf8JsonWriter json, ServedAnswer.Rows answer)
    {
        json.WriteStartObject("statistics");
        json.WriteStartObject("query");
        json.WriteNumber("executionTime", answer.Cost.Took.TotalSeconds);
        json.WriteStartObject("inputDatasetStatistics");
        json.WriteStartObject("rows");
        json.WriteNumber("total", answer.Cost.RowsRead);
        json.WriteNumber("scanned", answer.Cost.RowsRead);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("datasetStatistics");
        foreach (var table in answer.Result.Tables)
        {
            json.WriteStartObject();
            json.WriteNumber("tableRowCount", table.RowCount);
            json.WriteNumber("tableSize", SizeOf(table));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static long SizeOf(ResultTable table) => Enumerable.Range(0, table.Columns.Count).Sum(column => table.Data(column).Bytes);
}
