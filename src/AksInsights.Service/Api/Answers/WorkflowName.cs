using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>What people say about a finding, in one word.</summary>
internal enum WorkflowName
{
    /// <summary>Nobody has said anything.</summary>
    New,

    /// <summary>Somebody knows of it.</summary>
    Acknowledged,

    /// <summary>Somebody does not want to hear of it for a while.</summary>
    Suppressed,

    /// <summary>Somebody says the query is wrong about it.</summary>
    FalsePositive,
}

/// <summary>The parts of what people say.</summary>
internal static class WorkflowNames
{
    /// <summary>In one word.</summary>
    public static WorkflowName Of(Workflow workflow) => workflow switch
    {
        Workflow.Acknowledged => WorkflowName.Acknowledged,
        Workflow.Suppressed => WorkflowName.Suppressed,
        Workflow.FalsePositive => WorkflowName.FalsePositive,
        _ => WorkflowName.New,
    };

    /// <summary>Who said it.</summary>
    public static string? By(Workflow workflow) => workflow switch
    {
        Workflow.Acknowledged said => said.By,
        Workflow.Suppressed said => said.By,
        Workflow.FalsePositive said => said.By,
        _ => null,
    };

    /// <summary>Why.</summary>
    public static string? Reason(Workflow workflow) => workflow switch
    {
        Workflow.Acknowledged said => said.Note,
        Workflow.Suppressed said => said.Reason,
        Workflow.FalsePositive said => said.Reason,
        _ => null,
    };
}
