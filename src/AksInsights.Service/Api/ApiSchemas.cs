using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AksInsights.Service.Api;

/// <summary>Schemas of answers in the document: named as people name the things, with what is always there marked as required.</summary>
internal static class ApiSchemas
{
    /// <summary>The name of a schema; null where the usual one is right.</summary>
    public static string? NameOf(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>)) return NameOf(type.GetGenericArguments()[0]) + "Page";
        return type.Namespace == typeof(Page<>).Namespace ? type.Name.Replace("Answer", "", StringComparison.Ordinal) : null;
    }

    /// <summary>Marks members that are always there; the others are left out rather than null.</summary>
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (schema.Format == "date-time") schema.Type = JsonSchemaType.String;
        if (schema.Type is { } type && type != JsonSchemaType.Null) schema.Type = type & ~JsonSchemaType.Null;
        if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is null) return Task.CompletedTask;
        // What a caller sends may leave out everything; the answer to it says what was needed. Types of others say themselves what they need.
        if (context.JsonTypeInfo.Type == typeof(Saying)) schema.Required = null;
        if (context.JsonTypeInfo.Type == typeof(Saying) || context.JsonTypeInfo.Type.Namespace?.StartsWith(nameof(AksInsights), StringComparison.Ordinal) != true) return Task.CompletedTask;
        var nullability = new NullabilityInfoContext();
        schema.Required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var property in context.JsonTypeInfo.Properties)
            if (property.AttributeProvider is PropertyInfo info && nullability.Create(info).ReadState == NullabilityState.NotNull) schema.Required.Add(property.Name);
        return Task.CompletedTask;
    }

    /// <summary>Takes out of a finished document that members may be null: they are left out then.</summary>
    public static Task LeaveOutNull(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        foreach (var members in document.Components?.Schemas?.Values.Select(schema => schema.Properties).OfType<IDictionary<string, IOpenApiSchema>>() ?? [])
        {
            foreach (var (name, member) in members.ToList())
                if (member.OneOf is [{ Type: JsonSchemaType.Null }, var value]) members[name] = value;
        }

        return Task.CompletedTask;
    }
}
