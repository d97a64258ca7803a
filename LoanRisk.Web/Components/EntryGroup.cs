namespace LoanRisk.Web.Components;

/// <summary>What was entered under one heading.</summary>
public sealed record EntryGroup(string Label, IReadOnlyList<Entry> Entries);

/// <summary>One entered value as a person reads it.</summary>
public sealed record Entry(string Label, string Value);
