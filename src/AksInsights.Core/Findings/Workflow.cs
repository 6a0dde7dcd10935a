namespace AksInsights.Core.Findings;

/// <summary>What people have said about a finding: a closed set of cases.</summary>
public abstract record Workflow
{
    private Workflow()
    {
    }

    /// <summary>Nobody has said anything yet.</summary>
    public static Workflow New { get; } = new Untouched();

    /// <summary>Which case it is.</summary>
    public abstract WorkflowKind Kind { get; }

    /// <summary>Who said so; null when nobody has said anything.</summary>
    public virtual string? Author => null;

    /// <summary>Why, in their words; null when they gave no reason.</summary>
    public virtual string? Grounds => null;

    /// <summary>Whether alerts about the finding are held back.</summary>
    public bool Mutes => this is Suppressed or FalsePositive;

    /// <summary>When the state ends by itself; null when only people end it.</summary>
    public virtual DateTimeOffset? Until => null;

    /// <summary>Nobody has said anything yet; see <see cref="New"/>.</summary>
    public sealed record Untouched : Workflow
    {
        /// <inheritdoc/>
        public override WorkflowKind Kind => WorkflowKind.New;
    }

    /// <summary>Somebody knows and works on it. Ends when the finding reopens.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="At">When.</param>
    /// <param name="Note">Why, in their words; null when they gave none.</param>
    /// <param name="Expires">When it ends by itself, if ever.</param>
    public sealed record Acknowledged(string By, DateTimeOffset At, string? Note, DateTimeOffset? Expires) : Workflow
    {
        /// <inheritdoc/>
        public override WorkflowKind Kind => WorkflowKind.Acknowledged;

        /// <inheritdoc/>
        public override string? Author => By;

        /// <inheritdoc/>
        public override string? Grounds => Note;

        /// <inheritdoc/>
        public override DateTimeOffset? Until => Expires;
    }

    /// <summary>Nobody wants to hear of it for a while. It outlives reopening and ends by itself.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="At">When.</param>
    /// <param name="Reason">Why, in their words.</param>
    /// <param name="Expires">When it ends.</param>
    public sealed record Suppressed(string By, DateTimeOffset At, string Reason, DateTimeOffset Expires) : Workflow
    {
        /// <summary>How long it holds where nobody says how long.</summary>
        public static readonly TimeSpan UsualLength = TimeSpan.FromDays(7);

        /// <inheritdoc/>
        public override WorkflowKind Kind => WorkflowKind.Suppressed;

        /// <inheritdoc/>
        public override string? Author => By;

        /// <inheritdoc/>
        public override string? Grounds => Reason;

        /// <inheritdoc/>
        public override DateTimeOffset? Until => Expires;
    }

    /// <summary>The query is wrong about this subject. It outlives reopening and is carried to later findings about the same subject.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="At">When.</param>
    /// <param name="Reason">Why, in their words.</param>
    public sealed record FalsePositive(string By, DateTimeOffset At, string Reason) : Workflow
    {
        /// <inheritdoc/>
        public override WorkflowKind Kind => WorkflowKind.FalsePositive;

        /// <inheritdoc/>
        public override string? Author => By;

        /// <inheritdoc/>
        public override string? Grounds => Reason;
    }
}

/// <summary>What people say about a finding, in one word: the cases of <see cref="Workflow"/>.</summary>
public enum WorkflowKind
{
    /// <summary>Nobody has said anything yet.</summary>
    New,

    /// <summary>Somebody knows and works on it.</summary>
    Acknowledged,

    /// <summary>Nobody wants to hear of it for a while.</summary>
    Suppressed,

    /// <summary>The query is wrong about it.</summary>
    FalsePositive,
}
